// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/watch_lines.h"

#include <utility>
#include <variant>

#include "schemas/text/feed_json.h"

namespace muster::secretariat {
namespace {

using text::Json;

/// {"event":name}: how every line begins.
Json event_named(std::string_view name) {
  auto object = text::json_object();
  object.add("event", text::json_string(name));
  return object;
}

/// A row behind the name of its event.
Json with_row(Json object, Json row) {
  for (auto& member : row.items) {
    object.items.push_back(std::move(member));
  }
  return object;
}

struct Lines {
  model::UtcTime now;
  std::vector<std::string>& lines;

  void add(const Json& object) const { lines.push_back(text::print_json(object, -1)); }

  void operator()(const client::FeedLink& link) const {
    auto object = event_named("link");
    object.add("is_up", text::json_bool(link.is_up));
    object.add("since", text::json_string(model::format_time(link.since)));
    if (!link.problem.empty()) {
      object.add("problem", text::json_string(link.problem));
    }
    if (link.reason) {
      object.add("reason", text::json_string(model::to_text(*link.reason)));
    }
    add(object);
  }
  void operator()(const model::SnapBegin& begin) const {
    auto object = event_named("begin");
    object.add("ledger_seq", text::json_number(begin.ledger_seq));
    object.add("header", text::feed_header(begin.header));
    add(object);
  }
  void operator()(const model::SnapRows& rows) const { add_rows(rows.units, rows.operations); }
  void operator()(const model::SnapEnd& end) const {
    auto object = event_named("end");
    object.add("ledger_seq", text::json_number(end.ledger_seq));
    object.add("units", text::json_number(end.units));
    object.add("operations", text::json_number(end.operations));
    add(object);
  }
  void operator()(const model::Delta& delta) const {
    add_rows(delta.units, delta.operations);
    for (const auto& unit : delta.units_gone) {
      add(event_named("gone").add("unit", text::json_string(unit.view())));
    }
    for (const auto& operation : delta.operations_gone) {
      add(event_named("gone").add("operation", text::json_string(operation.view())));
    }
    if (delta.last) {
      add(event_named("mark").add("ledger_seq", text::json_number(delta.ledger_seq)));
    }
  }
  void operator()(const model::Lagged& lagged) const {
    auto object = event_named("lagged");
    object.add("from_seq", text::json_number(lagged.from_seq));
    object.add("to_seq", text::json_number(lagged.to_seq));
    add(object);
  }
  void operator()(const model::Mark& mark) const {
    auto object = event_named("mark");
    object.add("ledger_seq", text::json_number(mark.ledger_seq));
    object.add("server_time", text::json_string(model::format_time(mark.server_time)));
    add(object);
  }
  void add_rows(const std::vector<model::FeedUnit>& units,
                const std::vector<model::FeedOperation>& operations) const {
    for (const auto& row : units) {
      add(with_row(event_named("unit"), text::feed_unit(row, now)));
    }
    for (const auto& row : operations) {
      add(with_row(event_named("operation"), text::feed_operation(row)));
    }
  }
};

}  // namespace

std::vector<std::string> watch_lines(const client::FeedEvent& event, model::UtcTime now) {
  std::vector<std::string> lines;
  std::visit(Lines{now, lines}, event);
  return lines;
}

}  // namespace muster::secretariat
