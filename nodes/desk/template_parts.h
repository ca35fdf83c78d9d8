// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "nodes/desk/columns.h"
#include "nodes/desk/template.h"
#include "nodes/desk/xlsx_file.h"
#include "nodes/words/words.h"

/// What the two sheets of a template share. Internal to this folder.
namespace muster::desk {

/// How the cells of a template look.
struct TemplateLooks {
  explicit TemplateLooks(lxw_workbook* book);

  lxw_format *title, *banner, *text, *strong;
  lxw_format *mandatory, *optional;  ///< Headings.
  lxw_format *cell, *cell_strong;    ///< Of the tables of the instructions.
};

/// A template that is being written.
struct TemplateParts {
  const TemplateRequest& request;
  const ColumnBook& book;
  std::vector<const Column*> columns;
  const words::Words& words;
  TemplateLooks looks;

  [[nodiscard]] bool is_russian() const { return words.language() == words::Language::russian; }
  [[nodiscard]] const std::string& title_of(const Column& column) const;
  [[nodiscard]] const std::string& help_of(const Column& column) const;
  /// Whether its cells must be filled in. A name that only helps the reader need not be.
  [[nodiscard]] bool is_mandatory(const Column& column) const;
  /// Whether what stands in it is not for this form to change: which unit it is, and its name.
  [[nodiscard]] bool is_given(const Column& column) const;
  /// What to write into a cell of the column, in the language of the template.
  [[nodiscard]] std::string wanted_in(const Column& column) const;
};

/// Words of a code list that a drop-down list shows, and the cells of the instructions that hold
/// them.
struct WordList {
  std::vector<std::string> words;
  std::string range;  ///< "='Instructions'!$A$30:$A$41".
};
using WordLists = std::map<std::string, WordList, std::less<>>;  // By the name of the code list.

/// The list of a column of the type yes_no.
inline constexpr std::string_view kYesNo = "YesNo";
/// Name of the code list of which a column's values are; empty when they are of none.
std::string_view word_list_of(const Column& column);

/// "Strength", in English.
std::string_view sheet_title(TemplateKind kind);

/// Writes the instructions: what to do, the columns, the words of the code lists.
WordLists write_guide(lxw_worksheet* sheet, const TemplateParts& parts);

/// Writes the sheet that is to be filled in.
void write_form(lxw_workbook* book, lxw_worksheet* sheet, const TemplateParts& parts,
                const WordLists& lists);

/// Says that all data are fictional, across `columns` columns of row `row`.
void write_banner(lxw_worksheet* sheet, lxw_row_t row, std::size_t columns,
                  const TemplateParts& parts);

}  // namespace muster::desk
