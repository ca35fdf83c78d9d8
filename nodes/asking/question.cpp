// SPDX-License-Identifier: Apache-2.0
#include "nodes/asking/question.h"

#include <algorithm>

#include "nodes/asking/force_questions.h"
#include "nodes/asking/operation_questions.h"

namespace muster::asking {
namespace {

constexpr const char* kTail = "ledger tail";
constexpr const char* kProof = "ledger proof";
constexpr const char* kInfo = "server info";

model::Query read_tail(const RawQuestion& raw) {
  model::LedgerTailQuery query{.from_ledger_seq = {}, .count = raw.count};
  if (raw.from > 0) {
    query.from_ledger_seq = raw.from;
  }
  return query;
}

model::Query read_query(const std::string& name, const RawQuestion& raw, ValueReader& values) {
  if (asks_about_force(name)) {
    return read_force(name, raw, values);
  }
  if (asks_about_operations(name)) {
    return read_operation(name, raw, values);
  }
  if (name == kTail) {
    return read_tail(raw);
  }
  if (name == kProof) {
    return model::LedgerProofQuery{{values.id<model::NodeId>("NODE", raw.node), raw.seq}};
  }
  return model::ServerInfoQuery{};
}

/// At most one of them was given: no question takes two.
const std::string& object_of(const RawQuestion& raw) {
  for (const auto* object : {&raw.unit, &raw.nation, &raw.operation}) {
    if (!object->empty()) {
      return *object;
    }
  }
  return raw.node;
}

/// Questions that suppose nothing have none of these options, so that nothing is passed over.
model::WhatIf read_what_if(const std::string& name, const RawQuestion& raw, ValueReader& values) {
  model::WhatIf what_if{.without = values.nations("--without", raw.without),
                        .host = {},
                        .also = values.keys("--also", raw.also),
                        .notice_min = values.shift("--notice", raw.notice)};
  if (!raw.host.empty()) {
    what_if.host = values.id<model::Nation>("--host", raw.host);
  }
  // With --operation it is a filter, and that operation may well go on beside the others.
  const bool is_asked = !raw.operation.empty() && std::find(raw.also.begin(), raw.also.end(),
                                                            raw.operation) != raw.also.end();
  if (is_asked && name != kCommitments) {
    values.wrong("--also", raw.operation,
                 "the operation that is asked about goes on anyhow - name another one");
  }
  return what_if;
}

}  // namespace

bool is_question(const std::string& name) {
  return asks_about_force(name) || asks_about_operations(name) || name == kTail || name == kProof ||
         name == kInfo;
}

Question read_question(const std::string& name, const RawQuestion& raw, ValueReader& values) {
  const auto& object = object_of(raw);
  Question question{.name = object.empty() ? name : name + " " + object,
                    .query = read_query(name, raw, values)};
  question.standpoint = read_standpoint(name, raw, values);
  return question;
}

model::Standpoint read_standpoint(const std::string& name, const RawQuestion& raw,
                                  ValueReader& values) {
  return {.as_of = values.moment("--as-of", raw.as_of),
          .known_at = values.moment("--known-at", raw.known_at),
          .what_if = read_what_if(name, raw, values)};
}

}  // namespace muster::asking
