// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "schemas/text/answer_json.h"
#include "tests/property/history_oracle.h"
#include "tests/support/broker_rig.h"

// Every question, at random moments over random histories, compared with an oracle that keeps all
// reports in a list. RC_PARAMS="seed=…" replays a failure.

namespace muster::tests {
namespace {

using namespace std::chrono_literals;

/// One report that a node means to send. Small numbers, so that units, times and mistakes meet.
struct Intent {
  int kind = 0;  ///< What it speaks of: see statement_for().
  int unit = 0;  ///< KAZ:A to KAZ:C, and ARM:A.
  int people = 0;
  int ago_h = 0;     ///< How long before it is sent it was true.
  int wait_h = 0;    ///< How long the node waits before it sends.
  int corrects = 0;  ///< 0: nothing; else so many reports back.
};

rc::Gen<Intent> any_intent() {
  return rc::gen::build<Intent>(rc::gen::set(&Intent::kind, rc::gen::inRange(0, 9)),
                                rc::gen::set(&Intent::unit, rc::gen::inRange(0, 4)),
                                rc::gen::set(&Intent::people, rc::gen::inRange(0, 60)),
                                rc::gen::set(&Intent::ago_h, rc::gen::inRange(0, 30)),
                                rc::gen::set(&Intent::wait_h, rc::gen::inRange(0, 20)),
                                rc::gen::set(&Intent::corrects, rc::gen::inRange(0, 4)));
}

// rapidcheck finds it by this name. NOLINTNEXTLINE(readability-identifier-naming)
void showValue(const Intent& intent, std::ostream& os) {
  os << "{kind " << intent.kind << " unit " << intent.unit << " people " << intent.people << " -"
     << intent.ago_h << "h +" << intent.wait_h << "h corrects " << intent.corrects << "}";
}

constexpr std::array<std::string_view, 4> kUnits = {"KAZ:A", "KAZ:B", "KAZ:C", "ARM:A"};

model::ReadinessStatement readiness_for(std::string_view unit, int level) {
  model::ReadinessStatement readiness;
  readiness.unit = unit_id(unit);
  readiness.p = readiness.s = readiness.r = readiness.t = model::kNotMeasured;
  readiness.reported_overall = static_cast<model::Level>(4 + level % 2);
  readiness.level_override = {.reason_code = "EQUIPMENT",
                              .remark = "worn out, and nothing to replace it with",
                              .authority = "commander",
                              .waiver_id = {}};
  return readiness;
}

model::AvailabilityStatement availability_for(std::string_view unit, const Intent& intent,
                                              model::UtcTime valid_at) {
  model::AvailabilityStatement availability;
  availability.unit = unit_id(unit);
  availability.notice_to_move_min = static_cast<model::Count>(intent.people * 20);
  availability.load_min = 30;
  availability.pledge_level = static_cast<std::uint8_t>(intent.people % 3);
  availability.pledge_valid_until = valid_at + std::chrono::hours{24 * (20 + intent.people)};
  return availability;
}

model::RosterStatement roster_for(std::string_view unit, const Intent& intent) {
  model::RosterStatement roster;
  roster.unit = unit_id(unit);
  roster.version = static_cast<std::uint64_t>(intent.people / 6 + 1);
  if (intent.people % 3 != 0 && roster.version > 1) {
    roster.form = model::RosterForm::delta;
    roster.base_version = roster.version - 1;
  }
  for (int i = 0; i < 3; ++i) {
    model::RosterEntry entry;
    entry.person_ref.fill(
        static_cast<std::uint8_t>(intent.unit * 60 + (intent.people + i) % 8 + 1));
    entry.deployable = true;
    roster.upserts.push_back(entry);
  }
  return roster;
}

model::Statement statement_for(const Intent& intent, model::UtcTime valid_at) {
  const auto unit = kUnits.at(static_cast<std::size_t>(intent.unit));
  const auto people = static_cast<model::Count>(intent.people);
  const std::string parent = intent.unit == 1 || intent.unit == 2 ? "KAZ:A" : "";
  switch (intent.kind) {
    case 0: {
      auto declared = unit_of(unit, intent.people % 4 == 0 ? "" : parent);
      declared.lifecycle = intent.people % 7 == 0   ? model::Lifecycle::disbanded
                           : intent.people % 2 == 0 ? model::Lifecycle::standby
                                                    : model::Lifecycle::training;
      return declared;
    }
    case 1: {
      auto equipment = full_equipment();
      equipment.unit = unit_id(unit);
      equipment.holdings.resize(1);
      equipment.holdings[0].required = people;
      return equipment;
    }
    case 2: {
      auto training = full_training();
      training.unit = unit_id(unit);
      training.tasks[0].certified_until = valid_at + std::chrono::hours{intent.people};
      return training;
    }
    case 3:
      return readiness_for(unit, intent.people);
    case 4:
      return availability_for(unit, intent, valid_at);
    case 5:
      return roster_for(unit, intent);
    case 6: {
      auto caveat = full_caveat();
      caveat.nation = unit_id(unit).nation();
      caveat.unit = unit_id(unit);
      caveat.caveat_id = code("C-" + std::to_string(intent.people % 3));
      caveat.kind = model::CaveatKind::task_excluded;
      caveat.tasks = {intent.people % 2 == 0 ? model::Task::t08 : model::Task::t01};
      caveat.area = {};
      caveat.from = caveat.to = caveat.declared_at = caveat.withdrawn_at = std::nullopt;
      return caveat;
    }
    default:
      return strength_of(
          unit, {.authorised = 50, .assigned = people, .present = people, .deployable = people});
  }
}

/// A broker, what it was sent, and the oracle's list of it.
class Theatre {
 public:
  Theatre() {
    for (const auto unit : kUnits) {
      send(node_of(unit), report_of({unit_of(unit)}, rig.now - 48h));
    }
  }

  void play(const Intent& intent) {
    rig.now += std::chrono::hours{intent.wait_h};
    auto& node = node_of(kUnits.at(static_cast<std::size_t>(intent.unit)));
    const auto valid_at = rig.now - std::chrono::hours{intent.ago_h};
    auto report = report_of({statement_for(intent, valid_at)}, valid_at);
    const auto back = static_cast<std::uint64_t>(intent.corrects);
    if (back > 0 && node.head_seq >= back) {
      report.kind = model::ReportKind::correction;
      report.corrects = model::ReportId{node.id(), node.head_seq + 1 - back};
    }
    send(node, report);
    if (intent.people % 5 == 0) {
      rig.project();  // The next steps write what came since.
    }
  }

  BrokerRig rig;
  HistoryOracle oracle;

 private:
  TestNode& node_of(std::string_view unit) { return unit.starts_with("ARM") ? rig.arm : rig.kaz; }

  void send(TestNode& node, const model::Report& report) {
    const auto ack = rig.publish(node, report);
    const bool refused = std::any_of(ack.reports.begin(), ack.reports.end(), [](const auto& each) {
      return each.verdict.verdict == model::Verdict::refused;
    });
    accepted += refused ? 0 : 1;
    oracle.note({.report = report,
                 .id = {node.id(), node.head_seq},
                 .received_at = rig.now,
                 .ledger_seq = ack.ledger_seq,
                 .accepted = !refused});
  }

 public:
  int accepted = 0;
};

/// Questions that a state of one moment answers.
std::vector<model::Query> questions() {
  const std::vector tasks{model::Task::t08};
  return {model::StrengthQuery{},
          model::StrengthQuery{.group_by = {model::Dimension::nation, model::Dimension::component,
                                            model::Dimension::element_kind}},
          model::StrengthQuery{.group_by = {model::Dimension::level}},
          model::StrengthQuery{.group_by = {model::Dimension::nation},
                               .basis = model::StrengthBasis::place},
          model::TreeQuery{nation("KAZ")},
          model::UnitQuery{unit_id("KAZ:A")},
          model::ReadyQuery{.within_h = 12, .tasks = tasks},
          model::BuildupQuery{.tasks = tasks, .horizon_h = 48},
          model::RosterQuery{.unit = unit_id("KAZ:A"), .with_subordinates = true},
          model::StaleQuery{},
          model::CaveatsQuery{},
          model::OverridesQuery{}};
}

std::string text_of(const model::Result<model::Answer>& answer) {
  return answer ? text::answer_to_json(*answer)
                : answer.error().message.substr(0, answer.error().message.find(':'));
}

RC_GTEST_PROP(History, AnswersEveryQuestionAsAListOfReportsDoes, ()) {
  Theatre theatre;
  for (const auto& intent : *rc::gen::container<std::vector<Intent>>(any_intent())) {
    theatre.play(intent);
  }
  RC_TAG(theatre.accepted / 10);
  if (*rc::gen::arbitrary<bool>()) {
    theatre.rig.project();
    const auto live = theatre.rig.state();
    RC_ASSERT(theatre.rig.restart().has_value());
    RC_ASSERT(theatre.rig.state() == live);
  }
  const auto& rig = theatre.rig;
  const auto any_moment = [&] {
    return std::min(rig.now, kNow - 60h + std::chrono::hours{*rc::gen::inRange(0, 300)});
  };
  for (const auto& query : questions()) {
    model::Request request;  // Of now: answered from what is kept up to date report by report.
    request.query = query;
    const auto answer = text_of(theatre.rig.answer(rig.sec, request));
    RC_ASSERT(answer == text_of(theatre.oracle.answer(rig.genesis(), query, {rig.now, rig.now})));
  }
  for (int i = 0; i < 4; ++i) {
    const model::Bitime at{any_moment(), any_moment()};
    for (const auto& query : questions()) {
      model::Request request;
      request.as_of = at.valid_at;
      request.known_at = at.known_at;
      request.query = query;
      const auto answer = text_of(theatre.rig.answer(rig.sec, request));
      const auto expected = text_of(theatre.oracle.answer(rig.genesis(), query, at));
      RC_ASSERT(answer == expected);
    }
    const model::Bitime later{std::max(at.valid_at, any_moment()), any_moment()};
    model::Request request;
    request.query = model::DiffQuery{.from = at, .to = later};
    const auto answer = theatre.rig.answer(rig.sec, request);
    RC_ASSERT(answer.has_value());
    const auto expected = theatre.oracle.diff(rig.genesis(), at, later);
    RC_ASSERT(text::answer_to_json({.header = answer->header, .body = answer->body}) ==
              text::answer_to_json({.header = answer->header, .body = expected}));
  }
}

RC_GTEST_PROP(History, TellsEveryWordOfAUnitInTheOrderOfTheLedger, ()) {
  Theatre theatre;
  for (const auto& intent : *rc::gen::container<std::vector<Intent>>(any_intent())) {
    theatre.play(intent);
  }
  for (const auto unit : kUnits) {
    model::Request request;
    request.query = model::HistoryQuery{.unit = unit_id(unit)};
    const auto answer = theatre.rig.answer(theatre.rig.sec, request);
    RC_ASSERT(answer.has_value());
    std::vector<std::string> told;
    for (const auto& row : std::get<model::HistoryAnswer>(answer->body).rows) {
      told.push_back(row.report.str() + " " + model::to_text(row.kind) +
                     (row.corrected_by ? " corrected by " + row.corrected_by->str() : ""));
    }
    RC_ASSERT(told == theatre.oracle.history(unit_id(unit)));
  }
}

/// A report that is refused leaves everything as it was, whatever else it says.
RC_GTEST_PROP(History, TakesAReportWholeOrNotAtAll, ()) {
  Theatre theatre;
  const auto intents = *rc::gen::container<std::vector<Intent>>(any_intent());
  for (const auto& intent : intents) {
    theatre.play(intent);
  }
  std::vector<model::Statement> statements;
  for (const auto& intent : intents) {
    if (kUnits.at(static_cast<std::size_t>(intent.unit)).starts_with("KAZ")) {
      statements.push_back(statement_for(intent, theatre.rig.now));
    }
  }
  auto wrong = strength_of("KAZ:A");
  wrong.present = *wrong.present + 1;
  const auto place = *rc::gen::inRange<std::size_t>(0, statements.size() + 1);
  statements.insert(statements.begin() + static_cast<std::ptrdiff_t>(place), wrong);
  const auto before = theatre.rig.state();

  const auto ack = theatre.rig.publish(theatre.rig.kaz, report_of(statements, theatre.rig.now));

  RC_ASSERT(ack.reports.size() == 1U);
  RC_ASSERT(ack.reports[0].verdict.verdict == model::Verdict::refused);
  auto after = theatre.rig.state();
  after.nodes = before.nodes;
  after.ledger_seq = before.ledger_seq;
  RC_ASSERT(after == before);
}

}  // namespace
}  // namespace muster::tests
