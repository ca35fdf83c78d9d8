// SPDX-License-Identifier: Apache-2.0
// Any bytes as the order of battle of another system; the first says of which. No crash, and units
// that are imported are the same after they were exported and imported again.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string_view>

#include "nodes/desk/interchange.h"

namespace {

using muster::desk::OrbatFormat;
using muster::model::UnitStatement;
using Units = std::map<std::string, UnitStatement>;

muster::desk::ImportOptions options() { return {.nation = *muster::model::Nation::parse("KAZ")}; }

/// What the last word on each unit is.
Units units_of(const muster::desk::ImportDraft& draft) {
  Units units;
  for (const auto& report : draft.reports) {
    for (const auto& statement : report.statements) {
      if (const auto* const unit = std::get_if<UnitStatement>(&statement)) {
        units[unit->unit.str()] = *unit;
      }
    }
  }
  return units;
}

void expect_identity(const Units& units, OrbatFormat format) {
  std::vector<UnitStatement> list;
  for (const auto& [key, unit] : units) {
    list.push_back(unit);
  }
  const auto text = muster::desk::export_order_of_battle(
      list, format,
      {.nation = options().nation,
       .nation_name = "Kazakhstan",
       .valid_at = *muster::model::parse_time("2026-11-01T06:00:00Z"),
       .marking = "EXERCISE"});
  const auto again =
      text ? units_of(muster::desk::import_order_of_battle(*text, format, options())) : Units{};
  if (again != units) {
    std::fprintf(stderr, "not the same units after %s\n",
                 std::string(muster::desk::to_text(format)).c_str());
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto format = data[0] == 'm'   ? OrbatFormat::msdl
                      : data[0] == 'c' ? OrbatFormat::c2sim
                                       : OrbatFormat::orbat_mapper;
  const auto draft = muster::desk::import_order_of_battle(text, format, options());
  const auto units = units_of(draft);
  if (!units.empty()) {
    expect_identity(units, OrbatFormat::msdl);
    expect_identity(units, OrbatFormat::orbat_mapper);
  }
  return 0;
}
