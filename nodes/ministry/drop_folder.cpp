// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/drop_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "nodes/client/report_check.h"
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
  if (!is_taken(work_)) {
    // Claimed files that cannot be seen are not files that cannot be read.
    return fail(ErrorCode::io, fmt::format("drop folder {} has gone", folder_.string()));
  }
  retry_unfinished();
  claim_files();
  publish_claimed(publisher);
  return std::exchange(trouble_, {});
}

void DropFolder::claim_files() {
  std::map<std::string, Seen> moving;
  std::set<std::string> ignored;
  for (const auto& path : entries_of(folder_)) {
    const auto name = path.filename().string();
    if (!is_report_name(name) || name.size() > kNameBytesMax) {
      tell_ignored(name, ignored);
      continue;
    }
    std::error_code error;
    Seen now{.size = file_size(path, error), .changed = last_write_time(path, error)};
    const auto before = seen_.find(name);
    const bool at_rest = !error && before != seen_.end() && before->second == now;
    if (!at_rest || is_busy(name) || !note(claim(name))) {
      moving[name] = now;
    }
  }
  seen_ = std::move(moving);
  ignored_ = std::move(ignored);
}

/// A namesake is under way, and what it still has in work/ must not become this file's.
bool DropFolder::is_busy(const std::string& name) const {
  const auto is_namesake = [&](const Journal& journal) { return journal.name == name; };
  return is_taken(work_ / name) || is_taken(journal_path(name)) ||
         std::any_of(unfinished_.begin(), unfinished_.end(), is_namesake);
}

/// Once while the file stands there: whoever dropped it waits for a receipt that never comes.
void DropFolder::tell_ignored(const std::string& name, std::set<std::string>& ignored) const {
  const auto why = why_ignored(name);
  if (!why.empty() && ignored.insert(name).second && !ignored_.contains(name)) {
    log(fmt::format("event=ignored file={} reason=\"{}\"", printable(name), why));
  }
}

Result<void> DropFolder::claim(const std::string& name) {
  const auto moved = move_file(folder_ / name, work_ / name);
  if (moved || !is_gone(work_ / name)) {
    claimed_.push_back(name);  // Even when the disk does not promise to keep it there.
  }
  at(Step::claimed);
  return moved;
}

// ---- publishing ---------------------------------------------------------------------------------

void DropFolder::publish_claimed(client::Publisher& publisher) {
  std::vector<std::string> left;
  auto name = claimed_.begin();
  for (auto next = Next::done; name != claimed_.end() && next != Next::stop; ++name) {
    next = publish_one(*name, publisher);
    if (next != Next::done) {
      left.push_back(*name);
    }
  }
  left.insert(left.end(), name, claimed_.end());
  claimed_ = std::move(left);
}

DropFolder::Next DropFolder::publish_one(const std::string& name, client::Publisher& publisher) {
  Journal journal{.name = name};
  const auto content = read_file(work_ / name, text::kJsonBytesMax);
  if (!content) {
    return reject(std::move(journal),
                  {{"the whole file", content.error().message, "a file that can be read"}});
  }
  journal.sha256 = model::to_hex(trust::sha256(model::view_of(*content)));
  if (const auto* report = known_report(journal.sha256)) {
    return settle_duplicate(std::move(journal), *report);
  }
  auto parsed = client::read_report(*content);
  if (parsed.problems.empty()) {
    parsed.problems = client::report_problems(parsed.report, node_.publisher());
  }
  if (!parsed.problems.empty()) {
    return reject(std::move(journal), parsed.problems);
  }
  return push(std::move(journal), parsed.report, publisher);
}

/// The seq that the outbox gives next is known before it is given, because nobody else pushes. So a
/// journal of that seq, written first, tells for ever whether the push happened: the outbox's
/// next_seq is beyond it, or it is not.
DropFolder::Next DropFolder::push(Journal journal, const model::Report& report,
                                  client::Publisher& publisher) {
  journal.seq = publisher.status().next_seq;
  if (!note(promise_seq(journal))) {
    return Next::skip;
  }
  at(Step::journalled);
  std::uint64_t seq = 0;
  const auto pushed = publisher.publish(report, seq);
  if (pushed && *pushed == client::PublishResult::back_pressured) {
    note(withdraw_promise());
    return Next::stop;
  }
  if (!pushed && pushed.error().code != ErrorCode::malformed) {
    note(tl::unexpected(pushed.error()));
    return Next::stop;  // It may be in the outbox all the same, and its journal stays.
  }
  if (!pushed) {
    return reject(std::move(journal), {{"the whole report", pushed.error().message,
                                        "a report that this node may publish"}});
  }
  promised_.clear();
  at(Step::pushed);
  if (seq != journal.seq) {
    note(fail(ErrorCode::corrupt,
              fmt::format("{} became report {} instead of {}: somebody else publishes through "
                          "this outbox, which belongs to the drop folder alone",
                          journal.name, seq, journal.seq)));
    journal.seq = seq;
    note(save(journal));
  }
  log(fmt::format("event=kept file={} seq={} sha256={}", journal.name, seq, journal.sha256));
  wait_for_acknowledgement(std::move(journal));
  return Next::done;
}

/// One journal at a time holds a seq that is not given yet: two of them would both say after a
/// crash that their file is the report.
Result<void> DropFolder::promise_seq(const Journal& journal) {
  if (promised_ != journal.name) {
    MUSTER_CHECK(withdraw_promise());
    promised_ = journal.name;
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
  settle(std::move(journal), acknowledged);
}

DropFolder::Next DropFolder::settle(Journal journal, const client::Acknowledged& acknowledged) {
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

DropFolder::Next DropFolder::settle_duplicate(Journal journal, const std::string& report) {
  const Subject subject{
      .file = printable(journal.name), .sha256 = journal.sha256, .at = hooks_.now()};
  journal.stage = Journal::Stage::settled;
  journal.move_to = free_name(today(), journal);
  journal.writings = {{journal.move_to + ".receipt.json", duplicate_json(subject, report)}};
  log(fmt::format("event=duplicate file={} report={}", subject.file, report));
  return keep_and_finish(std::move(journal));
}

DropFolder::Next DropFolder::reject(Journal journal,
                                    const std::vector<text::TextProblem>& problems) {
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

DropFolder::Next DropFolder::keep_and_finish(Journal journal) {
  const auto finished = save_and_finish(journal);
  if (!note(finished)) {
    log("event=disk_refuses problem=\"" + finished.error().message + "\"");
    unfinished_.push_back(std::move(journal));  // The verdict must not be lost with the disk.
  }
  return Next::done;
}

Result<void> DropFolder::save_and_finish(const Journal& journal) {
  MUSTER_CHECK(save(journal));
  if (promised_ == journal.name) {
    promised_.clear();
  }
  at(Step::settled);
  return finish(journal);
}

/// Each step may have been done before.
Result<void> DropFolder::finish(const Journal& journal) {
  const Path target = folder_ / journal.move_to;
  MUSTER_CHECK(make_folder(target.parent_path()));
  for (const auto& writing : journal.writings) {
    MUSTER_CHECK(write_file(folder_ / writing.path, writing.text));
  }
  at(Step::written);
  MUSTER_CHECK(move_away(journal));
  at(Step::moved);
  if (!journal.remember.empty() && known_report(journal.sha256) == nullptr) {
    MUSTER_CHECK(append_line(folder_ / kRemembered, journal.sha256 + " " + journal.remember));
    remembered_[journal.sha256] = journal.remember;
  }
  at(Step::remembered);
  return remove_file(journal_path(journal.name));
}

Result<void> DropFolder::move_away(const Journal& journal) {
  const Path source = work_ / journal.name;
  const Path target = folder_ / journal.move_to;
  if (is_gone(source) && is_gone(target)) {
    // Somebody took it away; what became of it is true without it.
    log(fmt::format("event=gone file={} at={}", printable(journal.name), journal.move_to));
    return {};
  }
  return move_file(source, target);
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
  const auto stem = printable(journal.name.substr(0, journal.name.size() - kReportEnd.size()));
  for (int i = 1;; ++i) {
    const auto number = i == 1 ? std::string() : fmt::format(".{}", i);
    const auto name = fmt::format("{}/{}{}.json", folder, stem, number);
    const auto is_owed = [&](const Journal& other) { return other.move_to == name; };
    if (!is_taken(folder_ / name) &&
        std::none_of(unfinished_.begin(), unfinished_.end(), is_owed)) {
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

bool DropFolder::note(const Result<void>& outcome) {
  if (!outcome && trouble_) {
    trouble_ = outcome;
  }
  return outcome.has_value();
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
