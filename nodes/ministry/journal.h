// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nodes/ministry/files.h"
#include "schemas/model/result.h"

namespace muster::ministry {

/// What is under way with one claimed file, kept beside it in work/ as NAME.journal, so that a
/// process that is killed at any point is followed by one that knows what was done.
struct Journal {
  /// Stored by name.
  enum class Stage : std::uint8_t {
    pushing,  ///< The outbox is about to take the report as `seq`, or has taken it.
    settled,  ///< What becomes of the file is decided: carry out the rest, again if need be.
  };
  struct Writing {
    std::string path;  ///< From the drop folder on.
    std::string text;
    friend bool operator==(const Writing&, const Writing&) = default;
  };

  std::string name;  ///< Of the file in work/.
  Stage stage = Stage::pushing;
  std::uint64_t seq = 0;  ///< 0 when it was never pushed.
  std::string sha256;     ///< Of the file.
  // From here on only when settled.
  std::string move_to;            ///< From the drop folder on.
  std::vector<Writing> writings;  ///< Receipt or findings.
  std::string remember;           ///< Report that this content became; empty for a refused one.
  friend bool operator==(const Journal&, const Journal&) = default;
};

std::string to_json(const Journal& journal);
/// Errors: corrupt, naming what was found.
model::Result<Journal> journal_from_json(std::string_view text);

}  // namespace muster::ministry
