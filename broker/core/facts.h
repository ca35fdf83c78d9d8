// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "broker/core/roster.h"
#include "schemas/model/force_query.h"
#include "schemas/model/statement.h"

/// Statements as lists of plain facts, so that any two of a kind can be compared field by field.
namespace muster::core {

/// A field and its value as text: {"present", "352"}, {"holdings[TRUCK].fmc", "40"}. Entries of
/// lists are named by what they are about, never by their place, so that an order that changed is
/// no change.
struct Fact {
  std::string field, value;
  friend bool operator==(const Fact&, const Fact&) = default;
};
using Facts = std::vector<Fact>;

/// What a statement on one unit says, in the order of its fields; what is absent is no fact. A
/// roster is told by its counts alone: people, present, deployable. Statements that are not about
/// one unit, and those of a newer schema, have no facts.
Facts flatten(const model::Statement& statement);
Facts flatten(const Roster& roster);

/// What differs, by field; what one side does not say is empty there.
std::vector<model::FieldChange> changes_between(const Facts& before, const Facts& after);

}  // namespace muster::core
