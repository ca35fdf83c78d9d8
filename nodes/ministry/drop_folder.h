// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "nodes/client/publisher.h"
#include "nodes/desk/draft.h"
#include "nodes/ministry/arrivals.h"
#include "nodes/ministry/files.h"
#include "nodes/ministry/journal.h"
#include "nodes/ministry/receipt.h"
#include "nodes/words/words.h"
#include "schemas/model/time.h"

namespace muster::ministry {

/// The points between which a process may be killed. Tests stop at each.
enum class Step : std::uint8_t {
  claimed,     ///< Renamed into work/.
  journalled,  ///< The seqs it is about to take are on the disk.
  pushed,      ///< In the outbox.
  told,        ///< What the broker said of one report is on the disk; the rest is to come.
  written,     ///< Its papers are on the disk, in work/.
  settled,     ///< What becomes of it is on the disk.
  moved,       ///< It stands in processed/ or rejected/, with its papers.
  remembered,  ///< Its content is known as published.
};

struct DropHooks {
  std::function<model::UtcTime()> now;             ///< Required.
  std::function<void(std::string_view line)> log;  ///< One event as key=value; may be empty.
  std::function<void(Step)> at;                    ///< For tests; may be empty.
  std::function<void()> progress;  ///< Now and then while a large file is read; may be empty.
  /// For tests; desk::read_draft() when empty.
  std::function<desk::Draft(std::string_view name, std::string_view content,
                            const desk::DeskOptions& options)>
      read;
};

struct DropOptions {
  model::NodeId node;
  desk::DeskOptions desk;  ///< Whose nation is the node's, whatever it says.
  words::Language language = words::Language::english;  ///< Of papers for people.
  std::chrono::milliseconds rest{0};  ///< How long a file must stand still at least.
};

/// Where the outbox stands.
struct OutboxStand {
  std::uint64_t next_seq = 1;
  std::uint64_t acknowledged_seq = 0;
};

/// What is in a drop folder and what became of the files since the start.
struct DropCounts {
  std::uint64_t waiting = 0;    ///< Not claimed yet.
  std::uint64_t claimed = 0;    ///< Not in the outbox yet.
  std::uint64_t published = 0;  ///< In the outbox or being settled.
  std::uint64_t processed = 0, rejected = 0, duplicates = 0;
  model::UtcTime oldest_waiting{};  ///< When the oldest of `waiting` was first seen, if any.
  std::string last_receipt;         ///< From the drop folder on; empty before the first.
  std::string last_problem;         ///< In English; empty before the first.
  friend bool operator==(const DropCounts&, const DropCounts&) = default;
};

/// Publishes the files that appear in a folder, each content once, across a crash at any point
/// (README). The only one that pushes to its node's outbox.
/// Thread rule: acknowledged(), counts() and under_way() from any thread, the rest from one.
/// Reading a file holds up nobody else.
class DropFolder {
 public:
  /// Makes the folder and what stands in it: work/, processed/, rejected/.
  /// Errors: io when one cannot be made or written; unavailable when another process serves it.
  static model::Result<std::unique_ptr<DropFolder>> open(const std::string& folder,
                                                         DropOptions options, DropHooks hooks);
  ~DropFolder();

  /// Takes up what a former process left. Once, before look(), and before a Publisher with the
  /// outbox is started; only when the outbox is new (next_seq is 1), after the broker's greeting,
  /// because then the broker alone knows what was sent. What cannot be taken up now does not stop
  /// the rest; the first look() tells of it.
  /// Errors: io when the disk refuses and going on could lose a report: call it again.
  model::Result<void> recover(OutboxStand stand);

  /// Looks what stands in the folder, for counts(), and takes nothing: until recover() was called.
  void count_waiting();

  /// Claims the files that have come to rest, settles what was acknowledged with findings, and
  /// publishes what is claimed. One file that fails does not stop the others. Errors: the first
  /// that was met. io, unavailable: try again later. corrupt when somebody else pushes to the
  /// outbox, or a journal cannot be read.
  model::Result<void> look(client::Publisher& publisher);

  /// To be called for each acknowledgement. A file without findings is settled here, another by the
  /// next look(): true when there is one.
  bool acknowledged(const client::Acknowledged& acknowledged);

  /// Files that are claimed and not done.
  [[nodiscard]] std::size_t under_way() const;
  [[nodiscard]] DropCounts counts() const;

 private:
  struct Claimed {
    std::string name;
    std::string sha256;        // Of what it held when it was last read; empty before.
    bool is_changing = false;  // Somebody still writes it.
    bool is_twin = false;      // What it held is under way with another file.
  };
  /// Pushed, or about to be.
  struct Pending {
    Journal journal;
    std::vector<client::Acknowledged> told;
    [[nodiscard]] bool has(std::uint64_t seq) const;
    [[nodiscard]] bool is_due() const { return told.size() == journal.count(); }
    /// Nothing has to be looked up in the file.
    [[nodiscard]] bool is_plain() const;
  };
  using PendingFiles = std::map<std::uint64_t, Pending>;  // By last_seq.

  /// What becomes of a claimed file after it was tried.
  enum class Next : std::uint8_t {
    done,  ///< Somebody else answers for it: the outbox, or unfinished_.
    skip,  ///< It failed and stays claimed; the others go on.
    stop,  ///< It stays claimed, and no other would get further.
  };

  DropFolder(Path folder, DropOptions options, DropHooks hooks);
  model::Result<void> lock_folder();
  model::Result<void> read_remembered();

  // drop_recovery.cpp
  model::Result<void> read_journal(const Path& journal_path, std::vector<Journal>& journals);
  model::Result<void> recover_one(Journal journal, OutboxStand stand);
  model::Result<void> recover_pushed(Journal journal, OutboxStand stand);
  void wait_for_acknowledgement(Journal journal, std::vector<client::Acknowledged> told);
  void remove_orphans();
  void queue_work();

  std::vector<std::string> look_around();
  void claim_files();
  model::Result<void> claim(const std::string& name);
  [[nodiscard]] bool is_busy(const std::string& name) const;

  // drop_publish.cpp: without the lock.
  void publish_claimed(client::Publisher& publisher);
  Next publish_one(Claimed& claimed, client::Publisher& publisher);
  Next publish_content(Claimed& claimed, const std::string& content, client::Publisher& publisher);
  Next cannot_read(Claimed& claimed, const model::Error& error);
  Next wait_for_the_writer(Claimed& claimed);
  [[nodiscard]] desk::Draft draft_of(const std::string& name, const std::string& content) const;
  std::vector<model::Bytes> encode(desk::Draft& draft) const;
  Next push(Journal journal, std::vector<model::Bytes> reports, client::Publisher& publisher);
  // With it.
  model::Result<client::PublishResult> push_now(Journal& journal, std::vector<model::Bytes> reports,
                                                client::Publisher& publisher);
  model::Result<void> promise_seq(const Journal& journal);
  model::Result<void> withdraw_promise();

  // drop_settle.cpp: without the lock.
  void settle_due();
  /// What was decided on the file of `pending`, and its papers in work/, on the disk.
  model::Result<Journal> decide(const Pending& pending);
  std::vector<Decided> decided_of(const Pending& pending, const desk::Draft* draft) const;
  std::unique_ptr<desk::Draft> read_again(const Journal& journal);
  Next settle_duplicate(Journal journal, const std::string& reports);
  Next reject(Journal journal, const desk::Draft& draft);
  /// Both: the file never went to the broker, so its papers settle it.
  Next settle_unsent(Journal journal, model::Result<std::vector<std::string>> papers,
                     const std::string& folder, std::string_view event);
  model::Result<std::vector<std::string>> put_papers(const Journal& journal,
                                                     const std::vector<Paper>& papers,
                                                     const std::vector<desk::Problem>& marked,
                                                     const desk::Draft* draft);
  [[nodiscard]] Subject subject_of(const Journal& journal) const;
  // With it. What the disk refuses is unfinished_'s.
  void conclude(PendingFiles::iterator pending, const model::Result<Journal>& decided);
  void keep_and_finish(Journal journal);
  model::Result<void> save_and_finish(const Journal& journal);

  // drop_finish.cpp: with the lock.
  model::Result<void> finish(const Journal& journal);
  model::Result<void> move_away(const Journal& journal);
  model::Result<void> remember(const Journal& journal);
  void count(const Journal& journal);
  void retry_unfinished();
  /// A free name in `folder` (from the drop folder on) for the file of `journal` and its papers.
  [[nodiscard]] std::string free_name(const std::string& folder, const Journal& journal) const;

  /// Keeps the first error for whoever calls look(). True when there was none.
  bool note(const model::Result<void>& outcome);
  model::Result<void> save(const Journal& journal);
  [[nodiscard]] Path journal_path(const std::string& name) const;
  [[nodiscard]] Path verdicts_path(const std::string& name) const;
  [[nodiscard]] Path paper_path(const std::string& name, const std::string& end) const;
  [[nodiscard]] std::string today() const;
  [[nodiscard]] const std::string* known_reports(const std::string& sha256) const;
  /// This content is in the outbox, or was published and the disk refuses to remember it.
  [[nodiscard]] bool is_under_way(const std::string& sha256) const;
  void log(std::string_view line) const;
  void at(Step step) const;

  const Path folder_, work_;
  const DropOptions options_;
  const words::Words& words_;
  const DropHooks hooks_;
  int lock_ = -1;
  // Of the thread that looks.
  Arrivals arrivals_;
  // Guards all below.
  mutable std::mutex mutex_;
  std::vector<Claimed> claimed_;     // In work/, not pushed. Changed by the looking thread alone.
  PendingFiles pending_;             // A due one with findings is removed by the looking thread.
  std::vector<Journal> unfinished_;  // Settled, but the disk refused.
  std::string promised_;             // File whose journal holds seqs that it may not have got.
  model::Result<void> trouble_;      // The first since the last look() ended.
  std::unordered_map<std::string, std::string> remembered_;  // SHA-256 -> reports.
  std::set<std::string> pending_content_;                    // SHA-256 of what is in pending_.
  DropCounts counts_;
};

}  // namespace muster::ministry
