// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "broker/core/rules.h"

namespace muster::core {

using model::RosterForm;
using model::Rule;

namespace {

// ---- one entry ----------------------------------------------------------------------------------

/// V10: a sealed name is a libsodium box of an empty text at least, padded to 304 bytes at most.
void check_sealed_name(Inquiry& inquiry, const model::RosterEntry& entry, std::size_t i) {
  constexpr std::size_t kSealedMin = 49;
  constexpr std::size_t kSealedMax = 304;
  const auto size = entry.sealed_name.size();
  if (size != 0 && (size < kSealedMin || size > kSealedMax)) {
    inquiry.refuse(Rule::v10, path("upserts", i, "sealed_name"), fmt::format("{} bytes", size),
                   fmt::format("{} to {} bytes, or none", kSealedMin, kSealedMax));
  }
  check_handle(inquiry, path("upserts", i, "sealed_to"), entry.sealed_to);
}

/// V18: who is not deployable has a reason, and who is has none.
void check_reason(Inquiry& inquiry, const model::RosterEntry& entry, std::size_t i) {
  const auto field = path("upserts", i, "non_deployable_reason");
  if (entry.non_deployable_reason) {
    check_code(inquiry, field, *entry.non_deployable_reason);
  }
  if (entry.deployable == entry.non_deployable_reason.has_value()) {
    inquiry.refuse(Rule::v18, field,
                   entry.deployable
                       ? model::to_text(*entry.non_deployable_reason) + " of one who is deployable"
                       : "nothing of one who is not deployable",
                   "a reason if and only if the person is not deployable");
  }
}

void check_entry(Inquiry& inquiry, const model::RosterEntry& entry, std::size_t i) {
  const auto field = [&](std::string_view name) { return path("upserts", i, name); };
  check_code(inquiry, field("rank_grade"), entry.rank_grade);
  check_code(inquiry, field("sex"), entry.sex);
  check_code(inquiry, field("duty_status"), entry.duty_status);
  check_reason(inquiry, entry, i);
  check_sealed_name(inquiry, entry, i);
  for (const auto& language : entry.languages) {
    check_language(inquiry, field("languages"), language);
  }
  for (const auto& qualification : entry.qualifications) {
    check_time(inquiry, field("qualifications"), qualification.valid_until);
  }
}

// ---- people -------------------------------------------------------------------------------------

/// V33: nobody is all zero. V36: a person stands in a roster once.
void check_refs(Inquiry& inquiry, const model::RosterStatement& roster) {
  std::unordered_map<Person, std::string> places;
  const auto check = [&](std::string_view list, std::size_t i, const model::PersonRef& person) {
    const auto place = path(list, i);
    if (person == model::PersonRef{}) {
      inquiry.refuse(Rule::v33, place, "a person_ref of zeros", "16 bytes that are not all zero");
      return;
    }
    const auto [first, is_new] = places.emplace(Person{person}, place.str());
    if (!is_new) {
      inquiry.refuse(Rule::v36, place,
                     fmt::format("the person of {} and {}", first->second, place.str()),
                     "each person once in a roster");
    }
  };
  for (std::size_t i = 0; i < roster.upserts.size(); ++i) {
    check("upserts", i, roster.upserts[i].person_ref);
  }
  for (std::size_t i = 0; i < roster.removals.size(); ++i) {
    check("removals", i, roster.removals[i]);
  }
}

/// Does the report itself take the person out of that unit?
bool leaves(const PeopleSaid& people, const model::UnitId& unit, const model::PersonRef& person) {
  const auto [first, last] = people.removed.equal_range({person});
  return people.listed_anew.contains(unit) ||
         std::any_of(first, last, [&](const auto& removed) { return removed.second == unit; });
}

/// Where else in the nation `person` is listed: "upserts[3] of statement 0, KAZ:A"; empty for
/// nowhere. Of two rosters of a report the later one tells of both.
std::string place_elsewhere(Inquiry& inquiry, const model::UnitId& unit,
                            const model::PersonRef& person) {
  const auto& people = inquiry.people_said();
  const auto [first, last] = people.listed.equal_range({person});
  for (auto each = first; each != last; ++each) {
    const auto at = each->second;
    const auto& other =
        std::get<model::RosterStatement>(inquiry.report.statements[at.statement]).unit;
    if (at.statement < inquiry.statement() && other != unit && other.nation() == unit.nation()) {
      return fmt::format("upserts[{}] of statement {}, {}", at.entry, at.statement, other.view());
    }
  }
  const auto* known = inquiry.state.people.find({person});
  const bool is_elsewhere = known != nullptr && !known->empty() && *known != unit &&
                            known->nation() == unit.nation() && !leaves(people, *known, person);
  return is_elsewhere ? fmt::format("the roster of {}", known->view()) : "";
}

/// V36: a person in two units of a nation is worth a word: an attachment, or a mistake.
void check_two_units(Inquiry& inquiry, const model::RosterStatement& roster) {
  for (std::size_t i = 0; i < roster.upserts.size(); ++i) {
    const auto place = place_elsewhere(inquiry, roster.unit, roster.upserts[i].person_ref);
    if (!place.empty()) {
      inquiry.flag(Rule::v36, path("upserts", i), fmt::format("a person who is also in {}", place),
                   fmt::format("in one unit; remove them there or from {}", roster.unit.view()));
    }
  }
}

// ---- versions -----------------------------------------------------------------------------------

void refuse_version(Inquiry& inquiry, Field field, std::string found, std::string_view why) {
  inquiry.refuse(Rule::v42, field, std::move(found), fmt::format("{}; send FULL", why));
}

/// V42: a DELTA fits the one version that is stored. False when it does not.
bool check_delta(Inquiry& inquiry, const model::RosterStatement& roster, const Roster* stored) {
  if (!roster.base_version) {
    inquiry.refuse(Rule::v18, "base_version", "nothing", "the version that the DELTA changes");
    return false;
  }
  if (stored == nullptr) {
    refuse_version(inquiry, "base_version", std::to_string(*roster.base_version),
                   "no version of this roster is stored");
    return false;
  }
  const auto is_stored = fmt::format("version {} is stored", stored->version);
  if (*roster.base_version != stored->version) {
    refuse_version(inquiry, "base_version", std::to_string(*roster.base_version), is_stored);
    return false;
  }
  bool fits = roster.version == *roster.base_version + 1;
  if (!fits) {
    refuse_version(inquiry, "version", std::to_string(roster.version),
                   fmt::format("{}, so {} is next", is_stored, stored->version + 1));
  }
  for (std::size_t i = 0; i < roster.removals.size(); ++i) {
    if (stored->find(roster.removals[i]) == nullptr) {
      refuse_version(inquiry, path("removals", i), "a person who is not in the roster",
                     fmt::format("{} without them", is_stored));
      fits = false;
    }
  }
  return fits;
}

/// The last word that stands behind the one that counts now, or null.
const Word* word_before(const Words& words, const Word& counts) {
  const Word* before = nullptr;
  for (const auto& word : words.view()) {
    if (is_standing(word, kEver.known_at) && !(word == counts) && counts_before(word, counts)) {
      before = &word;
    }
  }
  return before;
}

/// V42: DELTAs stand on what they changed. A correction replaces the newest roster alone, whole and
/// in its place. False when it does not fit.
bool check_corrected(Inquiry& inquiry, const model::RosterStatement& roster,
                     const UnitState& unit) {
  if (roster.form != RosterForm::full) {
    refuse_version(inquiry, "form", model::to_text(roster.form),
                   "a roster in a CORRECTION is whole");
    return false;
  }
  const auto& words = unit.history.of(model::StatementKind::roster);
  const auto* counts = newest(words);
  if (counts == nullptr) {
    return true;
  }
  const auto& corrects = *inquiry.report.corrects;
  const bool is_newest = inquiry.state.authors->at(counts->author) == corrects.node &&
                         (counts->seq == corrects.seq || counts->place == corrects.seq);
  if (!is_newest) {
    refuse_version(inquiry, "corrects", corrects.str(),
                   fmt::format("only the newest roster can be corrected, that of {}",
                               inquiry.state.report_of(*counts).str()));
    return false;
  }
  const auto* before = word_before(words, *counts);
  if (before != nullptr && inquiry.report.valid_at < before->valid_at) {
    refuse_version(
        inquiry, "valid_at", model::format_time(inquiry.report.valid_at),
        fmt::format("not before {}, the roster before it", model::format_time(before->valid_at)));
    return false;
  }
  return true;
}

/// The roster that the statement would leave. Nothing when it does not fit: then it has no people
/// to count.
std::optional<Roster> check_version(Inquiry& inquiry, const model::RosterStatement& roster) {
  const auto* unit = inquiry.state.units.find(roster.unit);
  const auto* stored = unit != nullptr ? statement_of(unit->roster) : nullptr;
  bool fits = true;
  if (inquiry.is_correction()) {
    // One that corrects nothing is refused for that alone.
    if (unit != nullptr && !inquiry.has_found(Rule::v05) && !inquiry.has_found(Rule::v09)) {
      fits = check_corrected(inquiry, roster, *unit);
    }
  } else if (roster.form == RosterForm::delta) {
    fits = check_delta(inquiry, roster, stored);
  }
  return fits ? std::optional(applied(stored, roster)) : std::nullopt;
}

}  // namespace

void check_roster(Inquiry& inquiry, const model::RosterStatement& roster) {
  check_owner(inquiry, roster.unit);
  check_order(inquiry, roster.unit, model::StatementKind::roster);
  check_code(inquiry, "form", roster.form);
  for (std::size_t i = 0; i < roster.upserts.size(); ++i) {
    check_entry(inquiry, roster.upserts[i], i);
  }
  check_refs(inquiry, roster);
  check_two_units(inquiry, roster);
  const auto left = check_version(inquiry, roster);
  if (!left) {
    return;
  }
  if (left->people.size() > inquiry.limits.people_max) {
    inquiry.refuse(Rule::v10, "upserts", fmt::format("{} people", left->people.size()),
                   fmt::format("at most {} people in a unit", inquiry.limits.people_max));
  }
  check_roster_counts(inquiry, roster, *left);
}

}  // namespace muster::core
