// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "nodes/client/query_client.h"
#include "nodes/secretariat/publishing.h"
#include "schemas/model/query.h"

/// What would be published, and what the broker would make of it. Nothing is published here.
namespace muster::secretariat {

/// The broker's answer to all reports.
struct Preview {
  std::vector<model::ReportVerdict> verdicts;  ///< One a report, in their order.
  std::vector<model::DiffRow> changes;         ///< What the accepted ones would change.
  std::size_t parts = 0;       ///< Questions that were asked: each is answered as if alone.
  model::DiffAnswer whole;     ///< Strength before and after; of one part alone.
  model::AnswerHeader header;  ///< Of the last part.
  [[nodiscard]] bool is_refused() const;
};

/// Asks in as many parts as the limits of a question need. `wait_max` is for each.
/// Errors: those of QueryClient::ask().
model::Result<Preview> ask_preview(client::QueryClient& client, const model::NodeId& node,
                                   const std::vector<Outgoing>& reports,
                                   std::chrono::milliseconds wait_max);

/// For a person, in the language of `output`: verdicts, findings at their cells, and the difference
/// as a table of at most `changes_max` rows.
std::string preview_text(const Output& output, const std::vector<Outgoing>& reports,
                         const Preview& preview, std::size_t changes_max);

/// --dry-run=server: prints it in the chosen format (ops/docs/JSON.md, PublishPreview).
void print_preview(const Output& output, const std::vector<Outgoing>& reports,
                   const Preview& preview);

/// --dry-run=client: a row for each report that would be published (PublishPlan).
void print_plan(const Output& output, const std::vector<Outgoing>& reports);

}  // namespace muster::secretariat
