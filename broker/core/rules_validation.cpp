// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/core/rules.h"

namespace muster::core {

using model::Rule;

namespace {

std::string in_words(std::optional<model::Level> level) {
  return level ? std::to_string(*level) : "nothing";
}
std::string in_words(std::optional<std::uint8_t> percent, std::optional<model::Level> level) {
  return fmt::format("level {}, {} %", in_words(level), in_words(percent));
}

std::string in_words(const std::vector<model::Relation>& relations) {
  std::string words;
  for (const auto& relation : relations) {
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", model::to_text(relation.type),
                         relation.unit.view());
  }
  return words.empty() ? "no relation" : words;
}

std::string in_words(const std::vector<model::MissionLevel>& missions) {
  std::string words;
  for (const auto& mission : missions) {
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", mission.operation.view(),
                         in_words(mission.percent_effective, mission.mission_level));
  }
  return words.empty() ? "no mission" : words;
}

/// V21: a VALIDATION repeats what was said last: every level, relation and commitment of it.
class Repetition {
 public:
  explicit Repetition(Inquiry& inquiry) : inquiry_(inquiry) {}

  void operator()(const model::UnitStatement& s) {
    if (const auto* before = last(s, &UnitState::identity)) {
      const auto& known = before->statement;
      same("lifecycle", s.lifecycle == known.lifecycle, code(s.lifecycle), code(known.lifecycle));
      same("relations", s.relations == known.relations, in_words(s.relations),
           in_words(known.relations));
    }
  }
  void operator()(const model::ReadinessStatement& s) {
    if (const auto* before = last(s, &UnitState::readiness)) {
      const auto& known = before->statement;
      same("P", s.p == known.p, in_words(s.p), in_words(known.p));
      same("S", s.s == known.s, in_words(s.s), in_words(known.s));
      same("R", s.r == known.r, in_words(s.r), in_words(known.r));
      same("T", s.t == known.t, in_words(s.t), in_words(known.t));
      same("reported_overall", s.reported_overall == known.reported_overall,
           in_words(s.reported_overall), in_words(known.reported_overall));
      same("missions", s.missions == known.missions, in_words(s.missions),
           in_words(known.missions));
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
    const auto* unit = inquiry_.state.units.find(s.unit);
    if (unit == nullptr || newest_stamp(*unit, model::kind_of(model::Statement(s))) == nullptr) {
      never_said("unit", s.unit.str());
    }
  }

 private:
  /// The last accepted word on the unit of `s`; says so when there is none.
  template <typename S>
  const Kept<S>* last(const S& s, KeptPtr<S> UnitState::* member) {
    const auto* unit = inquiry_.state.units.find(s.unit);
    const auto* kept = unit != nullptr ? (unit->*member).get() : nullptr;
    if (kept == nullptr) {
      never_said("unit", s.unit.str());
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

  template <typename E>
  static std::string code(const std::optional<E>& value) {
    return value ? model::to_text(*value) : "nothing";
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
