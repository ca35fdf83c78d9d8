// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/office.h"

#include <fmt/format.h>

#include <utility>

#include "nodes/client/connection_file.h"
#include "schemas/model/finding.h"
#include "storage/outbox.h"

namespace muster::exercise {

using model::ErrorCode;
using model::fail;

namespace {

tl::unexpected<model::Error> not_in_time(const client::Publisher& publisher,
                                         std::chrono::seconds wait_max) {
  const auto problem = publisher.status().problem;
  return fail(ErrorCode::timed_out,
              fmt::format("the broker did not acknowledge SEC/officer within {} s{}{}",
                          wait_max.count(), problem.empty() ? "" : ": ", problem));
}

}  // namespace

model::Result<std::unique_ptr<Office>> Office::open(const Workspace& workspace,
                                                    std::chrono::seconds wait_max) {
  const auto node = *model::NodeId::parse("SEC/officer");
  MUSTER_TRY(const auto config, client::load_node_config(workspace.node_config(node).string()));
  if (!config.signing_key) {
    return fail(ErrorCode::configuration,
                fmt::format("{}: names no signing key", workspace.node_config(node).string()));
  }
  auto office = std::unique_ptr<Office>(new Office);
  office->wait_max_ = wait_max;
  MUSTER_TRY(auto outbox, storage::open_outbox(config.outbox));
  const bool is_new = outbox->next_seq() == 1;
  MUSTER_TRY(office->context_, link::Context::create());
  MUSTER_TRY(
      office->publisher_,
      client::Publisher::start(
          *office->context_,
          {.connection = config.connection, .node = node, .signing_key = *config.signing_key},
          std::move(outbox), [raw = office.get()](const client::Acknowledged& acknowledged) {
            const std::lock_guard lock(raw->mutex_);
            raw->last_ = acknowledged;
          }));
  // Only the broker knows where the chain of an empty outbox ends.
  if (is_new && !client::wait_until_greeted(*office->publisher_, wait_max)) {
    return not_in_time(*office->publisher_, wait_max);
  }
  return office;
}

model::Result<model::ReportVerdict> Office::publish(const model::Report& report) {
  std::uint64_t seq = 0;
  MUSTER_TRY(const auto kept, publisher_->publish(report, seq));
  if (kept != client::PublishResult::kept || !publisher_->wait_until_acknowledged(wait_max_)) {
    return not_in_time(*publisher_, wait_max_);
  }
  const std::lock_guard lock(mutex_);
  if (!last_ || last_->report.seq != seq) {
    return client::acknowledged_earlier();
  }
  if (last_->verdict.verdict == model::Verdict::refused) {
    std::string findings;
    for (const auto& finding : last_->verdict.findings) {
      findings += "\n  " + model::describe(finding);
    }
    return fail(ErrorCode::refused,
                fmt::format("the broker refused {}:{}", last_->report.str(), findings));
  }
  return last_->verdict;
}

}  // namespace muster::exercise
