// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "broker/core/decide.h"

/// The rules of DOMAIN.md §5, each as a function that adds what it finds. Internal to core.
namespace muster::core {

/// Where in a statement something stands: "present", or "holdings[2].fmc". Text is made of it only
/// when something is found, since nearly every report is right. It looks into the caller's text and
/// lives no longer than the call.
class Field {
 public:
  Field(std::string_view name)
      : name_(name) {}  // NOLINT(google-explicit-constructor): a name is a place.
  Field(const char* name) : name_(name) {}         // NOLINT(google-explicit-constructor)
  Field(const std::string& name) : name_(name) {}  // NOLINT(google-explicit-constructor)
  Field(std::string_view list, std::size_t index, std::string_view name)
      : list_(list), index_(index), name_(name) {}
  [[nodiscard]] std::string str() const;

 private:
  std::string_view list_;
  std::size_t index_ = 0;
  std::string_view name_;
};

/// An entry of a list, or a field of one.
inline Field path(std::string_view list, std::size_t index, std::string_view field = {}) {
  return {list, index, field};
}

/// What a rule may look at, and where it says what it found.
class Inquiry {
 public:
  Inquiry(const State& known, const model::Report& said, const Arrival& arrived,
          const model::Limits& bounds);

  const State& state;
  const model::Report& report;
  const Arrival& arrival;
  const model::Limits& limits;

  /// Rules that follow speak of this statement.
  void set_statement(std::uint32_t index) { statement_ = index; }
  void refuse(model::Rule rule, Field field, std::string found, std::string expected) {
    add(rule, model::Severity::refuse, field, std::move(found), std::move(expected));
  }
  void flag(model::Rule rule, Field field, std::string found, std::string expected) {
    add(rule, model::Severity::flag, field, std::move(found), std::move(expected));
  }
  [[nodiscard]] std::vector<model::Finding> take_findings() &&;

  [[nodiscard]] bool has_found(model::Rule rule) const;

  /// The Unit statement of `id` in the report itself, or null.
  [[nodiscard]] const model::UnitStatement* declared(const model::UnitId& id) const;

 private:
  void add(model::Rule rule, model::Severity severity, Field field, std::string found,
           std::string expected);

  std::unordered_map<model::UnitId, const model::UnitStatement*> declared_;
  std::uint32_t statement_ = model::Finding::kWholeReport;
  std::vector<model::Finding> findings_;
  std::size_t finding_bytes_ = 0;
  std::size_t left_out_ = 0;
  bool left_out_refuses_ = false;
};

// One file each.
void check_report(Inquiry& inquiry);                                  // times, release, keys
void check_unit(Inquiry& inquiry, const model::UnitStatement& unit);  // identity, hierarchy, symbol
void check_branches(Inquiry& inquiry);  // what hangs below a moved unit
void check_strength(Inquiry& inquiry,
                    const model::StrengthStatement& strength);  // the arithmetic of people
void check_equipment(Inquiry& inquiry,
                     const model::EquipmentStatement& equipment);  // the arithmetic of items
void check_readiness(Inquiry& inquiry, const model::ReadinessStatement& readiness);
void check_availability(Inquiry& inquiry, const model::AvailabilityStatement& availability);
void check_registry(Inquiry& inquiry, const model::RegistryStatement& registry);

// Shared by the statements.
void check_owner(Inquiry& inquiry, const model::UnitId& unit);                             // V05
void check_order(Inquiry& inquiry, const model::UnitId& unit, model::StatementKind kind);  // V09
void check_text(Inquiry& inquiry, Field field, std::string_view text, std::size_t code_points_max,
                bool line_feed_allowed = false);                             // V10, V34, V35
void check_handle(Inquiry& inquiry, Field field, std::string_view text);     // V10, V34, V35
void check_place(Inquiry& inquiry, Field field, const model::Place& place);  // V24
void check_time(Inquiry& inquiry, Field field, std::optional<model::UtcTime> time);  // V10

/// V18: a mandatory value is there; V10: it is in its range.
template <typename Number>
void check_number(Inquiry& inquiry, Field field, std::optional<Number> value, std::uint32_t min,
                  std::uint32_t max, bool mandatory) {
  if (!value) {
    if (mandatory) {
      inquiry.refuse(model::Rule::v18, field, "nothing", "a number; absent is not 0");
    }
    return;
  }
  const auto number = static_cast<std::uint32_t>(*value);
  if (number < min || number > max) {
    inquiry.refuse(model::Rule::v10, field, std::to_string(number),
                   std::to_string(min) + " to " + std::to_string(max));
  }
}

/// V38: a code that this build does not know is kept and flagged.
template <typename E>
void check_code(Inquiry& inquiry, Field field, E value) {
  if (!model::is_known(value)) {
    inquiry.flag(model::Rule::v38, field, model::to_text(value),
                 "one of " + model::names_of<E>() + "; kept as it is, and not counted");
  }
}
template <typename E>
void check_mandatory_code(Inquiry& inquiry, Field field, std::optional<E> value) {
  if (!value) {
    inquiry.refuse(model::Rule::v18, field, "nothing", "one of " + model::names_of<E>());
  } else {
    check_code(inquiry, field, *value);
  }
}

}  // namespace muster::core
