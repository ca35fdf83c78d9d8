// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/server_feed_rig.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "broker/core/feed.h"
#include "schemas/wire/feed.h"

namespace muster::tests {

using namespace std::chrono_literals;
using wire::MessageType;

namespace {

template <typename T>
T must(model::Result<T> result) {
  if (!result) {
    throw std::logic_error(result.error().message);
  }
  return *std::move(result);
}

std::string line_of(const model::FeedUnit& row) {
  std::string operations;
  for (const auto& operation : row.operations) {
    operations += " " + operation.str();
  }
  return fmt::format(
      "{} level {} authorised {} deployable {} committed {}{} lifecycle {} ledger {}\n",
      row.unit.view(), row.level, row.own.authorised, row.own.deployable, row.committed, operations,
      static_cast<int>(row.lifecycle), row.ledger_seq);
}

std::string line_of(const model::FeedOperation& row) {
  return fmt::format("{} state {} required {} nations {}\n", row.operation.view(),
                     static_cast<int>(row.state), row.required, row.nations);
}

}  // namespace

void Screen::take(model::ByteView frame) {
  frames.emplace_back(frame.begin(), frame.end());
  const auto view = must(wire::read_message(frame));
  switch (view.type) {
    case MessageType::snap_begin: {
      const auto begin = must(wire::read_snap_begin(view.body));
      told_seq = begin.ledger_seq;
      journal = begin.journal;
      is_whole = false;
      units.clear();
      operations.clear();
      return told.push_back(fmt::format("SNAP_BEGIN {}", told_seq));
    }
    case MessageType::snap_rows: {
      const auto rows = must(wire::read_snap_rows(view.body));
      take_rows(rows.units, rows.operations);
      return told.push_back(
          fmt::format("SNAP_ROWS {}", rows.units.size() + rows.operations.size()));
    }
    case MessageType::snap_end: {
      const auto end = must(wire::read_snap_end(view.body));
      if (end.ledger_seq != told_seq || end.units != units.size() ||
          end.operations != operations.size()) {
        fault("SNAP_END does not fit the snapshot");
      }
      is_whole = true;
      return told.push_back(fmt::format("SNAP_END {}", end.ledger_seq));
    }
    case MessageType::delta:
      return take_delta(must(wire::read_delta(view.body)));
    case MessageType::lagged: {
      const auto lagged = must(wire::read_lagged(view.body));
      return told.push_back(fmt::format("LAGGED {}-{}", lagged.from_seq, lagged.to_seq));
    }
    case MessageType::mark: {
      const auto mark = must(wire::read_mark(view.body));
      if (!is_whole || mark.ledger_seq < told_seq) {
        fault("MARK of a record before the last");
      }
      told_seq = mark.ledger_seq;
      return told.push_back(fmt::format("MARK {}", mark.ledger_seq));
    }
    case MessageType::feed_bye: {
      const auto said = must(wire::read_feed_bye(view.body));
      if (said.id == id) {
        bye = said;
      }
      return told.push_back(fmt::format("BYE {} {}", said.id, model::to_text(said.reason)));
    }
    default:
      fault("the feed said " + wire::to_text(view.type));
  }
}

void Screen::take_rows(const std::vector<model::FeedUnit>& units_,
                       const std::vector<model::FeedOperation>& operations_) {
  for (const auto& row : units_) {
    units[row.unit] = row;
  }
  for (const auto& row : operations_) {
    operations[row.operation] = row;
  }
}

void Screen::take_delta(const model::Delta& delta) {
  if (delta.prev_seq != told_seq) {
    fault(fmt::format("DELTA from {} to who was told {}", delta.prev_seq, told_seq));
  }
  take_rows(delta.units, delta.operations);
  for (const auto& unit : delta.units_gone) {
    if (units.erase(unit) == 0 && !core::sees_all(viewer)) {
      fault("told of a unit that it never held: " + unit.str());
    }
  }
  for (const auto& operation : delta.operations_gone) {
    if (operations.erase(operation) == 0 && !core::sees_all(viewer)) {
      fault("told of an operation that it never held: " + operation.str());
    }
  }
  is_whole = delta.last;
  told_seq = delta.last ? delta.ledger_seq : told_seq;
  told.push_back(fmt::format("DELTA {}-{} +{} -{}{}", delta.prev_seq, delta.ledger_seq,
                             delta.units.size() + delta.operations.size(),
                             delta.units_gone.size() + delta.operations_gone.size(),
                             delta.last ? "" : " …"));
}

std::vector<std::string> Screen::news() { return std::exchange(told, {}); }

std::string Screen::table() const {
  std::string text;
  for (const auto& [unit, row] : units) {
    text += line_of(row);
  }
  for (const auto& [code, row] : operations) {
    text += line_of(row);
  }
  return text;
}

std::string expected_table(const core::State& state, const Screen& screen, model::UtcTime now) {
  const core::Moment moment{.viewer = screen.viewer, .now = now, .known_at = now, .limits = {}};
  Screen expected;
  state.units.for_each([&](const model::UnitId& id, const core::UnitState& /*unit*/) {
    const auto row = core::feed_unit(state, id, moment);
    if (row && core::passes(screen.filter, *row)) {
      expected.units[id] = *row;
    }
  });
  state.agreements.operations.for_each([&](const std::string& key, const auto& /*known*/) {
    const auto row = core::feed_operation(state, code(key), moment);
    if (row && core::passes(screen.filter, *row)) {
      expected.operations[row->operation] = *row;
    }
  });
  return expected.table();
}

server::FeedLimits FeedRig::limits_for_tests() { return {.look_every = 0ms}; }

FeedRig::FeedRig(const server::FeedLimits& limits) {
  remember();
  feed_.emplace(server::Feed::Parts{
      .view = broker.view(),
      .metrics = metrics_.feed(),
      .limits = {},
      .send = [this](const auto& to, model::ByteView frame) { return send(to, frame); },
      .feed_limits = limits,
      .steady_clock = [this] { return clock; },
      .on_bye = [this](const std::string& /*user_id*/, model::FeedByeReason reason,
                       const std::string& message) { byes.emplace_back(reason, message); }});
}

link::SendResult FeedRig::send(const link::PeerAddress& to, model::ByteView frame) {
  for (const auto& screen : screens_) {
    if (screen->address != to) {
      continue;
    }
    if (screen->is_gone) {
      return link::SendResult::gone;
    }
    if (screen->room == 0) {
      return link::SendResult::would_block;
    }
    screen->room -= screen->room == std::numeric_limits<std::size_t>::max() ? 0 : 1;
    const auto bytes = tamper ? tamper(frame) : model::Bytes(frame.begin(), frame.end());
    screen->take(bytes);
    return link::SendResult::sent;
  }
  return link::SendResult::gone;
}

Screen& FeedRig::subscribe(const TestNode& node, model::FeedFilter filter, std::uint32_t credits,
                           std::optional<std::uint64_t> from_ledger_seq,
                           std::optional<std::uint64_t> journal) {
  std::uint64_t newest = 0;
  for (const auto& screen : screens_) {
    newest = std::max(newest, screen->journal);
  }
  const server::Directory directory(broker.state().registry);
  auto screen = std::make_unique<Screen>();
  screen->user_id = node.user_id();
  screen->address = link::PeerAddress(fmt::format("screen {}", screens_.size()));
  screen->filter = filter;
  screen->viewer = directory.viewer(node.user_id(), broker.now);
  screens_.push_back(std::move(screen));
  auto& added = *screens_.back();
  say(added, wire::subscribe_message({.id = 1,
                                      .filter = std::move(filter),
                                      .from_ledger_seq = from_ledger_seq,
                                      .credits = credits,
                                      .journal = journal.value_or(newest)}));
  return added;
}

void FeedRig::say(const Screen& screen, const model::Bytes& message) {
  feed_->take(screen.address, screen.user_id, must(wire::read_message(message)), broker.now);
}

void FeedRig::grant(const Screen& screen, std::uint32_t credits) {
  say(screen, wire::credit_message({.id = screen.id, .credits = credits}));
}

void FeedRig::settle() {
  while (feed_->step(broker.now) == 0ms) {
  }
}

void FeedRig::pass(std::chrono::milliseconds time) {
  clock += time;
  settle();
}

double FeedRig::metric(std::string_view series) {
  std::istringstream lines(metrics_.page({.now = broker.now}));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(series) && line[series.size()] == ' ') {
      return std::stod(line.substr(series.size() + 1));
    }
  }
  throw std::logic_error("no series " + std::string(series));
}

void FeedRig::remember() {
  const auto snapshot = broker.snapshot();
  past_[snapshot->state.ledger_seq] = snapshot;
}

void FeedRig::publish(TestNode& from, std::vector<model::Statement> statements,
                      std::vector<model::Nation> released) {
  auto report =
      report_of(std::move(statements), kSampleTime + std::chrono::milliseconds(++reports_));
  report.releasable_to = std::move(released);
  const auto ack = broker.publish(from, report);
  for (const auto& outcome : ack.reports) {
    if (outcome.verdict.verdict != model::Verdict::accepted) {
      const auto& finding = outcome.verdict.findings.front();
      throw std::logic_error(fmt::format("the report was refused: {}: {}, expected {}",
                                         finding.field, finding.found, finding.expected));
    }
  }
  remember();
}

std::vector<std::string> FeedRig::faults(const Screen& screen, bool is_up_to_date) {
  auto faults = screen.faults;
  if (screen.bye) {
    return faults;
  }
  if (is_up_to_date && !screen.is_whole) {
    faults.emplace_back("not whole although it is up to date");
  }
  if (!screen.is_whole) {
    return faults;
  }
  const auto expect = [&](const core::State& state, std::string_view when) {
    const auto expected = expected_table(state, screen, broker.now);
    if (screen.table() != expected) {
      faults.push_back(fmt::format("{}: holds\n{}expected\n{}", when, screen.table(), expected));
    }
  };
  expect(past_.at(screen.told_seq)->state, fmt::format("at record {}", screen.told_seq));
  if (is_up_to_date) {
    expect(broker.state(), "now");
  }
  return faults;
}

}  // namespace muster::tests
