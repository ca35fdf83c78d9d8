// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/routes.h"

#include <algorithm>

namespace muster::gateway {
namespace {

using Raw = asking::RawQuestion;

// ---- parameters that several routes take --------------------------------------------------------

const ParameterRow kNations{"nation", &Raw::nations, "Only these nations: KAZ,TJK"};
const ParameterRow kTasks{"tasks", &Raw::tasks, "Tasks that each unit covers together: T08,T03"};
const ParameterRow kArea{"area", &Raw::area, "LAT,LON in degrees: 51.16,71.47"};
const ParameterRow kElementKinds{"element_kind", &Raw::element_kinds,
                                 "Only these kinds of element: combat,rear-support"};
const ParameterRow kKinds{"kind", &Raw::kinds, "Only these statements: strength,readiness"};
const ParameterRow kWithin{"within", &Raw::within, "Hours until they are ready: 48h or 2d"};
const ParameterRow kHorizon{"horizon", &Raw::horizon, "Look this far: 72h or 7d; 168h if left out"};
const ParameterRow kMinFreshness{"min_freshness", &Raw::min_freshness,
                                 "Count nobody whose word is older: fresh, ageing or stale"};
const ParameterRow kFrom{"from", &Raw::from_time, "From this moment on"};
const ParameterRow kTo{"to", &Raw::to_time, "Up to this moment"};
const ParameterRow kVersion{"version", &Raw::version, "Of the requirement; the highest if left out",
                            asking::kVersions};

const ParameterRow kNation{"NATION", &Raw::nation, "Such as KAZ"};
const ParameterRow kUnit{"UNIT", &Raw::unit, "Such as KAZ:EX-CBT-01"};
const ParameterRow kOperation{"OP", &Raw::operation, "Code of the operation, such as EX-2201"};

const std::vector<ParameterRow> kMoments{
    {"as_of", &Raw::as_of,
     "What was true at this moment: 2022-01-07T12:00:00Z, 2022-01-07, now, yesterday or -3d"},
    {"known_at", &Raw::known_at, "What had been received at this moment"}};
const std::vector<ParameterRow> kWhatIf{
    {"without", &Raw::without, "What if these nations take no part: KAZ,TJK"},
    {"host", &Raw::host, "What if every operation takes place in this nation: TJK"},
    {"also", &Raw::also, "What if these operations go on as well: EX-2202"},
    {"notice", &Raw::notice, "What if all move so much later or sooner: +24h, -12h"}};

// ---- the table ----------------------------------------------------------------------------------

const std::vector<Route> kFigures{
    {.question = "force strength",
     .kind = "ForceStrength",
     .summary = "Combined strength, grouped and filtered",
     .parameters = {{"by", &Raw::by, "nation, component, element-kind, level; nation if left out"},
                    {"basis", &Raw::basis, "owner (whose people) or place (where they serve)"},
                    kNations,
                    {"component", &Raw::components, "Only military, police, civilian"},
                    kElementKinds,
                    {"level", &Raw::levels, "Only units of these effective levels: 1,2"},
                    {"pool", &Raw::pools, "Only units pledged to these pools: CPF,CRRF"}}},
    {.question = "force ready",
     .kind = "ForceReady",
     .summary = "Who can be assembled within some hours, for some tasks",
     .parameters = {kWithin, kTasks, kArea, kMinFreshness, kNations, kElementKinds},
     .required = {{"within", "0h"}}},
    {.question = "force buildup",
     .kind = "ForceBuildup",
     .summary = "How the force grows, hour by hour",
     .parameters = {kTasks, kHorizon, kArea, kNations}},
    {.question = "force matrix",
     .kind = "ForceMatrix",
     .summary = "Readiness of each nation in each capability",
     .parameters = {{"by_task", &Raw::by_task, "Columns are tasks instead of element kinds"},
                    kTasks,
                    {"trend_days", &Raw::trend_days,
                     "Compare with this many days before; 30 if left out", asking::kTrendDays},
                    kNations}},
    {.question = "force tree",
     .kind = "ForceTree",
     .summary = "The units of a nation, with their figures rolled up",
     .objects = {kNation}},
    {.question = "force unit",
     .kind = "Unit",
     .summary = "All that is known of a unit, and on whose word",
     .objects = {kUnit}},
    {.question = "force roster",
     .kind = "ForceRoster",
     .summary = "The people of a unit, counted; never by name",
     .objects = {kUnit},
     .parameters = {{"subordinates", &Raw::with_subordinates, "With all units below it"},
                    {"by", &Raw::roster_by,
                     "grade, specialty, language, duty-status, sex, category; all if left out"}}},
    {.question = "force history",
     .kind = "ForceHistory",
     .summary = "Every word on a unit, and what each changed",
     .objects = {kUnit},
     .parameters = {kKinds, kFrom, kTo}}};

const std::vector<Route> kDoubts{
    {.question = "force diff",
     .kind = "ForceDiff",
     .summary = "What changed between two moments, or what was learned between them",
     .parameters = {kFrom, kTo, kNations},
     .required = {{"from", "1970-01-01"}},
     .has_what_if = false},
    {.question = "force stale",
     .kind = "ForceStale",
     .summary = "What is stale or missing, and how much rests on it",
     .parameters = {kNations, kKinds}},
    {.question = "force caveats",
     .kind = "ForceCaveats",
     .summary = "Which caveats touch tasks or an area",
     .parameters = {kTasks, kArea, kNations}},
    {.question = "force overrides",
     .kind = "ForceOverrides",
     .summary = "Where reported levels differ from the computed ones",
     .parameters = {kNations}},
    {.question = "force standby",
     .kind = "ForceStandby",
     .summary = "Who stands by, and which slots are empty",
     .parameters = {kNations, kFrom, kTo}},
    {.question = "force remaining",
     .kind = "ForceRemaining",
     .summary = "What remains if: each figure as it is, and as it would be",
     .parameters = {kWithin, kTasks},
     .required = {{"within", "0h"}}}};

const std::vector<Route> kOperations{
    {.question = "operation list",
     .kind = "OperationList",
     .summary = "What operations there are, and how far each has come"},
    {.question = "operation show",
     .kind = "Operation",
     .summary = "All that is known of one: decisions, nations, published figures",
     .objects = {kOperation}},
    {.question = "operation gaps",
     .kind = "OperationGaps",
     .summary = "Which lines are not met, why, and what would close them",
     .objects = {kOperation},
     .parameters = {kVersion}},
    {.question = "operation assemble",
     .kind = "OperationPackage",
     .summary = "The best force package for the lines of an operation",
     .objects = {kOperation},
     .parameters = {{"goal", &Raw::goal, "earliest, fewest-nations or balanced"},
                    {"max_depletion", &Raw::max_depletion,
                     "Percent of its deployable people that a nation gives at most",
                     asking::kDepletions},
                    kMinFreshness,
                    {"time_limit", &Raw::time_limit, "How long to search; 10s if left out"},
                    kVersion}},
    {.question = "operation commitments",
     .kind = "OperationCommitments",
     .summary = "Who is committed where until when, and promised twice",
     .parameters =
         {{"operation", &Raw::operation, "Only this one, such as EX-2201"}, kNations, kFrom, kTo}},
    {.question = "operation buildup",
     .kind = "OperationBuildup",
     .summary = "Who is there at which hour, against what is needed by then",
     .objects = {kOperation},
     .parameters = {kHorizon}},
    {.question = "operation withdrawal",
     .kind = "OperationWithdrawal",
     .summary = "Who is still in place, who is on the way back, and until when",
     .objects = {kOperation}},
    {.question = "operation sustainment",
     .kind = "OperationSustainment",
     .summary = "What its units have for so many people and days",
     .objects = {kOperation},
     .parameters = {{"people", &Raw::people, "For so many; the authorised strength if left out",
                     asking::kPeople},
                    {"days", &Raw::days, "For so long; 30 if left out", asking::kDays}}}};

const std::vector<Route> kRecords{
    {.question = "ledger tail",
     .kind = "LedgerTail",
     .summary = "The last records, or those from a number on",
     .parameters = {{"count", &Raw::count, "How many records; 20 if left out", asking::kCounts},
                    {"from", &Raw::from, "First record", asking::kSeqs}},
     .has_what_if = false},
    {.question = "ledger proof",
     .kind = "LedgerProof",
     .summary = "What proves that a node sent a report, and when it came",
     .objects = {{"PUBLISHER", &Raw::node, "Before the slash of the node's name: KAZ"},
                 {"NODE", &Raw::node, "Behind the slash: mod"},
                 {"SEQ", &Raw::seq, "Number of the report in the node's chain", asking::kSeqs}},
     .has_moment = false,
     .has_what_if = false},
    {.question = "server info",
     .kind = "ServerInfo",
     .summary = "The broker and the nodes it knows",
     .has_moment = false,
     .has_what_if = false}};

std::vector<Route> joined() {
  std::vector<Route> all;
  for (const auto* part : {&kFigures, &kDoubts, &kOperations, &kRecords}) {
    all.insert(all.end(), part->begin(), part->end());
  }
  return all;
}

}  // namespace

std::span<const Route> routes() {
  static const auto kAll = joined();
  return kAll;
}

std::string path_of(const Route& route) {
  std::string path(route.question);
  std::replace(path.begin(), path.end(), ' ', '/');
  path.insert(0, kApi);
  for (const auto& object : route.objects) {
    path.append("/{").append(object.name).append("}");
  }
  return path;
}

std::vector<ParameterRow> common_parameters(const Route& route) {
  std::vector<ParameterRow> common;
  if (route.has_moment) {
    common.insert(common.end(), kMoments.begin(), kMoments.end());
  }
  if (route.has_what_if) {
    common.insert(common.end(), kWhatIf.begin(), kWhatIf.end());
  }
  return common;
}

std::vector<ParameterRow> parameters_of(const Route& route) {
  auto all = route.parameters;
  const auto common = common_parameters(route);
  all.insert(all.end(), common.begin(), common.end());
  return all;
}

}  // namespace muster::gateway
