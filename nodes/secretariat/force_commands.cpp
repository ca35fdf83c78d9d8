// SPDX-License-Identifier: Apache-2.0
// The commands under `muster force`.
#include <fmt/format.h>

#include "nodes/secretariat/command_options.h"
#include "nodes/asking/moments.h"

namespace muster::secretariat {

using asking::kMomentForms;
using asking::kTrendDays;

namespace {

void add_area(CLI::App* under, RawArguments& raw, const char* help) {
  under->add_option("--area", raw.area, help);
}
void add_unit(CLI::App* under, RawArguments& raw) {
  under->add_option("UNIT", raw.unit, "Such as KAZ:AIRMOB-35")->required();
}
void add_element_kinds(CLI::App* under, RawArguments& raw) {
  add_list(under, "--element-kind", raw.element_kinds,
           "Only these kinds of element (combat,rear-support)");
}

void declare_strength(CLI::App* force, RawArguments& raw) {
  auto* strength =
      add_command(force, "strength", "Combined strength, grouped and filtered",
                  "  muster force strength\n"
                  "  muster force strength --by nation,component --as-of 'last friday'\n"
                  "  muster force strength --basis place\n"
                  "  muster force strength --by level --nation KAZ,TJK --pool CPF -o csv\n");
  strength->add_option("--by", raw.by, "nation, component, element-kind, level")
      ->delimiter(',')
      ->default_str("nation");
  strength->add_option("--basis", raw.basis, "owner (whose people) or place (where they serve)")
      ->default_str("owner");
  add_nations(strength, raw);
  add_list(strength, "--component", raw.components, "Only military, police, civilian");
  add_element_kinds(strength, raw);
  add_list(strength, "--level", raw.levels, "Only units of these effective levels (1,2)");
  add_list(strength, "--pool", raw.pools, "Only units pledged to these pools (CPF,CRRF)");
  add_what_if(strength, raw);
}

void declare_ready(CLI::App* force, RawArguments& raw) {
  auto* ready =
      add_command(force, "ready", "Who can be assembled within some hours, for some tasks",
                  "  muster force ready --within 48h --tasks T08,T03\n"
                  "  muster force ready --within 3d --tasks T08 --area 51.16,71.47\n"
                  "  muster force ready --within 48h --min-freshness fresh --nation KAZ -o json\n");
  ready->add_option("--within", raw.within, "Hours until they are ready: 48h or 2d")->required();
  add_tasks(ready, raw, "Tasks that each unit covers together (T08,T03); any when left out");
  add_area(ready, raw, "LAT,LON in degrees: count the movement there too");
  ready->add_option("--min-freshness", raw.min_freshness,
                    "Count nobody whose word is older: fresh, ageing or stale");
  add_nations(ready, raw);
  add_element_kinds(ready, raw);
  add_what_if(ready, raw);
}

void declare_buildup(CLI::App* force, RawArguments& raw) {
  auto* buildup = add_command(force, "buildup", "How the force grows, hour by hour",
                              "  muster force buildup --tasks T08\n"
                              "  muster force buildup --tasks T08,T03 --horizon 72h\n"
                              "  muster force buildup --area 51.16,71.47 -o csv\n");
  add_tasks(buildup, raw, "Tasks that each unit covers together (T08,T03); any when left out");
  buildup->add_option("--horizon", raw.horizon, "Look this far: 72h or 7d")->default_str("168h");
  add_area(buildup, raw, "LAT,LON in degrees: count the movement there too");
  add_nations(buildup, raw);
  add_what_if(buildup, raw);
}

void declare_matrix(CLI::App* force, RawArguments& raw) {
  auto* matrix = add_command(force, "matrix", "Readiness of each nation in each capability",
                             "  muster force matrix\n"
                             "  muster force matrix --by-task --trend-days 7\n"
                             "  muster force matrix --tasks T08,T03 -o csv\n");
  matrix->add_flag("--by-task", raw.by_task, "Columns are tasks instead of element kinds");
  add_tasks(matrix, raw, "Only these tasks (T08,T03); implies --by-task");
  matrix->add_option("--trend-days", raw.trend_days, "Compare with this many days before")
      ->default_str("30")
      ->check(CLI::Range(kTrendDays.min, kTrendDays.max));
  add_nations(matrix, raw);
  add_what_if(matrix, raw);
}

void declare_units(CLI::App* force, RawArguments& raw) {
  auto* tree = add_command(force, "tree", "The units of a nation, with their figures rolled up",
                           "  muster force tree KAZ\n"
                           "  muster force tree KAZ -o wide --as-of yesterday\n");
  tree->add_option("NATION", raw.nation, "Such as KAZ")->required();
  add_what_if(tree, raw);
  auto* unit = add_command(force, "unit", "All that is known of a unit, and on whose word",
                           "  muster force unit KAZ:AIRMOB-35\n"
                           "  muster force unit KAZ:AIRMOB-35 -o json\n");
  add_unit(unit, raw);
  add_what_if(unit, raw);
  auto* roster = add_command(force, "roster", "The people of a unit, counted; never by name",
                             "  muster force roster KAZ:AIRMOB-35\n"
                             "  muster force roster KAZ:HQ --subordinates --by grade,specialty\n");
  add_unit(roster, raw);
  roster->add_flag("--subordinates", raw.with_subordinates, "With all units below it");
  add_list(roster, "--by", raw.roster_by,
           "grade, specialty, language, duty-status, sex, category; all when left out");
  add_what_if(roster, raw);
}

void declare_changes(CLI::App* force, RawArguments& raw) {
  auto* history = add_command(force, "history", "Every word on a unit, and what each changed",
                              "  muster force history KAZ:AIRMOB-35\n"
                              "  muster force history KAZ:AIRMOB-35 --kind strength --from -30d\n");
  add_unit(history, raw);
  add_list(history, "--kind", raw.kinds, "Only these statements (strength,readiness)");
  history->add_option("--from", raw.from_time, "Only what is valid from this moment on");
  history->add_option("--to", raw.to_time, "Only what is valid up to this moment");
  auto* diff = add_command(force, "diff",
                           "What changed between two moments, or what was learned between them",
                           "  muster force diff --from yesterday\n"
                           "  muster force diff --from 2022-01-07 --to 2022-01-09 --nation KAZ\n"
                           "  muster force diff --from -2d --to now --as-of 2022-01-07   # what "
                           "did we learn of that day\n");
  diff->add_option("--from", raw.from_time, fmt::format("Moment: {}", kMomentForms))->required();
  diff->add_option("--to", raw.to_time, "Moment")->default_str("now");
  add_nations(diff, raw);
}

void declare_doubts(CLI::App* force, RawArguments& raw) {
  auto* stale = add_command(force, "stale", "What is stale or missing, and how much rests on it",
                            "  muster force stale\n"
                            "  muster force stale --nation KAZ --kind strength\n");
  add_nations(stale, raw);
  add_list(stale, "--kind", raw.kinds,
           "Statements (strength,training); strength, readiness, availability when left out");
  add_what_if(stale, raw);
  auto* caveats = add_command(force, "caveats", "Which caveats touch tasks or an area",
                              "  muster force caveats\n"
                              "  muster force caveats --tasks T08 --area 51.16,71.47\n");
  add_tasks(caveats, raw, "Only those that touch these tasks (T08,T03)");
  add_area(caveats, raw, "LAT,LON in degrees: only those that touch this place");
  add_nations(caveats, raw);
  add_what_if(caveats, raw);
  auto* overrides =
      add_command(force, "overrides", "Where reported levels differ from the computed ones",
                  "  muster force overrides\n"
                  "  muster force overrides --nation KAZ -o wide\n");
  add_nations(overrides, raw);
  add_what_if(overrides, raw);
}

void declare_standby(CLI::App* force, RawArguments& raw) {
  auto* standby = add_command(force, "standby", "Who stands by, and which slots are empty",
                              "  muster force standby\n"
                              "  muster force standby --nation KAZ --from 2022-01-01 --to "
                              "2022-07-01\n");
  add_nations(standby, raw);
  add_period(standby, raw, "From this moment on; now when left out",
             "Up to this moment; a year when left out");
  add_what_if(standby, raw);
}

void declare_remaining(CLI::App* force, RawArguments& raw) {
  auto* remaining =
      add_command(force, "remaining", "What remains if: each figure as it is, and as it would be",
                  "  muster force remaining --within 48h --without KAZ\n"
                  "  muster force remaining --within 48h --tasks T08 --host TJK --notice +24h\n");
  remaining->add_option("--within", raw.within, "Hours until they are ready: 48h or 2d")
      ->required();
  add_tasks(remaining, raw, "Tasks that each unit covers together (T08,T03); any when left out");
  add_what_if(remaining, raw);
}

}  // namespace

void declare_force(CLI::App& app, RawArguments& raw) {
  auto* force = add_command(&app, "force", "What the force is, was, and could be",
                            "  muster force strength --by nation,component\n"
                            "  muster force ready --within 48h --tasks T08,T03\n"
                            "  muster force diff --from yesterday\n");
  force->require_subcommand(1);
  declare_strength(force, raw);
  declare_ready(force, raw);
  declare_buildup(force, raw);
  declare_matrix(force, raw);
  declare_units(force, raw);
  declare_changes(force, raw);
  declare_doubts(force, raw);
  declare_standby(force, raw);
  declare_remaining(force, raw);
  declare_export(force, raw);
}

}  // namespace muster::secretariat
