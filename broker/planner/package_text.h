// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "broker/planner/package.h"
#include "schemas/model/result.h"

/// The question for a package and its answer as text, for a process that searches on its own: the
/// other side of a pipe may be cut off, or be something else. Not a format that is kept: both sides
/// are one build, and another version is refused.
///
/// Words and decimal numbers with one blank or line end between them, in a fixed order; "ITEMS" is
/// their count and then kind and count of each.
///
///     muster-question 1
///     goal GOAL time_ms MILLISECONDS
///     lines COUNT        then a line each: people_min people_max ITEMS
///     nations COUNT      people_max committed deployable
///     units COUNT        nation people staleness, count of places, line and ready_min of each,
///                        ITEMS
///     end
///
///     muster-package 1
///     slices COUNT       unit line people ITEMS
///     lacking COUNT      people
///     objectives COUNT   name value bound 0|1, where 1 says that it is proven
///     end
namespace muster::planner {

/// Longer texts are not read: thirty times what 10,000 units on 40 lines take.
constexpr std::size_t kTextBytesMax = 64U << 20;

/// What one search is asked: the goal and the time of `search`, and not its `is_over`.
struct Question {
  Problem problem;
  Search search;
};

std::string to_text(const Problem& problem, const Search& search);
std::string to_text(const Package& package);

/// Whether nothing more will come: the text ends as both kinds do.
bool is_whole(std::string_view text);

/// The question that best_package() may be asked: every index is in range, every place and kind
/// there once. Memory is bounded by the length of the text.
/// Errors: malformed, with the line, what was found there, and what was expected.
model::Result<Question> read_question(std::string_view text);

/// A package as it was said. Whether it is one of a problem says fault_of().
/// Errors: as of read_question().
model::Result<Package> read_package(std::string_view text);

}  // namespace muster::planner
