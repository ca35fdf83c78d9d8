// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/query.h"
#include "schemas/model/statement.h"

/// A fictional force that two databases can be filled with alike. Everything about it follows from
/// the number of a unit and the number of a day, so neither of them has to read it from the other.
namespace muster::bench {

inline constexpr std::array<std::string_view, 6> kNations = {"ARM", "BLR", "KAZ",
                                                             "KGZ", "RUS", "TJK"};

/// What a unit is, for good.
struct UnitLine {
  std::size_t nation = 0;  ///< Its place in kNations.
  model::Component component{};
  model::ElementKind element_kind{};
};

/// What a unit says of its people on one day. Obeys the rules of DOMAIN.md §5.
struct StrengthLine {
  model::Count authorised = 0, assigned = 0, attached_in = 0, detached_out = 0;
  model::Count on_strength = 0, present = 0, deployable = 0;
};

/// `units` units that report their strength once a day for `days` days. In the course of a day they
/// report one after the other, evenly, so an instant within it finds some that have and some that
/// have not.
struct Force {
  std::uint32_t units = 1;  ///< From 1 to 9,999,999.
  std::uint32_t days = 1;   ///< From 1.
  model::UtcTime first{};   ///< When the first day begins. Every unit is declared before.

  [[nodiscard]] model::UtcTime valid_at(std::uint32_t unit, std::uint32_t day) const;
  [[nodiscard]] model::UtcTime end() const;  ///< After the last report.
  /// The day of the report that counts for `unit` at `as_of`: none before its first.
  [[nodiscard]] std::optional<std::uint32_t> day_at(std::uint32_t unit, model::UtcTime as_of) const;
};

UnitLine unit_line(std::uint32_t unit);
StrengthLine strength_line(std::uint32_t unit, std::uint32_t day);
model::UnitStatement unit_statement(std::uint32_t unit);
model::StrengthStatement strength_statement(std::uint32_t unit, std::uint32_t day);

/// The question of P5 and P6: combined strength by nation, component and element kind.
model::StrengthQuery question();
/// The right answer to it, straight from the lines; as of the end when `as_of` is absent. Only keys
/// and figures are filled in, rows in the order of their keys.
model::StrengthAnswer right_answer(const Force& force, std::optional<model::UtcTime> as_of);
/// Ends the run when `answer` is not the right one, naming who gave it.
void check_answer(std::string_view who, const model::StrengthAnswer& answer,
                  const model::StrengthAnswer& right);

/// Random instants at which every unit has reported at least once. The same for the same seed.
std::vector<model::UtcTime> instants(const Force& force, std::uint64_t seed, std::size_t count);

}  // namespace muster::bench
