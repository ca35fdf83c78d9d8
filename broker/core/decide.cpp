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
  void operator()(const model::ReadinessStatement& s) const { check_readiness(inquiry, s); }
  void operator()(const model::AvailabilityStatement& s) const { check_availability(inquiry, s); }
  void operator()(const model::RegistryStatement& s) const { check_registry(inquiry, s); }
  void operator()(const model::UninterpretedStatement& s) const {
    if (!model::is_known(s.kind)) {
      inquiry.flag(model::Rule::v38, "type", model::to_text(s.kind),
                   "a statement of this version of the schema; it is kept as it was signed");
    } else {
      inquiry.flag(model::Rule::uninterpreted, "type", model::to_text(s.kind),
                   "nothing: it is kept as it was signed, and not interpreted yet");
    }
  }
};

std::vector<model::Finding> findings_of(const State& state, const model::Report& report,
                                        const Arrival& arrival, const model::Limits& limits) {
  Inquiry inquiry(state, report, arrival, limits);
  check_report(inquiry);
  for (std::size_t i = 0; i < report.statements.size(); ++i) {
    inquiry.set_statement(static_cast<std::uint32_t>(i));
    std::visit(Check{inquiry}, report.statements[i]);
  }
  check_branches(inquiry);
  return std::move(inquiry).take_findings();
}

}  // namespace

Decision decide(const State& state, model::Report report, const Arrival& arrival,
                const model::Limits& limits) {
  Decision decision;
  decision.findings = findings_of(state, report, arrival, limits);
  if (model::refuses(decision.findings)) {
    decision.verdict = model::Verdict::refused;
  } else {
    decision.changes = changes_of(std::move(report), arrival);
  }
  return decision;
}

std::vector<Change> changes_of(model::Report report, const Arrival& arrival) {
  const Stamp stamp{.report = arrival.report,
                    .valid_at = report.valid_at,
                    .issued_at = arrival.issued_at,
                    .received_at = arrival.received_at,
                    .ledger_seq = arrival.ledger_seq};
  Release releasable_to;
  if (!report.releasable_to.empty()) {
    releasable_to =
        std::make_shared<const std::vector<model::Nation>>(std::move(report.releasable_to));
  }
  const auto corrects =
      report.kind == model::ReportKind::correction ? report.corrects : std::nullopt;
  std::vector<Change> changes;
  changes.reserve(report.statements.size());
  for (auto& statement : report.statements) {
    // Declarations first: a report may name a unit before it declares it, and a unit belongs to who
    // declares it.
    if (std::holds_alternative<model::UnitStatement>(statement)) {
      changes.emplace_back(StatementTaken{std::move(statement), stamp, releasable_to, corrects});
    }
  }
  for (auto& statement : report.statements) {
    if (!std::holds_alternative<model::UnitStatement>(statement)) {
      changes.emplace_back(StatementTaken{std::move(statement), stamp, releasable_to, corrects});
    }
  }
  return changes;
}

}  // namespace muster::core
