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
#include "nodes/ministry/drop_places.h"

namespace muster::ministry {

using model::ErrorCode;
using model::fail;
using model::Result;

namespace {

constexpr std::size_t kShaDigits = 64;

}  // namespace

DropFolder::DropFolder(Path folder, DropOptions options, DropHooks hooks)
    : folder_(std::move(folder)),
      work_(folder_ / "work"),
      options_(std::move(options)),
      words_(words::Words::of(options_.language)),
      hooks_(std::move(hooks)),
      arrivals_(options_.rest) {}

DropFolder::~DropFolder() {
  if (lock_ >= 0) {
    ::close(lock_);
  }
}

Result<std::unique_ptr<DropFolder>> DropFolder::open(const std::string& folder, DropOptions options,
                                                     DropHooks hooks) {
  options.desk.nation = options.node.publisher();
  options.desk.progress = [told = hooks.progress](double) {
    if (told) {
      told();
    }
  };
  std::unique_ptr<DropFolder> drop(new DropFolder(folder, std::move(options), std::move(hooks)));
  for (const auto* name : {"", "work", "processed", "rejected"}) {
    MUSTER_CHECK(make_writable_folder(drop->folder_ / name));
  }
  MUSTER_CHECK(drop->lock_folder());
  MUSTER_CHECK(drop->read_remembered());
  return drop;
}

Result<void> DropFolder::lock_folder() {
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
  const auto path = folder_ / kRemembered;
  if (is_gone(path)) {
    return {};
  }
  std::ifstream in(path);
  for (std::string line; std::getline(in, line) && !in.eof();) {
    // What has no end was cut short by a crash, and its journal writes it again.
    if (line.size() > kShaDigits + 1 && line[kShaDigits] == ' ') {
      remembered_[line.substr(0, kShaDigits)] = line.substr(kShaDigits + 1);
    }
  }
  if (!in.eof()) {
    // Going on without it would publish again what was published.
    return fail(ErrorCode::io,
                fmt::format("cannot read {}, which says what was published before", path.string()));
  }
  return {};
}

// ---- claiming -----------------------------------------------------------------------------------

Result<void> DropFolder::look(client::Publisher& publisher) {
  if (!is_taken(work_)) {
    // Claimed files that cannot be seen are not files that cannot be read.
    return fail(ErrorCode::io, fmt::format("drop folder {} has gone", folder_.string()));
  }
  {
    const std::scoped_lock lock(mutex_);
    retry_unfinished();
    claim_files();
  }
  settle_due();
  publish_claimed(publisher);
  const std::scoped_lock lock(mutex_);
  return std::exchange(trouble_, {});
}

void DropFolder::claim_files() {
  for (const auto& name : look_around()) {
    if (!is_busy(name) && note(claim(name))) {
      arrivals_.forget(name);
    }
  }
  counts_.waiting = arrivals_.count();
  counts_.oldest_waiting = arrivals_.oldest();
}

void DropFolder::count_waiting() {
  const std::scoped_lock lock(mutex_);
  look_around();
  counts_.waiting = arrivals_.count();
  counts_.oldest_waiting = arrivals_.oldest();
}

/// Names of what may be claimed.
std::vector<std::string> DropFolder::look_around() {
  const auto log_it = [this](std::string_view line) { log(line); };
  return arrivals_.look(folder_, hooks_.now(), log_it);
}

/// A namesake is under way, and what it still has in work/ must not become this file's.
bool DropFolder::is_busy(const std::string& name) const {
  const auto is_namesake = [&](const Journal& journal) { return journal.name == name; };
  return is_taken(work_ / name) || is_taken(journal_path(name)) ||
         std::any_of(unfinished_.begin(), unfinished_.end(), is_namesake);
}

Result<void> DropFolder::claim(const std::string& name) {
  const auto moved = move_file(folder_ / name, work_ / name);
  if (moved || !is_gone(work_ / name)) {
    claimed_.push_back({.name = name});  // Even when the disk does not promise to keep it there.
  }
  at(Step::claimed);
  return moved;
}

// ---- small things -------------------------------------------------------------------------------

Result<void> DropFolder::save(const Journal& journal) {
  return write_file(journal_path(journal.name), to_json(journal));
}

Path DropFolder::journal_path(const std::string& name) const {
  return work_ / (name + std::string(kJournalEnd));
}

Path DropFolder::verdicts_path(const std::string& name) const {
  return work_ / (name + std::string(kVerdictsEnd));
}

Path DropFolder::paper_path(const std::string& name, const std::string& end) const {
  return work_ / ("." + name + end + std::string(kPaperEnd));
}

std::string DropFolder::today() const {
  return "processed/" + model::format_time(hooks_.now()).substr(0, 10);
}

const std::string* DropFolder::known_reports(const std::string& sha256) const {
  const auto found = remembered_.find(sha256);
  return found != remembered_.end() ? &found->second : nullptr;
}

bool DropFolder::is_under_way(const std::string& sha256) const {
  const auto is_owed = [&](const Journal& journal) {
    return !journal.remember.empty() && journal.sha256 == sha256;
  };
  return pending_content_.contains(sha256) ||
         std::any_of(unfinished_.begin(), unfinished_.end(), is_owed);
}

bool DropFolder::Pending::has(std::uint64_t seq) const {
  return std::any_of(told.begin(), told.end(),
                     [&](const auto& one) { return one.report.seq == seq; });
}

bool DropFolder::Pending::is_plain() const {
  return journal.rows_refused == 0 && std::all_of(told.begin(), told.end(), [](const auto& one) {
           return one.verdict.findings.empty() || client::is_acknowledged_earlier(one.verdict);
         });
}

std::size_t DropFolder::under_way() const {
  const std::scoped_lock lock(mutex_);
  return claimed_.size() + pending_.size() + unfinished_.size();
}

DropCounts DropFolder::counts() const {
  const std::scoped_lock lock(mutex_);
  auto counts = counts_;
  counts.claimed = claimed_.size();
  counts.published = pending_.size() + unfinished_.size();
  return counts;
}

bool DropFolder::note(const Result<void>& outcome) {
  if (!outcome && trouble_) {
    trouble_ = outcome;
  }
  if (!outcome) {
    counts_.last_problem = outcome.error().message;
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
