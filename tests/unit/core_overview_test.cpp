// SPDX-License-Identifier: Apache-2.0
#include "broker/core/overview.h"

#include <gmock/gmock.h>

#include "broker/core/views.h"
#include "tests/support/core_samples.h"

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using tests::kNow;
using tests::kSampleTime;

Row row_of(std::uint8_t component, std::uint8_t element_kind, std::uint8_t pools,
           std::uint32_t deployable) {
  Row row;
  row.is_unit = true;
  row.nation = packed(tests::nation("KAZ"));
  row.component = component;
  row.element_kind = element_kind;
  row.pools = pools;
  row.deployable = deployable;
  row.strength_at = row.readiness_at = row.availability_at = model::to_micros(kSampleTime);
  return row;
}

Registry six() {
  Registry registry;
  registry.take(tests::six_members());
  return registry;
}

std::uint64_t deployable_in(const Overview& overview, model::UtcTime now) {
  std::uint64_t sum = 0;
  for (const auto& seen : overview.at(now)) {
    sum += seen.cell.sum.deployable;
  }
  return sum;
}

TEST(Overview, MovesAUnitFromCellToCell) {
  const auto registry = six();
  Overview overview(registry, kSampleTime);
  const auto combat = row_of(1, 2, 1, 100);
  overview.put(0, {}, combat, registry, kSampleTime);
  const auto copy = overview;
  const auto police = row_of(2, 3, 1, 60);

  overview.put(0, combat, police, registry, kSampleTime);

  ASSERT_EQ(overview.at(kSampleTime).size(), 1U);
  EXPECT_EQ(overview.at(kSampleTime)[0].cell.component, 2);
  EXPECT_EQ(deployable_in(overview, kSampleTime), 60U);
  EXPECT_EQ(deployable_in(copy, kSampleTime), 100U) << "a copy is a snapshot";

  overview.put(0, police, {}, registry, kSampleTime);
  EXPECT_TRUE(overview.at(kSampleTime).empty());
}

TEST(Overview, PutsARowInThePlaceOfTheOneBefore) {
  const auto registry = six();
  Overview overview(registry, kSampleTime);
  const auto first = row_of(1, 2, 1, 100);
  overview.put(0, {}, first, registry, kSampleTime);
  overview.put(1, {}, row_of(1, 2, 1, 7), registry, kSampleTime);

  overview.put(0, first, row_of(1, 2, 1, 60), registry, kSampleTime);

  EXPECT_EQ(deployable_in(overview, kSampleTime), 67U);
  EXPECT_EQ(overview.at(kSampleTime).at(0).cell.sum.units, 2U);
}

TEST(Overview, GetsStaleAndExpiresAsTimePasses) {
  const auto registry = six();
  Overview overview(registry, kSampleTime);
  overview.put(0, {}, row_of(1, 2, 1, 100), registry, kSampleTime);
  const auto at = [&](model::UtcTime now) { return overview.at(now).at(0); };

  EXPECT_FALSE(at(kSampleTime + 48h).is_stale) << "AGEING up to two intervals";
  EXPECT_TRUE(at(kSampleTime + 48h + 1us).is_stale);
  EXPECT_EQ(at(kSampleTime + 49h).stale_strength, 100U);
  EXPECT_TRUE(at(kSampleTime + 168h).has_reported);
  EXPECT_FALSE(at(kSampleTime + 168h + 1us).has_reported);
  EXPECT_EQ(at(kSampleTime).cell.sum.oldest, model::to_micros(kSampleTime));
}

TEST(Overview, SaysNothingOnceThereAreTooManyKindsOfUnits) {
  const auto registry = six();
  Overview overview(registry, kSampleTime);
  std::uint32_t number = 0;
  for (unsigned component = 0; component < 256 && !overview.is_full(); ++component) {
    for (unsigned kind = 0; kind < 256; ++kind) {
      overview.put(
          number++, {},
          row_of(static_cast<std::uint8_t>(component), static_cast<std::uint8_t>(kind), 1, 1),
          registry, kSampleTime);
    }
  }

  EXPECT_TRUE(overview.is_full());
}

/// A cadence that begins to count later is counted from then on, whoever asks first.
TEST(Overview, IsNotAskedBeyondTheCadencesThatItKnows) {
  tests::World world;
  auto registry = tests::six_members();
  registry.members.clear();
  model::Policy strict;
  strict.valid_from = kNow + 1h;
  strict.intervals = {{model::StatementKind::strength, 3'600}};
  registry.policies = {strict};
  world.accept(tests::report_of({registry}), "REG/registry");
  world.accept(tests::report_of({tests::unit_of("KAZ:A"), tests::strength_of("KAZ:A")}));
  const auto stale_at = [&](model::UtcTime now) {
    return header_of(world.state, {.viewer = {tests::node_id("SEC/hq"), {model::Role::officer}},
                                   .now = now,
                                   .known_at = now})
        .nations_reporting.size();
  };

  EXPECT_EQ(world.state.overview.holds_until(), strict.valid_from);
  EXPECT_EQ(stale_at(kNow), 1U);
  EXPECT_EQ(stale_at(kNow + 8h), 0U) << "seven hours without a word: EXPIRED by then";
}

}  // namespace
}  // namespace muster::core
