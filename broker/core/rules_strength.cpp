// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "broker/core/rules_force.h"

namespace muster::core {

using model::Rule;

namespace {

std::uint64_t of(std::optional<model::Count> count) { return count.value_or(0); }

template <typename List>
std::uint64_t total(const List& list) {
  std::uint64_t sum = 0;
  for (const auto& entry : list) {
    sum += entry.count;
  }
  return sum;
}

bool all_given(const model::StrengthStatement& s) {
  return s.authorised && s.assigned && s.attached_in && s.detached_out && s.present && s.deployable;
}

/// V11, V12, V13, V14 over the totals of a statement that has all of them.
class People {
 public:
  People(Inquiry& inquiry, const model::StrengthStatement& s) : inquiry_(inquiry), s_(s) {
    // detached_out may be larger than the rest: that is a contradiction, not a huge number.
    const auto plus = of(s.assigned) + of(s.attached_in);
    is_possible_ = of(s.detached_out) <= plus;
    on_strength_ = is_possible_ ? plus - of(s.detached_out) : 0;
  }

  void check() {
    if (!is_possible_) {
      inquiry_.refuse(Rule::v11, "detached_out", terms(),
                      "not more people detached than there are");
      return;
    }
    check_present();
    check_deployable();
    check_cells();
  }

 private:
  [[nodiscard]] std::string terms() const {
    return fmt::format("on strength {} = assigned {} + attached in {} - detached out {}",
                       is_possible_ ? std::to_string(on_strength_) : "below 0", of(s_.assigned),
                       of(s_.attached_in), of(s_.detached_out));
  }

  void check_present() {
    const auto present = of(s_.present);
    if (present > on_strength_) {
      inquiry_.refuse(Rule::v11, "present", std::to_string(present), "at most " + terms());
    }
    const auto absent = total(s_.absences);
    if (present + absent != on_strength_) {
      inquiry_.refuse(Rule::v12, "absences",
                      fmt::format("present {} + absent {} = {}", present, absent, present + absent),
                      terms());
    }
  }

  void check_deployable() {
    const auto deployable = of(s_.deployable);
    const auto held_back = total(s_.non_deployable);
    if (deployable + held_back != on_strength_) {
      inquiry_.refuse(Rule::v13, "non_deployable",
                      fmt::format("deployable {} + non-deployable {} = {}", deployable, held_back,
                                  deployable + held_back),
                      terms());
    }
    std::uint64_t away = 0;
    for (const auto& absence : s_.absences) {
      using enum model::AbsenceReason;
      const auto reason = absence.reason;
      if (reason == hospital || reason == unauthorised || reason == confined || reason == missing) {
        away += absence.count;
      }
    }
    if (deployable + away > on_strength_) {
      inquiry_.refuse(
          Rule::v13, "deployable", std::to_string(deployable),
          fmt::format(
              "at most on strength {} less {} in hospital, unauthorised, confined or missing",
              on_strength_, away));
    }
  }

  void check_cells() {
    if (s_.cells.empty()) {
      return;
    }
    std::uint64_t on_strength = 0;
    std::uint64_t present = 0;
    std::uint64_t deployable = 0;
    for (const auto& cell : s_.cells) {
      on_strength += cell.on_strength;
      present += cell.present;
      deployable += cell.deployable;
    }
    check_cell_sum("on_strength", on_strength, on_strength_);
    check_cell_sum("present", present, of(s_.present));
    check_cell_sum("deployable", deployable, of(s_.deployable));
  }

  void check_cell_sum(std::string_view what, std::uint64_t sum, std::uint64_t expected) {
    if (sum != expected) {
      inquiry_.refuse(Rule::v14, fmt::format("cells.{}", what),
                      fmt::format("cells add up to {}", sum),
                      fmt::format("the total {}", expected));
    }
  }

  Inquiry& inquiry_;
  const model::StrengthStatement& s_;
  bool is_possible_ = true;
  std::uint64_t on_strength_ = 0;
};

void check_counts(Inquiry& inquiry, const model::StrengthStatement& s) {
  const auto max = inquiry.limits.people_max;
  check_number(inquiry, "authorised", s.authorised, 0, max, true);
  check_number(inquiry, "assigned", s.assigned, 0, max, true);
  check_number(inquiry, "attached_in", s.attached_in, 0, max, true);
  check_number(inquiry, "detached_out", s.detached_out, 0, max, true);
  check_number(inquiry, "present", s.present, 0, max, true);
  check_number(inquiry, "deployable", s.deployable, 0, max, true);
  check_number(inquiry, "duty_qualified", s.duty_qualified, 0, max, false);
  check_number(inquiry, "senior_authorised", s.senior_authorised, 0, max, false);
  check_number(inquiry, "senior_deployable", s.senior_deployable, 0, max, false);
}

template <typename Entry>
void check_list(Inquiry& inquiry, std::string_view name, std::string_view code_name,
                const std::vector<Entry>& list, auto code_of) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    check_code(inquiry, path(name, i, code_name), code_of(list[i]));
    check_number(inquiry, path(name, i, "count"), std::optional(list[i].count), 0,
                 inquiry.limits.people_max, true);
  }
}

void check_lists(Inquiry& inquiry, const model::StrengthStatement& s) {
  const auto reason_of = [](const auto& entry) { return entry.reason; };
  const auto kind_of = [](const auto& entry) { return entry.kind; };
  check_list(inquiry, "absences", "reason", s.absences, reason_of);
  check_list(inquiry, "non_deployable", "reason", s.non_deployable, reason_of);
  check_list(inquiry, "gains", "kind", s.gains, kind_of);
  check_list(inquiry, "losses", "kind", s.losses, kind_of);
  std::set<model::Code> codes;
  for (std::size_t i = 0; i < s.cells.size(); ++i) {
    check_code(inquiry, path("cells", i, "category"), s.cells[i].category);
    check_code(inquiry, path("cells", i, "sex"), s.cells[i].sex);
    for (const auto count : {s.cells[i].on_strength, s.cells[i].present, s.cells[i].deployable}) {
      check_number(inquiry, path("cells", i), std::optional(count), 0, inquiry.limits.people_max,
                   true);
    }
  }
  for (std::size_t i = 0; i < s.specialties.size(); ++i) {
    check_number(inquiry, path("specialties", i, "required"),
                 std::optional(s.specialties[i].required), 0, inquiry.limits.people_max, true);
    check_number(inquiry, path("specialties", i, "qualified"),
                 std::optional(s.specialties[i].qualified), 0, inquiry.limits.people_max, true);
    if (!codes.insert(s.specialties[i].code).second) {
      inquiry.refuse(Rule::v36, path("specialties", i, "code"),
                     s.specialties[i].code.str() + " a second time", "each speciality once");
    }
  }
}

/// V15: what came and went since ledger_from explains the change of assigned since then.
void check_ledger(Inquiry& inquiry, const model::StrengthStatement& s) {
  const auto* unit = inquiry.state.units.find(s.unit);
  if (!s.ledger_from || !s.assigned || unit == nullptr ||
      *s.ledger_from > inquiry.report.valid_at) {
    return;
  }
  const auto* word =
      word_at(unit->history.of(model::StatementKind::strength), {*s.ledger_from, kEver.known_at});
  if (word == nullptr) {
    return;  // Nothing was said by then: there is nothing to compare with.
  }
  const std::int64_t before = word->brief[1];
  const auto gained = static_cast<std::int64_t>(total(s.gains));
  const auto lost = static_cast<std::int64_t>(total(s.losses));
  const auto difference = std::int64_t{*s.assigned} - (before + gained - lost);
  if (difference != 0) {
    inquiry.flag(Rule::v15, "assigned", std::to_string(*s.assigned),
                 fmt::format("{} = {} at ledger_from + {} gained - {} lost; {:+} here",
                             before + gained - lost, before, gained, lost, difference));
  }
}

}  // namespace

void check_strength(Inquiry& inquiry, const model::StrengthStatement& strength) {
  check_owner(inquiry, strength.unit);
  check_order(inquiry, strength.unit, model::StatementKind::strength);
  check_counts(inquiry, strength);
  check_lists(inquiry, strength);
  check_time(inquiry, "ledger_from", strength.ledger_from);
  if (all_given(strength)) {
    People(inquiry, strength).check();
  }
  check_ledger(inquiry, strength);
  check_promised(inquiry, strength);
  check_roster_counts(inquiry, strength);
}

}  // namespace muster::core
