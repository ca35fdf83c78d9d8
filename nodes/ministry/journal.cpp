// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "schemas/model/codes.h"
#include "schemas/text/answer_json.h"
#include "schemas/text/json_tree.h"

namespace muster::ministry {

using text::Json;

namespace {

constexpr std::string_view kPushing = "pushing";
constexpr std::string_view kSettled = "settled";

/// Empty when there is no such text.
std::string text_of(const Json& object, std::string_view name) {
  const auto* member = object.find(name);
  return member != nullptr ? member->text : std::string();
}

/// `otherwise` when there is no such number.
std::uint64_t number_of(const Json& object, std::string_view name, std::uint64_t otherwise = 0) {
  const auto digits = text_of(object, name);
  std::from_chars(digits.data(), digits.data() + digits.size(), otherwise);
  return otherwise;
}

std::uint32_t small_number_of(const Json& object, std::string_view name, std::uint64_t otherwise) {
  constexpr auto kMax = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(number_of(object, name, otherwise), kMax));
}

/// The member's items, or none.
const std::vector<Json>& items_of(const Json& object, std::string_view name) {
  static const std::vector<Json> kNone;
  const auto* member = object.find(name);
  return member != nullptr ? member->items : kNone;
}

Json list_of(const std::vector<std::string>& texts) {
  auto list = text::json_array();
  for (const auto& one : texts) {
    list.items.push_back(text::json_string(one));
  }
  return list;
}

model::Rule rule_of(std::string_view name) {
  for (unsigned number = 0; number <= 0xFF; ++number) {
    const auto rule = static_cast<model::Rule>(number);
    if (to_text(rule) == name) {
      return rule;
    }
  }
  return model::Rule::none;
}

model::Finding finding_of(const Json& object) {
  const auto* statement = object.find("statement");
  return {.rule = rule_of(text_of(object, "rule")),
          .severity = model::from_text<model::Severity>(text_of(object, "severity"))
                          .value_or(model::Severity::refuse),
          .statement = statement == nullptr ? model::Finding::kWholeReport
                                            : small_number_of(object, "statement", 0),
          .field = text_of(object, "field"),
          .found = text_of(object, "found"),
          .expected = text_of(object, "expected")};
}

std::optional<client::Acknowledged> acknowledged_of(std::string_view line,
                                                    const model::NodeId& node) {
  text::Problems problems;
  const auto parsed = text::parse_json(line, problems);
  const auto verdict = parsed.complete
                           ? model::from_text<model::Verdict>(text_of(parsed.root, "verdict"))
                           : std::nullopt;
  if (!verdict) {
    return std::nullopt;
  }
  client::Acknowledged acknowledged{.report = {.node = node, .seq = number_of(parsed.root, "seq")},
                                    .verdict = {.verdict = *verdict, .findings = {}},
                                    .ledger_seq = number_of(parsed.root, "ledger_seq")};
  for (const auto& finding : items_of(parsed.root, "findings")) {
    acknowledged.verdict.findings.push_back(finding_of(finding));
  }
  return acknowledged;
}

}  // namespace

std::string to_json(const Journal& journal) {
  auto object = text::json_object();
  const bool pushing = journal.stage == Journal::Stage::pushing;
  object.add("name", text::json_string(journal.name))
      .add("stage", text::json_string(pushing ? kPushing : kSettled))
      .add("seq", text::json_number(journal.first_seq))
      .add("last_seq", text::json_number(journal.last_seq))
      .add("sha256", text::json_string(journal.sha256))
      .add("rows", text::json_number(std::uint64_t{journal.rows}))
      .add("rows_refused", text::json_number(std::uint64_t{journal.rows_refused}))
      .add("move_to", text::json_string(journal.move_to))
      .add("papers", list_of(journal.papers))
      .add("remember", text::json_string(journal.remember));
  if (!journal.writings.empty()) {
    auto writings = text::json_array();
    for (const auto& writing : journal.writings) {
      writings.items.push_back(text::json_object());
      writings.items.back()
          .add("path", text::json_string(writing.path))
          .add("text", text::json_string(writing.text));
    }
    object.add("writings", std::move(writings));
  }
  return print_json(object, 2);
}

model::Result<Journal> journal_from_json(std::string_view json) {
  text::Problems problems;
  const auto parsed = text::parse_json(json, problems);
  const auto& root = parsed.root;
  const auto stage = parsed.complete ? text_of(root, "stage") : std::string();
  if (stage != kPushing && stage != kSettled) {
    return model::fail(
        model::ErrorCode::corrupt,
        "expected a journal with stage 'pushing' or 'settled', found '" + stage + "'");
  }
  const auto first = number_of(root, "seq");
  Journal journal{.name = text_of(root, "name"),
                  .stage = stage == kPushing ? Journal::Stage::pushing : Journal::Stage::settled,
                  .first_seq = first,
                  .last_seq = number_of(root, "last_seq", first),
                  .sha256 = text_of(root, "sha256"),
                  .rows = small_number_of(root, "rows", 0),
                  .rows_refused = small_number_of(root, "rows_refused", 0),
                  .move_to = text_of(root, "move_to"),
                  .papers = {},
                  .writings = {},
                  .remember = text_of(root, "remember")};
  if (journal.last_seq < first) {
    return model::fail(model::ErrorCode::corrupt,
                       fmt::format("found reports {} to {}, expected the first before the last",
                                   first, journal.last_seq));
  }
  for (const auto& end : items_of(root, "papers")) {
    journal.papers.push_back(end.text);
  }
  for (const auto& entry : items_of(root, "writings")) {
    journal.writings.push_back({text_of(entry, "path"), text_of(entry, "text")});
  }
  return journal;
}

std::string to_line(const client::Acknowledged& acknowledged) {
  text::Problems none;
  auto findings =
      text::parse_json(text::findings_to_json(acknowledged.verdict.findings, -1), none).root;
  auto object = text::json_object();
  object.add("seq", text::json_number(acknowledged.report.seq))
      .add("ledger_seq", text::json_number(acknowledged.ledger_seq))
      .add("verdict", text::json_string(to_text(acknowledged.verdict.verdict)))
      .add("findings", std::move(findings));
  return print_json(object, -1);
}

std::vector<client::Acknowledged> verdicts_from_lines(std::string_view text, const Journal& journal,
                                                      const model::NodeId& node) {
  std::vector<client::Acknowledged> told;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    const auto line = acknowledged_of(text.substr(0, end), node);
    text.remove_prefix(end + 1);
    if (!line || line->report.seq < journal.first_seq || line->report.seq > journal.last_seq) {
      continue;
    }
    const auto is_same = [&](const auto& one) { return one.report.seq == line->report.seq; };
    if (std::none_of(told.begin(), told.end(), is_same)) {
      told.push_back(*line);
    }
  }
  return told;
}

std::string range_text(const model::NodeId& node, std::uint64_t first_seq, std::uint64_t last_seq) {
  const auto first = model::ReportId{.node = node, .seq = first_seq}.str();
  return first_seq == last_seq ? first : fmt::format("{}..{}", first, last_seq);
}

}  // namespace muster::ministry
