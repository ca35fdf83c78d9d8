// SPDX-License-Identifier: Apache-2.0
// How a drop folder takes up what a former process left.
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "nodes/ministry/drop_folder.h"
#include "nodes/ministry/drop_names.h"
#include "nodes/ministry/drop_places.h"
#include "schemas/text/json_tree.h"

namespace muster::ministry {

using model::Result;

namespace {

/// Verdicts of one file; each line fits the reader of JSON.
constexpr std::uint64_t kVerdictsBytesMax = 256ULL * 1024 * 1024;

/// The order in which files are published: by the time of their last change, then by name.
std::tuple<std::int64_t, std::int64_t, std::string> place_of(const Path& path) {
  struct stat status{};
  ::lstat(path.c_str(), &status);
  return {status.st_mtim.tv_sec, status.st_mtim.tv_nsec, path.filename().string()};
}

}  // namespace

Result<void> DropFolder::recover(OutboxStand stand) {
  const std::scoped_lock lock(mutex_);
  claimed_.clear();  // It may have been tried before.
  unfinished_.clear();
  pending_.clear();
  pending_content_.clear();
  std::vector<Journal> journals;
  for (const auto& path : entries_of(work_)) {
    if (path.filename().string().ends_with(".tmp")) {
      note(remove_file(path));
    } else if (path.extension() == kJournalEnd) {
      MUSTER_CHECK(read_journal(path, journals));
    }
  }
  // What was settled has its name already: nobody else may choose it meanwhile.
  std::stable_partition(journals.begin(), journals.end(), [](const Journal& journal) {
    return journal.stage == Journal::Stage::settled;
  });
  for (auto& journal : journals) {
    MUSTER_CHECK(recover_one(std::move(journal), stand));
  }
  remove_orphans();
  queue_work();
  return {};
}

Result<void> DropFolder::read_journal(const Path& journal_path, std::vector<Journal>& journals) {
  MUSTER_TRY(const auto json, read_file(journal_path, text::kJsonBytesMax));
  auto read = journal_from_json(json);
  if (!read) {
    // Whether its file was published is not known, so both are left to a person.
    const auto error = model::with_context(std::move(read).error(), journal_path.string());
    log("event=left problem=\"" + error.message + "\"");
    note(tl::unexpected(error));
    return {};
  }
  read->name = journal_path.stem().string();
  journals.push_back(*std::move(read));
  return {};
}

Result<void> DropFolder::recover_one(Journal journal, OutboxStand stand) {
  if (journal.stage == Journal::Stage::settled) {
    keep_and_finish(std::move(journal));
    return {};
  }
  if (journal.last_seq >= stand.next_seq) {
    // All or none was pushed. A new outbox may stand within them, because the old one was lost
    // after the broker had taken some: then all of them are published again.
    log(fmt::format("event=recovered file={} state={}", log_value(journal.name),
                    journal.first_seq < stand.next_seq ? "lost_in_part" : "not_pushed"));
    return remove_files({verdicts_path(journal.name), journal_path(journal.name)});
  }
  return recover_pushed(std::move(journal), stand);
}

Result<void> DropFolder::recover_pushed(Journal journal, OutboxStand stand) {
  log(fmt::format("event=recovered file={} state=pushed seq={} last_seq={}",
                  log_value(journal.name), journal.first_seq, journal.last_seq));
  std::vector<client::Acknowledged> told;
  if (!is_gone(verdicts_path(journal.name))) {
    MUSTER_TRY(const auto lines, read_file(verdicts_path(journal.name), kVerdictsBytesMax));
    told = verdicts_from_lines(lines, journal, options_.node);
  }
  Pending pending{.journal = journal, .told = std::move(told)};
  for (auto seq = journal.first_seq; seq <= journal.last_seq; ++seq) {
    if (seq <= stand.acknowledged_seq && !pending.has(seq)) {
      pending.told.push_back({.report = {.node = options_.node, .seq = seq},
                              .verdict = client::acknowledged_earlier()});
    }
  }
  const auto last = journal.last_seq;
  wait_for_acknowledgement(std::move(journal), std::move(pending.told));
  const auto kept = pending_.find(last);
  if (kept->second.is_due() && kept->second.is_plain()) {
    conclude(kept, decide(kept->second));
  }
  return {};
}

void DropFolder::wait_for_acknowledgement(Journal journal, std::vector<client::Acknowledged> told) {
  pending_content_.insert(journal.sha256);
  const auto last = journal.last_seq;
  pending_.insert_or_assign(last, Pending{.journal = std::move(journal), .told = std::move(told)});
}

/// Papers that a former process had not settled: they are written again.
void DropFolder::remove_orphans() {
  for (const auto& path : entries_of(work_)) {
    const auto name = path.filename().string();
    const auto owns = [&](const Journal& journal) {
      return name.starts_with("." + journal.name + ".");
    };
    if (name.ends_with(kPaperEnd) && std::none_of(unfinished_.begin(), unfinished_.end(), owns)) {
      note(remove_file(path));
    }
  }
}

/// What has no journal was claimed and not published.
void DropFolder::queue_work() {
  std::vector<Path> files;
  for (const auto& path : entries_of(work_)) {
    const auto name = path.filename().string();
    if (is_report_name(name) && !is_taken(journal_path(name))) {
      files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end(),
            [](const Path& a, const Path& b) { return place_of(a) < place_of(b); });
  for (const auto& path : files) {
    claimed_.push_back({.name = path.filename().string()});
  }
}

}  // namespace muster::ministry
