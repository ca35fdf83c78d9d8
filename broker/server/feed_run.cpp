// SPDX-License-Identifier: Apache-2.0
#include "broker/server/feed_run.h"

#include <algorithm>
#include <utility>

#include "broker/core/views.h"
#include "schemas/wire/feed.h"

namespace muster::server {
namespace {

/// Rows that are looked at for one message at most: a narrow filter over a large force must not
/// hold up the others.
constexpr std::size_t kExaminedMax = 2048;
/// Room for what a message has beside its rows.
constexpr std::size_t kRowBytesMax = model::kFeedMessageBytesMax - 1024;
constexpr std::size_t kGoneBytes = 64;
/// Messages that are kept for those who come a little later.
constexpr std::size_t kKept = 32;

}  // namespace

std::shared_ptr<const Focus> Focus::everything() {
  static const auto kEverything = [] {
    auto focus = std::make_shared<Focus>();
    focus->is_everything_ = true;
    return std::shared_ptr<const Focus>(std::move(focus));
  }();
  return kEverything;
}

bool Focus::has(const core::UnitState& unit) const {
  return unit.number < units_.size() && units_[unit.number];
}

bool Focus::has(const model::Code& operation) const { return operations_.contains(operation); }

void Focus::set(const core::UnitState& unit, bool is_held) {
  if (unit.number >= units_.size()) {
    units_.resize(unit.number + std::size_t{1});
  }
  units_[unit.number] = is_held;
}

void Focus::set(const model::Code& operation, bool is_held) {
  if (is_held) {
    operations_.insert(operation);
  } else {
    operations_.erase(operation);
  }
}

FeedRun::FeedRun(Parts parts)
    : parts_(std::move(parts)),
      moment_{.viewer = parts_.kind->viewer,
              .now = parts_.look.at,
              .known_at = parts_.look.at,
              .limits = parts_.limits} {
  if (is_snapshot()) {
    list_what_is_visible();
    parts_.held =
        parts_.kind->takes_everything() ? Focus::everything() : std::make_shared<const Focus>();
  } else {
    list_what_changed();
  }
  if (count() == 0) {
    end_after(0);
  }
}

void FeedRun::list_what_is_visible() {
  const auto& state = parts_.look.snapshot->state;
  units_.reserve(state.units.size());
  core::for_each_visible(
      state, moment_.viewer,
      [&](const model::UnitId& id, const core::UnitState& /*unit*/) { units_.push_back(&id); });
  state.agreements.operations.for_each(
      [&](const std::string& key, const core::Operation& /*known*/) {
        if (const auto code = model::Code::parse(key)) {
          operations_.push_back(*code);
        }
      });
}

void FeedRun::list_what_changed() {
  units_.reserve(parts_.changed->units.size());
  for (const auto& id : parts_.changed->units) {
    units_.push_back(&id);
  }
  operations_ = parts_.changed->operations;
}

void FeedRun::end_after(std::size_t parts) {
  is_whole_ = true;
  steps_ = first_part_step() + parts + (is_snapshot() ? 1 : 0);
}

FeedRun::Step FeedRun::at(std::size_t step) {
  const bool is_last = is_whole_ && step + 1 == steps_;
  const bool costs = !is_snapshot() || (step > 0 && !is_last);
  const auto found =
      std::find_if(made_.begin(), made_.end(), [&](const Made& made) { return made.step == step; });
  if (found != made_.end()) {
    return {found->message, costs, false};
  }
  auto bytes = make(step);
  auto message = bytes ? std::make_shared<const model::Bytes>(*std::move(bytes)) : nullptr;
  made_.push_back({step, message});
  if (made_.size() > kKept) {
    made_.pop_front();
  }
  return {std::move(message), costs, true};
}

std::optional<model::Bytes> FeedRun::make(std::size_t step) {
  if (is_snapshot() && step == 0) {
    return begin_message();
  }
  if (is_snapshot() && is_whole_ && step + 1 == steps_) {
    return end_message();
  }
  return make_part(step - first_part_step());
}

/// The last part of a delta says so, even if it has no row, unless there is nothing to end.
std::optional<model::Bytes> FeedRun::make_part(std::size_t part) {
  auto rows = rows_of(part);
  note(part, rows);
  const bool is_last = is_whole_ && part + first_part_step() + (is_snapshot() ? 2 : 1) == steps_;
  const bool ends_something = !is_snapshot() && is_last && first_with_rows_ < part;
  const bool has_begun = first_with_rows_.has_value();
  if (rows.empty() && !(has_begun && ends_something)) {
    return std::nullopt;
  }
  return rows_message(std::move(rows), is_last);
}

FeedRun::Rows FeedRun::rows_of(std::size_t part) {
  Rows rows;
  const auto begin = begins_[part];
  const auto examined_end = std::min(count(), begin + kExaminedMax);
  auto at = begin;
  while (at < examined_end) {
    const bool fits = at < units_.size() ? add_unit(*units_[at], rows)
                                         : add_operation(operations_[at - units_.size()], rows);
    if (!fits) {
      break;
    }
    ++at;
  }
  if (part + 1 == begins_.size() && !is_whole_) {
    if (at == count()) {
      end_after(part + 1);
    } else {
      begins_.push_back(at);
    }
  }
  return rows;
}

/// False when the row has to wait for the next message.
bool FeedRun::add_unit(const model::UnitId& id, Rows& rows) const {
  auto row = core::feed_unit(parts_.look.snapshot->state, id, moment_);
  if (row && core::passes(parts_.kind->filter, *row)) {
    const auto bytes = wire::bytes_of(*row);
    if (!rows.empty() && rows.bytes + bytes > kRowBytesMax) {
      return false;
    }
    rows.bytes += bytes;
    rows.units.push_back(*std::move(row));
  } else if (!is_snapshot() && may_be_held(id)) {
    if (rows.bytes + kGoneBytes > kRowBytesMax) {
      return false;
    }
    rows.bytes += kGoneBytes;
    rows.units_gone.push_back(id);
  }
  return true;
}

bool FeedRun::add_operation(const model::Code& code, Rows& rows) const {
  auto row = core::feed_operation(parts_.look.snapshot->state, code, moment_);
  if (row && core::passes(parts_.kind->filter, *row)) {
    const auto bytes = wire::bytes_of(*row);
    if (!rows.empty() && rows.bytes + bytes > kRowBytesMax) {
      return false;
    }
    rows.bytes += bytes;
    rows.operations.push_back(*std::move(row));
  } else if (!is_snapshot() && may_be_held(code)) {
    if (rows.bytes + kGoneBytes > kRowBytesMax) {
      return false;
    }
    rows.bytes += kGoneBytes;
    rows.operations_gone.push_back(code);
  }
  return true;
}

/// Of rows that never pass the filter nobody holds one.
bool FeedRun::may_be_held(const model::UnitId& id) const {
  if (parts_.held->is_everything()) {
    return core::passes(parts_.kind->filter.nations, id.nation());
  }
  const auto* unit = parts_.look.snapshot->state.units.find(id);
  return unit != nullptr && parts_.held->has(*unit);
}

bool FeedRun::may_be_held(const model::Code& operation) const {
  const auto& wanted = parts_.kind->filter.operation;
  return parts_.held->is_everything() ? !wanted || *wanted == operation
                                      : parts_.held->has(operation);
}

Focus& FeedRun::changing_focus() {
  if (!after_) {
    after_ = std::make_shared<Focus>(*parts_.held);
  }
  return *after_;
}

/// Counts a part, and remembers who holds it, when it is made for the first time.
void FeedRun::note(std::size_t part, const Rows& rows) {
  if (part < noted_ || rows.empty()) {
    noted_ = std::max(noted_, part + 1);
    return;
  }
  noted_ = part + 1;
  first_with_rows_ = first_with_rows_.value_or(part);
  units_sent_ += rows.units.size();
  operations_sent_ += rows.operations.size();
  if (parts_.held->is_everything()) {
    return;
  }
  auto& focus = changing_focus();
  const auto& units = parts_.look.snapshot->state.units;
  for (const auto& row : rows.units) {
    focus.set(*units.find(row.unit), true);
  }
  for (const auto& id : rows.units_gone) {
    focus.set(*units.find(id), false);
  }
  for (const auto& row : rows.operations) {
    focus.set(row.operation, true);
  }
  for (const auto& code : rows.operations_gone) {
    focus.set(code, false);
  }
}

model::Bytes FeedRun::begin_message() const {
  return wire::snap_begin_message(
      {.id = parts_.kind->id,
       .ledger_seq = ledger_seq(),
       .header = core::header_of(parts_.look.snapshot->state, moment_),
       .journal = core::sees_all(moment_.viewer) ? parts_.journal : 0});
}

model::Bytes FeedRun::end_message() const {
  return wire::snap_end_message({.id = parts_.kind->id,
                                 .ledger_seq = ledger_seq(),
                                 .units = units_sent_,
                                 .operations = operations_sent_});
}

model::Bytes FeedRun::rows_message(Rows rows, bool is_last) const {
  if (is_snapshot()) {
    return wire::snap_rows_message({.id = parts_.kind->id,
                                    .units = std::move(rows.units),
                                    .operations = std::move(rows.operations)});
  }
  return wire::delta_message({.id = parts_.kind->id,
                              .prev_seq = parts_.prev_seq,
                              .ledger_seq = ledger_seq(),
                              .units = std::move(rows.units),
                              .operations = std::move(rows.operations),
                              .units_gone = std::move(rows.units_gone),
                              .operations_gone = std::move(rows.operations_gone),
                              .last = is_last});
}

}  // namespace muster::server
