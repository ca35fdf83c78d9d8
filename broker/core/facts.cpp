// SPDX-License-Identifier: Apache-2.0
#include "broker/core/facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace muster::core {
namespace {

using model::to_text;

std::string text_of(const std::string& text) { return text; }
std::string text_of(bool value) { return value ? "true" : "false"; }
std::string text_of(model::UtcTime time) { return model::format_time(time); }
std::string text_of(const model::Place& place) {
  return fmt::format("{},{}", place.lat, place.lon);
}
std::string text_of(const std::array<std::uint8_t, 16>& uuid) { return model::to_hex(uuid); }
template <typename Number>
  requires std::is_arithmetic_v<Number>
std::string text_of(Number value) {
  return fmt::format("{}", value);
}
template <typename Code>
  requires std::is_enum_v<Code>
std::string text_of(Code code) {
  return to_text(code);
}

/// Collects facts field by field. Fields of an entry of a list stand behind its name.
class Flat {
 public:
  template <typename T>
  void add(std::string_view field, const T& value) {
    if constexpr (requires { value.has_value(); }) {
      if (value) {
        add(field, *value);
      }
    } else {
      auto text = text_of(value);
      if (!text.empty()) {
        facts_.push_back({entry_ + std::string(field), std::move(text)});
      }
    }
  }
  /// All values of a list under one field, sorted: their order says nothing.
  template <typename T>
  void add_all(std::string_view field, const std::vector<T>& values) {
    std::vector<std::string> texts;
    for (const auto& value : values) {
      texts.push_back(text_of(value));
    }
    std::sort(texts.begin(), texts.end());
    add(field, fmt::format("{}", fmt::join(texts, ", ")));
  }
  /// The fields that follow are of this entry: "holdings[TRUCK]". An empty list: of the statement.
  void set_entry(std::string_view list, std::string_view name = {}) {
    entry_ = list.empty() ? std::string() : fmt::format("{}[{}]", list, name);
  }
  Facts take() && { return std::move(facts_); }

 private:
  std::string entry_;
  Facts facts_;
};

/// "T03+T08": what a capability is called by.
std::string joined(std::vector<model::Task> tasks) {
  std::sort(tasks.begin(), tasks.end());
  std::string text;
  for (const auto task : tasks) {
    text += (text.empty() ? "" : "+") + to_text(task);
  }
  return text;
}

std::string period_of(const model::Relation& relation) {
  std::string text;
  if (relation.from) {
    text += " from " + model::format_time(*relation.from);
  }
  if (relation.to) {
    text += " to " + model::format_time(*relation.to);
  }
  return text;
}

struct Flatten {
  Flat& flat;

  void operator()(const model::UnitStatement& s) const {
    flat.add("name", s.name);
    flat.add("short_name", s.short_name);
    flat.add("uuid", s.uuid);
    flat.add("valid_from", s.valid_from);
    flat.add("valid_to", s.valid_to);
    flat.add("component", s.component);
    flat.add("element_kind", s.element_kind);
    flat.add_all("pools", s.pools);
    flat.add("lifecycle", s.lifecycle);
    flat.add("echelon", s.echelon);
    flat.add("sidc", s.sidc);
    flat.add("reinforcement", s.reinforcement);
    flat.add("home", s.home);
    flat.add("current", s.current);
    add_relations(s);
    add_capabilities(s);
    flat.add_all("languages", s.languages);
  }
  void operator()(const model::StrengthStatement& s) const {
    flat.add("authorised", s.authorised);
    flat.add("assigned", s.assigned);
    flat.add("attached_in", s.attached_in);
    flat.add("detached_out", s.detached_out);
    flat.add("present", s.present);
    flat.add("deployable", s.deployable);
    add_counts("absences", s.absences, [](const auto& e) { return to_text(e.reason); });
    add_counts("non_deployable", s.non_deployable, [](const auto& e) { return to_text(e.reason); });
    add_cells(s);
    flat.add("duty_qualified", s.duty_qualified);
    flat.add("senior_authorised", s.senior_authorised);
    flat.add("senior_deployable", s.senior_deployable);
    for (const auto& speciality : s.specialties) {
      flat.set_entry("specialties", speciality.code.view());
      flat.add(".required", speciality.required);
      flat.add(".qualified", speciality.qualified);
      flat.add(".critical", speciality.critical);
    }
    flat.set_entry({});
    flat.add("ledger_from", s.ledger_from);
    add_counts("gains", s.gains, [](const auto& e) { return to_text(e.kind); });
    add_counts("losses", s.losses, [](const auto& e) { return to_text(e.kind); });
  }
  void operator()(const model::EquipmentStatement& s) const {
    for (const auto& holding : s.holdings) {
      flat.set_entry("holdings", holding.item_code.view());
      flat.add(".nsn", holding.nsn);
      flat.add(".kind", holding.kind);
      flat.add(".authorised", holding.authorised);
      flat.add(".required", holding.required);
      flat.add(".on_hand", holding.on_hand);
      flat.add(".fmc", holding.fmc);
      flat.add(".pmc", holding.pmc);
      flat.add(".nmc", holding.nmc);
      flat.add(".criticality", holding.criticality);
      flat.add(".lease", holding.lease);
    }
  }
  void operator()(const model::SelfSustainmentStatement& s) const {
    for (const auto& line : s.lines) {
      flat.set_entry("lines", to_text(line.category));
      flat.add(".days_of_supply", line.days_of_supply);
      flat.add(".covered_people", line.covered_people);
    }
  }
  void operator()(const model::TrainingStatement& s) const {
    for (const auto& task : s.tasks) {
      flat.set_entry("tasks", to_text(task.task));
      flat.add(".state", task.state);
      flat.add(".last_exercise", task.last_exercise);
      flat.add(".certified_by", task.certified_by);
      flat.add(".certified_until", task.certified_until);
    }
  }
  void operator()(const model::ReadinessStatement& s) const {
    flat.add("p", s.p);
    flat.add("s", s.s);
    flat.add("r", s.r);
    flat.add("t", s.t);
    flat.add("reported_overall", s.reported_overall);
    if (const auto& given = s.level_override) {
      flat.add("override.direction", given->direction);
      flat.add("override.reason_code", given->reason_code);
      flat.add("override.remark", given->remark);
      flat.add("override.authority", given->authority);
      flat.add("override.waiver_id", given->waiver_id);
    }
    for (const auto& mission : s.missions) {
      flat.set_entry("missions", mission.operation.view());
      flat.add(".mission_level", mission.mission_level);
      flat.add(".percent_effective", mission.percent_effective);
    }
    flat.set_entry({});
    if (s.forecast) {
      flat.add("forecast.level", s.forecast->level);
      flat.add("forecast.when", s.forecast->when);
    }
    flat.add("operational_status", s.operational_status);
    flat.add("remarks", s.remarks);
  }
  void operator()(const model::AvailabilityStatement& s) const {
    flat.add("notice_to_move_min", s.notice_to_move_min);
    flat.add("load_min", s.load_min);
    flat.add("available_from", s.available_from);
    flat.add("available_until", s.available_until);
    flat.add("pledge_level", s.pledge_level);
    flat.add("pledge_valid_until", s.pledge_valid_until);
    flat.add("sustain_days", s.sustain_days);
    flat.add("people_cap", s.people_cap);
    if (const auto& movement = s.movement) {
      flat.add("movement.mode", movement->mode);
      flat.add("movement.embark_point", movement->embark_point);
      if (movement->lift) {
        flat.add("movement.lift.people", movement->lift->people);
        flat.add("movement.lift.tonnes", movement->lift->tonnes);
        flat.add("movement.lift.vehicles", movement->lift->vehicles);
      }
    }
    for (const auto& point : s.profile) {
      flat.set_entry("profile", fmt::format("{} h", point.within_h));
      flat.add(".people", point.people);
    }
  }
  void operator()(const model::RosterStatement& s) const { add_people(applied(nullptr, s)); }
  template <typename Other>
  void operator()(const Other&) const {}

  void add_people(const Roster& roster) const {
    const auto counted = [&](auto is_counted) {
      return std::count_if(roster.people.begin(), roster.people.end(),
                           [&](const PersonPtr& person) { return is_counted(*person); });
    };
    flat.add("people", roster.people.size());
    flat.add("present", counted([](const auto& person) {
               return person.duty_status == model::DutyStatus::present;
             }));
    flat.add("deployable", counted([](const auto& person) { return person.deployable; }));
  }

 private:
  /// Lists of a code and a count.
  template <typename Entry, typename NameOf>
  void add_counts(std::string_view list, const std::vector<Entry>& entries, NameOf name_of) const {
    for (const auto& entry : entries) {
      flat.set_entry(list, name_of(entry));
      flat.add("", entry.count);
    }
    flat.set_entry({});
  }
  void add_cells(const model::StrengthStatement& s) const {
    for (const auto& cell : s.cells) {
      flat.set_entry("cells", to_text(cell.category) + " " + to_text(cell.sex));
      flat.add(".on_strength", cell.on_strength);
      flat.add(".present", cell.present);
      flat.add(".deployable", cell.deployable);
    }
    flat.set_entry({});
  }
  /// One fact a type, since a unit has one superior and seldom two of anything else.
  void add_relations(const model::UnitStatement& s) const {
    std::map<model::RelationType, std::vector<std::string>> by_type;
    for (const auto& relation : s.relations) {
      by_type[relation.type].push_back(relation.unit.str() + period_of(relation));
    }
    for (const auto& [type, units] : by_type) {
      flat.set_entry("relations", to_text(type));
      flat.add_all("", units);
    }
    flat.set_entry({});
  }
  void add_capabilities(const model::UnitStatement& s) const {
    for (const auto& capability : s.capabilities) {
      flat.set_entry("capabilities", joined(capability.tasks));
      flat.add(".type", capability.type ? fmt::format("{}", *capability.type) : "none");
      for (const auto& metric : capability.metrics) {
        flat.add("." + metric.name, metric.value);
      }
    }
    flat.set_entry({});
  }
};

}  // namespace

Facts flatten(const model::Statement& statement) {
  Flat flat;
  std::visit(Flatten{flat}, statement);
  return std::move(flat).take();
}

Facts flatten(const Roster& roster) {
  Flat flat;
  Flatten{flat}.add_people(roster);
  return std::move(flat).take();
}

std::vector<model::FieldChange> changes_between(const Facts& before, const Facts& after) {
  std::map<std::string_view, std::pair<std::string_view, std::string_view>> fields;
  for (const auto& fact : before) {
    fields[fact.field].first = fact.value;
  }
  for (const auto& fact : after) {
    fields[fact.field].second = fact.value;
  }
  std::vector<model::FieldChange> changes;
  for (const auto& [field, values] : fields) {
    if (values.first != values.second) {
      changes.push_back(
          {std::string(field), std::string(values.first), std::string(values.second)});
    }
  }
  return changes;
}

}  // namespace muster::core
