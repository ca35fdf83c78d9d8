// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "nodes/client/query_client.h"
#include "schemas/link/context.h"
#include "tests/bench/force.h"

namespace muster::bench {

/// What a ForceBroker knows once it is ready.
struct Loaded {
  std::string endpoint;
  std::uint64_t words = 0;
  double fill_seconds = 0;
  std::uint64_t bytes = 0;    ///< Resident memory that the state takes.
  double bytes_per_word = 0;  ///< Of the Strength words after the first day; 0 if there are none.
};

/// A broker that knows a Force, in a process of its own: its query loop behind a real CURVE socket
/// on loopback. The ledger is left out: questions about strength, past ones too, do not read it.
class ForceBroker {
 public:
  /// Starts the process and waits until it serves. Forks, so no other thread may run yet.
  explicit ForceBroker(const Force& force);
  ~ForceBroker();
  ForceBroker(const ForceBroker&) = delete;
  ForceBroker& operator=(const ForceBroker&) = delete;

  [[nodiscard]] const Loaded& loaded() const { return loaded_; }
  [[nodiscard]] pid_t pid() const { return pid_; }
  /// An officer of the secretariat, who may see everything.
  [[nodiscard]] std::unique_ptr<client::QueryClient> connect(link::Context& context) const;

  /// Ends serving, so that nobody else holds the state, and measures what a report costs in it:
  /// ForceBook::report_cost_ns(). Once.
  [[nodiscard]] double stop_and_report(std::uint32_t batches);

 private:
  struct Keys;
  std::unique_ptr<const Keys> keys_;
  pid_t pid_ = -1;
  int to_ = -1, from_ = -1;  ///< Pipes.
  Loaded loaded_;
};

/// Asks it `question()`; ends the run when there is no answer.
model::StrengthAnswer ask(client::QueryClient& client, std::optional<model::UtcTime> as_of);

}  // namespace muster::bench
