// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/output.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "nodes/secretariat/answer_sheet.h"
#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/told.h"
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

/// Yellow where there is colour, in any language.
std::string told_what_if(const model::WhatIf& what_if, const words::Words& words, bool colour) {
  const auto line = words.tell(what_if_line(what_if, false));
  return colour && !line.empty()
             ? fmt::format("\033[33m{}\033[0m\n", line.substr(0, line.size() - 1))
             : line;
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
      style_{.wide = common.format == Format::wide, .colour = wants_colour(around, common.colour)},
      words_(&words::Words::of(words::language_of(common.language, around.environment))) {}

void Output::speak(std::string_view configured) const {
  if (common_.language.empty() && !configured.empty()) {
    words_ = &words::Words::of(words::language_of(configured, around_.environment));
  }
}

/// A picture takes the place that titles leave: longer words leave less.
Layout Output::fitted(const model::Answer& answer, Layout layout) const {
  if (!layout.is_picture || words_->language() == words::Language::english) {
    return layout;
  }
  std::size_t more = 0;
  const auto measure = [&](const Sheet& sheet) {
    const auto wider = width_of(told(sheet, *words_));
    more = std::max(more, wider - std::min(wider, width_of(sheet)));
  };
  measure(sheet_of(answer, layout));
  for (const auto& annex : annexes_of(answer, layout)) {
    measure(annex.sheet);
  }
  layout.columns -= std::min(layout.columns, more);
  return layout;
}

std::string Output::annexes_text(const model::Answer& answer, const Layout& layout) const {
  std::string text;
  for (const auto& annex : annexes_of(answer, layout)) {
    text += "\n" + tell(annex.title) + "\n" + table(annex.sheet);
  }
  return text;
}

void Output::answer(const model::Answer& answer, const model::Standpoint& standpoint) const {
  const auto& what_if = answer.header.what_if;
  const auto header = tell(header_line(answer.header, standpoint));
  const auto caution = tell(caution_line(answer.header));
  const auto layout = fitted(
      answer,
      {.is_picture = common_.format == Format::table, .columns = around_.columns, .words = words_});
  switch (common_.format) {
    case Format::table:
      data(told_what_if(what_if, *words_, style_.colour) +
           folded(header + tell(facts_of(answer)), kScreen) + table(sheet_of(answer, layout)) +
           annexes_text(answer, layout) + folded(caution, kScreen));
      return;
    case Format::wide:
      data(told_what_if(what_if, *words_, style_.colour) + header + tell(facts_of(answer)) +
           table(sheet_of(answer, layout)) + annexes_text(answer, layout) + caution);
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
  note(told_what_if(what_if, *words_, false) + header + caution);
}

void Output::rows(std::string_view kind, const Sheet& sheet, std::vector<text::Json> json) const {
  switch (common_.format) {
    case Format::table:
    case Format::wide:
      return data(table(sheet));
    case Format::json:
    case Format::ndjson:
      return data(print_rows(common_.format, kind, std::move(json)));
    case Format::csv:
      return data(render_csv(sheet));
  }
}

std::string Output::table(const Sheet& sheet) const {
  return render_table(told(sheet, *words_), style_);
}

void Output::data(std::string_view text) const { around_.out << text << std::flush; }

void Output::note(std::string_view text) const {
  if (!common_.quiet) {
    around_.err << tell(text) << std::flush;
  }
}

void Output::warn(std::string_view message) const {
  note(fmt::format("muster: warning: {}\n", message));
}

void Output::error(std::string_view message) const { told_error(tell(message)); }

void Output::told_error(std::string_view message) const {
  around_.err << "muster: " << message << "\n" << std::flush;
}

void Output::detail(std::string_view line) const {
  around_.err << tell(line) << "\n" << std::flush;
}

ExitCode report_error(const Output& output, std::string_view what, std::string_view object,
                      const model::Error& error, Stage stage) {
  const auto next = next_step(error.code, stage);
  // Told part by part: each is a text of its own, of any length.
  const auto* dash = output.words().language() == words::Language::russian ? " — " : " - ";
  output.told_error(fmt::format("{}: {}{}{}{}{}", output.tell(what), output.tell(object), dash,
                                output.tell(error.message), next.empty() ? "" : dash,
                                output.tell(next)));
  return exit_code_of(error.code, stage);
}

}  // namespace muster::secretariat
