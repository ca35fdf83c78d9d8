// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "broker/core/decide.h"
#include "tests/support/sample_reports.h"

/// Small worlds for tests of the core: units of a few words, a registry of six members, and a state
/// that takes reports one by one.
namespace muster::tests {

/// What the tests call now: an hour after kSampleTime.
inline constexpr model::UtcTime kNow = kSampleTime + std::chrono::hours{1};

/// RUS, BLR, ARM, KAZ, KGZ and TJK, members for a year before kSampleTime and without an end.
model::RegistryStatement six_members();

/// A state that knows the six members and nothing else.
core::State empty_state();

/// A unit with the mandatory fields; below `parent` when one is given.
model::UnitStatement unit_of(std::string_view id, std::string_view parent = {});

/// All that a Strength needs. The rest of `assigned` is on leave, or not deployable for
/// administrative reasons, so that the sums are right.
struct People {
  model::Count authorised = 100;
  model::Count assigned = 100;
  model::Count present = 95;
  model::Count deployable = 90;
};
model::StrengthStatement strength_of(std::string_view id, const People& people = {});

/// A REGULAR report, true at kSampleTime, released to nobody.
model::Report report_of(std::vector<model::Statement> statements,
                        model::UtcTime valid_at = kSampleTime);

/// The arrival of a report at kNow, issued at kNow as well.
core::Arrival arrival_of(std::string_view node, std::uint64_t seq);

/// A core without a shell: decides each report and, when it is accepted, folds it in.
struct World {
  core::State state = empty_state();
  std::uint64_t seq = 0;
  std::vector<core::Said> ledger;  ///< Everything that was accepted, in order.

  /// Gives back what was accepted, as the broker's ledger does. Good as long as the world.
  [[nodiscard]] core::Recall recall() const;
  core::Decision take(const model::Report& report, std::string_view node = "KAZ/mod",
                      model::UtcTime now = kNow);
  /// The same, for reports that must be accepted: throws what refuses them.
  World& accept(const model::Report& report, std::string_view node = "KAZ/mod",
                model::UtcTime now = kNow);
};

}  // namespace muster::tests
