// SPDX-License-Identifier: Apache-2.0
#include "schemas/text/answer_json.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <variant>

#include "schemas/text/answer_parts.h"

namespace muster::text {
namespace {

constexpr std::string_view kExerciseNotice = "EXERCISE - FICTIONAL DATA";

// ---- header
// -------------------------------------------------------------------------------------------------

Json write_what_if(const model::WhatIf& what_if) {
  auto object = json_object();
  add_if_any(object, "without", what_if.without);
  add_if(object, "host", what_if.host);
  add_if_any(object, "also", what_if.also);
  if (what_if.notice_min) {
    object.add("notice_min", write_value(std::int64_t{*what_if.notice_min}));
  }
  return object;
}

}  // namespace

Json write_header(const model::AnswerHeader& header) {
  auto object = json_object();
  object.add("valid_at", write_value(header.valid_at));
  object.add("known_at", write_value(header.known_at));
  object.add("ledger_seq", write_value(header.ledger_seq));
  object.add("realm", write_value(header.realm));
  if (header.realm == model::Realm::exercise) {
    object.add("notice", json_string(kExerciseNotice));
  }
  object.add("nations_reporting", write_value(header.nations_reporting));
  object.add("nations_missing", write_value(header.nations_missing));
  object.add("nations_stale", write_value(header.nations_stale));
  object.add("stale_strength", write_value(header.stale_strength));
  if (header.is_withheld) {
    object.add("is_withheld", json_bool(true));
  }
  if (header.what_if.is_set()) {
    object.add("what_if", write_what_if(header.what_if));
  }
  return object;
}

namespace {

// ---- combined strength
// ------------------------------------------------------------------------------------------

/// "element_kind": the member of a row that holds this dimension's key.
std::string field_of(model::Dimension dimension) {
  auto name = model::to_text(dimension);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return name;
}

/// Levels are numbers; every other key is a name.
Json write_key(model::Dimension dimension, const std::string& key) {
  std::uint64_t level = 0;
  const char* end = key.data() + key.size();
  const bool is_number = std::from_chars(key.data(), end, level).ptr == end && !key.empty();
  return dimension == model::Dimension::level && is_number ? json_number(level) : json_string(key);
}

Json write_row(const std::vector<model::Dimension>& group_by, const model::StrengthRow& row) {
  auto object = json_object();
  for (std::size_t i = 0; i < std::min(group_by.size(), row.key.size()); ++i) {
    object.add(field_of(group_by[i]), write_key(group_by[i], row.key[i]));
  }
  add_figures(object, row.figures);
  add_if(object, "oldest_valid_at", row.oldest_valid_at);
  return object;
}

Json write_group_by(const std::vector<model::Dimension>& group_by) {
  auto list = json_array();
  for (const auto dimension : group_by) {
    list.items.push_back(json_string(field_of(dimension)));
  }
  return list;
}

// ---- tree, unit
// -------------------------------------------------------------------------------------------------

Json write_row(const model::TreeNode& node) {
  auto object = json_object();
  object.add("unit", write_value(node.unit));
  if (!node.parent.empty()) {
    object.add("parent", write_value(node.parent));
  }
  object.add("depth", write_value(node.depth));
  object.add("name", write_value(node.name));
  object.add("component", write_value(node.component));
  object.add("element_kind", write_value(node.element_kind));
  object.add("echelon", write_value(node.echelon));
  object.add("level", write_value(node.level));
  object.add("freshness", write_value(node.freshness));
  object.add("own", write_figures(node.own));
  object.add("rolled_up", write_figures(node.rolled_up));
  add_if(object, "valid_at", node.valid_at);
  object.add("computed", write_levels(node.computed));
  object.add("on_hand", write_value(node.on_hand));
  object.add("fmc", write_value(node.fmc));
  object.add("critical_shortfall", write_value(node.critical_shortfall));
  add_if_any(object, "short_name", node.short_name);
  add_if_any(object, "sidc", node.sidc);
  add_if(object, "lifecycle", node.lifecycle);
  add_if(object, "reinforcement", node.reinforcement);
  add_if(object, "home", node.home);
  add_if(object, "current", node.current);
  add_if_any(object, "relations", node.relations);
  add_if(object, "committed", node.committed);
  add_if_any(object, "operations", node.operations);
  return object;
}

Json write_stamp(const model::StatementStamp& stamp) {
  auto object = json_object();
  object.add("report", write_value(stamp.report));
  object.add("valid_at", write_value(stamp.valid_at));
  object.add("issued_at", write_value(stamp.issued_at));
  object.add("received_at", write_value(stamp.received_at));
  object.add("ledger_seq", write_value(stamp.ledger_seq));
  object.add("freshness", write_value(stamp.freshness));
  return object;
}

// ---- server, ledger
// ---------------------------------------------------------------------------------------------

Json write_row(const model::NodeInfo& node) {
  auto object = json_object();
  object.add("node", write_value(node.node));
  object.add("head_seq", write_value(node.head_seq));
  object.add("head_hash", write_value(node.head_hash));
  add_if(object, "last_received_at", node.last_received_at);
  object.add("accepted", write_value(node.accepted));
  object.add("refused", write_value(node.refused));
  return object;
}

Json write_finding(const model::Finding& finding) {
  auto object = json_object();
  object.add("rule", write_value(finding.rule));
  object.add("severity", write_value(finding.severity));
  if (finding.statement != model::Finding::kWholeReport) {
    object.add("statement", write_value(finding.statement));
  }
  object.add("field", write_value(finding.field));
  object.add("found", write_value(finding.found));
  object.add("expected", write_value(finding.expected));
  return object;
}

Json write_report(const model::LedgerReport& report) {
  auto object = json_object();
  object.add("seq", write_value(report.seq));
  object.add("verdict", write_value(report.verdict.verdict));
  object.add("kind", write_value(report.kind));
  object.add("valid_at", write_value(report.valid_at));
  object.add("statements", write_value(report.statements));
  object.add("findings", write_findings(report.verdict.findings));
  return object;
}

Json write_row(const model::LedgerRow& record) {
  auto object = json_object();
  object.add("ledger_seq", write_value(record.ledger_seq));
  object.add("received_at", write_value(record.received_at));
  object.add("issued_at", write_value(record.issued_at));
  object.add("node", write_value(record.node));
  object.add("chain_hash", write_value(record.chain_hash));
  object.add("envelope_bytes", write_value(record.envelope_bytes));
  auto reports = json_array();
  for (const auto& report : record.reports) {
    reports.items.push_back(write_report(report));
  }
  object.add("reports", std::move(reports));
  return object;
}

// ---- the kinds of answer
// ----------------------------------------------------------------------------------------

using text::parts_of;  // Those of the other files, which the ones here would hide.

Parts parts_of(const model::StrengthAnswer& answer) {
  Parts parts{.kind = "ForceStrength"};
  parts.before.add("group_by", write_group_by(answer.group_by));
  parts.before.add("basis", write_value(answer.basis));
  parts.before.add("attachment_balance", write_value(answer.attachment_balance));
  for (const auto& row : answer.rows) {
    parts.rows.push_back(write_row(answer.group_by, row));
  }
  parts.total = write_row({}, answer.total);
  return parts;
}

Parts parts_of(const model::TreeAnswer& answer) {
  Parts parts{.kind = "ForceTree", .rows = write_rows(answer.nodes, write_row)};
  parts.before.add("nation", write_value(answer.nation));
  return parts;
}

Parts parts_of(const model::UnitAnswer& answer) {
  Parts parts{.kind = "Unit", .rows = write_statements(answer.statements, answer.stamps)};
  parts.before.add("unit", write_value(answer.unit));
  parts.before.add("node", write_value(answer.node));
  parts.before.add("computed", write_levels(answer.computed));
  add_if(parts.before, "reported_overall", answer.reported_overall);
  parts.before.add("effective", write_value(answer.effective));
  parts.before.add("freshness", write_value(answer.freshness));
  return parts;
}

Parts parts_of(const model::ServerInfoAnswer& answer) {
  Parts parts{.kind = "ServerInfo", .rows = write_rows(answer.nodes, write_row)};
  parts.before.add("software", write_value(answer.software));
  parts.before.add("started_at", write_value(answer.started_at));
  parts.before.add("server_time", write_value(answer.server_time));
  parts.before.add("ledger_seq", write_value(answer.ledger_seq));
  parts.before.add("tree_head", write_tree_head(answer.tree_head));
  parts.before.add("units", write_value(answer.units));
  return parts;
}

Parts parts_of(const model::LedgerTailAnswer& answer) {
  Parts parts{.kind = "LedgerTail", .rows = write_rows(answer.records, write_row)};
  parts.before.add("last_ledger_seq", write_value(answer.last_ledger_seq));
  return parts;
}

Parts parts_of_any(const model::Answer& answer) {
  return std::visit([](const auto& body) { return parts_of(body); }, answer.body);
}

/// {"total":true, …}: the mark stands first, so that a reader of lines sees at once that this is no
/// row.
Json marked(std::string_view mark, const Json& value) {
  auto object = json_object();
  object.add(mark, json_bool(true));
  object.items.insert(object.items.end(), value.items.begin(), value.items.end());
  return object;
}

Json list_of(std::vector<Json> items) {
  auto list = json_array();
  list.items = std::move(items);
  return list;
}

}  // namespace

void add_figures(Json& object, const model::Figures& figures) {
  object.add("units", write_value(figures.units));
  object.add("authorised", write_value(figures.authorised));
  object.add("assigned", write_value(figures.assigned));
  object.add("on_strength", write_value(figures.on_strength));
  object.add("present", write_value(figures.present));
  object.add("deployable", write_value(figures.deployable));
}

Json write_figures(const model::Figures& figures) {
  auto object = json_object();
  add_figures(object, figures);
  return object;
}

Json write_levels(const model::Levels& levels) {
  auto object = json_object();
  object.add("P", write_value(levels.p));
  object.add("S", write_value(levels.s));
  object.add("R", write_value(levels.r));
  object.add("T", write_value(levels.t));
  object.add("overall", write_value(levels.overall));
  object.add("partial", write_value(levels.partial));
  return object;
}

Json write_people(const model::Assurance& people) {
  auto object = json_object();
  object.add("certain", write_value(people.certain));
  object.add("likely", write_value(people.likely));
  object.add("claimed", write_value(people.claimed));
  return object;
}

std::vector<Json> write_statements(const std::vector<model::Statement>& statements,
                                   const std::vector<model::StatementStamp>& stamps) {
  std::vector<Json> rows;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    auto row = write_value(statements[i]);
    if (i < stamps.size()) {
      row.add("stamp", write_stamp(stamps[i]));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Json write_tree_head(const model::TreeHead& head) {
  auto object = json_object();
  object.add("size", write_value(head.size));
  object.add("root", write_value(head.root));
  object.add("at", write_value(head.at));
  object.add("signature", write_value(head.signature));
  return object;
}

Json write_findings(const std::vector<model::Finding>& findings) {
  auto list = json_array();
  for (const auto& finding : findings) {
    list.items.push_back(write_finding(finding));
  }
  return list;
}

std::string answer_to_json(const model::Answer& answer, int indent) {
  auto parts = parts_of_any(answer);
  auto object = json_object();
  object.add("apiVersion", json_string("muster/v1"));
  object.add("kind", json_string(parts.kind));
  object.add("header", write_header(answer.header));
  for (auto& member : parts.before.items) {
    object.items.push_back(std::move(member));
  }
  object.add("rows", list_of(std::move(parts.rows)));
  if (parts.total) {
    object.add("total", *std::move(parts.total));
  }
  for (auto& list : parts.further) {
    object.add(list.name, list_of(std::move(list.items)));
  }
  return print_json(object, indent);
}

std::string answer_to_ndjson(const model::Answer& answer) {
  auto parts = parts_of_any(answer);
  auto lines = std::move(parts.rows);
  if (parts.total) {
    lines.push_back(marked("total", *parts.total));
  }
  for (const auto& list : parts.further) {
    for (const auto& item : list.items) {
      lines.push_back(marked(list.name, item));
    }
  }
  const auto& what_if = answer.header.what_if;
  std::string text;
  for (auto& line : lines) {
    // Without a header, no line may look like what is so when it was only supposed.
    if (what_if.is_set()) {
      line.add("what_if", write_what_if(what_if));
    }
    text += print_json(line, -1) + "\n";
  }
  return text;
}

std::string findings_to_json(const std::vector<model::Finding>& findings, int indent) {
  return print_json(write_findings(findings), indent);
}

}  // namespace muster::text
