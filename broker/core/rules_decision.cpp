// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/core/rules_force.h"

namespace muster::core {

using model::ContributionState;
using model::DecisionKind;
using model::DecisionStatement;
using model::Rule;

namespace {

template <typename Value>
void need(Inquiry& inquiry, Field field, const Value& value, const DecisionStatement& decision) {
  if (!value) {
    inquiry.refuse(Rule::v18, field, "nothing",
                   fmt::format("what a {} is about", model::to_text(decision.kind)));
  }
}

/// V18: each kind of decision needs what it decides.
void check_needs(Inquiry& inquiry, const DecisionStatement& decision) {
  const auto operation = [&] { need(inquiry, "operation", decision.operation, decision); };
  const auto contribution = [&] {
    need(inquiry, "contribution_id", !decision.contribution_id.empty(), decision);
  };
  switch (decision.kind) {
    case DecisionKind::state_change:
      operation();
      return need(inquiry, "to_state", decision.to_state, decision);
    case DecisionKind::offer_response:
      contribution();
      return need(inquiry, "contribution_to", decision.contribution_to, decision);
    case DecisionKind::authorised_strength:
      operation();
      return need(inquiry, "value", decision.value, decision);
    case DecisionKind::commander:
      operation();
      return need(inquiry, "reference", !decision.reference.empty(), decision);
    case DecisionKind::caveat_approval:
      return contribution();
    case DecisionKind::waiver:
    case DecisionKind::extension:
    case DecisionKind::return_home:
      return;
  }
}

void check_values(Inquiry& inquiry, const DecisionStatement& decision) {
  check_code(inquiry, "body", decision.body);
  check_code(inquiry, "kind", decision.kind);
  const auto optional_code = [&](Field field, const auto& value) {
    if (value) {
      check_code(inquiry, field, *value);
    }
  };
  optional_code("from_state", decision.from_state);
  optional_code("to_state", decision.to_state);
  optional_code("contribution_from", decision.contribution_from);
  optional_code("contribution_to", decision.contribution_to);
  check_time(inquiry, "decided_at", decision.decided_at);
  check_handle(inquiry, "contribution_id", decision.contribution_id);
  if (decision.kind == DecisionKind::commander) {
    // Whoever commands is named here, as in Operation: that is what the decision says.
    check_text(inquiry, "reference", decision.reference, inquiry.limits.name_max);
  } else {
    check_free_text(inquiry, "reference", decision.reference);
  }
  const auto max = static_cast<std::int64_t>(inquiry.limits.people_max);
  if (decision.kind == DecisionKind::authorised_strength && decision.value &&
      (*decision.value < 0 || *decision.value > max)) {
    inquiry.refuse(Rule::v10, "value", std::to_string(*decision.value),
                   fmt::format("0 to {}", max));
  }
}

/// V29: steps are decided one after the other. A correction is of the past.
void check_step_time(Inquiry& inquiry, const DecisionStatement& decision) {
  const DecisionStatement* last = nullptr;
  inquiry.agreed().decisions.for_each([&](const std::string&, const auto& known) {
    const auto& other = known->statement;
    const bool is_step = other.kind == DecisionKind::state_change && other.to_state &&
                         other.operation == decision.operation;
    if (is_step && (last == nullptr || last->decided_at < other.decided_at)) {
      last = &other;
    }
  });
  if (last != nullptr && decision.decided_at < last->decided_at && !inquiry.is_correction()) {
    inquiry.refuse(Rule::v29, "decided_at", model::format_time(decision.decided_at),
                   fmt::format("not before {}, when {} took {} to {}",
                               model::format_time(last->decided_at), last->decision_id.view(),
                               decision.operation->view(), model::to_text(*last->to_state)));
  }
}

/// V29: what is still out when an operation is declared over. Many are named by the first few.
void check_left(Inquiry& inquiry, const DecisionStatement& decision) {
  constexpr std::size_t kNamedMax = 16;
  using enum model::OperationState;
  if (decision.to_state != withdrawn && decision.to_state != closed) {
    return;
  }
  auto left = accepted_for(inquiry, *decision.operation);
  // Whoever is on the way back may still be when the withdrawal is declared over, not at the close.
  std::erase_if(left, [&](const Slice& slice) {
    return decision.to_state == withdrawn && slice.state == model::ContributionState::returning;
  });
  if (left.empty()) {
    return;
  }
  std::string names;
  std::uint64_t people = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    people += people_of(*left[i].said);
    if (i < kNamedMax) {
      names += fmt::format("{}{} {} {}", i == 0 ? "" : ", ", left[i].key, people_of(*left[i].said),
                           model::to_text(left[i].state));
    }
  }
  if (left.size() > kNamedMax) {
    names += fmt::format(" and {} more", left.size() - kNamedMax);
  }
  inquiry.flag(Rule::v29, "to_state",
               fmt::format("{} with {} people not released: {}", model::to_text(*decision.to_state),
                           people, names),
               "every contribution RELEASED or WITHDRAWN_BY_NATION before");
}

/// V29: an operation goes from state to state as DOMAIN.md §2 says, by the body that it names.
void check_operation_step(Inquiry& inquiry, const DecisionStatement& decision) {
  if (decision.kind != DecisionKind::state_change || !decision.operation || !decision.to_state) {
    return;
  }
  const auto* operation = inquiry.agreed().operations.find(decision.operation->str());
  if (operation == nullptr || !operation->said) {
    inquiry.refuse(Rule::v29, "operation",
                   fmt::format("{}, which no Operation has declared", decision.operation->view()),
                   "an Operation statement for it before");
    return;
  }
  const auto from = operation->state;
  if (decision.from_state && *decision.from_state != from) {
    inquiry.refuse(Rule::v29, "from_state", model::to_text(*decision.from_state),
                   fmt::format("{}, where {} is; from there {}", model::to_text(from),
                               decision.operation->view(), next_states(from)));
  } else if (!may_change(from, *decision.to_state, decision.body)) {
    inquiry.refuse(Rule::v29, "to_state",
                   fmt::format("{} -> {} by {}", model::to_text(from),
                               model::to_text(*decision.to_state), model::to_text(decision.body)),
                   next_states(from));
  } else {
    check_step_time(inquiry, decision);
    check_left(inquiry, decision);
  }
}

/// V29: who may decide how many may go, and who commands them. V28: how many have been accepted.
void check_authority(Inquiry& inquiry, const DecisionStatement& decision) {
  const bool is_strength = decision.kind == DecisionKind::authorised_strength;
  const bool is_commander = decision.kind == DecisionKind::commander;
  const bool may_decide = decision.body == model::Body::council ||
                          (is_commander && decision.body == model::Body::ministers);
  if ((is_strength || is_commander) && !may_decide) {
    inquiry.refuse(
        Rule::v29, "body",
        fmt::format("{} by {}", model::to_text(decision.kind), model::to_text(decision.body)),
        is_strength ? "COUNCIL" : "MINISTERS or COUNCIL");
  }
  if (is_strength && decision.operation && decision.value && *decision.value >= 0) {
    check_lowered(inquiry, "value", *decision.operation,
                  static_cast<std::uint64_t>(*decision.value));
  }
}

/// V31: to accept what a caveat touches takes an approval.
void check_approvals(Inquiry& inquiry, const Slice& slice) {
  for (const auto& touch : touching_caveats(inquiry, slice)) {
    if (!touch.is_approved) {
      inquiry.refuse(Rule::v31, "contribution_to",
                     fmt::format("ACCEPTED for {}, which is {} by {}, {}", slice.key,
                                 mark_of(touch.kind), touch.caveat, model::to_text(touch.kind)),
                     fmt::format("a CAVEAT_APPROVAL of {} or {} before", slice.key, touch.caveat));
    }
  }
}

/// V29, and what an acceptance brings with it.
void check_response(Inquiry& inquiry, const DecisionStatement& decision) {
  if (decision.kind != DecisionKind::offer_response || !decision.contribution_to ||
      decision.contribution_id.empty()) {
    return;
  }
  const auto* known = inquiry.agreed().contributions.find(decision.contribution_id);
  if (known == nullptr) {
    inquiry.refuse(Rule::v29, "contribution_id",
                   fmt::format("{}, which no nation has offered", decision.contribution_id),
                   "a contribution such as KAZ/OFFER-1");
    return;
  }
  const auto to = *decision.contribution_to;
  if (decision.contribution_from && *decision.contribution_from != known->state) {
    inquiry.refuse(Rule::v29, "contribution_from", model::to_text(*decision.contribution_from),
                   fmt::format("{}, where {} is; from there {}", model::to_text(known->state),
                               decision.contribution_id, next_states(known->state)));
  } else if (decision.body != model::Body::secretariat ||
             !may_change(known->state, to, ContributionActor::secretariat)) {
    inquiry.refuse(Rule::v29, "contribution_to",
                   fmt::format("{} -> {} by {}", model::to_text(known->state), model::to_text(to),
                               model::to_text(decision.body)),
                   next_states(known->state));
  }
  const auto offered_at = known->said->stamp.valid_at;
  if (decision.decided_at < offered_at && !inquiry.is_correction()) {
    inquiry.refuse(Rule::v29, "decided_at", model::format_time(decision.decided_at),
                   fmt::format("not before {}, from when {} is true",
                               model::format_time(offered_at), decision.contribution_id));
  }
  if (to == ContributionState::accepted) {
    const Slice slice{decision.contribution_id, &known->said->statement, to};
    check_asked(inquiry, "contribution_to", slice);
    check_host(inquiry, "contribution_id", slice);
    check_approvals(inquiry, slice);
    check_slices(inquiry, "contribution_to", slice);
    check_authorised(inquiry, "contribution_to", slice);
  }
}

/// What a decision changes, apart from words about it.
bool is_same_act(const DecisionStatement& a, const DecisionStatement& b) {
  return a.kind == b.kind && a.body == b.body && a.operation == b.operation &&
         a.contribution_id == b.contribution_id && a.from_state == b.from_state &&
         a.to_state == b.to_state && a.contribution_from == b.contribution_from &&
         a.contribution_to == b.contribution_to;
}

/// Was this act judged before: is it said again, or are only words about it corrected?
bool was_judged(Inquiry& inquiry, const DecisionStatement& decision) {
  if (!inquiry.is_correction()) {
    const auto* known = inquiry.agreed().decisions.find(decision.decision_id.str());
    return known != nullptr && (*known)->statement == decision;
  }
  const auto* replaced =
      replaced_word(inquiry.state.agreement_words, *inquiry.report.corrects, decision);
  return replaced != nullptr &&
         is_same_act(std::get<DecisionStatement>(replaced->said.statement), decision);
}

/// V36: a decision is taken once; another one has another identifier.
void check_identity(Inquiry& inquiry, const DecisionStatement& decision) {
  const auto* known = inquiry.agreed().decisions.find(decision.decision_id.str());
  if (known != nullptr && (*known)->stamp.report != inquiry.arrival.report) {
    inquiry.refuse(Rule::v36, "decision_id",
                   fmt::format("{}, taken before in {} with another content",
                               decision.decision_id.view(), (*known)->stamp.report.str()),
                   "an identifier of its own; to change the past send a CORRECTION");
  }
}

}  // namespace

void check_decision(Inquiry& inquiry, const DecisionStatement& decision) {
  const auto& node = inquiry.arrival.report.node;
  if (node.publisher() != model::secretariat()) {
    inquiry.refuse(Rule::v29, "decision_id", node.str(),
                   "a node of SEC: the secretariat records what the bodies decide");
  }
  check_values(inquiry, decision);
  check_needs(inquiry, decision);
  // V21 has compared what a VALIDATION says.
  const bool is_repeated = inquiry.report.kind == model::ReportKind::validation;
  if (is_repeated || was_judged(inquiry, decision)) {
    return inquiry.agree(decision);
  }
  check_identity(inquiry, decision);
  check_operation_step(inquiry, decision);
  check_response(inquiry, decision);
  check_authority(inquiry, decision);
  inquiry.agree(decision);
}

}  // namespace muster::core
