// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "schemas/model/result.h"

/// The columns of a return, and the headings by which they are known: columns.toml, one data file,
/// built into the programs, beside which a ministry may keep its own (DESK.md).
namespace muster::desk {

/// What a cell of the column is.
enum class ColumnType : std::uint8_t {
  unit,  ///< "KAZ:EX-1", or the code alone when the nation is known.
  text,
  code,     ///< [A-Z0-9._-]{1,32}.
  count,    ///< A whole number from `min` to `max`.
  number,   ///< With a fraction, from `min` to `max`.
  moment,   ///< A day or a moment; a day alone is its beginning in UTC.
  choice,   ///< A name of a code list, or its word in a language of the file.
  choices,  ///< Several, separated by spaces, commas or semicolons.
  qualifications,  ///< Codes, each with the day until which it counts, if there is one.
  metrics,         ///< "patrols a day: 12", a line each.
  yes_no,
  person,    ///< person_ref as 32 hexadecimal digits or a UUID.
  uuid,      ///< Likewise, of a unit.
  sealed,    ///< Bytes in base64.
  private_,  ///< Known and never read: names, days of birth, documents.
};

/// One column of one kind of return.
struct Column {
  std::string key;  ///< "present": the heading of DOMAIN.md §10.
  /// Path in its statement: "present", "home.lat"; "holdings[].fmc" of the entry that the row
  /// makes; "absences[LEAVE].count" of the entry with that key, "cells[OFFICER,M].present" of that
  /// with both; "capabilities[0].type" of a place. Where a list has columns of the second or third
  /// kind, "relations[]" makes the entries that these do not speak of.
  std::string field;
  std::string statement;  ///< "Strength"; empty for the report's own (`valid_at`).
  ColumnType type = ColumnType::text;
  double min = 0, max = 0;    ///< Of numbers; `max` of texts is their code points, 0 for any.
  bool is_mandatory = false;  ///< Where its statement, or its entry of a list, is spoken of at all.
  bool is_label = false;      ///< For the reader: makes no statement where it stands alone.
  bool is_hashed = false;     ///< A service number, which becomes a person_ref under the key.
  bool identifies = false;    ///< No two entries of a unit's list have the same.
  bool keeps_lines = false;   ///< A text of several lines.
  bool is_rare = false;       ///< In templates only where a unit has such a value.
  std::vector<std::string> with;       ///< Keys of columns that must be filled when this one is.
  std::string choices;                 ///< Name of the code list: "Echelon"; empty takes any code.
  std::string title_en, title_ru;      ///< Headings of templates.
  std::string help_en, help_ru;        ///< A note for who fills it in.
  std::vector<std::string> aliases;    ///< Headings met in real files, any language and case.
  std::vector<std::string> templates;  ///< Kinds of template that have it: "strength", "units", …
};

/// A word that files use for a code: "рота" for COMPANY.
struct ChoiceWord {
  std::string list, code;
  std::string title_en, title_ru;  ///< What drop-down lists show.
  std::vector<std::string> aliases;
};

/// Columns and words, built in and the ministry's.
class ColumnBook {
 public:
  /// `own_toml` adds aliases: [columns] present = ["В строю"], [words.Echelon] COMPANY = ["рота"];
  /// empty for none. Thread rule: any thread.
  /// Errors: configuration, naming file, line and column: a key that is unknown, an alias that
  /// already means another column.
  static model::Result<ColumnBook> load(std::string_view own_toml, std::string_view own_path);

  [[nodiscard]] std::span<const Column> columns() const { return columns_; }
  /// The column that a heading means, or null. Case, spaces, line breaks, «ё» and dots do not
  /// matter; keys are headings too. What stands in brackets behind does unless it is a qualifier:
  /// "Present (people)" is Present, "Present (officers)" is not.
  [[nodiscard]] const Column* find(std::string_view heading) const;
  /// The column that a heading would mean without what stands in brackets behind; null also when
  /// nothing does.
  [[nodiscard]] const Column* find_without_brackets(std::string_view heading) const;
  [[nodiscard]] std::span<const ChoiceWord> words() const { return words_; }
  /// The code of `list` that a word means: its name, a title or an alias. Empty when none does.
  [[nodiscard]] std::string_view code_of(std::string_view list, std::string_view word) const;
  /// Columns of one kind of template, in the order of the file.
  [[nodiscard]] std::vector<const Column*> of_template(std::string_view kind) const;
  /// The column of that key, or null.
  [[nodiscard]] const Column* with_key(std::string_view key) const;
  /// The heading nearest to one that is not known, as a template in its alphabet
  /// has it; empty when none is near.
  [[nodiscard]] std::string nearest_heading(std::string_view heading) const;
  /// "COMPANY, BATTALION, …": the codes of a list, in the order of the file.
  [[nodiscard]] std::string codes_of(std::string_view list) const;
  /// The word nearest to one that is not known in `list`; empty when none is near.
  [[nodiscard]] std::string nearest_word(std::string_view list, std::string_view word) const;

 private:
  friend class ColumnFile;  // Fills it from the text of a file (column_file.cpp).

  [[nodiscard]] bool is_qualifier(std::string_view words) const;

  std::vector<Column> columns_;
  std::vector<ChoiceWord> words_;
  std::unordered_map<std::string, std::size_t> headings_;  // By heading_key(): a column.
  std::unordered_set<std::string> qualifiers_;             // By heading_key().
  std::unordered_map<std::string, std::size_t> codes_;     // By list and word_key(): a word.
};

}  // namespace muster::desk
