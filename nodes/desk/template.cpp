// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "nodes/desk/known_values.h"
#include "nodes/desk/template_parts.h"

namespace muster::desk {

using model::Result;

namespace {

constexpr std::array kKinds{std::pair{std::string_view("strength"), TemplateKind::strength},
                            std::pair{std::string_view("equipment"), TemplateKind::equipment},
                            std::pair{std::string_view("readiness"), TemplateKind::readiness},
                            std::pair{std::string_view("roster"), TemplateKind::roster},
                            std::pair{std::string_view("units"), TemplateKind::units}};

void describe_file(lxw_workbook* book, const TemplateParts& parts) {
  auto title = parts.words.tell(sheet_title(parts.request.kind));
  std::string company = parts.request.node, author = "Muster";
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.author = author.data();
  properties.company = company.data();
  workbook_set_properties(book, &properties);
}

}  // namespace

std::optional<TemplateKind> template_kind_named(std::string_view name) {
  const auto* found = std::find_if(kKinds.begin(), kKinds.end(),
                                   [&](const auto& kind) { return kind.first == name; });
  return found == kKinds.end() ? std::nullopt : std::optional(found->second);
}

std::string_view to_text(TemplateKind kind) {
  const auto* found = std::find_if(kKinds.begin(), kKinds.end(),
                                   [&](const auto& one) { return one.second == kind; });
  return found == kKinds.end() ? std::string_view() : found->first;
}

Result<void> write_template(const std::string& path, const TemplateRequest& request,
                            const ColumnBook& columns) {
  MUSTER_TRY(auto file, XlsxFile::create(path, XlsxFile::IfThere::fail, /*is_big=*/false));
  const TemplateParts parts{.request = request,
                            .book = columns,
                            .columns = columns_of(request, columns),
                            .words = words::Words::of(request.language),
                            .looks = TemplateLooks(file.book())};
  describe_file(file.book(), parts);
  auto* form = file.add_sheet(file.sheet_name(parts.words.tell(sheet_title(request.kind))));
  // By this name a reader knows that there are no figures in it, so it is in no catalogue.
  auto* guide = file.add_sheet(parts.is_russian() ? "Инструкция" : "Instructions");
  const auto lists = write_guide(guide, parts);
  write_form(file.book(), form, parts, lists);
  worksheet_activate(form);
  return file.finish();
}

std::string_view word_list_of(const Column& column) {
  return column.type == ColumnType::yes_no ? kYesNo : std::string_view(column.choices);
}

// ---- what the sheets share ----------------------------------------------------------------------

std::string_view sheet_title(TemplateKind kind) {
  switch (kind) {
    case TemplateKind::strength:
      return "Strength";
    case TemplateKind::equipment:
      return "Equipment";
    case TemplateKind::readiness:
      return "Readiness";
    case TemplateKind::roster:
      return "Roster";
    case TemplateKind::units:
      return "Units";
  }
  return {};
}

const std::string& TemplateParts::title_of(const Column& column) const {
  const auto& title = is_russian() ? column.title_ru : column.title_en;
  return title.empty() ? column.key : title;
}

const std::string& TemplateParts::help_of(const Column& column) const {
  return is_russian() ? column.help_ru : column.help_en;
}

bool TemplateParts::is_given(const Column& column) const {
  return is_unit_key(column) || (column.is_label && request.kind != TemplateKind::units);
}

bool TemplateParts::is_mandatory(const Column& column) const {
  return column.is_mandatory && (is_unit_key(column) || !is_given(column));
}

std::string TemplateParts::wanted_in(const Column& column) const {
  switch (column.type) {
    case ColumnType::unit:
      return words.tell("the code of a unit: KAZ:EX-1");
    case ColumnType::code:
      return words.tell("a code: capital letters A-Z, digits, . _ -");
    case ColumnType::count:
      return words.tell(fmt::format("a whole number from {} to {}",
                                    fmt::format("{:.0f}", column.min),
                                    fmt::format("{:.0f}", column.max)));
    case ColumnType::number:
      return words.tell(fmt::format("a number from {} to {}", column.min, column.max));
    case ColumnType::moment:
      return is_russian() ? words.tell("a day, or a day and a time in UTC: 22.11.2026 06:30")
                          : words.tell("a day, or a day and a time in UTC: 2026-11-22 06:30");
    case ColumnType::choice:
      return words.tell("one word of the list");
    case ColumnType::choices:
      return words.tell("one code or several, separated by spaces");
    case ColumnType::yes_no:
      return words.tell("yes or no");
    case ColumnType::qualifications:
      return words.tell("codes separated by commas, each with its last day if it has one");
    case ColumnType::metrics:
      return words.tell("measures, each on a line of the cell: patrols a day: 12");
    case ColumnType::sealed:
      return words.tell("what a program wrote there, and nothing else");
    case ColumnType::person:
    case ColumnType::uuid:
      return words.tell("32 hexadecimal digits, or a UUID");
    case ColumnType::text:
    case ColumnType::private_:
      break;
  }
  return column.max > 0 ? words.tell(fmt::format("a text of at most {} characters", column.max))
                        : words.tell("a text");
}

void write_banner(lxw_worksheet* sheet, lxw_row_t row, std::size_t columns,
                  const TemplateParts& parts) {
  for (std::size_t column = 1; column < columns; ++column) {
    worksheet_write_blank(sheet, row, static_cast<lxw_col_t>(column), parts.looks.banner);
  }
  worksheet_write_string(sheet, row, 0, parts.words.tell("EXERCISE – fictional data").c_str(),
                         parts.looks.banner);
}

namespace {

lxw_format* bordered(lxw_workbook* book) {
  auto* format = workbook_add_format(book);
  format_set_text_wrap(format);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  format_set_border(format, LXW_BORDER_THIN);
  format_set_border_color(format, 0xBFBFBF);
  return format;
}

lxw_format* heading(lxw_workbook* book, lxw_color_t ground, lxw_color_t ink) {
  auto* format = bordered(book);
  format_set_align(format, LXW_ALIGN_CENTER);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_bg_color(format, ground);
  format_set_font_color(format, ink);
  return format;
}

}  // namespace

TemplateLooks::TemplateLooks(lxw_workbook* book)
    : title(workbook_add_format(book)),
      banner(workbook_add_format(book)),
      text(workbook_add_format(book)),
      strong(workbook_add_format(book)),
      mandatory(heading(book, 0x1F4E79, LXW_COLOR_WHITE)),
      optional(heading(book, 0xDDEBF7, 0x1F1F1F)),
      cell(bordered(book)),
      cell_strong(bordered(book)) {
  format_set_bold(title);
  format_set_font_size(title, 14);
  format_set_bold(banner);
  format_set_bg_color(banner, 0xFFD966);
  format_set_text_wrap(text);
  format_set_align(text, LXW_ALIGN_VERTICAL_TOP);
  format_set_bold(strong);
  format_set_font_size(strong, 12);
  format_set_bold(mandatory);
  format_set_bold(cell_strong);
}

}  // namespace muster::desk
