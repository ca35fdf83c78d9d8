// SPDX-License-Identifier: Apache-2.0
#include "broker/core/rows.h"

#include <bit>
#include <variant>

#include "schemas/model/statement.h"

namespace muster::core {
namespace {

using Brief = std::array<std::uint32_t, 6>;

std::uint32_t low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
std::uint32_t high(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32U); }
std::uint64_t joined(std::uint32_t low_half, std::uint32_t high_half) {
  return std::uint64_t{high_half} << 32U | low_half;
}

template <typename Enum>
std::uint32_t number_of(const std::optional<Enum>& code) {
  return code ? static_cast<std::uint32_t>(*code) : 0;
}

struct BriefOf {
  Brief operator()(const model::UnitStatement& s) const {
    std::uint32_t pools = 0;
    for (const auto pool : s.pools) {
      const auto number = static_cast<unsigned>(pool);
      pools |= number >= 1 && number <= 8 ? 1U << (number - 1) : 0U;
    }
    return {number_of(s.component), number_of(s.element_kind), number_of(s.lifecycle), pools};
  }
  Brief operator()(const model::StrengthStatement& s) const {
    const auto attached = s.attached_in.value_or(0) - s.detached_out.value_or(0);
    return {s.authorised.value_or(0), s.assigned.value_or(0),   s.assigned.value_or(0) + attached,
            s.present.value_or(0),    s.deployable.value_or(0), attached};
  }
  Brief operator()(const model::AvailabilityStatement& s) const {
    if (s.pledge_level.value_or(0) == 0 || !s.pledge_valid_until) {
      return {};
    }
    const auto until = std::bit_cast<std::uint64_t>(model::to_micros(*s.pledge_valid_until));
    return {1, low(until), high(until)};
  }
  Brief operator()(const model::RosterStatement& s) const {
    const auto base = s.base_version.value_or(0);
    return {low(s.version), high(s.version), static_cast<std::uint32_t>(s.form), low(base),
            high(base)};
  }
  template <typename Other>
  Brief operator()(const Other&) const {
    return {};
  }
};

void read_identity(const Word& word, Row& row) {
  row.is_unit = true;
  row.component = static_cast<std::uint8_t>(word.brief[0]);
  row.element_kind = static_cast<std::uint8_t>(word.brief[1]);
  row.lifecycle = static_cast<std::uint8_t>(word.brief[2]);
  row.pools = static_cast<std::uint8_t>(word.brief[3]);
}

void read_strength(const Word& word, Row& row) {
  row.authorised = word.brief[0];
  row.assigned = word.brief[1];
  row.on_strength = word.brief[2];
  row.present = word.brief[3];
  row.deployable = word.brief[4];
  row.attached = std::bit_cast<std::int32_t>(word.brief[5]);
  row.strength_at = model::to_micros(word.valid_at);
}

void read_availability(const Word& word, Row& row) {
  row.availability_at = model::to_micros(word.valid_at);
  if (word.brief[0] != 0) {
    row.pledge_until = std::bit_cast<std::int64_t>(joined(word.brief[1], word.brief[2]));
  }
}

}  // namespace

std::uint32_t packed(const model::Nation& nation) {
  std::uint32_t value = 0;
  for (const char c : nation.view()) {
    value = value << 8U | static_cast<unsigned char>(c);
  }
  return value;
}

model::Nation unpacked(std::uint32_t nation) {
  const std::array<char, 3> text{static_cast<char>(nation >> 16U), static_cast<char>(nation >> 8U),
                                 static_cast<char>(nation)};
  const auto parsed = model::Nation::parse({text.data(), text.size()});
  return parsed ? *parsed : model::Nation{};
}

std::array<std::uint32_t, 6> brief_of(const model::Statement& statement) {
  return std::visit(BriefOf{}, statement);
}

RosterBrief roster_brief(const Word& word) {
  return {.version = joined(word.brief[0], word.brief[1]),
          .base_version = joined(word.brief[3], word.brief[4]),
          .is_delta = word.brief[2] == static_cast<std::uint32_t>(model::RosterForm::delta)};
}

Row row_at(const model::UnitId& id, const History& history, const model::Bitime& at) {
  Row row;
  const auto* identity = word_at(history.of(model::StatementKind::unit), at);
  if (identity == nullptr) {
    return row;
  }
  row.nation = packed(id.nation());
  read_identity(*identity, row);
  if (const auto* word = word_at(history.of(model::StatementKind::strength), at)) {
    read_strength(*word, row);
  }
  if (const auto* word = word_at(history.of(model::StatementKind::readiness), at)) {
    row.readiness_at = model::to_micros(word->valid_at);
  }
  if (const auto* word = word_at(history.of(model::StatementKind::availability), at)) {
    read_availability(*word, row);
  }
  return row;
}

}  // namespace muster::core
