// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "nodes/secretariat/sheet.h"
#include "nodes/words/words.h"
#include "schemas/model/query.h"

/// Answers of the broker as rows and columns, and what is said above and below them.
namespace muster::secretariat {

/// What rows and columns are for.
struct Layout {
  bool is_picture = false;    ///< A table to look at: bars, and a grid where rows are cells.
  std::size_t columns = 100;  ///< Of the screen; bars are scaled to it.
  /// Tells sentences before they are wrapped; null: they stay English.
  const words::Words* words = nullptr;
};

Sheet sheet_of(const model::Answer& answer, const Layout& layout = {});

/// A further table behind the first.
struct Annex {
  std::string title;
  Sheet sheet;
};
/// What an answer says beside its rows, such as the units that are left out of those that are
/// ready: in its order, and none of them empty.
std::vector<Annex> annexes_of(const model::Answer& answer, const Layout& layout = {});

/// "As of 2026-11-20T06:00:00Z · ledger 184 · 6 of 6 nations reporting · EXERCISE - FICTIONAL
/// DATA", with a line feed. Who asked about another moment, or is answered from two, is told both:
/// "As of 2022-01-07T12:00:00Z, as known 2022-01-08T00:00:00Z".
std::string header_line(const model::AnswerHeader& header,
                        const model::Standpoint& standpoint = {});

/// What stands between the header and the table: facts of the answer that are no rows. May be
/// empty.
std::string facts_of(const model::Answer& answer);

/// The nations that are missing or stale and how many people rest on that, and whether there is
/// more than was counted; empty when there is nothing to say.
std::string caution_line(const model::AnswerHeader& header);

}  // namespace muster::secretariat
