// SPDX-License-Identifier: Apache-2.0
// From a claimed file to reports in the outbox.
#include <fmt/format.h>

#include <utility>

#include "nodes/client/report_check.h"
#include "nodes/desk/read_workbook.h"
#include "nodes/ministry/drop_folder.h"
#include "nodes/ministry/drop_names.h"
#include "schemas/text/json_tree.h"
#include "schemas/trust/hash.h"

namespace muster::ministry {

using model::ErrorCode;
using model::fail;
using model::Result;

namespace {

/// A file beyond it is refused before it is read.
std::uint64_t bytes_max_of(const std::string& name) {
  return desk::file_kind_of(name) == desk::FileKind::json ? text::kJsonBytesMax
                                                          : desk::WorkbookLimits{}.file_bytes;
}

/// `what` is a sentence: what is wrong, and what to do.
desk::Problem whole_file(std::string what) {
  return {.code = desk::kFileBad, .where = "the whole file", .expected = std::move(what)};
}

desk::Draft bad_file(std::string what) {
  desk::Draft draft;
  draft.problems.push_back(whole_file(std::move(what)));
  return draft;
}

}  // namespace

void DropFolder::publish_claimed(client::Publisher& publisher) {
  // Nobody else changes it, and who reads it takes the lock.
  auto claimed = claimed_;
  std::vector<Claimed> left;
  auto one = claimed.begin();
  for (auto next = Next::done; one != claimed.end() && next != Next::stop; ++one) {
    next = publish_one(*one, publisher);
    if (next != Next::done) {
      left.push_back(*one);
    }
  }
  left.insert(left.end(), one, claimed.end());
  const std::scoped_lock lock(mutex_);
  claimed_ = std::move(left);
}

DropFolder::Next DropFolder::publish_one(Claimed& claimed, client::Publisher& publisher) {
  if (claimed.is_twin) {
    const std::scoped_lock lock(mutex_);
    if (is_under_way(claimed.sha256)) {
      return Next::skip;  // What becomes of the other is not known yet.
    }
  }
  if (hooks_.progress) {
    hooks_.progress();
  }
  const auto content = read_file(work_ / claimed.name, bytes_max_of(claimed.name));
  if (!content) {
    return cannot_read(claimed, content.error());
  }
  const auto sha256 = model::to_hex(trust::sha256(model::view_of(*content)));
  if (claimed.sha256 != std::exchange(claimed.sha256, sha256) && claimed.is_changing) {
    return Next::skip;  // At rest again when two looks find the same.
  }
  claimed.is_changing = false;
  return publish_content(claimed, *content, publisher);
}

DropFolder::Next DropFolder::publish_content(Claimed& claimed, const std::string& content,
                                             client::Publisher& publisher) {
  Journal journal{.name = claimed.name, .sha256 = claimed.sha256};
  std::string published_as;
  {
    const std::scoped_lock lock(mutex_);
    claimed.is_twin = is_under_way(claimed.sha256);
    if (claimed.is_twin) {
      return Next::skip;
    }
    if (const auto* known = known_reports(claimed.sha256)) {
      published_as = *known;
    }
  }
  if (!published_as.empty()) {
    return settle_duplicate(std::move(journal), published_as);
  }
  auto draft = draft_of(claimed.name, content);
  journal.rows = draft.rows;
  journal.rows_refused = draft.rows_refused;
  auto reports = encode(draft);
  if (const auto same = still_holds(work_ / claimed.name, content); !same || !*same) {
    return wait_for_the_writer(claimed);
  }
  if (reports.empty()) {
    return reject(std::move(journal), draft);
  }
  draft = {};  // The reports are large, and pushing keeps them once more.
  return push(std::move(journal), std::move(reports), publisher);
}

DropFolder::Next DropFolder::cannot_read(Claimed& claimed, const model::Error& error) {
  if (error.code == ErrorCode::unavailable) {
    return wait_for_the_writer(claimed);
  }
  if (error.code == ErrorCode::malformed) {
    return reject({.name = claimed.name}, bad_file(error.message));
  }
  if (is_gone(work_ / claimed.name)) {
    log(fmt::format("event=gone file={} at=work", log_value(claimed.name)));
    return Next::done;  // Somebody took it away before it was published.
  }
  const std::scoped_lock lock(mutex_);
  note(tl::unexpected(error));
  return Next::skip;
}

/// Whoever wrote it when it was claimed may still have it open.
DropFolder::Next DropFolder::wait_for_the_writer(Claimed& claimed) {
  if (!std::exchange(claimed.is_changing, true)) {
    log(fmt::format("event=changing file={} why=\"it was written to while it was read\"",
                    log_value(claimed.name)));
  }
  return Next::skip;
}

desk::Draft DropFolder::draft_of(const std::string& name, const std::string& content) const {
  if (is_old_excel_name(name)) {
    return bad_file(
        "a workbook of Excel 97 to 2003 (.xls) is not read: open it and save it as .xlsx");
  }
  return hooks_.read ? hooks_.read(name, content, options_.desk)
                     : desk::read_draft(name, content, options_.desk);
}

/// Empty when the file is not to be published; what is wrong stands in `draft`.
std::vector<model::Bytes> DropFolder::encode(desk::Draft& draft) const {
  std::vector<model::Bytes> encoded;
  for (const auto& report : draft.reports) {
    auto bytes = client::encode_checked(report, options_.node);
    if (!bytes) {
      draft.problems.push_back(whole_file(bytes.error().message));
      return {};
    }
    encoded.push_back(*std::move(bytes));
  }
  return encoded;
}

/// The seqs that the outbox gives next are known before they are given, because nobody else pushes.
/// So a journal of them, written first, tells for ever whether the push happened: the outbox's
/// next_seq is beyond them, or it is not.
DropFolder::Next DropFolder::push(Journal journal, std::vector<model::Bytes> reports,
                                  client::Publisher& publisher) {
  std::unique_lock lock(mutex_);
  journal.first_seq = publisher.status().next_seq;
  journal.last_seq = journal.first_seq + reports.size() - 1;
  if (!note(promise_seq(journal))) {
    return Next::skip;
  }
  at(Step::journalled);
  const auto pushed = push_now(journal, std::move(reports), publisher);
  if (pushed && *pushed == client::PublishResult::back_pressured) {
    note(withdraw_promise());
    return Next::stop;
  }
  if (!pushed && pushed.error().code == ErrorCode::malformed) {
    lock.unlock();
    return reject(std::move(journal), bad_file(pushed.error().message));
  }
  if (!pushed) {
    note(tl::unexpected(pushed.error()));
    return Next::stop;  // It may be in the outbox all the same, and its journal stays.
  }
  log(fmt::format("event=kept file={} seq={} last_seq={} sha256={}", log_value(journal.name),
                  journal.first_seq, journal.last_seq, journal.sha256));
  wait_for_acknowledgement(std::move(journal), {});
  return Next::done;
}

Result<client::PublishResult> DropFolder::push_now(Journal& journal,
                                                   std::vector<model::Bytes> reports,
                                                   client::Publisher& publisher) {
  std::uint64_t first = 0;
  MUSTER_TRY(const auto pushed, publisher.publish_encoded(std::move(reports), first));
  if (pushed == client::PublishResult::back_pressured) {
    return pushed;
  }
  promised_.clear();
  at(Step::pushed);
  if (first != journal.first_seq) {
    note(fail(ErrorCode::corrupt,
              fmt::format("{} became report {} instead of {}: somebody else publishes through "
                          "this outbox, which belongs to the drop folder alone",
                          printable(journal.name), first, journal.first_seq)));
    journal.last_seq = first + journal.count() - 1;
    journal.first_seq = first;
    note(save(journal));
  }
  return pushed;
}

/// One journal at a time holds seqs that are not given yet: two of them would both say after a
/// crash that their file is the report.
Result<void> DropFolder::promise_seq(const Journal& journal) {
  if (promised_ != journal.name) {
    MUSTER_CHECK(withdraw_promise());
    promised_ = journal.name;
  }
  // A verdict that a namesake left behind must not become this file's.
  if (!is_gone(verdicts_path(journal.name))) {
    MUSTER_CHECK(remove_file(verdicts_path(journal.name)));
  }
  return save(journal);
}

Result<void> DropFolder::withdraw_promise() {
  if (!promised_.empty()) {
    MUSTER_CHECK(remove_file(journal_path(promised_)));
    promised_.clear();
  }
  return {};
}

}  // namespace muster::ministry
