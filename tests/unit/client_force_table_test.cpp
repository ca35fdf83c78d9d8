// SPDX-License-Identifier: Apache-2.0
// What a subscriber's events add up to, against a broker that keeps everything.
#include "nodes/client/force_table.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace muster::client {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

model::UnitId unit_id(unsigned number) {
  return *model::UnitId::parse(fmt::format("KAZ:EX-{}", number));
}
model::Code operation_code(unsigned number) {
  return *model::Code::parse(fmt::format("EX-{}", number));
}
model::FeedUnit unit(unsigned number, std::uint64_t present = 1) {
  model::FeedUnit row{.unit = unit_id(number), .name = "Company (fictional)"};
  row.own.present = present;
  return row;
}

class ForceTableTest : public testing::Test {
 protected:
  /// A whole table of the units 1 and 2, as of 10.
  void fill() {
    ASSERT_TRUE(table_.take(model::SnapBegin{.ledger_seq = 10}));
    ASSERT_TRUE(table_.take(model::SnapRows{.units = {unit(1), unit(2)}, .operations = {}}));
    ASSERT_TRUE(table_.take(model::SnapEnd{.ledger_seq = 10, .units = 2}));
  }
  ForceTable table_;
};

TEST_F(ForceTableTest, KnowsNothingBeforeTheFirstEvent) {
  EXPECT_FALSE(table_.is_whole());
  EXPECT_FALSE(table_.link().is_up);
  EXPECT_EQ(table_.header(), std::nullopt);
  EXPECT_FALSE(table_.take(model::Delta{.ledger_seq = 1}));
  EXPECT_FALSE(table_.take(model::Mark{.ledger_seq = 1}));
  EXPECT_FALSE(table_.take(model::SnapRows{.units = {unit(1)}, .operations = {}}));
  EXPECT_FALSE(table_.take(model::SnapEnd{}));
  EXPECT_TRUE(table_.take(model::Lagged{}));
  EXPECT_THAT(table_.units(), IsEmpty());
}

TEST_F(ForceTableTest, IsWholeFromTheEndOfASnapshotToTheNext) {
  fill();
  EXPECT_TRUE(table_.is_whole());
  EXPECT_EQ(table_.ledger_seq(), 10U);

  model::SnapBegin again{.ledger_seq = 11};
  again.header.ledger_seq = 11;
  table_.take(again);

  EXPECT_FALSE(table_.is_whole());
  EXPECT_THAT(table_.units(), IsEmpty());
  EXPECT_EQ(table_.header()->ledger_seq, 11U);
  EXPECT_FALSE(table_.take(model::SnapEnd{.ledger_seq = 11, .units = 1})) << "none came";
  EXPECT_TRUE(table_.take(model::SnapEnd{.ledger_seq = 11}));
}

TEST_F(ForceTableTest, IsLeftAsItWasByWhatDoesNotFollow) {
  fill();

  EXPECT_FALSE(table_.take(model::Delta{.prev_seq = 11, .ledger_seq = 12, .units = {unit(3)}}));
  EXPECT_FALSE(table_.take(model::Delta{.prev_seq = 8, .ledger_seq = 9, .units = {unit(3)}}));
  EXPECT_FALSE(table_.take(model::Mark{.ledger_seq = 9}));
  EXPECT_FALSE(table_.take(model::SnapRows{.units = {unit(3)}, .operations = {}}));

  EXPECT_THAT(table_.units(), SizeIs(2));
  EXPECT_EQ(table_.ledger_seq(), 10U);
  EXPECT_TRUE(table_.take(model::Delta{.prev_seq = 8, .ledger_seq = 12, .units = {unit(3)}}))
      << "rows say how it is: what was had already does no harm";
  EXPECT_EQ(table_.ledger_seq(), 12U);
}

TEST_F(ForceTableTest, IsNotWholeUntilTheLastPartOfADelta) {
  fill();

  EXPECT_TRUE(table_.take(
      model::Delta{.prev_seq = 10, .ledger_seq = 14, .units = {unit(1, 7)}, .last = false}));
  EXPECT_FALSE(table_.is_whole()) << "half a change";
  EXPECT_EQ(table_.ledger_seq(), 10U) << "from there it must be asked for again";
  EXPECT_FALSE(table_.take(model::Mark{.ledger_seq = 14})) << "the rest has not come";
  EXPECT_FALSE(table_.take(model::SnapRows{.units = {unit(3)}, .operations = {}}));
  EXPECT_TRUE(
      table_.take(model::Delta{.prev_seq = 10, .ledger_seq = 14, .units_gone = {unit_id(2)}}));

  EXPECT_TRUE(table_.is_whole());
  EXPECT_EQ(table_.ledger_seq(), 14U);
  EXPECT_EQ(table_.units(), (std::map<model::UnitId, model::FeedUnit>{{unit_id(1), unit(1, 7)}}));
}

TEST_F(ForceTableTest, IsWholeAgainByADeltaThatBeginsAnewAfterABreak) {
  fill();
  table_.take(model::Delta{.prev_seq = 10, .ledger_seq = 14, .units = {unit(1, 7)}, .last = false});
  table_.take(FeedLink{.is_up = false, .problem = "nobody there"});
  table_.take(FeedLink{.is_up = true});
  EXPECT_FALSE(table_.is_whole()) << "the connection alone mends nothing";

  EXPECT_TRUE(table_.take(model::Delta{.prev_seq = 10, .ledger_seq = 16, .units = {unit(1, 9)}}));

  EXPECT_TRUE(table_.is_whole());
  EXPECT_EQ(table_.ledger_seq(), 16U);
  EXPECT_EQ(table_.units().at(unit_id(1)).own.present, 9U);
}

TEST_F(ForceTableTest, ForgetsHalfAChangeWhenASnapshotComes) {
  fill();
  table_.take(model::Delta{.prev_seq = 10, .ledger_seq = 14, .units = {unit(1, 7)}, .last = false});

  EXPECT_TRUE(table_.take(model::SnapBegin{.ledger_seq = 15}));
  EXPECT_FALSE(table_.take(model::Delta{.prev_seq = 10, .ledger_seq = 14}));
  EXPECT_TRUE(table_.take(model::SnapEnd{.ledger_seq = 15}));

  EXPECT_TRUE(table_.is_whole());
  EXPECT_THAT(table_.units(), IsEmpty());
}

TEST_F(ForceTableTest, KeepsTheRowsWhenTheLinkBreaks) {
  fill();

  table_.take(FeedLink{.is_up = false, .problem = "nobody there"});

  EXPECT_EQ(table_.link().problem, "nobody there");
  EXPECT_TRUE(table_.is_whole());
  EXPECT_THAT(table_.units(), SizeIs(2));
}

// ---- against an oracle --------------------------------------------------------------------------

/// A broker that keeps every state, and a subscriber with a filter: rows with an even number of
/// people present are in focus.
class Oracle {
 public:
  explicit Oracle(std::uint64_t seed) : dice_(seed) {}

  static bool passes(const model::FeedUnit& row) { return row.own.present % 2 == 0; }
  [[nodiscard]] std::map<model::UnitId, model::FeedUnit> units() const {
    return focus(states_.back());
  }
  [[nodiscard]] std::map<model::Code, model::FeedOperation> operations() const {
    return states_.back().operations;
  }
  [[nodiscard]] std::uint64_t seq() const { return states_.size() - 1; }
  /// Were these the rows in focus at `seq`?
  [[nodiscard]] bool was(std::uint64_t seq,
                         const std::map<model::UnitId, model::FeedUnit>& units,
                         const std::map<model::Code, model::FeedOperation>& operations) const {
    return units == focus(states_.at(seq)) && operations == states_.at(seq).operations;
  }

  void commit() {
    auto next = states_.back();
    for (auto changes = roll(1, 4); changes > 0; --changes) {
      const auto number = static_cast<unsigned>(roll(1, 12));
      switch (roll(0, 4)) {
        case 0:
          next.units.erase(unit_id(number));
          break;
        case 1:
          next.operations.erase(operation_code(number));
          break;
        case 2:
          next.operations[operation_code(number)] = {.operation = operation_code(number),
                                                     .required = roll(0, 100)};
          break;
        default:
          next.units[unit_id(number)] = unit(number, roll(0, 100));
      }
    }
    states_.push_back(std::move(next));
  }

  /// All rows, in messages of some.
  std::vector<FeedEvent> snapshot() {
    std::vector<FeedEvent> events{model::SnapBegin{.ledger_seq = seq()}};
    const auto units = this->units();
    const auto operations = this->operations();
    model::SnapRows rows;
    for (const auto& [id, row] : units) {
      rows.units.push_back(row);
      if (roll(0, 2) == 0) {
        events.emplace_back(std::exchange(rows, {}));
      }
    }
    for (const auto& [code, row] : operations) {
      rows.operations.push_back(row);
    }
    events.emplace_back(rows);
    events.emplace_back(model::SnapEnd{
        .ledger_seq = seq(), .units = units.size(), .operations = operations.size()});
    return events;
  }

  /// What changed since `from`, as it is now, in one part or more.
  std::vector<FeedEvent> delta(std::uint64_t from) {
    std::set<model::UnitId> touched;
    std::set<model::Code> touched_operations;
    for (auto at = from + 1; at <= seq(); ++at) {
      differences(states_[at - 1].units, states_[at].units, touched);
      differences(states_[at - 1].operations, states_[at].operations, touched_operations);
    }
    model::Delta all{.prev_seq = from, .ledger_seq = seq()};
    std::vector<FeedEvent> events;
    const auto units = this->units();
    for (const auto& id : touched) {
      if (const auto row = units.find(id); row != units.end()) {
        all.units.push_back(row->second);
      } else {
        all.units_gone.push_back(id);
      }
      if (roll(0, 3) == 0) {
        all.last = false;
        events.emplace_back(
            std::exchange(all, model::Delta{.prev_seq = from, .ledger_seq = seq()}));
      }
    }
    for (const auto& code : touched_operations) {
      const auto& operations = states_.back().operations;
      if (const auto row = operations.find(code); row != operations.end()) {
        all.operations.push_back(row->second);
      } else {
        all.operations_gone.push_back(code);
      }
    }
    events.emplace_back(all);
    return events;
  }

  std::uint64_t roll(std::uint64_t least, std::uint64_t most) {
    return std::uniform_int_distribution<std::uint64_t>(least, most)(dice_);
  }

 private:
  struct State {
    std::map<model::UnitId, model::FeedUnit> units;
    std::map<model::Code, model::FeedOperation> operations;
  };
  static std::map<model::UnitId, model::FeedUnit> focus(const State& state) {
    auto rows = state.units;
    std::erase_if(rows, [](const auto& row) { return !passes(row.second); });
    return rows;
  }
  template <typename Map, typename Key>
  static void differences(const Map& before, const Map& after, std::set<Key>& touched) {
    for (const auto& [key, row] : after) {
      const auto old = before.find(key);
      if (old == before.end() || !(old->second == row)) {
        touched.insert(key);
      }
    }
    for (const auto& [key, row] : before) {
      if (!after.contains(key)) {
        touched.insert(key);
      }
    }
  }

  std::mt19937_64 dice_;
  std::vector<State> states_{State{}};
};

/// A subscriber's life: commits, deltas of many parts, marks, breaks in the middle of anything, and
/// deltas that begin too early. `skip_gone` is the negative control: OUT_OF_FOCUS is passed over.
std::string life(std::uint64_t seed, bool skip_gone = false) {
  Oracle broker(seed);
  ForceTable table;
  bool has_table = false;
  const auto take_all = [&](std::vector<FeedEvent> events, std::size_t most) {
    for (std::size_t i = 0; i < std::min(most, events.size()); ++i) {
      if (auto* delta = std::get_if<model::Delta>(&events[i]); delta != nullptr && skip_gone) {
        delta->units_gone.clear();
      }
      if (!table.take(events[i])) {
        return false;
      }
    }
    return true;
  };
  for (int step = 0; step < 400; ++step) {
    for (auto commits = broker.roll(0, 3); commits > 0; --commits) {
      broker.commit();
    }
    const bool breaks = broker.roll(0, 3) == 0;  // In the middle: the next try begins anew there.
    const bool anew = !has_table || broker.roll(0, 15) == 0;
    const auto early = std::min<std::uint64_t>(table.ledger_seq(), broker.roll(0, 2));
    const auto events = anew ? broker.snapshot() : broker.delta(table.ledger_seq() - early);
    const auto most = breaks ? broker.roll(0, events.size() - 1) : events.size();
    if (!take_all(events, most)) {
      return fmt::format("step {}: an event did not fit", step);
    }
    has_table = anew ? most == events.size() : has_table;  // Half a delta is mended by the next.
    if (table.is_whole() && !broker.was(table.ledger_seq(), table.units(), table.operations())) {
      return fmt::format("step {}: whole, and never was like that", step);
    }
    if (breaks) {
      continue;
    }
    if (table.units() != broker.units() || table.operations() != broker.operations() ||
        table.ledger_seq() != broker.seq() || !table.is_whole()) {
      return fmt::format("step {}: {} units, expected {}", step, table.units().size(),
                         broker.units().size());
    }
  }
  return "the same throughout";
}

TEST(ForceTableLife, EqualsTheBrokersRowsWheneverItIsUpToDate) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    EXPECT_EQ(life(seed), "the same throughout") << "seed " << seed;
  }
}

TEST(ForceTableLife, WouldNotEqualThemIfNothingWentOutOfFocus) {
  EXPECT_NE(life(1, true), "the same throughout");
}

}  // namespace
}  // namespace muster::client
