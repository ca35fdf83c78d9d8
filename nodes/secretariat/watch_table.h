// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nodes/secretariat/sheet.h"
#include "nodes/words/words.h"
#include "schemas/model/feed.h"

namespace muster::secretariat {

/// What stands before a row for some seconds.
enum class RowMark : std::uint8_t { none, changed, added };

struct WatchRow {
  const model::FeedUnit* unit = nullptr;
  RowMark mark = RowMark::none;
};

/// The rows of `muster watch` as a title and a line each, no wider than `columns`: what matters
/// least is left out of a narrow screen, and names are shortened.
std::vector<std::string> watch_table(const std::vector<WatchRow>& rows, model::UtcTime now,
                                     std::size_t columns, TableStyle style,
                                     const words::Words& words);

/// How long ago, in the unit that says enough: "12 min", "5 h", "3 d".
std::string age_words(model::UtcTime then, model::UtcTime now);

}  // namespace muster::secretariat
