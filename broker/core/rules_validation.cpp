// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "broker/core/facts.h"
#include "broker/core/rules.h"

namespace muster::core {

using model::Rule;

namespace {

/// The word on a unit that is said as an S, or null.
template <typename S>
const Kept<S>* kept_of(const UnitState& unit) {
  const Kept<S>* found = nullptr;
  for_each_kept(unit, [&](model::StatementKind, const auto& each) {
    if constexpr (std::is_same_v<std::decay_t<decltype(each)>, KeptPtr<S>>) {
      found = each.get();
    }
  });
  return found;
}

/// V21: a VALIDATION repeats what was said last: of a unit every field, of a contribution its state
/// and people, of a decision all of it. Of other agreements it is enough that they are known.
class Repetition {
 public:
  explicit Repetition(Inquiry& inquiry) : inquiry_(inquiry) {}

  void operator()(const model::RosterStatement& s) {
    const auto* before = last<Roster>(s.unit);
    if (before == nullptr) {
      return;
    }
    const auto& known = before->statement;
    if (s.form != model::RosterForm::full) {
      same("form", false, model::to_text(s.form), model::to_text(model::RosterForm::full));
    } else if (s.version != known.version) {
      same("version", false, std::to_string(s.version), std::to_string(known.version));
    } else if (const auto said = applied(nullptr, s); !(said == known)) {
      const auto changes = changes_between(flatten(known), flatten(said));
      refuse(changes);
      if (changes.empty()) {
        same("upserts", false, "other people or other words about them", "the same");
      }
    }
  }
  void operator()(const model::ContributionStatement& s) {
    const auto key = agreement_key(s.unit.nation(), s.contribution_id);
    const auto* before = inquiry_.state.agreements.contributions.find(key);
    if (before == nullptr) {
      return never_said("contribution_id", key);
    }
    report_ = before->said->stamp.report.str();
    const auto known = before->said->statement.people;
    same("state", s.state == before->state, model::to_text(s.state), model::to_text(before->state));
    same("people", s.people == known, s.people ? std::to_string(*s.people) : "nothing",
         known ? std::to_string(*known) : "nothing");
  }
  void operator()(const model::CaveatStatement& s) {
    was_said("caveat_id", agreement_key(s.nation, s.caveat_id), inquiry_.state.agreements.caveats);
  }
  void operator()(const model::StandbyStatement& s) {
    was_said("unit", standby_key(s.unit, s.from), inquiry_.state.agreements.standby);
  }
  void operator()(const model::DecisionStatement& s) {
    const auto key = s.decision_id.str();
    const auto* before = inquiry_.state.agreements.decisions.find(key);
    if (before == nullptr) {
      return never_said("decision_id", key);
    }
    report_ = (*before)->stamp.report.str();
    same("decision_id", s == (*before)->statement, key + " with another content", "the same");
  }
  void operator()(const model::OperationStatement& s) {
    const auto* before = inquiry_.state.agreements.operations.find(s.operation.str());
    if (before == nullptr || !before->said) {
      never_said("operation", s.operation.str());
    }
  }
  void operator()(const model::RequirementStatement& s) {
    const auto* before = inquiry_.state.agreements.operations.find(s.operation.str());
    if (before == nullptr || !before->requirement) {
      never_said("operation", s.operation.str());
    }
  }
  void operator()(const model::RegistryStatement&) {}
  void operator()(const model::UninterpretedStatement&) {}
  template <typename OnAUnit>
  void operator()(const OnAUnit& s) {
    const auto* before = last<OnAUnit>(s.unit);
    if (before != nullptr && !(s == before->statement)) {
      refuse(changes_between(flatten(before->statement), flatten(s)));
    }
  }

 private:
  /// The last accepted word on a unit; says so when there is none.
  template <typename S>
  const Kept<S>* last(const model::UnitId& id) {
    const auto* unit = inquiry_.state.units.find(id);
    const auto* kept = unit != nullptr ? kept_of<S>(*unit) : nullptr;
    if (kept == nullptr) {
      never_said("unit", id.str());
      return nullptr;
    }
    report_ = kept->stamp.report.str();
    return kept;
  }

  template <typename Map>
  void was_said(Field field, const std::string& key, const Map& map) {
    if (map.find(key) == nullptr) {
      never_said(field, key);
    }
  }

  void never_said(Field field, const std::string& what) {
    inquiry_.refuse(Rule::v21, field, fmt::format("{}, of which nothing was said before", what),
                    "a VALIDATION of what was accepted; send REGULAR");
  }

  /// Names the first fields that changed: who hides many is to send a CHANGE, not to mend them.
  void refuse(const std::vector<model::FieldChange>& changes) {
    constexpr std::size_t kNamedMax = 5;
    for (std::size_t i = 0; i < std::min(changes.size(), kNamedMax); ++i) {
      const auto& change = changes[i];
      const bool is_free_text = change.field == "remarks" || change.field == "override.remark";
      if (is_free_text) {  // It may name somebody, and a finding is kept for ever.
        same(change.field, false, "another text", "the same");
      } else {
        same(change.field, false, or_nothing(change.after), or_nothing(change.before));
      }
    }
  }
  static std::string or_nothing(const std::string& value) {
    return value.empty() ? "nothing" : value;
  }

  void same(Field field, bool is_same, const std::string& found, const std::string& expected) {
    if (!is_same) {
      inquiry_.refuse(Rule::v21, field, found,
                      fmt::format("{}, as {} said; what changed is a CHANGE", expected, report_));
    }
  }

  Inquiry& inquiry_;
  std::string report_;
};

}  // namespace

void check_validation(Inquiry& inquiry) {
  if (inquiry.report.kind != model::ReportKind::validation) {
    return;
  }
  const auto& statements = inquiry.report.statements;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    inquiry.set_statement(static_cast<std::uint32_t>(i));
    std::visit(Repetition(inquiry), statements[i]);
  }
  inquiry.set_statement(model::Finding::kWholeReport);
}

}  // namespace muster::core
