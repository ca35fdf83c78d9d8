// SPDX-License-Identifier: Apache-2.0
#include "broker/core/rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "broker/core/identity_scan.h"
#include "schemas/model/text.h"

namespace muster::core {

using model::Rule;

namespace {

/// What was met is shown, and cut where somebody sends a book: it goes back to the sender and is
/// kept for ever.
std::string shortened(std::string text) {
  constexpr std::size_t kShownMax = 400;
  if (text.size() <= kShownMax) {
    return text;
  }
  auto end = kShownMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
    --end;
  }  // Not inside a character.
  text.resize(end);
  return text + "…";
}

}  // namespace

Inquiry::Inquiry(const State& known, const model::Report& said, const Arrival& arrived,
                 const model::Limits& bounds, const Recall& recall)
    : state(known), report(said), arrival(arrived), limits(bounds), recall_(recall) {
  for (const auto& statement : report.statements) {
    agreements_said_ += is_agreement(statement) ? 1 : 0;
    if (const auto* unit = std::get_if<model::UnitStatement>(&statement)) {
      declared_.emplace(unit->unit, unit);
    }
  }
}

const Said* Inquiry::recall(const Word& word) {
  auto said = recall_({word.ledger_seq, word.seq, word.statement});
  if (!said) {
    problem_ = problem_ ? problem_ : said.error();
    return nullptr;
  }
  return &recollections_.emplace_back(std::move(*said));
}

model::Result<void> Inquiry::recalled() const {
  if (problem_) {
    return tl::unexpected(*problem_);
  }
  return {};
}

void Inquiry::index_units() {
  if (said_) {
    return;
  }
  said_.emplace();
  for (const auto& statement : report.statements) {
    if (const auto* id = model::unit_of(statement)) {
      said_->emplace(*id, &statement);
    }
  }
}

const PeopleSaid& Inquiry::people_said() {
  if (people_said_) {
    return *people_said_;
  }
  auto& people = people_said_.emplace();
  std::vector<std::pair<std::size_t, const model::RosterStatement*>> rosters;
  for (std::size_t i = 0; i < report.statements.size(); ++i) {
    if (const auto* roster = std::get_if<model::RosterStatement>(&report.statements[i])) {
      rosters.emplace_back(i, roster);
    }
  }
  people.rosters = rosters.size();
  for (const auto& [statement, roster] : rosters) {
    if (roster->form == model::RosterForm::full) {
      people.listed_anew.insert(roster->unit);
    }
    for (std::size_t i = 0; rosters.size() > 1 && i < roster->upserts.size(); ++i) {
      people.listed.emplace(Person{roster->upserts[i].person_ref}, PeopleSaid::At{statement, i});
    }
    for (std::size_t i = 0; rosters.size() > 1 && i < roster->removals.size(); ++i) {
      people.removed.emplace(Person{roster->removals[i]}, roster->unit);
    }
  }
  return people;
}

Said Inquiry::said_of(const model::Statement& statement) const {
  return {.statement = statement,
          .stamp = {.report = arrival.report,
                    .valid_at = report.valid_at,
                    .issued_at = arrival.issued_at,
                    .received_at = arrival.received_at,
                    .ledger_seq = arrival.ledger_seq},
          .kind = report.kind,
          .corrects = is_correction() ? report.corrects : std::nullopt};
}

const Agreements& Inquiry::agreed() {
  if (!agreed_ && is_correction() && !corrects_too_much()) {
    agreed_ = agreements_without(state.agreement_words, *report.corrects, report.statements);
  }
  return agreed_ ? *agreed_ : state.agreements;
}

void Inquiry::agree(const model::Statement& statement) {
  auto next = agreed();
  take_agreement(next, said_of(statement));
  agreed_ = std::move(next);
}

Agreements Inquiry::agreed_with(const model::Statement& statement) const {
  auto words = state.agreement_words;
  auto after = state.agreements;
  take_agreement_word(words, after, said_of(statement));
  return after;
}

bool Inquiry::has_found(Rule rule) const {
  return std::any_of(findings_.begin(), findings_.end(),
                     [&](const auto& finding) { return finding.rule == rule; });
}

bool Inquiry::has_room() const {
  return findings_.size() + 1 < kFindingsMax && finding_bytes_ < kFindingBytesMax;
}

const model::UnitStatement* Inquiry::declared(const model::UnitId& id) const {
  const auto found = declared_.find(id);
  return found == declared_.end() ? nullptr : found->second;
}

std::vector<model::Finding> Inquiry::take_findings() && {
  if (left_out_ > 0) {
    findings_.push_back(
        {.rule = Rule::none,
         .severity = left_out_refuses_ ? model::Severity::refuse : model::Severity::flag,
         .field = "",
         .found = fmt::format("{} more findings", left_out_),
         .expected = "mend those shown first"});
  }
  return std::move(findings_);
}

void Inquiry::add(Rule rule, model::Severity severity, Field field, std::string found,
                  std::string expected) {
  if (!has_room()) {
    ++left_out_;
    left_out_refuses_ = left_out_refuses_ || severity == model::Severity::refuse;
    return;
  }
  findings_.push_back({.rule = rule,
                       .severity = severity,
                       .statement = statement_,
                       .field = field.str(),
                       .found = shortened(std::move(found)),
                       .expected = shortened(std::move(expected))});
  finding_bytes_ += findings_.back().found.size() + findings_.back().expected.size();
}

std::string Field::str() const {
  if (list_.empty()) {
    return std::string(name_);
  }
  return name_.empty() ? fmt::format("{}[{}]", list_, index_)
                       : fmt::format("{}[{}].{}", list_, index_, name_);
}

void check_owner(Inquiry& inquiry, const model::UnitId& id) {
  const auto* unit = inquiry.state.units.find(id);
  if (unit == nullptr) {
    if (inquiry.declared(id) != nullptr) {
      return;
    }
    inquiry.refuse(Rule::v05, "unit",
                   fmt::format("{}, which no Unit statement has declared", id.view()),
                   "a Unit statement for it in this report or before");
    return;
  }
  const auto owner = owner_of(inquiry.state, id, *unit, inquiry.arrival.received_at);
  if (owner != inquiry.arrival.report.node) {
    inquiry.refuse(
        Rule::v05, "unit", fmt::format("{} from {}", id.view(), inquiry.arrival.report.node.view()),
        fmt::format("a report of {}, which publishes it until the registrar transfers it",
                    owner.view()));
  }
}

void check_order(Inquiry& inquiry, const model::UnitId& id, model::StatementKind kind) {
  if (inquiry.report.kind == model::ReportKind::correction) {
    return;
  }
  const auto* unit = inquiry.state.units.find(id);
  const auto* last = unit != nullptr ? newest_stamp(*unit, kind) : nullptr;
  if (last != nullptr && inquiry.report.valid_at < last->valid_at) {
    inquiry.refuse(
        Rule::v09, "valid_at", model::format_time(inquiry.report.valid_at),
        fmt::format("not before {}, the last {} of {} ({}); to change the past send a CORRECTION",
                    model::format_time(last->valid_at), model::to_text(kind), id.view(),
                    last->report.str()));
  }
}

void check_text(Inquiry& inquiry, Field field, std::string_view text, std::size_t code_points_max,
                bool line_feed_allowed) {
  if (const auto length = model::count_code_points(text); length > code_points_max) {
    inquiry.refuse(Rule::v10, field, fmt::format("{} characters", length),
                   fmt::format("at most {}", code_points_max));
  }
  if (const auto at = model::find_control(text, line_feed_allowed)) {
    inquiry.refuse(Rule::v34, field, fmt::format("a control character at byte {}", *at),
                   "text without them");
  }
  if (const auto at = model::find_byte_order_mark(text)) {
    inquiry.refuse(Rule::v35, field, fmt::format("a byte order mark at byte {}", *at),
                   "text without one");
  }
  if (!model::is_nfc(text)) {
    inquiry.refuse(Rule::v34, field, "text that is not in normalisation form C",
                   "NFC: one code point for é or й");
  }
}

void check_free_text(Inquiry& inquiry, Field field, std::string_view text, bool line_feed_allowed) {
  check_text(inquiry, field, text, inquiry.limits.remark_max, line_feed_allowed);
  for (const auto& span : find_identities(text)) {
    inquiry.flag(Rule::v33, field,
                 fmt::format("{} in bytes {} to {}", to_text(span.kind), span.begin, span.end - 1),
                 "no person in clear: names travel sealed in a roster");
  }
}

void check_handle(Inquiry& inquiry, Field field, std::string_view text) {
  check_text(inquiry, field, text, inquiry.limits.name_max);
  if (text.find_first_of(" \t") != std::string_view::npos) {
    inquiry.refuse(Rule::v35, field, fmt::format("\"{}\"", text), "a code without white space");
  }
}

void check_place(Inquiry& inquiry, Field field, const model::Place& place) {
  // Written so that a NaN fails as well.
  const bool in_range =
      place.lat >= -90 && place.lat <= 90 && place.lon >= -180 && place.lon <= 180;
  if (!in_range || (place.lat == 0 && place.lon == 0)) {
    inquiry.refuse(
        Rule::v24, field, fmt::format("lat {}, lon {}", place.lat, place.lon),
        "lat -90 to 90, lon -180 to 180 and not (0, 0); leave it out when it is not known");
  }
}

void check_time(Inquiry& inquiry, Field field, std::optional<model::UtcTime> time) {
  if (time && (*time < model::kTimeMin || *time >= model::kTimeMax)) {
    inquiry.refuse(Rule::v10, field, model::format_time(*time), "a time in the years 1990 to 2100");
  }
}

void check_language(Inquiry& inquiry, Field field, std::string_view code) {
  const bool is_language = code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) {
                             return c >= 'a' && c <= 'z';
                           });
  if (!is_language) {
    inquiry.refuse(Rule::v10, field, std::string(code), "an ISO 639-3 code such as kaz");
  }
}

}  // namespace muster::core
