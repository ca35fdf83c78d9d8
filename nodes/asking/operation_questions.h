// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "nodes/asking/option_values.h"
#include "nodes/asking/raw_question.h"
#include "schemas/model/query.h"

/// For question.cpp alone.
namespace muster::asking {

inline constexpr const char* kCommitments = "operation commitments";

/// Is it one of the questions about operations? `name` is "operation gaps" and its siblings.
bool asks_about_operations(const std::string& name);

/// The question that it asks.
model::Query read_operation(const std::string& name, const RawQuestion& raw, ValueReader& values);

}  // namespace muster::asking
