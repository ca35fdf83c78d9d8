// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "nodes/client/publisher.h"
#include "nodes/ministry/files.h"
#include "nodes/ministry/journal.h"
#include "schemas/model/time.h"
#include "schemas/text/report_json.h"

namespace muster::ministry {

/// The points between which a process may be killed. Tests stop at each.
enum class Step : std::uint8_t {
  claimed,     ///< Renamed into work/.
  journalled,  ///< The seq it is about to take is on the disk.
  pushed,      ///< In the outbox.
  settled,     ///< What becomes of it is on the disk.
  written,     ///< Receipt or findings are there.
  moved,       ///< It stands in processed/ or rejected/.
  remembered,  ///< Its content is known as published.
};

struct DropHooks {
  std::function<model::UtcTime()> now;             ///< Required.
  std::function<void(std::string_view line)> log;  ///< One event as key=value; may be empty.
  std::function<void(Step)> at;                    ///< For tests; may be empty.
};

/// Where the outbox stands.
struct OutboxStand {
  std::uint64_t next_seq = 1;
  std::uint64_t acknowledged_seq = 0;
};

/// Publishes the JSON reports that appear in a folder, each content once, across a crash at any
/// point (README). The only one that pushes to its node's outbox.
/// Thread rule: acknowledged() from any thread, the rest from one.
class DropFolder {
 public:
  /// Makes the folder and what stands in it: work/, processed/, rejected/.
  /// Errors: io when one cannot be made or written; unavailable when another process serves it.
  static model::Result<std::unique_ptr<DropFolder>> open(const std::string& folder,
                                                         const model::NodeId& node,
                                                         DropHooks hooks);
  ~DropFolder();

  /// Takes up what a former process left. Once, before look(), and before a Publisher with the
  /// outbox is started; only when the outbox is new (next_seq is 1), after the broker's greeting,
  /// because then the broker alone knows what was sent. What cannot be taken up now does not stop
  /// the rest; the first look() tells of it.
  /// Errors: io when the disk refuses and going on could lose a report: call it again.
  model::Result<void> recover(OutboxStand stand);

  /// Claims the files that have come to rest, and publishes what is claimed. One file that fails
  /// does not stop the others. Errors: the first that was met. io, unavailable: try again later.
  /// corrupt when somebody else pushes to the outbox, or a journal cannot be read.
  model::Result<void> look(client::Publisher& publisher);

  /// To be called for each acknowledgement.
  void acknowledged(const client::Acknowledged& acknowledged);

  /// Files that are claimed and not done.
  [[nodiscard]] std::size_t under_way() const;

 private:
  struct Seen {
    std::uintmax_t size = 0;
    std::filesystem::file_time_type changed;
    friend bool operator==(const Seen&, const Seen&) = default;
  };

  /// What becomes of a claimed file after it was tried.
  enum class Next : std::uint8_t {
    done,  ///< Somebody else answers for it: the outbox, or unfinished_.
    skip,  ///< It failed and stays claimed; the others go on.
    stop,  ///< It stays claimed, and no other would get further.
  };

  DropFolder(Path folder, const model::NodeId& node, DropHooks hooks);
  model::Result<void> lock();
  model::Result<void> read_remembered();
  model::Result<void> recover_one(const Path& journal_path, OutboxStand stand);
  void wait_for_acknowledgement(Journal journal);
  void queue_work();

  void claim_files();
  void tell_ignored(const std::string& name, std::set<std::string>& ignored) const;
  model::Result<void> claim(const std::string& name);
  [[nodiscard]] bool is_busy(const std::string& name) const;
  void publish_claimed(client::Publisher& publisher);
  Next publish_one(const std::string& name, client::Publisher& publisher);
  Next push(Journal journal, const model::Report& report, client::Publisher& publisher);
  model::Result<void> promise_seq(const Journal& journal);
  model::Result<void> withdraw_promise();

  // Done, always: what the disk refuses is unfinished_'s.
  Next settle(Journal journal, const client::Acknowledged& acknowledged);
  Next settle_duplicate(Journal journal, const std::string& report);
  Next reject(Journal journal, const std::vector<text::TextProblem>& problems);
  Next keep_and_finish(Journal journal);
  model::Result<void> save_and_finish(const Journal& journal);
  model::Result<void> finish(const Journal& journal);
  model::Result<void> move_away(const Journal& journal);
  void retry_unfinished();

  /// Keeps the first error for whoever calls look(). True when there was none.
  bool note(const model::Result<void>& outcome);
  model::Result<void> save(const Journal& journal);
  [[nodiscard]] Path journal_path(const std::string& name) const;
  /// A free name in `folder` (from the drop folder on) for the file of `journal`.
  [[nodiscard]] std::string free_name(const std::string& folder, const Journal& journal) const;
  [[nodiscard]] std::string today() const;
  [[nodiscard]] const std::string* known_report(const std::string& sha256) const;
  void log(std::string_view line) const;
  void at(Step step) const;

  const Path folder_, work_;
  const model::NodeId node_;
  const DropHooks hooks_;
  int lock_ = -1;
  std::map<std::string, Seen> seen_;  // Files that were not yet at rest at the last look.
  std::set<std::string> ignored_;     // Files that are never taken, as of the last look.

  mutable std::mutex mutex_;                  // For all below; held while a file is carried on.
  std::vector<std::string> claimed_;          // In work/, not pushed.
  std::map<std::uint64_t, Journal> pending_;  // Pushed, or about to be; by seq.
  std::vector<Journal> unfinished_;           // Settled, but the disk refused.
  std::string promised_;         // File whose journal holds a seq that it may not have got.
  model::Result<void> trouble_;  // The first since the last look() ended.
  std::unordered_map<std::string, std::string> remembered_;       // SHA-256 -> report.
  std::unordered_map<std::string, std::string> pending_content_;  // Likewise, not settled.
};

}  // namespace muster::ministry
