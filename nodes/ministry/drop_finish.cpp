// SPDX-License-Identifier: Apache-2.0
// Carrying out what was settled. Each step may have been done before.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "nodes/ministry/drop_folder.h"
#include "nodes/ministry/drop_names.h"
#include "nodes/ministry/drop_places.h"

namespace muster::ministry {

using model::Result;

Result<void> DropFolder::finish(const Journal& journal) {
  MUSTER_CHECK(make_folder((folder_ / journal.move_to).parent_path()));
  for (const auto& writing : journal.writings) {
    MUSTER_CHECK(write_file(folder_ / writing.path, writing.text));
  }
  MUSTER_CHECK(move_away(journal));
  at(Step::moved);
  MUSTER_CHECK(remember(journal));
  at(Step::remembered);
  // The verdicts go first: without their journal a namesake could take them for its own.
  MUSTER_CHECK(remove_files({verdicts_path(journal.name), journal_path(journal.name)}));
  count(journal);
  return {};
}

/// The papers first, so that a file that stands in its place has them.
Result<void> DropFolder::move_away(const Journal& journal) {
  std::vector<std::pair<Path, Path>> moves;
  const auto add = [&](const Path& from, const Path& to) {
    const bool is_lost = is_gone(from) && is_gone(to);
    if (!is_lost) {
      moves.emplace_back(from, to);
    }
    return !is_lost;
  };
  for (const auto& end : journal.papers) {
    add(paper_path(journal.name, end), folder_ / (journal.move_to + end));
  }
  if (!add(work_ / journal.name, folder_ / journal.move_to)) {
    // Somebody took it away; what became of it is true without it.
    log(fmt::format("event=gone file={} at={}", log_value(journal.name),
                    log_path(journal.move_to)));
  }
  return move_files(moves);
}

Result<void> DropFolder::remember(const Journal& journal) {
  if (journal.remember.empty() || known_reports(journal.sha256) != nullptr) {
    return {};
  }
  MUSTER_CHECK(append_line(folder_ / kRemembered, journal.sha256 + " " + journal.remember));
  remembered_[journal.sha256] = journal.remember;
  return {};
}

void DropFolder::count(const Journal& journal) {
  const auto has = [&](std::string_view end) {
    return std::find(journal.papers.begin(), journal.papers.end(), end) != journal.papers.end();
  };
  const bool is_rejected = journal.move_to.starts_with("rejected/");
  if (is_rejected) {
    ++counts_.rejected;
    counts_.last_problem = fmt::format("{} was rejected: read {}.findings.txt",
                                       printable(journal.name), journal.move_to);
  } else {
    ++(journal.first_seq == 0 ? counts_.duplicates : counts_.processed);
  }
  if (has(".receipt.json")) {
    counts_.last_receipt = journal.move_to + ".receipt.json";
  }
}

void DropFolder::retry_unfinished() {
  std::erase_if(unfinished_,
                [this](const Journal& journal) { return note(save_and_finish(journal)); });
}

std::string DropFolder::free_name(const std::string& folder, const Journal& journal) const {
  const Path plain = printable(journal.name);
  const auto stem = plain.stem().string();
  auto extension = plain.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  const auto is_free = [this](const std::string& name) {
    const auto is_owed = [&](const Journal& other) {
      return name == other.move_to ||
             std::any_of(other.papers.begin(), other.papers.end(),
                         [&](const std::string& end) { return name == other.move_to + end; });
    };
    return !is_taken(folder_ / name) &&
           std::none_of(unfinished_.begin(), unfinished_.end(), is_owed);
  };
  for (int i = 1;; ++i) {
    const auto number = i == 1 ? std::string() : fmt::format(".{}", i);
    const auto name = fmt::format("{}/{}{}{}", folder, stem, number, extension);
    if (is_free(name) && std::all_of(journal.papers.begin(), journal.papers.end(),
                                     [&](const std::string& end) { return is_free(name + end); })) {
      return name;
    }
  }
}

}  // namespace muster::ministry
