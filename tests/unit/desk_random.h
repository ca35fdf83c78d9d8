// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>

#include "nodes/desk/template.h"

/// Random statements about a unit, such as a broker accepts in their form: every field that a
/// statement has may be there, also one that is added tomorrow, and no list says a thing twice.
namespace muster::desk::rig {

/// Unit KAZ:EX-`number` with a statement of each kind that a template serves.
TemplateRow random_row(int number, std::mt19937_64& random);

}  // namespace muster::desk::rig
