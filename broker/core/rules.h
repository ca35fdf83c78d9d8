// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "broker/core/decide.h"

/// The rules of DOMAIN.md §5, each as a function that adds what it finds. Internal to core.
namespace muster::core {

/// Where in a statement something stands: "present", or "holdings[2].fmc". Text is made of it only
/// when something is found, since nearly every report is right. It looks into the caller's text and
/// lives no longer than the call.
class Field {
 public:
  Field(std::string_view name)
      : name_(name) {}  // NOLINT(google-explicit-constructor): a name is a place.
  Field(const char* name) : name_(name) {}         // NOLINT(google-explicit-constructor)
  Field(const std::string& name) : name_(name) {}  // NOLINT(google-explicit-constructor)
  Field(std::string_view list, std::size_t index, std::string_view name)
      : list_(list), index_(index), name_(name) {}
  [[nodiscard]] std::string str() const;

 private:
  std::string_view list_;
  std::size_t index_ = 0;
  std::string_view name_;
};

/// An entry of a list, or a field of one.
inline Field path(std::string_view list, std::size_t index, std::string_view field = {}) {
  return {list, index, field};
}

/// Who stands in which roster of a report.
struct PeopleSaid {
  struct At {
    std::size_t statement = 0, entry = 0;
  };
  std::size_t rosters = 0;
  /// The two that follow are empty when there is one roster alone: it contradicts nothing.
  std::unordered_multimap<Person, At> listed;
  std::unordered_multimap<Person, model::UnitId> removed;
  std::unordered_set<model::UnitId> listed_anew;  ///< Units with a FULL roster.
};

/// How many statements about agreements a CORRECTION may have: each folds the whole record anew.
constexpr std::size_t kCorrectedAgreementsMax = 64;
/// Lines of one requirement: each is judged against every unit.
constexpr std::size_t kRequirementLinesMax = 256;

/// What a rule may look at, and where it says what it found.
class Inquiry {
 public:
  Inquiry(const State& known, const model::Report& said, const Arrival& arrived,
          const model::Limits& bounds, const Recall& recall);

  const State& state;
  const model::Report& report;
  const Arrival& arrival;
  const model::Limits& limits;

  /// Rules that follow speak of this statement.
  void set_statement(std::uint32_t index) { statement_ = index; }
  void refuse(model::Rule rule, Field field, std::string found, std::string expected) {
    add(rule, model::Severity::refuse, field, std::move(found), std::move(expected));
  }
  void flag(model::Rule rule, Field field, std::string found, std::string expected) {
    add(rule, model::Severity::flag, field, std::move(found), std::move(expected));
  }
  [[nodiscard]] std::vector<model::Finding> take_findings() &&;

  [[nodiscard]] bool has_found(model::Rule rule) const;
  /// Will what is found next be shown? Else it is counted alone, and long words are not worth it.
  [[nodiscard]] bool has_room() const;

  /// What the report itself says of a unit, or null.
  template <typename S>
  [[nodiscard]] const S* said(const model::UnitId& id);
  /// The people of all rosters of the report.
  [[nodiscard]] const PeopleSaid& people_said();
  /// The index of the statement that is asked about.
  [[nodiscard]] std::uint32_t statement() const { return statement_; }

  /// What counts for a unit at the report's valid_at: what the report itself says, else the newest
  /// word that is not of a later time. Null when there is none. Good as long as the inquiry.
  template <typename S>
  [[nodiscard]] const S* counting(const model::UnitId& id);
  /// Errors: why something that was asked for could not be recalled; then nothing is decided.
  [[nodiscard]] model::Result<void> recalled() const;
  /// What was said at a place of the ledger, or null when it cannot be recalled.
  const Said* recall(const Word& word);

  /// The Unit statement of `id` in the report itself, or null.
  [[nodiscard]] const model::UnitStatement* declared(const model::UnitId& id) const;

  [[nodiscard]] bool is_correction() const {
    return report.kind == model::ReportKind::correction && report.corrects;
  }
  /// Statements of the report about agreements.
  [[nodiscard]] std::size_t agreements_said() const { return agreements_said_; }
  /// Is the report refused for correcting too many agreements? Then none of them is folded anew.
  [[nodiscard]] bool corrects_too_much() const {
    return is_correction() && agreements_said_ > kCorrectedAgreementsMax;
  }
  /// What was agreed before the statement that is asked about: by the state, and by what the report
  /// said before it. In a CORRECTION without the words that the report replaces.
  [[nodiscard]] const Agreements& agreed();
  /// Statements that follow are judged as if `statement` counted.
  void agree(const model::Statement& statement);
  /// What will be agreed once `statement` of a CORRECTION has taken its place.
  [[nodiscard]] Agreements agreed_with(const model::Statement& statement) const;

 private:
  void add(model::Rule rule, model::Severity severity, Field field, std::string found,
           std::string expected);

  void index_units();
  [[nodiscard]] Said said_of(const model::Statement& statement) const;

  const Recall& recall_;
  std::optional<Agreements> agreed_;
  std::size_t agreements_said_ = 0;
  std::deque<Said> recollections_;
  std::optional<model::Error> problem_;
  std::unordered_map<model::UnitId, const model::UnitStatement*> declared_;
  std::optional<std::unordered_multimap<model::UnitId, const model::Statement*>> said_;
  std::optional<PeopleSaid> people_said_;
  std::uint32_t statement_ = model::Finding::kWholeReport;
  std::vector<model::Finding> findings_;
  std::size_t finding_bytes_ = 0;
  std::size_t left_out_ = 0;
  bool left_out_refuses_ = false;
};

// The report as a whole.
void check_report(Inquiry& inquiry);      // times, release, keys
void check_validation(Inquiry& inquiry);  // V21

// One kind of statement each.
void check_unit(Inquiry& inquiry, const model::UnitStatement& unit);  // identity, hierarchy, symbol
void check_branches(Inquiry& inquiry);  // what hangs below a moved unit
void check_strength(Inquiry& inquiry,
                    const model::StrengthStatement& strength);  // the arithmetic of people
void check_equipment(Inquiry& inquiry,
                     const model::EquipmentStatement& equipment);  // the arithmetic of items
void check_readiness(Inquiry& inquiry, const model::ReadinessStatement& readiness);
void check_availability(Inquiry& inquiry, const model::AvailabilityStatement& availability);
void check_sustainment(Inquiry& inquiry, const model::SelfSustainmentStatement& sustainment);
void check_training(Inquiry& inquiry, const model::TrainingStatement& training);
void check_roster(Inquiry& inquiry, const model::RosterStatement& roster);
void check_caveat(Inquiry& inquiry, const model::CaveatStatement& caveat);
void check_standby(Inquiry& inquiry, const model::StandbyStatement& standby);
void check_contribution(Inquiry& inquiry, const model::ContributionStatement& contribution);
void check_operation(Inquiry& inquiry, const model::OperationStatement& operation);
void check_requirement(Inquiry& inquiry, const model::RequirementStatement& requirement);
void check_decision(Inquiry& inquiry, const model::DecisionStatement& decision);
void check_registry(Inquiry& inquiry, const model::RegistryStatement& registry);

// Shared by the statements.
void check_owner(Inquiry& inquiry, const model::UnitId& unit);                             // V05
void check_order(Inquiry& inquiry, const model::UnitId& unit, model::StatementKind kind);  // V09
void check_text(Inquiry& inquiry, Field field, std::string_view text, std::size_t code_points_max,
                bool line_feed_allowed = false);                             // V10, V34, V35
void check_handle(Inquiry& inquiry, Field field, std::string_view text);     // V10, V34, V35
void check_place(Inquiry& inquiry, Field field, const model::Place& place);  // V24
void check_time(Inquiry& inquiry, Field field, std::optional<model::UtcTime> time);  // V10
void check_language(Inquiry& inquiry, Field field, std::string_view code);           // V10
/// The same, and V33: text in which somebody may have written a name or a number.
void check_free_text(Inquiry& inquiry, Field field, std::string_view text,
                     bool line_feed_allowed = false);
/// V41: a Strength and a Roster of one unit and one moment count the same people.
void check_roster_counts(Inquiry& inquiry, const model::RosterStatement& roster,
                         const Roster& people);
void check_roster_counts(Inquiry& inquiry, const model::StrengthStatement& strength);
/// V17, V19 and V20 of the levels, and V17 and V19 of percent effective in missions.
void check_levels(Inquiry& inquiry, const model::ReadinessStatement& readiness);
void check_missions(Inquiry& inquiry, const model::ReadinessStatement& readiness);
/// V19: what is better than computed is refused, or flagged with a waiver that policy allows.
void report_better(Inquiry& inquiry, Field field, const model::ReadinessStatement& readiness,
                   std::string found, std::string computed);
/// V10, V34 and V38 of figures as they were published.
void check_figures(Inquiry& inquiry, const std::vector<model::PublishedFigure>& figures);
/// V10 and V38 of a line of self-sustainment.
void check_sustainment_line(Inquiry& inquiry, const std::string& place,
                            const model::SustainmentLine& line);

template <typename S>
const S* Inquiry::said(const model::UnitId& id) {
  index_units();
  const auto [first, last] = said_->equal_range(id);
  for (auto each = first; each != last; ++each) {
    if (const auto* found = std::get_if<S>(each->second)) {
      return found;
    }
  }
  return nullptr;
}

template <typename S>
const S* Inquiry::counting(const model::UnitId& id) {
  if (const auto* own = said<S>(id)) {
    return own;
  }
  const auto* unit = state.units.find(id);
  const Kept<S>* kept = nullptr;
  if (unit != nullptr) {
    for_each_kept(*unit, [&](model::StatementKind, const auto& each) {
      if constexpr (std::is_same_v<std::decay_t<decltype(each)>, KeptPtr<S>>) {
        kept = each.get();
      }
    });
  }
  if (kept == nullptr || kept->stamp.valid_at <= report.valid_at) {
    return kept != nullptr ? &kept->statement : nullptr;
  }
  const auto kind = model::kind_of(model::Statement(kept->statement));
  const auto* word = word_at(unit->history.of(kind), {report.valid_at, kEver.known_at});
  const auto* before = word != nullptr ? recall(*word) : nullptr;
  return before != nullptr ? std::get_if<S>(&before->statement) : nullptr;
}

/// V18: a mandatory value is there; V10: it is in its range.
template <typename Number>
void check_number(Inquiry& inquiry, Field field, std::optional<Number> value, std::uint32_t min,
                  std::uint32_t max, bool mandatory) {
  if (!value) {
    if (mandatory) {
      inquiry.refuse(model::Rule::v18, field, "nothing", "a number; absent is not 0");
    }
    return;
  }
  const auto number = static_cast<std::uint32_t>(*value);
  if (number < min || number > max) {
    inquiry.refuse(model::Rule::v10, field, std::to_string(number),
                   std::to_string(min) + " to " + std::to_string(max));
  }
}

/// V38: a code that this build does not know is kept and flagged.
template <typename E>
void check_code(Inquiry& inquiry, Field field, E value) {
  if (!model::is_known(value)) {
    inquiry.flag(model::Rule::v38, field, model::to_text(value),
                 "one of " + model::names_of<E>() + "; kept as it is, and not counted");
  }
}
template <typename E>
void check_codes(Inquiry& inquiry, std::string_view list, const std::vector<E>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    check_code(inquiry, path(list, i), values[i]);
  }
}
template <typename E>
void check_mandatory_code(Inquiry& inquiry, Field field, std::optional<E> value) {
  if (!value) {
    inquiry.refuse(model::Rule::v18, field, "nothing", "one of " + model::names_of<E>());
  } else {
    check_code(inquiry, field, *value);
  }
}

}  // namespace muster::core
