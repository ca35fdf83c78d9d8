// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/orbat_sheets.h"

#include <fmt/format.h>

#include "nodes/secretariat/words.h"
#include "schemas/text/writer.h"

namespace muster::secretariat {
namespace {

using desk::ImportFinding;
using text::Json;

constexpr std::size_t kFindingsShown = 500;  // On a screen; JSON and CSV have all.

std::string_view severity_name(ImportFinding::Severity severity) {
  switch (severity) {
    case ImportFinding::Severity::error:
      return "ERROR";
    case ImportFinding::Severity::warning:
      return "WARNING";
    case ImportFinding::Severity::note:
      return "NOTE";
  }
  return "NOTE";
}

Tone tone_of(ImportFinding::Severity severity) {
  switch (severity) {
    case ImportFinding::Severity::error:
      return Tone::bad;
    case ImportFinding::Severity::warning:
      return Tone::warning;
    case ImportFinding::Severity::note:
      return Tone::plain;
  }
  return Tone::plain;
}

/// The end of a long text, which tells a place better than its beginning; whole characters.
std::string tail_of(const std::string& text, std::size_t most) {
  if (text.size() <= most) {
    return text;
  }
  auto from = text.size() - most;
  while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xc0U) == 0x80U) {
    ++from;
  }
  return "…" + text.substr(from);
}

Cell brief_cell(const std::string& text) {
  constexpr std::size_t kBrief = 24;
  auto made = cell(text);
  made.brief = tail_of(made.shown, kBrief);
  return made;
}

Row row_of(const ImportFinding& finding) {
  auto severity = cell(std::string(severity_name(finding.severity)));
  severity.tone = tone_of(finding.severity);
  return {{cell(finding.code), severity, brief_cell(finding.where), brief_cell(finding.handle),
           brief_cell(finding.value), cell(finding.done)},
          {}};
}

Json finding_json(const ImportFinding& finding) {
  auto json = text::json_object();
  json.add("code", text::json_string(finding.code));
  json.add("severity", text::json_string(severity_name(finding.severity)));
  json.add("where", text::json_string(finding.where));
  json.add("handle", text::json_string(finding.handle));
  json.add("value", text::json_string(finding.value));
  json.add("done", text::json_string(finding.done));
  return json;
}

Json side_json(const desk::ImportSide& side) {
  auto json = text::json_object();
  json.add("name", text::json_string(side.name));
  json.add("handle", text::json_string(side.handle));
  json.add("units", text::json_number(std::uint64_t{side.units}));
  json.add("taken", text::json_bool(side.is_taken));
  return json;
}

void add_summary(Json& json, const ImportCommand& command, model::Nation nation,
                 const desk::ImportDraft& draft) {
  const auto add_count = [&](std::string_view name, std::uint64_t count) {
    json.add(name, text::json_number(count));
  };
  json.add("file", text::json_string(command.file));
  json.add("format", text::json_string(to_text(command.format)));
  json.add("nation", text::json_string(nation.view()));
  if (draft.valid_at) {
    json.add("valid_at", text::write_value(*draft.valid_at));
  }
  add_count("reports", draft.reports.size());
  add_count("units", draft.units);
  add_count("units_skipped", draft.units_skipped);
  add_count("equipment_items", draft.equipment_items);
  add_count("others", draft.others);
  auto sides = text::json_array();
  for (const auto& side : draft.sides) {
    sides.items.push_back(side_json(side));
  }
  json.add("sides", std::move(sides));
  auto counts = text::json_object();
  for (const auto& [code, count] : draft.counts()) {
    counts.add(code, text::json_number(std::uint64_t{count}));
  }
  json.add("counts", std::move(counts));
}

std::string summary_lines(const Output& output, const ImportCommand& command, model::Nation nation,
                          const desk::ImportDraft& draft) {
  auto lines = output.tell(
      draft.valid_at ? fmt::format("{}: units of {}: {}, true at {}; nothing is published\n",
                                   command.file, nation.view(), draft.units,
                                   model::format_time(*draft.valid_at))
                     : fmt::format("{}: units of {}: {}, without a moment at which it was true; "
                                   "nothing is published\n",
                                   command.file, nation.view(), draft.units));
  for (const auto& side : draft.sides) {
    lines +=
        side.is_taken
            ? output.tell(fmt::format("side '{}': units: {}, taken\n", side.name, side.units))
            : output.tell(fmt::format("side '{}': units: {}, skipped\n", side.name, side.units));
  }
  lines += output.tell(
      fmt::format("reports: {}; items that are no units: {}; graphics and others not read: {}\n",
                  draft.reports.size(), draft.equipment_items, draft.others));
  return lines;
}

std::string count_lines(const desk::ImportDraft& draft) {
  std::string line;
  for (const auto& [code, count] : draft.counts()) {
    line += fmt::format("{}{} {}", line.empty() ? "" : " · ", code, count);
  }
  constexpr std::size_t kScreen = 100;
  return line.empty() ? line : folded(line + "\n", kScreen);
}

}  // namespace

Sheet findings_sheet(const std::vector<ImportFinding>& findings) {
  Sheet sheet;
  sheet.columns = {{"code", "CODE"},   {"severity", "SEVERITY"},
                   {"where", "WHERE"}, {"handle", "HANDLE", false, Seen::wide},
                   {"value", "VALUE"}, {"done", "DONE"}};
  sheet.when_empty = "nothing is odd about it";
  for (const auto& finding : findings) {
    sheet.rows.push_back(row_of(finding));
  }
  return sheet;
}

Json import_json(const ImportCommand& command, model::Nation nation,
                 const desk::ImportDraft& draft) {
  auto json = json_document("OrderOfBattleImport");
  add_summary(json, command, nation, draft);
  auto findings = text::json_array();
  for (const auto& finding : draft.findings) {
    findings.items.push_back(finding_json(finding));
  }
  json.add("findings", std::move(findings));
  return json;
}

void print_import(const Output& output, const ImportCommand& command, model::Nation nation,
                  const desk::ImportDraft& draft) {
  constexpr std::string_view kKind = "OrderOfBattleImport";
  constexpr int kIndent = 2;
  constexpr int kOneLine = -1;
  std::vector<Json> rows;
  for (const auto& finding : draft.findings) {
    rows.push_back(finding_json(finding));
  }
  switch (output.format()) {
    case Format::json:
      return output.data(text::print_json(import_json(command, nation, draft), kIndent) + "\n");
    case Format::ndjson: {
      auto total = text::json_object();
      total.add("total", text::json_bool(true));
      add_summary(total, command, nation, draft);
      output.rows(kKind, {}, std::move(rows));
      return output.data(text::print_json(total, kOneLine) + "\n");
    }
    case Format::csv:
      output.rows(kKind, findings_sheet(draft.findings), std::move(rows));
      return output.note(summary_lines(output, command, nation, draft) + count_lines(draft));
    case Format::table:
    case Format::wide:
      break;
  }
  output.data(summary_lines(output, command, nation, draft));
  auto shown = draft.findings;
  shown.resize(std::min(shown.size(), kFindingsShown));
  output.rows(kKind, findings_sheet(shown), std::move(rows));
  if (shown.size() < draft.findings.size()) {
    output.note(fmt::format("{} of {} findings are shown: -o csv has all\n", shown.size(),
                            draft.findings.size()));
  }
  output.data(count_lines(draft));
}

}  // namespace muster::secretariat
