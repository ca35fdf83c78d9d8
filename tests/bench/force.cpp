// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/force.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/bench/driver.h"

namespace muster::bench {
namespace {

constexpr model::Duration kDay = std::chrono::hours(24);

/// Spreads a number over 64 bits (splitmix64), so that neighbours have nothing in common.
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

/// Takes small numbers out of a large one.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : left_(mixed(seed)) {}
  /// From 0 to `below` - 1.
  std::uint32_t next(std::uint32_t below) {
    const auto taken = left_ % below;
    left_ /= below;
    return static_cast<std::uint32_t>(taken);
  }

 private:
  std::uint64_t left_;
};

model::UnitId unit_id(std::uint32_t unit) {
  return *model::UnitId::parse(fmt::format("{}:U{:07}", kNations.at(unit_line(unit).nation), unit));
}

using Key = std::vector<std::string>;

std::map<Key, model::Figures> by_key(const model::StrengthAnswer& answer) {
  std::map<Key, model::Figures> figures;
  for (const auto& row : answer.rows) {
    figures[row.key] += row.figures;
  }
  return figures;
}

std::string text_of(const model::Figures& f) {
  return fmt::format(
      "{} units, {} authorised, {} assigned, {} on strength, {} present, {} deployable", f.units,
      f.authorised, f.assigned, f.on_strength, f.present, f.deployable);
}

}  // namespace

model::UtcTime Force::valid_at(std::uint32_t unit, std::uint32_t day) const {
  return first + day * kDay + unit * (kDay / units);
}

model::UtcTime Force::end() const { return first + days * kDay; }

std::optional<std::uint32_t> Force::day_at(std::uint32_t unit, model::UtcTime as_of) const {
  const auto since = as_of - valid_at(unit, 0);
  if (since < model::Duration{0}) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(std::min<std::int64_t>(since / kDay, days - 1));
}

UnitLine unit_line(std::uint32_t unit) {
  Draw draw(unit);
  return {.nation = draw.next(kNations.size()),
          .component = static_cast<model::Component>(1 + draw.next(3)),
          .element_kind = static_cast<model::ElementKind>(1 + draw.next(8))};
}

StrengthLine strength_line(std::uint32_t unit, std::uint32_t day) {
  Draw of_unit(~std::uint64_t{unit});
  Draw of_day(std::uint64_t{unit} << 32U | day);
  StrengthLine line{.authorised = 30 + of_unit.next(170)};
  line.assigned = line.authorised - of_day.next(8);
  line.attached_in = of_day.next(4);
  line.detached_out = of_day.next(4);
  line.on_strength = line.assigned + line.attached_in - line.detached_out;
  line.present = line.on_strength - of_day.next(10);
  line.deployable = line.on_strength - of_day.next(10);
  return line;
}

model::UnitStatement unit_statement(std::uint32_t unit) {
  const auto line = unit_line(unit);
  return {.unit = unit_id(unit),
          .name = "Bench (fictional)",
          .component = line.component,
          .element_kind = line.element_kind,
          .lifecycle = model::Lifecycle::standby,
          .echelon = model::Echelon::company};
}

model::StrengthStatement strength_statement(std::uint32_t unit, std::uint32_t day) {
  const auto line = strength_line(unit, day);
  model::StrengthStatement statement{.unit = unit_id(unit),
                                     .authorised = line.authorised,
                                     .assigned = line.assigned,
                                     .attached_in = line.attached_in,
                                     .detached_out = line.detached_out,
                                     .present = line.present,
                                     .deployable = line.deployable};
  if (line.present < line.on_strength) {
    statement.absences = {{model::AbsenceReason::leave, line.on_strength - line.present}};
  }
  if (line.deployable < line.on_strength) {
    statement.non_deployable = {
        {model::NonDeployableReason::untrained, line.on_strength - line.deployable}};
  }
  return statement;
}

model::StrengthQuery question() {
  return {.group_by = {model::Dimension::nation, model::Dimension::component,
                       model::Dimension::element_kind}};
}

model::StrengthAnswer right_answer(const Force& force, std::optional<model::UtcTime> as_of) {
  std::map<Key, model::Figures> groups;
  for (std::uint32_t unit = 0; unit < force.units; ++unit) {
    const auto line = unit_line(unit);
    const auto day = force.day_at(unit, as_of.value_or(force.end()));
    const auto said = day ? strength_line(unit, *day) : StrengthLine{};
    groups[{std::string(kNations.at(line.nation)), model::to_text(line.component),
            model::to_text(line.element_kind)}] += {.units = 1,
                                                    .authorised = said.authorised,
                                                    .assigned = said.assigned,
                                                    .on_strength = said.on_strength,
                                                    .present = said.present,
                                                    .deployable = said.deployable};
  }
  model::StrengthAnswer answer{.group_by = question().group_by, .rows = {}, .total = {}};
  for (const auto& [key, figures] : groups) {
    answer.rows.push_back({.key = key, .figures = figures, .oldest_valid_at = {}});
    answer.total.figures += figures;
  }
  return answer;
}

void check_answer(std::string_view who, const model::StrengthAnswer& answer,
                  const model::StrengthAnswer& right) {
  const auto found = by_key(answer);
  const auto expected = by_key(right);
  if (found.size() != expected.size()) {
    fail(fmt::format("{} gives {} groups; {} are right", who, found.size(), expected.size()));
  }
  for (const auto& [key, figures] : expected) {
    const auto group = found.find(key);
    if (group == found.end() || group->second != figures) {
      fail(fmt::format("{} is wrong about {}: {}; right: {}", who, fmt::join(key, ", "),
                       group == found.end() ? "nothing" : text_of(group->second),
                       text_of(figures)));
    }
  }
  if (answer.total.figures != right.total.figures) {
    fail(fmt::format("{} adds up to {}; right: {}", who, text_of(answer.total.figures),
                     text_of(right.total.figures)));
  }
}

std::vector<model::UtcTime> instants(const Force& force, std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random(seed);
  const auto from = force.days > 1 ? force.first + kDay : force.end();
  const auto span = static_cast<std::uint64_t>((force.end() - from).count()) + 1;
  std::vector<model::UtcTime> found(count);
  std::generate(found.begin(), found.end(),
                [&] { return from + model::Duration{static_cast<std::int64_t>(random() % span)}; });
  return found;
}

}  // namespace muster::bench
