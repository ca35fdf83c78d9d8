// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/live_events.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>
#include <variant>

#include "schemas/text/json_tree.h"

namespace muster::gateway {

using text::Json;
using text::json_bool;
using text::json_number;
using text::json_object;
using text::json_string;

namespace {

Json number(std::uint64_t value) { return json_number(value); }

Json list_of(const auto& values, auto write) {
  auto list = text::json_array();
  for (const auto& value : values) {
    list.items.push_back(write(value));
  }
  return list;
}

template <typename Code>
Json code_of(Code code) {
  return json_string(model::to_text(code));
}

void add_moment(Json& object, std::string_view name, const std::optional<model::UtcTime>& at) {
  if (at) {
    object.add(name, json_string(model::format_time(*at)));
  }
}

Json json_of(const model::FeedUnit& unit) {
  auto object = json_object();
  object.add("unit", json_string(unit.unit.view()));
  object.add("name", json_string(unit.name));
  object.add("component", code_of(unit.component));
  object.add("element_kind", code_of(unit.element_kind));
  object.add("lifecycle", code_of(unit.lifecycle));
  object.add("level", number(unit.level));
  object.add("authorised", number(unit.own.authorised));
  object.add("on_strength", number(unit.own.on_strength));
  object.add("present", number(unit.own.present));
  object.add("deployable", number(unit.own.deployable));
  object.add("committed", number(unit.committed));
  add_moment(object, "valid_at", unit.valid_at);
  add_moment(object, "stale_at", unit.stale_at);
  object.add("ledger_seq", number(unit.ledger_seq));
  return object;
}

Json json_of(const model::FeedOperation& operation) {
  auto object = json_object();
  object.add("operation", json_string(operation.operation.view()));
  object.add("name", json_string(operation.name));
  object.add("state", code_of(operation.state));
  object.add("required", number(operation.required));
  object.add("nations", number(operation.nations));
  return object;
}

std::string resync_event(std::uint64_t ledger_seq) {
  return event_text("resync", ledger_seq, fmt::format("{{\"ledger_seq\":{}}}", ledger_seq));
}

}  // namespace

std::string event_text(std::string_view name, std::optional<std::uint64_t> id,
                       std::string_view data) {
  return fmt::format("event: {}\n{}data: {}\n\n", name, id ? fmt::format("id: {}\n", *id) : "",
                     data);
}

std::string LiveEvents::take(const client::FeedEvent& event, model::UtcTime now) {
  if (const auto* link = std::get_if<client::FeedLink>(&event)) {
    return take_link(*link);
  }
  if (const auto* begin = std::get_if<model::SnapBegin>(&event)) {
    realm_ = begin->header.realm;
    has_table_ = false;
    pending_.reset();
    return {};
  }
  if (const auto* end = std::get_if<model::SnapEnd>(&event)) {
    return take_snapshot(*end, now);
  }
  if (const auto* delta = std::get_if<model::Delta>(&event)) {
    return take_delta(*delta, now);
  }
  if (const auto* mark = std::get_if<model::Mark>(&event); mark != nullptr && has_table_) {
    ledger_seq_ = mark->ledger_seq;
  }
  return {};
}

bool LiveEvents::is_away() const {
  using model::ErrorCode;
  return !link_.is_up &&
         (link_.error == ErrorCode::unavailable || link_.error == ErrorCode::timed_out);
}

std::string LiveEvents::take_link(const client::FeedLink& link) {
  const bool is_news = link.is_up != link_.is_up || link.problem != link_.problem;
  link_ = link;
  pending_.reset();
  // Up again, with the table it had: what changed meanwhile follows as changes, or a snapshot does.
  return is_news && (!link.is_up || has_table_) ? broker_event() : std::string();
}

std::string LiveEvents::take_snapshot(const model::SnapEnd& end, model::UtcTime now) {
  ring_.clear();
  ring_bytes_ = 0;
  ring_from_ = end.ledger_seq;
  ledger_seq_ = end.ledger_seq;
  const bool was_live = std::exchange(has_table_, true);
  if (!had_table_) {
    link_.since = now;
  }
  had_table_ = true;
  return (was_live ? std::string() : broker_event()) + resync_event(ledger_seq_);
}

void LiveEvents::gather(const model::Delta& delta) {
  if (!pending_) {
    pending_.emplace().prev_seq = delta.prev_seq;
  }
  const auto add = [this](auto& into, const auto& rows) {
    for (const auto& row : rows) {
      if (into.size() < kChangeRowsMax) {
        into.push_back(row);
      } else {
        pending_->is_truncated = true;
      }
    }
  };
  add(pending_->units, delta.units);
  add(pending_->operations, delta.operations);
  for (const auto& unit : delta.units) {
    pending_->nations.insert(unit.unit.nation());
  }
  for (const auto& unit : delta.units_gone) {
    pending_->nations.insert(unit.nation());
    add(pending_->gone, std::vector{unit.str()});
  }
  for (const auto& operation : delta.operations_gone) {
    add(pending_->gone, std::vector{operation.str()});
  }
}

std::string LiveEvents::take_delta(const model::Delta& delta, model::UtcTime now) {
  gather(delta);
  if (!delta.last) {
    return {};
  }
  auto pending = *std::exchange(pending_, std::nullopt);
  auto text = change_event(pending, delta.ledger_seq, now);
  if (text.size() > kChangeBytesMax) {
    text = change_event({.prev_seq = pending.prev_seq,
                         .units = {},
                         .operations = {},
                         .gone = {},
                         .nations = std::move(pending.nations),
                         .is_truncated = true},
                        delta.ledger_seq, now);
  }
  ledger_seq_ = delta.ledger_seq;
  keep(ledger_seq_, text);
  return text;
}

std::string LiveEvents::change_event(const PendingChange& change, std::uint64_t ledger_seq,
                                     model::UtcTime now) {
  auto data = json_object();
  data.add("prev_seq", number(change.prev_seq));
  data.add("ledger_seq", number(ledger_seq));
  data.add("at", json_string(model::format_time(now)));
  const auto row = [](const auto& one) { return json_of(one); };
  data.add("units", list_of(change.units, row));
  data.add("nations",
           list_of(change.nations, [](const auto& nation) { return json_string(nation.view()); }));
  data.add("operations", list_of(change.operations, row));
  data.add("gone", list_of(change.gone, [](const auto& key) { return json_string(key); }));
  if (change.is_truncated) {
    data.add("truncated", json_bool(true));
  }
  return event_text("change", ledger_seq, text::print_json(data, -1));
}

void LiveEvents::keep(std::uint64_t ledger_seq, const std::string& text) {
  ring_.push_back({ledger_seq, text});
  ring_bytes_ += text.size();
  while (ring_.size() > kRingMax || ring_bytes_ > kRingBytesMax) {
    ring_from_ = ring_.front().ledger_seq;
    ring_bytes_ -= ring_.front().text.size();
    ring_.pop_front();
  }
}

std::string LiveEvents::broker_event() const {
  auto data = json_object();
  data.add("is_live", json_bool(is_live()));
  data.add("since", json_string(model::format_time(link_.since)));
  if (!is_live()) {
    data.add("problem", json_string(link_.problem));
  }
  return event_text("broker", std::nullopt, text::print_json(data, -1));
}

std::string LiveEvents::greeting(std::optional<std::uint64_t> last_id) const {
  const bool goes_on = had_table_ && last_id && *last_id >= ring_from_ && *last_id <= ledger_seq_;
  auto data = json_object();
  data.add("ledger_seq", number(ledger_seq_));
  data.add("is_live", json_bool(is_live()));
  data.add("since", json_string(model::format_time(link_.since)));
  if (!is_live()) {
    data.add("problem", json_string(link_.problem));
  }
  if (realm_) {
    data.add("realm", code_of(*realm_));
  }
  const auto id = goes_on ? last_id : had_table_ ? std::optional(ledger_seq_) : std::nullopt;
  std::string text = "retry: 1000\n" + event_text("hello", id, text::print_json(data, -1));
  if (last_id && !goes_on) {
    text += resync_event(ledger_seq_);
  }
  for (const auto& kept : ring_) {
    if (goes_on && kept.ledger_seq > *last_id) {
      text += kept.text;
    }
  }
  return text;
}

}  // namespace muster::gateway
