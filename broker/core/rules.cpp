// SPDX-License-Identifier: Apache-2.0
#include "broker/core/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

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
                 const model::Limits& bounds)
    : state(known), report(said), arrival(arrived), limits(bounds) {
  for (const auto& statement : report.statements) {
    if (const auto* unit = std::get_if<model::UnitStatement>(&statement)) {
      declared_.emplace(unit->unit, unit);
    }
  }
}

bool Inquiry::has_found(Rule rule) const {
  return std::any_of(findings_.begin(), findings_.end(),
                     [&](const auto& finding) { return finding.rule == rule; });
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
  if (findings_.size() + 1 >= kFindingsMax || finding_bytes_ >= kFindingBytesMax) {
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

/// V36: one statement of a kind for a unit.
void check_keys(Inquiry& inquiry) {
  if (inquiry.report.statements.size() < 2) {
    return;
  }
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < inquiry.report.statements.size(); ++i) {
    const auto& statement = inquiry.report.statements[i];
    const auto* unit = model::unit_of(statement);
    if (unit == nullptr) {
      continue;
    }
    const auto kind = model::to_text(model::kind_of(statement));
    if (!seen.insert(fmt::format("{} {}", kind, unit->view())).second) {
      inquiry.set_statement(static_cast<std::uint32_t>(i));
      inquiry.refuse(Rule::v36, "unit", fmt::format("a second {} of {}", kind, unit->view()),
                     "one statement of a kind for each unit in a report");
    }
  }
  inquiry.set_statement(model::Finding::kWholeReport);
}

const Stamp* newest_stamp(const UnitState& unit, model::StatementKind kind) {
  const auto stamp_of = [](const auto& kept) { return kept ? &kept->stamp : nullptr; };
  switch (kind) {
    case model::StatementKind::unit:
      return stamp_of(unit.identity);
    case model::StatementKind::strength:
      return stamp_of(unit.strength);
    case model::StatementKind::equipment:
      return stamp_of(unit.equipment);
    case model::StatementKind::readiness:
      return stamp_of(unit.readiness);
    case model::StatementKind::availability:
      return stamp_of(unit.availability);
    default:
      return nullptr;
  }
}

}  // namespace

void check_report(Inquiry& inquiry) {
  check_times(inquiry);
  check_code(inquiry, "kind", inquiry.report.kind);
  check_code(inquiry, "classification", inquiry.report.classification);
  check_release(inquiry);
  const bool is_correction = inquiry.report.kind == model::ReportKind::correction;
  if (is_correction && !inquiry.report.corrects) {
    inquiry.refuse(Rule::v18, "corrects", "nothing",
                   "the report that is corrected, such as KAZ/mod#41");
  }
  if (inquiry.report.corrects && inquiry.report.corrects->node != inquiry.arrival.report.node) {
    inquiry.refuse(Rule::v05, "corrects", inquiry.report.corrects->str(),
                   "a report of the same node");
  }
  if (is_correction && inquiry.report.corrects &&
      inquiry.report.corrects->seq >= inquiry.arrival.report.seq) {
    inquiry.refuse(Rule::v05, "corrects", inquiry.report.corrects->str(),
                   fmt::format("a report before {}", inquiry.arrival.report.str()));
  }
  check_keys(inquiry);
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
    inquiry.refuse(Rule::v10, field,
                   fmt::format("{} microseconds since 1970", model::to_micros(*time)),
                   "a time in the years 1990 to 2100");
  }
}

}  // namespace muster::core
