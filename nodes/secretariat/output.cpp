// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/output.h"

#include <fmt/format.h>

#include <utility>

#include "nodes/secretariat/answer_sheet.h"
#include "nodes/secretariat/what_if_words.h"
#include "nodes/secretariat/words.h"
#include "schemas/text/answer_json.h"

namespace muster::secretariat {
namespace {

constexpr int kIndent = 2;
constexpr int kOneLine = -1;
constexpr std::size_t kScreen = 100;  // Columns.

std::string print_rows(Format format, std::string_view kind, std::vector<text::Json> rows) {
  if (format == Format::ndjson) {
    std::string lines;
    for (const auto& row : rows) {
      lines += text::print_json(row, kOneLine) + "\n";
    }
    return lines;
  }
  auto document = json_document(kind);
  auto list = text::json_array();
  list.items = std::move(rows);
  document.add("rows", std::move(list));
  return text::print_json(document, kIndent) + "\n";
}

std::string annexes_text(const model::Answer& answer, const Layout& layout, TableStyle style) {
  std::string text;
  for (const auto& annex : annexes_of(answer, layout)) {
    text += "\n" + annex.title + "\n" + render_table(annex.sheet, style);
  }
  return text;
}

}  // namespace

bool wants_colour(const Surroundings& around, ColourChoice choice) {
  if (choice != ColourChoice::automatic) {
    return choice == ColourChoice::always;
  }
  if (around.environment("NO_COLOR")) {
    return false;
  }
  if (around.environment("CLICOLOR_FORCE").value_or("0") != "0") {
    return true;
  }
  return around.out_is_terminal && around.environment("TERM").value_or("dumb") != "dumb";
}

text::Json json_document(std::string_view kind) {
  auto document = text::json_object();
  document.add("apiVersion", text::json_string("muster/v1"));
  document.add("kind", text::json_string(kind));
  return document;
}

Output::Output(const Surroundings& around, const Common& common)
    : around_(around),
      common_(common),
      style_{.wide = common.format == Format::wide, .colour = wants_colour(around, common.colour)} {
}

void Output::answer(const model::Answer& answer, const model::Standpoint& standpoint) const {
  const auto& what_if = answer.header.what_if;
  const auto header = header_line(answer.header, standpoint);
  const Layout layout{.is_picture = common_.format == Format::table, .columns = around_.columns};
  switch (common_.format) {
    case Format::table:
      data(what_if_line(what_if, style_.colour) + folded(header + facts_of(answer), kScreen) +
           render_table(sheet_of(answer, layout), style_) + annexes_text(answer, layout, style_) +
           folded(caution_line(answer.header), kScreen));
      return;
    case Format::wide:
      data(what_if_line(what_if, style_.colour) + header + facts_of(answer) +
           render_table(sheet_of(answer, layout), style_) + annexes_text(answer, layout, style_) +
           caution_line(answer.header));
      return;
    case Format::json:
      data(text::answer_to_json(answer) + "\n");
      return;
    case Format::ndjson:
      data(text::answer_to_ndjson(answer));
      break;
    case Format::csv:
      data(render_csv(with_what_if(sheet_of(answer, layout), what_if)));
      break;
  }
  note(what_if_line(what_if, false) + header + caution_line(answer.header));
}

void Output::rows(std::string_view kind, const Sheet& sheet, std::vector<text::Json> json) const {
  switch (common_.format) {
    case Format::table:
    case Format::wide:
      return data(render_table(sheet, style_));
    case Format::json:
    case Format::ndjson:
      return data(print_rows(common_.format, kind, std::move(json)));
    case Format::csv:
      return data(render_csv(sheet));
  }
}

void Output::data(std::string_view text) const { around_.out << text << std::flush; }

void Output::note(std::string_view text) const {
  if (!common_.quiet) {
    around_.err << text << std::flush;
  }
}

void Output::warn(std::string_view message) const {
  note(fmt::format("muster: warning: {}\n", message));
}

void Output::error(std::string_view message) const {
  around_.err << "muster: " << message << "\n" << std::flush;
}

ExitCode report_error(const Output& output, std::string_view what, std::string_view object,
                      const model::Error& error, Stage stage) {
  const auto next = next_step(error.code, stage);
  output.error(
      fmt::format("{}: {} - {}{}{}", what, object, error.message, next.empty() ? "" : " - ", next));
  return exit_code_of(error.code, stage);
}

}  // namespace muster::secretariat
