// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "broker/core/rules.h"

namespace muster::core {

using model::Rule;

namespace {

/// V08: valid_at <= issued_at <= received_at + skew.
void check_times(Inquiry& inquiry) {
  const auto& report = inquiry.report;
  const auto& arrival = inquiry.arrival;
  const auto times = [&] {
    return fmt::format("valid_at {}, issued_at {}, received_at {}",
                       model::format_time(report.valid_at), model::format_time(arrival.issued_at),
                       model::format_time(arrival.received_at));
  };
  if (report.valid_at > arrival.issued_at) {
    inquiry.refuse(Rule::v08, "valid_at", times(),
                   "valid_at not after issued_at: a report cannot speak of the future");
  }
  if (arrival.issued_at > arrival.received_at + inquiry.limits.clock_skew_max) {
    const auto skew =
        std::chrono::duration_cast<std::chrono::seconds>(inquiry.limits.clock_skew_max).count();
    inquiry.refuse(
        Rule::v08, "issued_at", times(),
        fmt::format("issued_at at most {} s after received_at: set the node's clock", skew));
  }
  check_time(inquiry, "valid_at", report.valid_at);
}

/// V32: recipients are known.
void check_release(Inquiry& inquiry) {
  for (std::size_t i = 0; i < inquiry.report.releasable_to.size(); ++i) {
    const auto& nation = inquiry.report.releasable_to[i];
    if (!inquiry.state.registry->is_member(nation, inquiry.arrival.received_at)) {
      inquiry.refuse(Rule::v32, path("releasable_to", i), nation.str(),
                     "a member at the time of the report");
    }
  }
}

/// V32: not above the clearance of the bus. An unknown classification is V38's business.
void check_clearance(Inquiry& inquiry) {
  const auto found = inquiry.report.classification;
  if (model::is_known(found) && found > inquiry.limits.clearance) {
    inquiry.refuse(Rule::v32, "classification", model::to_text(found),
                   fmt::format("at most {}, the clearance of this bus",
                               model::to_text(inquiry.limits.clearance)));
  }
}

/// What two statements of a report may not both be about; empty where they may.
struct KeyOf {
  std::string operator()(const model::CaveatStatement& s) const {
    return agreement_key(s.nation, s.caveat_id);
  }
  std::string operator()(const model::StandbyStatement& s) const {
    return fmt::format("{} from {}", s.unit.view(), model::format_time(s.from));
  }
  std::string operator()(const model::ContributionStatement& s) const {
    return agreement_key(s.unit.nation(), s.contribution_id);
  }
  std::string operator()(const model::OperationStatement& s) const { return s.operation.str(); }
  std::string operator()(const model::RequirementStatement& s) const {
    return fmt::format("{} version {}", s.operation.view(), s.version);
  }
  std::string operator()(const model::DecisionStatement& s) const { return s.decision_id.str(); }
  std::string operator()(const model::RegistryStatement&) const { return {}; }
  std::string operator()(const model::UninterpretedStatement&) const { return {}; }
  template <typename OnAUnit>
  std::string operator()(const OnAUnit& s) const {
    return s.unit.str();
  }
};

constexpr std::string_view key_field(model::StatementKind kind) {
  switch (kind) {
    case model::StatementKind::caveat:
      return "caveat_id";
    case model::StatementKind::contribution:
      return "contribution_id";
    case model::StatementKind::operation:
    case model::StatementKind::requirement:
      return "operation";
    case model::StatementKind::decision:
      return "decision_id";
    default:
      return "unit";
  }
}

/// V36: one statement of a kind for a unit, a caveat, a contribution, an operation, a decision.
void check_keys(Inquiry& inquiry) {
  if (inquiry.report.statements.size() < 2) {
    return;
  }
  std::unordered_map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < inquiry.report.statements.size(); ++i) {
    const auto& statement = inquiry.report.statements[i];
    const auto key = std::visit(KeyOf{}, statement);
    if (key.empty()) {
      continue;
    }
    const auto kind = model::kind_of(statement);
    const auto [first, is_new] =
        seen.emplace(fmt::format("{} {}", static_cast<unsigned>(kind), key), i);
    if (!is_new) {
      inquiry.set_statement(static_cast<std::uint32_t>(i));
      inquiry.refuse(Rule::v36, key_field(kind),
                     fmt::format("a second {} of {}; statement {} is the first",
                                 model::to_text(kind), key, first->second),
                     "one statement of a kind for each in a report");
    }
  }
  inquiry.set_statement(model::Finding::kWholeReport);
}

/// Did the corrected report, or a correction of it, say something about what `statement` is about?
bool was_said(const Inquiry& inquiry, const model::ReportId& corrected,
              const model::Statement& statement) {
  if (is_agreement(statement)) {
    return replaced_word(inquiry.state.agreement_words, corrected, statement) != nullptr;
  }
  const auto kind = model::kind_of(statement);
  const auto* id = model::unit_of(statement);
  const auto* unit = id != nullptr ? inquiry.state.units.find(*id) : nullptr;
  if (unit == nullptr || !unit_kind_index(kind)) {
    // What a registry said is not kept report by report.
    return std::holds_alternative<model::RegistryStatement>(statement);
  }
  const auto words = unit->history.of(kind).view();
  return std::any_of(words.begin(), words.end(), [&](const Word& word) {
    return inquiry.state.authors->at(word.author) == corrected.node &&
           (word.seq == corrected.seq || word.place == corrected.seq);
  });
}

/// V10: each word about an agreement that is corrected folds the record of all of them anew.
void check_corrected_agreements(Inquiry& inquiry) {
  if (inquiry.corrects_too_much()) {
    inquiry.refuse(
        Rule::v10, "statements",
        fmt::format("{} statements about agreements in a CORRECTION", inquiry.agreements_said()),
        fmt::format("correct in parts of at most {}", kCorrectedAgreementsMax));
  }
}

/// V18, V05, V09: a correction names an earlier report of its node, which said what it corrects.
void check_correction(Inquiry& inquiry) {
  const auto& corrects = inquiry.report.corrects;
  const bool is_correction = inquiry.report.kind == model::ReportKind::correction;
  if (is_correction && !corrects) {
    inquiry.refuse(Rule::v18, "corrects", "nothing",
                   "the report that is corrected, such as KAZ/mod#41");
  }
  if (!corrects) {
    return;
  }
  if (corrects->node != inquiry.arrival.report.node) {
    inquiry.refuse(Rule::v05, "corrects", corrects->str(), "a report of the same node");
    return;
  }
  if (!is_correction) {
    return;
  }
  if (corrects->seq >= inquiry.arrival.report.seq) {
    inquiry.refuse(Rule::v05, "corrects", corrects->str(),
                   fmt::format("a report before {}", inquiry.arrival.report.str()));
    return;
  }
  if (inquiry.corrects_too_much()) {
    return;  // To look each of them up takes as long as to fold them.
  }
  const auto& statements = inquiry.report.statements;
  if (std::none_of(statements.begin(), statements.end(), [&](const auto& statement) {
        return was_said(inquiry, *corrects, statement);
      })) {
    inquiry.refuse(Rule::v09, "corrects",
                   fmt::format("{} said nothing of this that was accepted", corrects->str()),
                   "the report that said what is corrected");
  }
}

}  // namespace

void check_report(Inquiry& inquiry) {
  check_times(inquiry);
  check_code(inquiry, "kind", inquiry.report.kind);
  check_code(inquiry, "classification", inquiry.report.classification);
  check_clearance(inquiry);
  check_release(inquiry);
  check_corrected_agreements(inquiry);
  check_correction(inquiry);
  check_keys(inquiry);
  check_validation(inquiry);
}

}  // namespace muster::core
