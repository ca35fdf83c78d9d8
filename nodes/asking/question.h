// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "nodes/asking/option_values.h"
#include "nodes/asking/raw_question.h"
#include "schemas/model/query.h"

/// A question in the words of a person becomes one for the broker. The command line and the gateway
/// read it alike, and say the same about a wrong value. Nothing here opens a file or a socket.
namespace muster::asking {

/// A question for the broker, and how it is called.
struct Question {
  std::string name;  ///< "force unit KAZ:EX-1", for messages.
  model::Query query;
  model::Standpoint standpoint{};  ///< --as-of, --known-at, and what is supposed.
};

/// Whether read_question() knows it: "force strength", "operation gaps", "ledger tail", "ledger
/// proof", "server info" and their siblings.
bool is_question(const std::string& name);

/// The question `name`, for which is_question() holds. What is wrong goes to `values`; then what is
/// returned means nothing.
Question read_question(const std::string& name, const RawQuestion& raw, ValueReader& values);

/// The moments and what is supposed, for a question or any other command.
model::Standpoint read_standpoint(const std::string& name, const RawQuestion& raw,
                                  ValueReader& values);

/// How long an answer is waited for when nobody said it: a search needs its own time, and some for
/// the way.
std::chrono::milliseconds usual_timeout(const model::Query& query);

}  // namespace muster::asking
