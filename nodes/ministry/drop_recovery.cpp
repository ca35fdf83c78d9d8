// SPDX-License-Identifier: Apache-2.0
// How a drop folder takes up what a former process left.
#include <fmt/format.h>

#include <utility>

#include "nodes/ministry/drop_folder.h"
#include "nodes/ministry/drop_names.h"
#include "schemas/text/json_tree.h"

namespace muster::ministry {

using model::Result;

Result<void> DropFolder::recover(OutboxStand stand) {
  const std::scoped_lock lock(mutex_);
  claimed_.clear();  // It may have been tried before.
  unfinished_.clear();
  for (const auto& path : entries_of(work_)) {
    if (path.filename().string().ends_with(".tmp")) {
      note(remove_file(path));
    } else if (path.extension() == kJournalEnd) {
      MUSTER_CHECK(recover_one(path, stand));
    }
  }
  queue_work();
  return {};
}

Result<void> DropFolder::recover_one(const Path& journal_path, OutboxStand stand) {
  MUSTER_TRY(const auto json, read_file(journal_path, text::kJsonBytesMax));
  auto read = journal_from_json(json);
  if (!read) {
    // Whether its file was published is not known, so both are left to a person.
    const auto error = model::with_context(std::move(read).error(), journal_path.string());
    log("event=left problem=\"" + error.message + "\"");
    note(tl::unexpected(error));
    return {};
  }
  auto journal = *std::move(read);
  journal.name = journal_path.stem().string();
  if (journal.stage == Journal::Stage::settled) {
    keep_and_finish(std::move(journal));
    return {};
  }
  if (journal.seq >= stand.next_seq) {
    log(fmt::format("event=recovered file={} state=not_pushed", journal.name));
    return remove_file(journal_path);
  }
  log(fmt::format("event=recovered file={} state=pushed seq={}", journal.name, journal.seq));
  if (journal.seq <= stand.acknowledged_seq) {
    const client::Acknowledged missed{.report = {.node = node_, .seq = journal.seq},
                                      .verdict = client::acknowledged_earlier()};
    settle(std::move(journal), missed);
    return {};
  }
  wait_for_acknowledgement(std::move(journal));
  return {};
}

void DropFolder::retry_unfinished() {
  std::erase_if(unfinished_,
                [this](const Journal& journal) { return note(save_and_finish(journal)); });
}

void DropFolder::wait_for_acknowledgement(Journal journal) {
  const model::ReportId report{.node = node_, .seq = journal.seq};
  pending_content_[journal.sha256] = report.str();
  pending_[report.seq] = std::move(journal);
}

void DropFolder::queue_work() {
  for (const auto& path : entries_of(work_)) {
    const auto name = path.filename().string();
    if (is_report_name(name) && !is_taken(journal_path(name))) {
      claimed_.push_back(name);
    }
  }
}

}  // namespace muster::ministry
