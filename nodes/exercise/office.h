// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

#include "nodes/client/publisher.h"
#include "nodes/exercise/workspace.h"

namespace muster::exercise {

/// The secretariat's officer in an exercise: publishes as SEC/officer and waits for the verdict.
/// Holds the outbox of the officer's configuration, so nobody else can publish as SEC/officer
/// meanwhile. Thread rule: one thread.
class Office {
 public:
  /// Errors: those of the configuration, of the outbox and of the publisher; timed_out when the
  /// broker does not greet an officer who has published nothing yet.
  static model::Result<std::unique_ptr<Office>> open(const Workspace& workspace,
                                                     std::chrono::seconds wait_max);

  /// Returns what the broker says of it. Errors: refused, with every finding; timed_out when there
  /// is no acknowledgement in time; those of Publisher::publish().
  model::Result<model::ReportVerdict> publish(const model::Report& report);

 private:
  Office() = default;

  std::chrono::seconds wait_max_{60};
  std::mutex mutex_;
  std::optional<client::Acknowledged> last_;  // Written by the publisher's thread.
  std::unique_ptr<link::Context> context_;
  std::unique_ptr<client::Publisher> publisher_;  // Last: its thread writes last_.
};

}  // namespace muster::exercise
