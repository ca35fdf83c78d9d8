// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <variant>
#include <vector>

#include "broker/core/viewer.h"
#include "broker/server/ingest.h"
#include "broker/server/past_states.h"
#include "broker/server/planner.h"

namespace muster::server {

/// Answers the messages of the query socket from the published view. No sockets, threads or clock
/// but that of deadlines. It keeps no state beyond the directory of the snapshot that it saw last
/// and the past states that it was asked for last. Thread rule: one thread.
class QueryService {
 public:
  struct Parts {
    const View& view;
    const storage::Store& store;  ///< For the ledger's tail.
    QueryMetrics& metrics;
    model::Limits limits;
    std::string software;
    model::UtcTime started_at{};
    Assemble assemble = best_package_until;
    SteadyClock steady_clock = std::chrono::steady_clock::now;
  };
  explicit QueryService(Parts parts);

  using Messages = std::vector<model::Bytes>;

  /// The messages that answer one message, in order: chunks, or one refusal. A question for a force
  /// package is not answered here but given back as a job: planner() answers it, on any thread.
  std::variant<Messages, PlanningJob> ask(const std::string& user_id, model::ByteView frame,
                                          model::UtcTime now);

  /// The same at once, however long a package takes.
  Messages answer(const std::string& user_id, model::ByteView frame, model::UtcTime now);

  [[nodiscard]] const Planner& planner() const { return planner_; }
  [[nodiscard]] QueryMetrics& metrics() const { return parts_.metrics; }

 private:
  /// A question that may be answered, as of when, and from what.
  struct Asked {
    const model::Request& request;
    SnapshotPtr snapshot;
    core::Moment moment;
    [[nodiscard]] model::Bitime at() const { return {moment.now, moment.known_at}; }
    [[nodiscard]] bool is_past() const { return request.as_of || request.known_at; }
  };
  /// What a question is answered from: the state of its moment, and the one with what it supposes.
  /// Without a what-if the two are one.
  struct Ground {
    StatePtr found, supposed;
  };
  struct Body;
  const Directory& directory(const SnapshotPtr& snapshot);
  model::Result<std::variant<Messages, PlanningJob>> reply_or_refusal(const std::string& user_id,
                                                                      const model::Request& request,
                                                                      model::UtcTime now);
  model::Result<std::variant<Messages, PlanningJob>> reply_to(const std::string& user_id,
                                                              const model::Request& request,
                                                              model::UtcTime now);
  model::Result<void> check(const Asked& asked, model::UtcTime now) const;
  model::Result<Ground> ground_of(const Asked& asked);
  model::Result<model::Answer> answer_of(const Asked& asked);
  model::Result<PlanningJob> job_of(const Asked& asked,
                                    std::chrono::steady_clock::time_point asked_at);
  // query_body.cpp: from the state of one moment.
  model::Result<model::AnswerBody> body_of(const Asked& asked, const Ground& ground);
  // query_ledger.cpp: about the broker and its ledger.
  model::Result<model::AnswerBody> about_the_ledger(const Asked& asked);
  model::AnswerBody server_info(const Asked& asked) const;
  model::Result<model::AnswerBody> ledger_tail(const Asked& asked,
                                               const model::LedgerTailQuery& query) const;
  model::Result<model::AnswerBody> ledger_proof(const Asked& asked,
                                                const model::LedgerProofQuery& query);
  [[nodiscard]] model::Result<std::optional<storage::LedgerRecord>> record_with(
      const model::ReportId& report) const;
  /// Reads the leaves of the ledger's tree up to `size`. The first proof after a start reads them
  /// all; afterwards they are at hand, 32 bytes a record.
  model::Result<void> read_leaves(std::uint64_t size);

  Parts parts_;
  Planner planner_;
  PastStates past_;
  std::vector<model::Hash> leaves_;
  SnapshotPtr seen_;
  std::unique_ptr<Directory> directory_;
};

}  // namespace muster::server
