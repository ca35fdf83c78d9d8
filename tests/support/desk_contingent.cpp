// SPDX-License-Identifier: Apache-2.0
#include "tests/support/desk_contingent.h"

#include <optional>

#include "tests/support/sample_reports.h"

namespace muster::tests {

using namespace model;  // NOLINT: the statements below are all of it.

namespace {

constexpr UtcTime day(int year, unsigned month, unsigned number) {
  return std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) /
                               static_cast<int>(number)};
}

struct Item {
  std::string code;
  EquipmentKind kind;
  Count authorised, required, on_hand, fmc, pmc, nmc;
};

/// What is known of one unit. 0 absent people are not written down.
struct Known {
  std::string code, name, short_name, superior;
  Component component = Component::military;
  ElementKind kind = ElementKind::combat;
  Echelon echelon = Echelon::company;
  double lat = 0, lon = 0;
  Count authorised = 0, assigned = 0, in = 0, out = 0, leave = 0, course = 0, hospital = 0;
  std::vector<Item> items;
  Level p = 1, s = 1, r = 1, t = 2, overall = 2;
  Count notice = 720, load = 240;
  std::optional<UtcTime> from, until;

  [[nodiscard]] Count on_strength() const { return assigned + in - out; }
  [[nodiscard]] Count present() const { return on_strength() - leave - course - hospital; }
  [[nodiscard]] Count deployable() const { return on_strength() - hospital; }
};

Known company(int number, std::string name, std::vector<Item> items) {
  const auto n = static_cast<Count>(number);
  return {.code = "EX-1" + std::to_string(number),
          .name = std::move(name),
          .short_name = std::to_string(number) + " р",
          .superior = "EX-1",
          .lat = 43.25 + 0.125 * number,
          .lon = 76.9453 - 0.5 * number,
          .authorised = 110 + n,
          .assigned = 104 + n,
          .in = n % 3,
          .out = n % 2,
          .leave = 4,
          .course = n % 4,
          .hospital = 1,
          .items = std::move(items),
          .from = day(2026, 12, static_cast<unsigned>(number)),
          .until = std::nullopt};
}

std::vector<Known> known_units() {
  const auto trucks = [](Count count) {
    return Item{"TRUCK-5T", EquipmentKind::wheeled_transport, count, count, count, count - 1, 1, 0};
  };
  const Item radios{"RADIO-VHF", EquipmentKind::communication, 12, 10, 11, 9, 1, 1};
  std::vector<Known> units;
  units.push_back({.code = "EX-1",
                   .name = "Штаб контингента; г. Вымышленск (fictional)",
                   .short_name = "ШТАБ",
                   .superior = {},
                   .kind = ElementKind::command,
                   .echelon = Echelon::battalion,
                   .lat = 43.2389,
                   .lon = 76.8897,
                   .authorised = 60,
                   .assigned = 58,
                   .in = 2,
                   .out = 0,
                   .leave = 3,
                   .course = 0,
                   .hospital = 0,
                   .items = {radios},
                   .from = day(2026, 11, 20),
                   .until = day(2027, 5, 31)});
  units.push_back(company(1, "1-я рота «Тулпар» (fictional)", {trucks(14), radios}));
  units.push_back(company(2, "2-я рота \"Барыс\" (fictional)", {trucks(12)}));
  units.push_back(company(3, "3-я рота – ёлочная (fictional)", {}));
  for (int number = 4; number <= 8; ++number) {
    units.push_back(company(number, "Рота № " + std::to_string(number) + " (fictional)",
                            {trucks(static_cast<Count>(8 + number))}));
  }
  units.push_back(company(9, "Military police company (fictional)", {}));
  units.back().component = Component::police;
  units.back().kind = ElementKind::police;
  units.push_back(company(10, "Медицинская рота, полевая (fictional)", {trucks(6), radios}));
  units.back().kind = ElementKind::rear_support;
  units.push_back(company(11, "Рота связи (fictional)", {radios}));
  units.back().kind = ElementKind::technical_support;
  return units;
}

// ---- as a report --------------------------------------------------------------------------------

UnitStatement unit_of(const Known& known) {
  UnitStatement unit{.unit = unit_id("KAZ:" + known.code)};
  unit.name = known.name;
  unit.short_name = known.short_name;
  unit.component = known.component;
  unit.element_kind = known.kind;
  unit.lifecycle = Lifecycle::standby;
  unit.echelon = known.echelon;
  unit.home = Place{.lat = known.lat, .lon = known.lon};
  if (!known.superior.empty()) {
    unit.relations.push_back({.type = RelationType::child_of,
                              .unit = unit_id("KAZ:" + known.superior),
                              .from = std::nullopt,
                              .to = std::nullopt});
  }
  return unit;
}

StrengthStatement strength_of(const Known& known) {
  StrengthStatement strength{.unit = unit_id("KAZ:" + known.code)};
  strength.authorised = known.authorised;
  strength.assigned = known.assigned;
  strength.attached_in = known.in;
  strength.detached_out = known.out;
  strength.present = known.present();
  strength.deployable = known.deployable();
  const auto absent = [&](AbsenceReason reason, Count count) {
    if (count > 0) {
      strength.absences.push_back({.reason = reason, .count = count});
    }
  };
  absent(AbsenceReason::leave, known.leave);
  absent(AbsenceReason::course_tdy, known.course);
  absent(AbsenceReason::hospital, known.hospital);
  if (known.hospital > 0) {
    strength.non_deployable.push_back(
        {.reason = NonDeployableReason::medical_temp, .count = known.hospital});
  }
  return strength;
}

EquipmentStatement equipment_of(const Known& known) {
  EquipmentStatement equipment{.unit = unit_id("KAZ:" + known.code), .holdings = {}};
  for (const auto& item : known.items) {
    Holding holding{.item_code = code(item.code)};
    holding.kind = item.kind;
    holding.authorised = item.authorised;
    holding.required = item.required;
    holding.on_hand = item.on_hand;
    holding.fmc = item.fmc;
    holding.pmc = item.pmc;
    holding.nmc = item.nmc;
    equipment.holdings.push_back(holding);
  }
  return equipment;
}

ReadinessStatement readiness_of(const Known& known) {
  ReadinessStatement readiness{.unit = unit_id("KAZ:" + known.code)};
  readiness.p = known.p;
  readiness.s = known.s;
  readiness.r = known.r;
  readiness.t = known.t;
  readiness.reported_overall = known.overall;
  readiness.operational_status = OperationalStatus::opr;
  return readiness;
}

AvailabilityStatement availability_of(const Known& known) {
  AvailabilityStatement availability{.unit = unit_id("KAZ:" + known.code)};
  availability.notice_to_move_min = known.notice;
  availability.load_min = known.load;
  availability.available_from = known.from;
  availability.available_until = known.until;
  availability.pledge_level = std::uint8_t{1};
  return availability;
}

// ---- as a table ---------------------------------------------------------------------------------

TableCell count(Count number) { return static_cast<double>(number); }
/// A form has no 0 where nobody is away.
TableCell count_if_any(Count number) { return number == 0 ? TableCell() : count(number); }
TableCell text_if_any(const std::string& text) {
  return text.empty() ? TableCell() : TableCell(text);
}
TableCell day_if_any(std::optional<UtcTime> time) { return time ? TableCell(*time) : TableCell(); }

std::vector<TableCell> item_cells(const Item* item) {
  if (item == nullptr) {
    return std::vector<TableCell>(8);
  }
  return {item->code,           to_text(item->kind), count(item->authorised), count(item->required),
          count(item->on_hand), count(item->fmc),    count(item->pmc),        count(item->nmc)};
}

std::vector<TableCell> unit_cells(const Known& known) {
  return {known.name,
          known.short_name,
          to_text(known.component),
          to_text(known.kind),
          to_text(known.echelon),
          to_text(Lifecycle::standby),
          text_if_any(known.superior),
          known.lat,
          known.lon,
          count(known.authorised),
          count(known.assigned),
          count(known.in),
          count(known.out),
          count(known.present()),
          count(known.deployable()),
          count_if_any(known.leave),
          count_if_any(known.course),
          count_if_any(known.hospital),
          count_if_any(known.hospital),
          count(known.p),
          count(known.s),
          count(known.r),
          count(known.t),
          count(known.overall),
          to_text(OperationalStatus::opr),
          count(known.notice),
          count(known.load),
          day_if_any(known.from),
          day_if_any(known.until),
          count(1)};
}

void append(std::vector<TableCell>& row, std::vector<TableCell> cells) {
  row.insert(row.end(), cells.begin(), cells.end());
}

}  // namespace

Report contingent_report() {
  Report report{.kind = ReportKind::regular, .valid_at = kContingentTime};
  for (const auto& known : known_units()) {
    report.statements.emplace_back(unit_of(known));
    report.statements.emplace_back(strength_of(known));
    if (!known.items.empty()) {
      report.statements.emplace_back(equipment_of(known));
    }
    report.statements.emplace_back(readiness_of(known));
    report.statements.emplace_back(availability_of(known));
  }
  return report;
}

Table contingent_table() {
  Table table{.keys = {"unit_code",
                       "valid_at",
                       "item_code",
                       "kind",
                       "item_authorised",
                       "required",
                       "on_hand",
                       "fmc",
                       "pmc",
                       "nmc",
                       "name",
                       "short_name",
                       "component",
                       "element_kind",
                       "echelon",
                       "lifecycle",
                       "superior_code",
                       "lat",
                       "lon",
                       "authorised",
                       "assigned",
                       "attached_in",
                       "detached_out",
                       "present",
                       "deployable",
                       "abs_leave",
                       "abs_course_tdy",
                       "abs_hospital",
                       "nd_medical_temp",
                       "p",
                       "s",
                       "r",
                       "t",
                       "reported_overall",
                       "operational_status",
                       "notice_to_move_min",
                       "load_min",
                       "available_from",
                       "available_until",
                       "pledge_level"},
              .rows = {}};
  for (const auto& known : known_units()) {
    const auto begin = [&](const Item* item) {
      std::vector<TableCell> row{"KAZ:" + known.code, kContingentTime};
      append(row, item_cells(item));
      return row;
    };
    auto row = begin(known.items.empty() ? nullptr : known.items.data());
    append(row, unit_cells(known));
    table.rows.push_back(std::move(row));
    for (std::size_t item = 1; item < known.items.size(); ++item) {
      table.rows.push_back(begin(&known.items[item]));
      table.rows.back().resize(table.keys.size());
    }
  }
  return table;
}

}  // namespace muster::tests
