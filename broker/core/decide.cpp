// SPDX-License-Identifier: Apache-2.0
#include "broker/core/decide.h"

#include "broker/core/rules.h"

namespace muster::core {
namespace {

/// Asks every rule of a statement's kind.
struct Check {
  Inquiry& inquiry;
  void operator()(const model::UnitStatement& s) const { check_unit(inquiry, s); }
  void operator()(const model::StrengthStatement& s) const { check_strength(inquiry, s); }
  void operator()(const model::EquipmentStatement& s) const { check_equipment(inquiry, s); }
  void operator()(const model::SelfSustainmentStatement& s) const { check_sustainment(inquiry, s); }
  void operator()(const model::TrainingStatement& s) const { check_training(inquiry, s); }
  void operator()(const model::ReadinessStatement& s) const { check_readiness(inquiry, s); }
  void operator()(const model::AvailabilityStatement& s) const { check_availability(inquiry, s); }
  void operator()(const model::RosterStatement& s) const { check_roster(inquiry, s); }
  void operator()(const model::CaveatStatement& s) const { check_caveat(inquiry, s); }
  void operator()(const model::StandbyStatement& s) const { check_standby(inquiry, s); }
  void operator()(const model::ContributionStatement& s) const { check_contribution(inquiry, s); }
  void operator()(const model::OperationStatement& s) const { check_operation(inquiry, s); }
  void operator()(const model::RequirementStatement& s) const { check_requirement(inquiry, s); }
  void operator()(const model::DecisionStatement& s) const { check_decision(inquiry, s); }
  void operator()(const model::RegistryStatement& s) const { check_registry(inquiry, s); }
  void operator()(const model::UninterpretedStatement& s) const {
    inquiry.flag(model::Rule::v38, "type", model::to_text(s.kind),
                 "a statement of this version of the schema; it is kept as it was signed");
  }
};

void ask_all(Inquiry& inquiry) {
  check_report(inquiry);
  const auto& statements = inquiry.report.statements;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    inquiry.set_statement(static_cast<std::uint32_t>(i));
    std::visit(Check{inquiry}, statements[i]);
  }
  check_branches(inquiry);
}

/// The word that counts again once `said` takes the place of another, when it is neither `said`
/// itself nor what the unit says now.
model::Result<std::optional<Said>> revived_by(const State& state, const Said& said,
                                              const Recall& recall) {
  using Revived = std::optional<Said>;
  const auto kind = model::kind_of(said.statement);
  const auto* id = model::unit_of(said.statement);
  const auto* unit = id != nullptr && unit_kind_index(kind) ? state.units.find(*id) : nullptr;
  if (!said.corrects || unit == nullptr) {
    return Revived{};
  }
  auto words = unit->history.of(kind);
  take_word(words, word_of(state, said));
  const auto* counts = newest(words);
  const auto* now = newest_stamp(*unit, kind);
  const auto is = [&](const Stamp& stamp) {
    return counts->ledger_seq == stamp.ledger_seq && counts->seq == stamp.report.seq;
  };
  if (counts == nullptr || is(said.stamp) || (now != nullptr && is(*now))) {
    return Revived{};
  }
  MUSTER_TRY(auto said_before, recall({counts->ledger_seq, counts->seq, counts->statement}));
  return Revived(std::move(said_before));
}

}  // namespace

model::Result<Decision> decide(const State& state, model::Report report, const Arrival& arrival,
                               const model::Limits& limits, const Recall& recall) {
  Decision decision;
  Inquiry inquiry(state, report, arrival, limits, recall);
  ask_all(inquiry);
  MUSTER_CHECK(inquiry.recalled());
  decision.findings = std::move(inquiry).take_findings();
  if (model::refuses(decision.findings)) {
    decision.verdict = model::Verdict::refused;
  } else {
    MUSTER_TRY(decision.changes, changes_of(state, std::move(report), arrival, recall));
  }
  return decision;
}

model::Result<std::vector<Change>> changes_of(const State& state, model::Report report,
                                              const Arrival& arrival, const Recall& recall) {
  Said said{
      .stamp = {.report = arrival.report,
                .valid_at = report.valid_at,
                .issued_at = arrival.issued_at,
                .received_at = arrival.received_at,
                .ledger_seq = arrival.ledger_seq},
      .kind = report.kind,
      .corrects = report.kind == model::ReportKind::correction ? report.corrects : std::nullopt};
  if (!report.releasable_to.empty()) {
    said.releasable_to =
        std::make_shared<const std::vector<model::Nation>>(std::move(report.releasable_to));
  }
  std::vector<Change> changes;
  changes.reserve(report.statements.size());
  // Declarations first: a report may name a unit before it declares it, and a unit belongs to who
  // declares it.
  for (const bool declarations : {true, false}) {
    for (std::size_t i = 0; i < report.statements.size(); ++i) {
      if (std::holds_alternative<model::UnitStatement>(report.statements[i]) != declarations) {
        continue;
      }
      said.statement = std::move(report.statements[i]);
      said.index = static_cast<std::uint16_t>(i);
      MUSTER_TRY(auto revived, revived_by(state, said, recall));
      changes.emplace_back(StatementTaken{said, std::move(revived)});
    }
  }
  return changes;
}

}  // namespace muster::core
