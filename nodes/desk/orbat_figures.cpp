// SPDX-License-Identifier: Apache-2.0
// Status, people and holdings of imported units. What is not stated stays absent, never 0.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "nodes/desk/msdl_names.h"
#include "nodes/desk/orbat_text.h"
#include "nodes/desk/orbat_units.h"

namespace muster::desk {
namespace {

using model::OperationalStatus;

std::optional<OperationalStatus> status_of_c2sim(std::string_view word) {
  constexpr std::array kStatuses{
      std::pair{std::string_view("FullyOperational"), OperationalStatus::opr},
      std::pair{std::string_view("MostlyOperational"), OperationalStatus::sops},
      std::pair{std::string_view("PartlyOperational"), OperationalStatus::mops},
      std::pair{std::string_view("NotOperational"), OperationalStatus::nop}};
  for (const auto& [name, status] : kStatuses) {
    if (name == word) {
      return status;
    }
  }
  return std::nullopt;
}

/// A code for an item: its name where that is one.
model::Code item_code(const std::string& name) {
  constexpr std::size_t kCodeSize = 32;
  constexpr std::size_t kHash = 8;
  const auto made = code_of_name(name, kCodeSize);
  auto code = model::Code::parse(made.empty() ? "ITEM-" + short_hash(name, kHash) : made);
  return code ? *code : model::Code{};
}

/// Thirteen digits, with or without dashes; else nothing.
std::string nsn_of(std::string nsn) {
  constexpr std::size_t kDigits = 13;
  std::erase(nsn, '-');
  const bool is_nsn =
      nsn.size() == kDigits && nsn.find_first_not_of("0123456789") == std::string::npos;
  return is_nsn ? nsn : std::string();
}

void add_to(std::optional<model::Count>& sum, std::optional<model::Count> count) {
  constexpr model::Count kMost = 1'000'000'000;
  if (count) {
    sum = std::min(kMost, sum.value_or(0)) + std::min(kMost, *count);
  }
}

}  // namespace

void UnitWriter::write_status(std::size_t unit, const Raw& raw, SaidUnit& said) {
  const auto word = trimmed(raw.text);
  const auto& handle = links_.units[unit].handle;
  if (word.empty()) {
    findings_.add(unit, "VALUE_EMPTY", handle, raw, "no status is stated; it is not NOP");
    return;
  }
  const auto status =
      scene_.format == OrbatFormat::msdl ? status_of_msdl(word) : status_of_c2sim(word);
  if (!status) {
    findings_.add(unit, "ENUM_UNKNOWN", handle, raw, "no status is stated: the word is not known");
    return;
  }
  said.readiness.emplace().operational_status = status;
}

void UnitWriter::write_readiness(std::size_t unit, SaidUnit& said) {
  const auto& raw = scene_.units[unit];
  if (raw.status) {
    write_status(unit, *raw.status, said);
  }
  std::string remark = raw.remark;
  if (raw.strength_percent) {
    const auto percent = trimmed(raw.strength_percent->text);
    if (percent.empty()) {
      findings_.add(unit, "VALUE_EMPTY", links_.units[unit].handle, *raw.strength_percent,
                    "no percentage is stated; it is not 0 %");
    } else if (!parse_number(percent)) {
      findings_.add(unit, "NUMBER_BAD", links_.units[unit].handle, *raw.strength_percent,
                    "the percentage is left out: it is no number");
    } else {
      remark = fmt::format("StrengthPercentage {}", percent);  // Makes no counts.
    }
  }
  if (!remark.empty() && !said.readiness) {
    said.readiness.emplace();
  }
  if (said.readiness) {
    said.readiness->unit = keys_[unit];
    said.readiness->remarks = remark;
  }
}

std::optional<model::Count> UnitWriter::take_count(std::size_t unit,
                                                   const std::optional<Raw>& raw) {
  if (!raw || trimmed(raw->text).empty()) {
    return std::nullopt;
  }
  const auto count = parse_count(raw->text);
  if (!count) {
    findings_.add(unit, "NUMBER_BAD", links_.units[unit].handle, *raw,
                  "the count is absent: it is no whole number; nothing is rounded");
  }
  return count;
}

/// A sum says something only when every part does.
void UnitWriter::write_strength(std::size_t unit, SaidUnit& said) {
  const auto& people = scene_.units[unit].people;
  std::optional<model::Count> authorised;
  std::optional<model::Count> assigned;
  bool knows_authorised = !people.empty();
  bool knows_assigned = !people.empty();
  for (const auto& group : people) {
    const auto count = take_count(unit, group.count);
    const auto on_hand = take_count(unit, group.on_hand);
    add_to(authorised, count);
    add_to(assigned, on_hand);
    knows_authorised = knows_authorised && count;
    knows_assigned = knows_assigned && on_hand;
  }
  if (!knows_authorised && !knows_assigned) {
    return;
  }
  auto& strength = said.strength.emplace();
  strength.unit = keys_[unit];
  strength.authorised = knows_authorised ? authorised : std::nullopt;
  strength.assigned = knows_assigned ? assigned : std::nullopt;
}

void UnitWriter::add_holding(std::size_t unit, const RawHolding& raw,
                             std::optional<model::EquipmentStatement>& equipment) {
  const auto required = take_count(unit, raw.required);
  const auto on_hand = take_count(unit, raw.on_hand);
  const auto operational = take_count(unit, raw.operational);
  if (!required && !on_hand && !operational) {
    return;
  }
  const bool is_above = operational && on_hand && *operational > *on_hand;
  if (is_above || (required && *required == 0)) {
    findings_.add(
        unit, "HOLDING_ODD", links_.units[unit].handle,
        {fmt::format("{}: required {}, on hand {}, operational {}", trimmed(raw.name.text),
                     raw.required ? trimmed(raw.required->text) : "-",
                     raw.on_hand ? trimmed(raw.on_hand->text) : "-",
                     raw.operational ? trimmed(raw.operational->text) : "-"),
         raw.name.where},
        "the counts are kept and measure nothing");
  }
  if (!equipment) {
    equipment.emplace().unit = keys_[unit];
  }
  const auto code = item_code(trimmed(raw.name.text));
  auto& holdings = equipment->holdings;
  const auto at = holding_at_.emplace(std::pair(unit, code), holdings.size());
  if (at.second) {
    holdings.push_back(model::Holding{.item_code = code, .nsn = nsn_of(raw.nsn)});
  }
  auto* const found = &holdings[at.first->second];
  add_to(found->required, required);
  add_to(found->on_hand, on_hand);
  add_to(found->fmc, operational);
  if (operational && on_hand && !is_above) {
    add_to(found->nmc, *on_hand - *operational);
    add_to(found->pmc, 0);
  }
}

}  // namespace muster::desk
