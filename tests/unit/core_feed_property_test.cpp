// SPDX-License-Identifier: Apache-2.0
// Whatever is told in whatever order: no row changes unnamed, and rows say of their age what the
// tree says.
#include <gmock/gmock.h>

#include <random>

#include "broker/core/feed.h"
#include "broker/core/views.h"
#include "tests/unit/core_promises_fixture.h"

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using tests::code;
using tests::nation;
using tests::unit_id;

constexpr std::array kNations = {"KAZ", "ARM"};
constexpr std::array kOperations = {"EX-2201", "EX-2202", "EX-2203"};
constexpr std::size_t kUnitsOfANation = 4;

/// Tells reports at random: of units, promises, operations, decisions and cadences, true at this
/// time or that, released to nobody or to others, and corrections of any of them.
class Chatter {
 public:
  explicit Chatter(std::uint64_t seed) : random_(seed) {}

  Operating& force() { return force_; }

  void tell_something() {
    now_ += std::chrono::minutes(below(90));
    const std::string from = kNations.at(below(kNations.size()));
    switch (below(8)) {
      case 0:
        return by(from, {unit(from)});
      case 1:
        return by(from, {strength(from)});
      case 2:
        return by(from, {readiness(from)});
      case 3:
        return by(from, {availability(from)});
      case 4:
      case 5:
        return by(from, {slice(from)});
      case 6:
        return by("SEC", {operation(), requirement()});
      default:
        return by("SEC", {below(5) == 0 ? model::Statement(registry()) : decision()});
    }
  }

  std::vector<model::UnitId> units() const {
    std::vector<model::UnitId> all;
    for (const auto* from : kNations) {
      for (std::size_t i = 0; i < kUnitsOfANation; ++i) {
        all.push_back(unit_id(std::string(from) + ":U" + std::to_string(i)));
      }
    }
    return all;
  }

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  model::UtcTime now() const { return now_; }

 private:
  std::string any_unit(const std::string& from) {
    return from + ":U" + std::to_string(below(kUnitsOfANation));
  }
  template <typename T, std::size_t N>
  T one_of(const std::array<T, N>& values) {
    return values.at(below(N));
  }

  void by(const std::string& from, std::vector<model::Statement> statements) {
    Telling telling{.node = from == "SEC" ? "SEC/hq" : ministry_of(from)};
    telling.received_at = now_;
    telling.valid_at = now_ - std::chrono::hours(below(30));
    for (const auto* other : {"KAZ", "ARM", "BLR"}) {
      if (below(2) == 0) {
        telling.releasable_to.push_back(nation(other));
      }
    }
    const auto told = force_.heads[telling.node];
    if (told > 0 && below(4) == 0) {
      telling.corrects = 1 + below(told);
    }
    force_.tell(std::move(statements), telling);
  }

  model::UnitStatement unit(const std::string& from) {
    auto unit = tests::unit_of(any_unit(from), below(2) == 0 ? any_unit(from) : "");
    unit.name += std::to_string(below(3));
    unit.lifecycle = one_of(std::array{model::Lifecycle::standby, model::Lifecycle::committed,
                                       model::Lifecycle::forming, model::Lifecycle::disbanded});
    return unit;
  }
  model::StrengthStatement strength(const std::string& from) {
    return tests::strength_of(any_unit(from), {.deployable = model::Count(40 + below(3) * 25)});
  }
  model::ReadinessStatement readiness(const std::string& from) {
    model::ReadinessStatement readiness;
    readiness.unit = unit_id(any_unit(from));
    readiness.reported_overall = static_cast<model::Level>(1 + below(4));
    return readiness;
  }
  model::AvailabilityStatement availability(const std::string& from) {
    auto availability = ready_availability(any_unit(from), {});
    if (below(3) == 0) {
      availability.pledge_level = static_cast<std::uint8_t>(below(3));
      availability.pledge_valid_until = now_ + std::chrono::hours(below(200));
    }
    return availability;
  }
  model::ContributionStatement slice(const std::string& from) {
    auto slice =
        slice_of(any_unit(from), "S-" + std::to_string(below(3)), model::Count(10 + below(3) * 10),
                 static_cast<model::ContributionState>(1 + below(10)));
    slice.operation = code(one_of(kOperations));
    return slice;
  }
  model::OperationStatement operation() {
    auto operation = operation_of(one_of(kOperations));
    operation.name += std::to_string(below(3));
    operation.authorised_strength = model::Count(below(3) * 1'000);
    return operation;
  }
  model::RequirementStatement requirement() {
    auto requirement =
        requirement_of({line_of("L01", model::Count(10 + below(3)))}, one_of(kOperations));
    requirement.version = static_cast<std::uint32_t>(1 + below(3));
    return requirement;
  }
  model::DecisionStatement decision() {
    auto decision = decision_of("D-" + std::to_string(below(6)),
                                one_of(std::array{model::DecisionKind::state_change,
                                                  model::DecisionKind::authorised_strength,
                                                  model::DecisionKind::offer_response}));
    decision.operation = code(one_of(kOperations));
    decision.to_state = static_cast<model::OperationState>(1 + below(10));
    decision.value = static_cast<std::int64_t>(below(3)) * 1'500;
    if (decision.kind == model::DecisionKind::offer_response) {
      decision.operation = std::nullopt;
      decision.contribution_id = std::string(one_of(kNations)) + "/S-" + std::to_string(below(3));
      decision.contribution_to = static_cast<model::ContributionState>(1 + below(10));
    }
    return decision;
  }
  model::RegistryStatement registry() {
    model::RegistryStatement registry;
    registry.policies = {{.valid_from = now_ - 40h}};
    registry.policies[0].fresh_intervals = static_cast<std::uint8_t>(1 + below(3));
    registry.policies[0].ageing_intervals = static_cast<std::uint8_t>(3 + below(3));
    return registry;
  }

  std::mt19937_64 random_;
  Operating force_;
  model::UtcTime now_ = kSampleTime;
};

std::array<Moment, 4> moments_at(model::UtcTime now) {
  return {officer_at(now), ministry_at("KAZ/mod", now), ministry_at("ARM/mod", now),
          ministry_at("BLR/mod", now)};
}

/// How many rows differ, and which of those `named` does not name.
struct Found {
  std::size_t units = 0, operations = 0;
  std::vector<std::string> unnamed;
};
Found differences(const State& before, const State& after, const Changed& named,
                  const Chatter& chatter) {
  Found found;
  for (const auto& moment : moments_at(chatter.now())) {
    for (const auto& unit : chatter.units()) {
      if (feed_unit(before, unit, moment) != feed_unit(after, unit, moment)) {
        ++found.units;
        if (!std::binary_search(named.units.begin(), named.units.end(), unit)) {
          found.unnamed.push_back(unit.str());
        }
      }
    }
    for (const auto* name : kOperations) {
      const auto& operations = named.operations;
      if (feed_operation(before, code(name), moment) != feed_operation(after, code(name), moment)) {
        ++found.operations;
        if (!std::binary_search(operations.begin(), operations.end(), code(name))) {
          found.unnamed.emplace_back(name);
        }
      }
    }
  }
  return found;
}

template <typename Key>
bool is_sorted_once(const std::vector<Key>& keys) {
  return std::adjacent_find(keys.begin(), keys.end(),
                            [](const Key& a, const Key& b) { return !(a < b); }) == keys.end();
}

TEST(FeedChanged, NamesEveryRowThatDiffersWhateverIsTold) {
  Found all;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Chatter chatter(seed);
    for (int step = 0; step < 60; ++step) {
      const auto before = chatter.force().state;
      for (auto reports = 1 + chatter.below(3); reports > 0; --reports) {
        chatter.tell_something();
      }
      const auto& after = chatter.force().state;
      const auto named = changed(before, after);
      const auto found = differences(before, after, named, chatter);
      ASSERT_THAT(found.unnamed, testing::IsEmpty()) << "step " << step;
      EXPECT_TRUE(is_sorted_once(named.units));
      EXPECT_TRUE(is_sorted_once(named.operations));
      all.units += found.units;
      all.operations += found.operations;
    }
  }
  // Otherwise nothing would have been tested.
  EXPECT_GT(all.units, 5'000U);
  EXPECT_GT(all.operations, 2'000U);
}

/// One that leaves out a single row that differs is found out.
TEST(FeedChanged, WouldBeFoundOutIfItLeftOneOut) {
  std::size_t left_out = 0;
  Chatter chatter(7);
  for (int step = 0; step < 200; ++step) {
    const auto before = chatter.force().state;
    chatter.tell_something();
    const auto& after = chatter.force().state;
    auto named = changed(before, after);
    const auto found = differences(before, after, named, chatter);
    if (found.units > 0 && named.units.size() == 1) {
      named.units.clear();
      EXPECT_FALSE(differences(before, after, named, chatter).unnamed.empty());
      ++left_out;
    }
  }
  EXPECT_GT(left_out, 20U);
}

TEST(FeedUnit, SaysOfItsAgeWhatTheTreeSaysAtAnyTime) {
  std::array<std::size_t, 5> seen{};
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Chatter chatter(seed);
    for (int step = 0; step < 120; ++step) {
      chatter.tell_something();
    }
    const auto& state = chatter.force().state;
    for (const auto& id : chatter.units()) {
      const auto row = feed_unit(state, id, officer_at(chatter.now()));
      if (!row) {
        continue;
      }
      std::vector<model::UtcTime> times;
      for (const auto& edge : {row->ageing_at, row->stale_at, row->expires_at}) {
        for (const auto off : {-1us, 0us, 1us}) {
          times.push_back(edge.value_or(chatter.now()) + off);
        }
      }
      for (int i = 0; i < 20; ++i) {
        times.push_back(chatter.now() + std::chrono::minutes(chatter.below(20 * 24 * 60)));
      }
      for (const auto time : times) {
        // Cadences are those of now: what was before the last policy is another matter.
        if (time < chatter.now()) {
          continue;
        }
        const auto expected = unit(state, {id}, officer_at(time))->freshness;
        EXPECT_EQ(model::freshness_at(*row, time), expected);
        ++seen.at(static_cast<std::size_t>(expected));
      }
    }
  }
  for (std::size_t freshness = 1; freshness <= 4; ++freshness) {
    EXPECT_GT(seen.at(freshness), 50U) << freshness;
  }
}

TEST(FeedOperation, IsTheRowOfTheListForEverybodyWhateverIsTold) {
  std::size_t rows = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Chatter chatter(seed);
    for (int step = 0; step < 80; ++step) {
      chatter.tell_something();
    }
    const auto& state = chatter.force().state;
    for (const auto& moment : moments_at(chatter.now())) {
      const auto listed = operations(state, moment).rows;
      std::size_t found = 0;
      for (const auto* name : kOperations) {
        const auto row = feed_operation(state, code(name), moment);
        const auto same = std::find_if(listed.begin(), listed.end(), [&](const auto& each) {
          return each.operation == code(name);
        });
        ASSERT_EQ(row.has_value(), same != listed.end());
        if (row) {
          ++found;
          EXPECT_EQ(*row, (model::FeedOperation{.operation = same->operation,
                                                .name = same->name,
                                                .host = same->host,
                                                .state = same->state,
                                                .authorised_strength = same->authorised_strength,
                                                .required = same->required,
                                                .nations = same->nations,
                                                .people = same->people}));
        }
      }
      EXPECT_EQ(found, listed.size());
      rows += found;
    }
  }
  EXPECT_GT(rows, 100U);
}

}  // namespace
}  // namespace muster::core
