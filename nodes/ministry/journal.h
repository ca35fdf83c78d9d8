// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nodes/client/publisher.h"
#include "nodes/ministry/files.h"
#include "schemas/model/result.h"

namespace muster::ministry {

/// What is under way with one claimed file, kept beside it in work/ as NAME.journal, so that a
/// process that is killed at any point is followed by one that knows what was done.
struct Journal {
  /// Stored by name.
  enum class Stage : std::uint8_t {
    pushing,  ///< The outbox is about to take first_seq..last_seq, all or none, or has taken them.
    settled,  ///< What becomes of the file is decided: carry out the rest, again if need be.
  };
  /// A paper that a journal of an earlier version holds whole.
  struct Writing {
    std::string path;  ///< From the drop folder on.
    std::string text;
    friend bool operator==(const Writing&, const Writing&) = default;
  };

  std::string name;  ///< Of the file in work/.
  Stage stage = Stage::pushing;
  /// The reports that the file became; 0 when it was never pushed. A journal of an earlier version
  /// names one seq, which is both.
  std::uint64_t first_seq = 0, last_seq = 0;
  std::string sha256;                        ///< Of the file.
  std::uint32_t rows = 0, rows_refused = 0;  ///< Of a file of rows.
  // From here on only when settled.
  std::string move_to;              ///< From the drop folder on.
  std::vector<std::string> papers;  ///< Ends of their names, ".receipt.json": they wait in work/.
  std::vector<Writing> writings;
  std::string remember;  ///< Reports that this content became; empty for a refused one.

  [[nodiscard]] std::uint64_t count() const {
    return first_seq == 0 ? 0 : last_seq - first_seq + 1;
  }
  friend bool operator==(const Journal&, const Journal&) = default;
};

std::string to_json(const Journal& journal);
/// Errors: corrupt, naming what was found.
model::Result<Journal> journal_from_json(std::string_view text);

/// What the broker said of one report, as a line of work/NAME.verdicts: kept before the outbox
/// forgets the report, because the broker says it once.
std::string to_line(const client::Acknowledged& acknowledged);
/// The lines of `text` that speak of `journal`'s reports, the first of each: what is told again
/// after a crash may know less. A line that was cut short counts for nothing.
std::vector<client::Acknowledged> verdicts_from_lines(std::string_view text, const Journal& journal,
                                                      const model::NodeId& node);

/// "KAZ/mod#3", or "KAZ/mod#3..5" of several.
std::string range_text(const model::NodeId& node, std::uint64_t first_seq, std::uint64_t last_seq);

}  // namespace muster::ministry
