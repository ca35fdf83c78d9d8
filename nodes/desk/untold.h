// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "nodes/desk/draft.h"
#include "nodes/desk/template.h"

/// What a filled template does not say of what filled it.
namespace muster::desk {

/// A field that publishing the template unchanged would change or take back.
struct Untold {
  model::UnitId unit;
  std::string field;  ///< "Unit.name"; of a list its name, "Strength.gains".
  friend bool operator==(const Untold&, const Untold&) = default;
};

/// Compares what filled a template with the draft that is made of the template itself. Statements
/// that the draft does not make at all are left out: nobody takes them back. The order of lists and
/// the version of a roster say nothing. Pure.
std::vector<Untold> untold(const std::vector<TemplateRow>& rows, const Draft& draft);

}  // namespace muster::desk
