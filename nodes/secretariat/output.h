// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "nodes/secretariat/answer_sheet.h"
#include "nodes/secretariat/arguments.h"
#include "nodes/secretariat/doors.h"
#include "nodes/secretariat/sheet.h"
#include "nodes/words/words.h"
#include "schemas/text/json_tree.h"

/// The one way in which commands speak.
namespace muster::secretariat {

class Output {
 public:
  Output(const Surroundings& around, const Common& common);

  /// An answer of the broker, in the chosen format. What a table says above and below itself goes
  /// to stderr when the format has no place for it (csv, ndjson). `standpoint` is what was asked. A
  /// what-if is marked in every format: a first line, a member of the header, of each line of
  /// ndjson, and a last column of csv.
  void answer(const model::Answer& answer, const model::Standpoint& standpoint = {}) const;

  /// Rows that did not come from the broker; `json` is one row each, in the same order.
  /// -o json prints {"apiVersion","kind","rows"}.
  void rows(std::string_view kind, const Sheet& sheet, std::vector<text::Json> json) const;

  /// The rows as a table for people, to be shown among other lines.
  [[nodiscard]] std::string table(const Sheet& sheet) const;

  /// Text for stdout, whatever the format.
  void data(std::string_view text) const;
  /// Text for stderr as it is; silent with -q.
  void note(std::string_view text) const;
  /// "muster: warning: …"; silent with -q.
  void warn(std::string_view message) const;
  /// "muster: " and the message: what failed: which object - why - what to do next.
  void error(std::string_view message) const;
  /// Likewise, of a message that is in the language of the reader already.
  void told_error(std::string_view message) const;
  /// A line that belongs to an error above it; a line feed is added. Not silent with -q.
  void detail(std::string_view line) const;

  /// What of this program is for people, in their language: --lang, else what speak() was told,
  /// else the environment's. The functions above have done it for what they are given; data() not.
  [[nodiscard]] std::string tell(std::string_view english) const { return words_->tell(english); }
  [[nodiscard]] const words::Words& words() const { return *words_; }
  /// The language of the configuration, once it is read; an empty one changes nothing. Not while
  /// another thread speaks.
  void speak(std::string_view configured) const;

  [[nodiscard]] Format format() const { return common_.format; }
  [[nodiscard]] const Surroundings& around() const { return around_; }
  [[nodiscard]] const Common& common() const { return common_; }

 private:
  [[nodiscard]] Layout fitted(const model::Answer& answer, Layout layout) const;
  [[nodiscard]] std::string annexes_text(const model::Answer& answer, const Layout& layout) const;

  const Surroundings& around_;
  const Common& common_;
  TableStyle style_;
  mutable const words::Words* words_;  // Of speak(): commands hold a constant Output.
};

/// Prints the error and gives its exit code: "cannot publish: a.json - why - what to do next".
ExitCode report_error(const Output& output, std::string_view what, std::string_view object,
                      const model::Error& error, Stage stage);

/// --color, then NO_COLOR and CLICOLOR_FORCE, then whether stdout is a terminal that has colours.
bool wants_colour(const Surroundings& around, ColourChoice choice);

/// {"apiVersion":"muster/v1","kind":kind}: how every JSON document of this program begins.
text::Json json_document(std::string_view kind);

}  // namespace muster::secretariat
