// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/drop_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "nodes/ministry/drop_names.h"
#include "nodes/ministry/receipt.h"
#include "schemas/text/json_tree.h"
#include "schemas/text/problems.h"
#include "schemas/trust/hash.h"

namespace muster::ministry {

using model::ErrorCode;
using model::fail;
using model::Result;

namespace {

constexpr std::string_view kRemembered = ".published";
constexpr std::size_t kShaDigits = 64;

}  // namespace

DropFolder::DropFolder(Path folder, const model::NodeId& node, DropHooks hooks)
    : folder_(std::move(folder)), work_(folder_ / "work"), node_(node), hooks_(std::move(hooks)) {}

DropFolder::~DropFolder() {
  if (lock_ >= 0) {
    ::close(lock_);
  }
}

Result<std::unique_ptr<DropFolder>> DropFolder::open(const std::string& folder,
                                                     const model::NodeId& node, DropHooks hooks) {
  std::unique_ptr<DropFolder> drop(new DropFolder(folder, node, std::move(hooks)));
  for (const auto* name : {"", "work", "processed", "rejected"}) {
    MUSTER_CHECK(make_writable_folder(drop->folder_ / name));
  }
  MUSTER_CHECK(drop->lock());
  MUSTER_CHECK(drop->read_remembered());
  return drop;
}

Result<void> DropFolder::lock() {
  const Path path = work_ / ".lock";
  lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0660);
  if (lock_ < 0 || ::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    return fail(
        ErrorCode::unavailable,
        fmt::format("cannot lock {}: another muster-node serves this drop folder", path.string()));
  }
  return {};
}

Result<void> DropFolder::read_remembered() {
  std::ifstream in(folder_ / kRemembered);
  for (std::string line; std::getline(in, line) && !in.eof();) {
    // What has no end was cut short by a crash, and its journal writes it again.
    if (line.size() > kShaDigits + 1 && line[kShaDigits] == ' ') {
      remembered_[line.substr(0, kShaDigits)] = line.substr(kShaDigits + 1);
    }
  }
  return {};
}

// ---- claiming -----------------------------------------------------------------------------------

Result<void> DropFolder::look(client::Publisher& publisher) {
  const std::scoped_lock lock(mutex_);
  MUSTER_CHECK(retry_unfinished());
  MUSTER_CHECK(claim_files());
  return publish_claimed(publisher);
}

Result<void> DropFolder::claim_files() {
  if (!is_taken(folder_)) {
    return fail(ErrorCode::io, fmt::format("drop folder {} has gone", folder_.string()));
  }
  std::map<std::string, Seen> moving;
  for (const auto& path : entries_of(folder_)) {
    const auto name = path.filename().string();
    if (!is_report_name(name)) {
      continue;
    }
    std::error_code error;
    Seen now{.size = file_size(path, error), .changed = last_write_time(path, error)};
    const auto before = seen_.find(name);
    const bool at_rest = !error && before != seen_.end() && before->second == now;
    if (!at_rest || is_taken(work_ / name)) {
      moving[name] = now;
      continue;
    }
    MUSTER_CHECK(claim(name));
  }
  seen_ = std::move(moving);
  return {};
}

Result<void> DropFolder::claim(const std::string& name) {
  MUSTER_CHECK(move_file(folder_ / name, work_ / name));
  claimed_.push_back(name);
  at(Step::claimed);
  return {};
}

// ---- publishing ---------------------------------------------------------------------------------

Result<void> DropFolder::publish_claimed(client::Publisher& publisher) {
  while (!claimed_.empty()) {
    MUSTER_TRY(const bool done, publish_one(claimed_.front(), publisher));
    if (!done) {
      break;
    }
    claimed_.erase(claimed_.begin());
  }
  return {};
}

Result<bool> DropFolder::publish_one(const std::string& name, client::Publisher& publisher) {
  Journal journal{.name = name};
  const auto content = read_file(work_ / name, text::kJsonBytesMax);
  if (!content) {
    MUSTER_CHECK(reject(std::move(journal),
                        {{"the whole file", content.error().message, "a file that can be read"}}));
    return true;
  }
  journal.sha256 = model::to_hex(trust::sha256(model::view_of(*content)));
  if (const auto* report = known_report(journal.sha256)) {
    MUSTER_CHECK(settle_duplicate(std::move(journal), *report));
    return true;
  }
  if (content->empty()) {
    MUSTER_CHECK(reject(std::move(journal), {{"the whole file", "0 bytes", "a report"}}));
    return true;
  }
  const auto parsed = text::report_from_json(*content);
  if (!parsed.problems.empty()) {
    MUSTER_CHECK(reject(std::move(journal), parsed.problems));
    return true;
  }
  return push(std::move(journal), parsed.report, publisher);
}

/// The seq that the outbox gives next is known before it is given, because nobody else pushes. So a
/// journal of that seq, written first, tells for ever whether the push happened: the outbox's
/// next_seq is beyond it, or it is not.
Result<bool> DropFolder::push(Journal journal, const model::Report& report,
                              client::Publisher& publisher) {
  journal.seq = publisher.status().next_seq;
  MUSTER_CHECK(save(journal));
  at(Step::journalled);
  std::uint64_t seq = 0;
  const auto pushed = publisher.publish(report, seq);
  if (pushed && *pushed == client::PublishResult::back_pressured) {
    MUSTER_CHECK(remove_file(journal_path(journal.name)));
    return false;
  }
  if (!pushed && pushed.error().code != ErrorCode::malformed) {
    return tl::unexpected(pushed.error());
  }
  if (!pushed) {
    MUSTER_CHECK(reject(std::move(journal), {{"the report", pushed.error().message,
                                              "a report that this node may publish"}}));
    return true;
  }
  at(Step::pushed);
  if (seq != journal.seq) {
    return fail(ErrorCode::corrupt,
                fmt::format("{} became report {} instead of {}: somebody else publishes through "
                            "this outbox, which belongs to the drop folder alone",
                            journal.name, seq, journal.seq));
  }
  log(fmt::format("event=kept file={} seq={} sha256={}", journal.name, seq, journal.sha256));
  wait_for_acknowledgement(std::move(journal));
  return true;
}

// ---- settling -----------------------------------------------------------------------------------

void DropFolder::acknowledged(const client::Acknowledged& acknowledged) {
  const std::scoped_lock lock(mutex_);
  const auto found = pending_.find(acknowledged.report.seq);
  if (found == pending_.end()) {
    return;  // Told again after a crash; it was settled then.
  }
  auto journal = std::move(found->second);
  pending_.erase(found);
  pending_content_.erase(journal.sha256);
  if (const auto settled = settle(std::move(journal), acknowledged); !settled) {
    log("event=disk_refuses problem=\"" + settled.error().message + "\"");
  }
}

Result<void> DropFolder::settle(Journal journal, const client::Acknowledged& acknowledged) {
  const Subject subject{
      .file = printable(journal.name), .sha256 = journal.sha256, .at = hooks_.now()};
  const bool refused = acknowledged.verdict.verdict == model::Verdict::refused;
  journal.stage = Journal::Stage::settled;
  journal.move_to = free_name(refused ? "rejected" : today(), journal);
  if (refused) {
    journal.writings = {{journal.move_to + ".findings.json", findings_json(subject, acknowledged)},
                        {journal.move_to + ".findings.txt", findings_text(subject, acknowledged)}};
  } else {
    journal.writings = {{journal.move_to + ".receipt.json", receipt_json(subject, acknowledged)}};
    journal.remember = acknowledged.report.str();
  }
  log(fmt::format("event=acknowledged file={} report={} verdict={} findings={} ledger_seq={} at={}",
                  subject.file, acknowledged.report.str(), to_text(acknowledged.verdict.verdict),
                  acknowledged.verdict.findings.size(), acknowledged.ledger_seq, journal.move_to));
  return keep_and_finish(std::move(journal));
}

Result<void> DropFolder::settle_duplicate(Journal journal, const std::string& report) {
  const Subject subject{
      .file = printable(journal.name), .sha256 = journal.sha256, .at = hooks_.now()};
  journal.stage = Journal::Stage::settled;
  journal.move_to = free_name(today(), journal);
  journal.writings = {{journal.move_to + ".receipt.json", duplicate_json(subject, report)}};
  log(fmt::format("event=duplicate file={} report={}", subject.file, report));
  return keep_and_finish(std::move(journal));
}

Result<void> DropFolder::reject(Journal journal, const std::vector<text::TextProblem>& problems) {
  const Subject subject{
      .file = printable(journal.name), .sha256 = journal.sha256, .at = hooks_.now()};
  journal.stage = Journal::Stage::settled;
  journal.seq = 0;
  journal.move_to = free_name("rejected", journal);
  journal.writings = {{journal.move_to + ".findings.json", problems_json(subject, problems)},
                      {journal.move_to + ".findings.txt", problems_text(subject, problems)}};
  log(fmt::format("event=rejected file={} problems={}", subject.file, problems.size()));
  return keep_and_finish(std::move(journal));
}

Result<void> DropFolder::keep_and_finish(Journal journal) {
  auto done = save(journal);
  if (done) {
    at(Step::settled);
    done = finish(journal);
  }
  if (!done) {
    unfinished_.push_back(std::move(journal));  // The verdict must not be lost with the disk.
  }
  return done;
}

Result<void> DropFolder::retry_unfinished() {
  while (!unfinished_.empty()) {
    MUSTER_CHECK(save(unfinished_.back()));
    MUSTER_CHECK(finish(unfinished_.back()));
    unfinished_.pop_back();
  }
  return {};
}

/// Each step may have been done before.
Result<void> DropFolder::finish(const Journal& journal) {
  const Path target = folder_ / journal.move_to;
  MUSTER_CHECK(make_folder(target.parent_path()));
  for (const auto& writing : journal.writings) {
    MUSTER_CHECK(write_file(folder_ / writing.path, writing.text));
  }
  at(Step::written);
  MUSTER_CHECK(move_file(work_ / journal.name, target));
  at(Step::moved);
  if (!journal.remember.empty() && known_report(journal.sha256) == nullptr) {
    MUSTER_CHECK(append_line(folder_ / kRemembered, journal.sha256 + " " + journal.remember));
    remembered_[journal.sha256] = journal.remember;
  }
  at(Step::remembered);
  return remove_file(journal_path(journal.name));
}

// ---- small things -------------------------------------------------------------------------------

Result<void> DropFolder::save(const Journal& journal) {
  return write_file(journal_path(journal.name), to_json(journal));
}

Path DropFolder::journal_path(const std::string& name) const {
  return work_ / (name + std::string(kJournalEnd));
}

std::string DropFolder::today() const {
  return "processed/" + model::format_time(hooks_.now()).substr(0, 10);
}

std::string DropFolder::free_name(const std::string& folder, const Journal& journal) const {
  const auto stem = printable(journal.name.substr(0, journal.name.size() - 5));
  for (int i = 1;; ++i) {
    const auto number = i == 1 ? std::string() : fmt::format(".{}", i);
    const auto name = fmt::format("{}/{}{}.json", folder, stem, number);
    if (!is_taken(folder_ / name)) {
      return name;
    }
  }
}

const std::string* DropFolder::known_report(const std::string& sha256) const {
  for (const auto* known : {&remembered_, &pending_content_}) {
    if (const auto found = known->find(sha256); found != known->end()) {
      return &found->second;
    }
  }
  return nullptr;
}

std::size_t DropFolder::under_way() const {
  const std::scoped_lock lock(mutex_);
  return claimed_.size() + pending_.size() + unfinished_.size();
}

void DropFolder::log(std::string_view line) const {
  if (hooks_.log) {
    hooks_.log(line);
  }
}

void DropFolder::at(Step step) const {
  if (hooks_.at) {
    hooks_.at(step);
  }
}

}  // namespace muster::ministry
