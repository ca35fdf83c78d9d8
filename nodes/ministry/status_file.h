// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "nodes/client/publisher.h"
#include "nodes/ministry/drop_folder.h"
#include "nodes/ministry/files.h"
#include "schemas/model/time.h"

/// The file in the drop folder that says how the node does, for a person who has nothing but the
/// folder, and for a script.
namespace muster::ministry {

inline constexpr std::string_view kStatusName = "status.json";

/// True for a status file that a node wrote. Another file of this name is a report like any other.
bool is_status_file(const Path& path);

struct NodeStatus {
  std::string node;
  client::PublisherStatus publisher;
  DropCounts drop;
  model::UtcTime started_at{};
  model::UtcTime last_contact{};  ///< When the session was last seen open; the epoch for never.
};

/// "connecting", "greeted", "denied" or "stopped".
std::string_view session_text(client::PublisherStatus::Session session);

/// One English line: how many files wait, and what hinders them.
std::string summary(const NodeStatus& status);
/// `line` is the summary in the operator's language.
std::string status_json(const NodeStatus& status, std::string_view line, model::UtcTime now);

/// Replaces the file when something changed, and every kEvery anyway. Thread rule: one thread.
class StatusFile {
 public:
  static constexpr std::chrono::seconds kEvery{30};

  StatusFile(const Path& folder, const words::Words& words)
      : path_(folder / kStatusName), words_(words) {}

  /// Errors: io. A file of this name that is not ours is left alone until it was claimed.
  model::Result<void> update(const NodeStatus& status, model::UtcTime now);

 private:
  const Path path_;
  const words::Words& words_;
  std::string written_;  // Without the time.
  model::UtcTime written_at_{};
};

}  // namespace muster::ministry
