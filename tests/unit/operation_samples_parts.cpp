// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/operation_samples_parts.h"

#include "tests/unit/text_samples.h"

namespace muster::text::samples {

using namespace model;

namespace {

RequirementLine line(const char* id, ElementKind kind, std::vector<Task> tasks, Count people,
                     std::uint16_t within_h) {
  RequirementLine made;
  made.line_id = code(id);
  made.tasks = std::move(tasks);
  made.element_kind = kind;
  made.people_min = people;
  made.people_max = people;
  made.needed_within_h = within_h;
  made.must_have = true;
  made.weight = 10;
  return made;
}

}  // namespace

Code code(const char* text) { return *Code::parse(text); }
ReportId report(const char* node_id, std::uint64_t seq) { return {node(node_id), seq}; }
Code this_operation() { return code("EX-2201"); }

PublishedFigure figure(const char* name, Comparator comparator, Count value) {
  return {name, comparator, value, at("2022-01-07T00:00:00Z"), "Press release (fictional)"};
}

RequirementLine command_line() { return line("L01", ElementKind::command, {Task::t09}, 80, 48); }
RequirementLine advance_line() {
  auto made = line("L02", ElementKind::combat, {Task::t08}, 400, 12);
  made.weight = 100;
  return made;
}
RequirementLine main_line() {
  auto made = line("L03", ElementKind::combat, {Task::t08}, 1'100, 36);
  made.people_max = 1'150;
  made.capability_type = std::uint8_t{2};
  made.self_sustainment = {{SelfSustainmentCategory::tentage, std::uint16_t{15}, Count{1'150}}};
  made.duration_days = std::uint16_t{30};
  return made;
}
RequirementLine police_line() {
  return line("L04", ElementKind::police, {Task::t05, Task::t03}, 260, 48);
}
RequirementLine engineer_line() {
  auto made = line("L05", ElementKind::combat_support, {Task::t06, Task::t11}, 260, 72);
  made.equipment = {{EquipmentKind::engineer, 16}};
  return made;
}
RequirementLine observer_line() {
  auto made = line("L08", ElementKind::observer_group, {Task::t09, Task::t12}, 10, 72);
  made.must_have = false;
  made.weight = 1;
  return made;
}

Fix approval_fix() {
  Fix fix;
  fix.kind = FixKind::approve_caveat;
  fix.unit = unit("RUS:EX-CBT-09");
  fix.subject = "RUS/C-1";
  fix.people = 140;
  fix.text = "approve caveat RUS/C-1 for RUS:EX-CBT-09: 140 people";
  return fix;
}
Fix new_police_fix() {
  Fix fix;
  fix.kind = FixKind::new_unit;
  fix.people = 76;
  fix.element_kind = ElementKind::police;
  fix.tasks = {Task::t03, Task::t05};
  fix.capability_type = std::uint8_t{1};
  fix.within_h = 48;
  fix.text = "one company of POLICE, 76 people, for T03 T05 at notice of 48 h or less";
  return fix;
}
Fix machines_fix() {
  Fix fix;
  fix.kind = FixKind::ask_offer;
  fix.unit = unit("TJK:EX-CSP-01");
  fix.people = 24;
  fix.text = "ask TJK for TJK:EX-CSP-01: 24 people with 3 ENGINEER";
  return fix;
}
Fix observer_fix() {
  Fix fix;
  fix.kind = FixKind::shorten_notice;
  fix.unit = unit("RUS:EX-OBS-01");
  fix.subject = "RUS/OFFER-20";
  fix.people = 22;
  fix.text = "RUS:EX-OBS-01 at notice of 66 h instead of 73 h: 22 people";
  return fix;
}

}  // namespace muster::text::samples
