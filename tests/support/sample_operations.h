// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schemas/model/query.h"

/// Valid questions and answers about operations for tests of the bus: every field has a value of
/// its own, so that two that are mixed up are seen.
namespace muster::tests {

/// Everything that can be supposed.
model::WhatIf sample_what_if();
/// One of each kind, and those with every optional field left out.
std::vector<model::Query> sample_operation_queries();
/// One of each kind.
std::vector<model::AnswerBody> sample_operation_bodies();

}  // namespace muster::tests
