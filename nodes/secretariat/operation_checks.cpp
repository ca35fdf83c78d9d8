// SPDX-License-Identifier: Apache-2.0
// The contradictions in one file. The broker judges the same rules; here they are found before a
// report takes a number in the chain, and at their place in the file.
#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/operation_file.h"
#include "schemas/model/limits.h"

namespace muster::secretariat {
namespace {

using model::Limits;

/// Collects what is wrong.
class Checker {
 public:
  explicit Checker(OperationChecks& checks) : checks_(checks) {}
  void wrong(std::string where, std::string found, std::string expected,
             std::vector<std::string> rests_on = {}) {
    checks_.problems.push_back(
        {{std::move(where), std::move(found), std::move(expected)}, std::move(rests_on)});
  }
  void warn(std::string where, std::string found, std::string expected,
            std::vector<std::string> rests_on = {}) {
    checks_.warnings.push_back(
        {{std::move(where), std::move(found), std::move(expected)}, std::move(rests_on)});
  }
  void range(const std::string& where, std::uint64_t value, std::uint64_t min, std::uint64_t max) {
    if (value < min || value > max) {
      wrong(where, std::to_string(value), fmt::format("a whole number from {} to {}", min, max));
    }
  }
  template <typename Value>
  void range(const std::string& where, const std::optional<Value>& value, std::uint64_t min,
             std::uint64_t max) {
    if (value) {
      range(where, std::uint64_t{*value}, min, max);
    }
  }
  void range(const std::string& where, const std::optional<model::UtcTime>& time) {
    if (time && (*time < model::kTimeMin || *time >= model::kTimeMax)) {
      wrong(where, model::format_time(*time),
            fmt::format("a time from {} to {}", model::format_time(model::kTimeMin),
                        model::format_time(model::kTimeMax)));
    }
  }
  /// Each value that stands in the list before, by what names it.
  template <typename Value, typename Name>
  void repeats(const std::string& list, std::string_view field, const std::vector<Value>& values,
               Name name) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto first = std::find_if(values.begin(), values.end(), [&](const Value& value) {
        return name(value) == name(values[i]);
      });
      const auto earlier = static_cast<std::size_t>(first - values.begin());
      if (earlier < i && !name(values[i]).empty()) {
        const auto at = [&](std::size_t place) {
          return fmt::format("{}[{}]{}{}", list, place, field.empty() ? "" : ".", field);
        };
        wrong(at(i), fmt::format("{}, as in {}", name(values[i]), at(earlier)), "each one once",
              {at(earlier)});
      }
    }
  }

 private:
  OperationChecks& checks_;
};

std::string text_of_task(const model::Task& task) { return model::to_text(task); }
std::string kind_of_equipment(const model::EquipmentCount& item) {
  return model::to_text(item.kind);
}
std::string category_of(const model::SustainmentLine& line) {
  return model::to_text(line.category);
}
std::string id_of(const model::RequirementLine& line) { return line.line_id.str(); }
std::string text_of_nation(const model::Nation& nation) { return nation.str(); }

// ---- the operation ------------------------------------------------------------------------------

void check_area(Checker& checker, const std::vector<model::Place>& area) {
  if (!area.empty() && area.size() < 3) {
    checker.wrong("area", fmt::format("{} of its corners", area.size()),
                  "three corners or more, or no area");
  }
  for (std::size_t i = 0; i < area.size(); ++i) {
    const auto& [lat, lon] = area[i];
    // Written so that a NaN fails as well.
    const bool in_range = lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180;
    if (!in_range || (lat == 0 && lon == 0)) {
      checker.wrong(fmt::format("area[{}]", i), fmt::format("lat {}, lon {}", lat, lon),
                    "lat -90 to 90, lon -180 to 180, in degrees, and not 0, 0");
    }
  }
}

void check_operation(Checker& checker, const model::OperationStatement& operation) {
  if (operation.name.empty()) {
    checker.wrong("name", "nothing", "a name");
  }
  if (!operation.host) {
    checker.wrong("host", "nothing", "the nation in which the operation takes place");
  }
  checker.repeats("tasks", {}, operation.tasks, text_of_task);
  check_area(checker, operation.area);
  checker.range("authorised_strength", operation.authorised_strength, 0, Limits{}.people_max);
  checker.range("decided_at", operation.decided_at);
  checker.range("planned_end", operation.planned_end);
  if (operation.decided_at && operation.planned_end &&
      *operation.planned_end < *operation.decided_at) {
    checker.wrong(
        "planned_end",
        fmt::format("{}, before it was decided", model::format_time(*operation.planned_end)),
        fmt::format("a time after decided_at, {}; leave it out when the end is open",
                    model::format_time(*operation.decided_at)),
        {"decided_at"});
  }
}

// ---- the requirement ----------------------------------------------------------------------------

void check_line(Checker& checker, const model::RequirementLine& line, const std::string& at) {
  const auto field = [&](std::string_view name) { return fmt::format("{}.{}", at, name); };
  if (line.tasks.empty()) {
    checker.wrong(field("tasks"), "no task", "one task or more, such as [\"T08\"]");
  }
  if (line.people_min > line.people_max) {
    checker.wrong(field("people_min"), fmt::format("at least {} people", line.people_min),
                  fmt::format("not more than people_max, {}", line.people_max),
                  {field("people_max")});
  }
  checker.range(field("people_min"), std::uint64_t{line.people_min}, 0, Limits{}.people_max);
  checker.range(field("people_max"), std::uint64_t{line.people_max}, 0, Limits{}.people_max);
  checker.range(field("needed_within_h"), std::uint64_t{line.needed_within_h}, 0, 8760);
  checker.range(field("duration_days"), line.duration_days, 1, 3650);
  checker.range(field("weight"), std::uint64_t{line.weight}, 1, 100);
  checker.range(field("capability_type"), line.capability_type, 1, 4);
  checker.repeats(field("tasks"), {}, line.tasks, text_of_task);
  checker.repeats(field("equipment"), "kind", line.equipment, kind_of_equipment);
  checker.repeats(field("self_sustainment"), "category", line.self_sustainment, category_of);
  for (std::size_t i = 0; i < line.equipment.size(); ++i) {
    checker.range(fmt::format("{}.equipment[{}].count", at, i),
                  std::uint64_t{line.equipment[i].count}, 0, Limits{}.items_max);
  }
  for (std::size_t i = 0; i < line.self_sustainment.size(); ++i) {
    const auto below = fmt::format("{}.self_sustainment[{}]", at, i);
    checker.range(below + ".days_of_supply", line.self_sustainment[i].days_of_supply, 0, 180);
    checker.range(below + ".covered_people", line.self_sustainment[i].covered_people, 0,
                  Limits{}.people_max);
  }
}

/// Lines that must be met, against the strength that was decided.
void check_strength(Checker& checker, const OperationFile& file) {
  const auto authorised = file.operation.authorised_strength;
  std::uint64_t must_have = 0;
  std::vector<std::string> rests_on{"authorised_strength"};
  for (std::size_t i = 0; i < file.lines->size(); ++i) {
    const auto& line = (*file.lines)[i];
    must_have += line.must_have ? line.people_min : 0;
    rests_on.push_back(fmt::format("line[{}].people_min", i));
    rests_on.push_back(fmt::format("line[{}].must_have", i));
  }
  if (authorised && must_have > *authorised) {
    checker.warn("authorised_strength",
                 fmt::format("{}, where the lines that must be met ask for {} people", *authorised,
                             must_have),
                 "as many, or fewer must_have lines: they cannot all be met within it",
                 std::move(rests_on));
  }
}

void check_requirement(Checker& checker, const OperationFile& file) {
  checker.range("version", file.version, 1, UINT32_MAX);
  if (!file.lines) {
    if (file.version) {
      checker.wrong("version", fmt::format("{} of a requirement without lines", *file.version),
                    "one [[line]] or more below it; leave it out to announce the operation alone");
    }
    return;
  }
  if (file.lines->empty()) {
    checker.wrong("line", "a requirement without lines",
                  "one [[line]] or more; leave 'line' out to announce the operation alone");
  }
  checker.repeats("line", "line_id", *file.lines, id_of);
  for (std::size_t i = 0; i < file.lines->size(); ++i) {
    check_line(checker, (*file.lines)[i], fmt::format("line[{}]", i));
  }
  if (file.operation.tasks.empty()) {
    checker.warn("operation", "no tasks", "the tasks of the operation beside those of its lines",
                 {"tasks"});
  }
  check_strength(checker, file);
}

}  // namespace

OperationChecks check_operation_file(const OperationFile& file) {
  OperationChecks checks;
  Checker checker(checks);
  check_operation(checker, file.operation);
  checker.repeats("releasable_to", {}, file.releasable_to, text_of_nation);
  check_requirement(checker, file);
  return checks;
}

}  // namespace muster::secretariat
