// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "broker/server/ingest.h"

namespace muster::server {

/// Answers the messages of the query socket from the published view. No sockets, threads or clock.
/// It keeps no state beyond the directory of the snapshot that it saw last. Thread rule: one
/// thread.
class QueryService {
 public:
  struct Parts {
    const View& view;
    const storage::Store& store;  ///< For the ledger's tail.
    QueryMetrics& metrics;
    model::Limits limits;
    std::string software;
    model::UtcTime started_at{};
  };
  explicit QueryService(Parts parts) : parts_(std::move(parts)) {}

  /// The messages that answer one message, in order: chunks, or one refusal.
  std::vector<model::Bytes> answer(const std::string& user_id, model::ByteView frame,
                                   model::UtcTime now);

 private:
  struct Asked;
  const Directory& directory(const SnapshotPtr& snapshot);
  model::Result<model::AnswerBody> body_of(const Asked& asked) const;
  model::AnswerBody server_info(const Asked& asked) const;
  model::Result<model::AnswerBody> ledger_tail(const Asked& asked,
                                               const model::LedgerTailQuery& query) const;

  Parts parts_;
  SnapshotPtr seen_;
  std::unique_ptr<Directory> directory_;
};

}  // namespace muster::server
