// SPDX-License-Identifier: Apache-2.0
#include "schemas/text/feed_json.h"

#include "schemas/text/answer_parts.h"
#include "schemas/text/operation_parts.h"

namespace muster::text {

Json feed_unit(const model::FeedUnit& row, model::UtcTime now) {
  auto object = json_object();
  object.add("unit", write_value(row.unit));
  add_if_any(object, "parent", row.parent);
  object.add("name", write_value(row.name));
  object.add("component", write_value(row.component));
  object.add("element_kind", write_value(row.element_kind));
  object.add("echelon", write_value(row.echelon));
  object.add("level", write_value(row.level));
  object.add("freshness", write_value(model::freshness_at(row, now)));
  object.add("own", write_figures(row.own));
  add_if(object, "valid_at", row.valid_at);
  object.add("computed", write_levels(row.computed));
  object.add("lifecycle", write_value(row.lifecycle));
  object.add("committed", write_value(row.committed));
  add_if_any(object, "operations", row.operations);
  add_if(object, "ageing_at", row.ageing_at);
  add_if(object, "stale_at", row.stale_at);
  add_if(object, "expires_at", row.expires_at);
  object.add("ledger_seq", write_value(row.ledger_seq));
  return object;
}

Json feed_operation(const model::FeedOperation& row) {
  auto object = json_object();
  object.add("operation", write_value(row.operation));
  add_if_any(object, "name", row.name);
  add_if(object, "host", row.host);
  object.add("state", write_value(row.state));
  add_if(object, "authorised_strength", row.authorised_strength);
  object.add("required", write_value(row.required));
  object.add("nations", write_value(row.nations));
  object.add("people", write_promised(row.people));
  return object;
}

Json feed_header(const model::AnswerHeader& header) { return write_header(header); }

}  // namespace muster::text
