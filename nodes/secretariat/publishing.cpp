// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/publishing.h"

#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/progress.h"

namespace muster::secretariat {

using client::PublisherStatus;
using client::PublishResult;
using std::chrono::milliseconds;

namespace {

/// Between two looks at why nothing moves: a refusal need not wait for the end of --wait.
constexpr milliseconds kLook{100};

/// One run of the command, once the files and the configuration are known to be good.
class Publishing {
 public:
  Publishing(const Output& output, const Doors& doors, const client::NodeConfig& config,
             milliseconds wait)
      : output_(output), doors_(doors), config_(config), deadline_(doors.steady_now() + wait) {}

  Published run(const std::vector<Outgoing>& reports, bool are_findings_told);

 private:
  model::Result<std::unique_ptr<storage::Outbox>> open_outbox();
  model::Result<void> start(std::unique_ptr<storage::Outbox> outbox);
  bool wait_until_greeted();
  ExitCode keep(const std::vector<Outgoing>& reports);
  void wait_until_acknowledged();
  void collect();
  ExitCode explain_first_contact();
  ExitCode explain_waiting();
  [[nodiscard]] ExitCode code_of(PublisherStatus::Session session) const;
  [[nodiscard]] std::string reason() const;
  [[nodiscard]] bool moves() const;
  [[nodiscard]] double acknowledged_share() const;
  [[nodiscard]] milliseconds left() const;

  const Output& output_;
  const Doors& doors_;
  const client::NodeConfig& config_;
  const std::chrono::steady_clock::time_point deadline_;
  std::vector<Receipt> receipts_;
  ReceiptBox box_;
  std::unique_ptr<client::Publisher> publisher_;  // Last: its thread puts into the box.
};

Published Publishing::run(const std::vector<Outgoing>& reports, bool are_findings_told) {
  auto outbox = open_outbox();
  if (!outbox) {
    return {.code = report_error(output_, "cannot open the outbox", config_.outbox, outbox.error(),
                                 Stage::keeping),
            .receipts = {}};
  }
  const bool is_new = (*outbox)->next_seq() == 1;
  if (const auto started = start(*std::move(outbox)); !started) {
    return {.code = report_error(output_, "cannot publish", config_.connection.ingest_endpoint,
                                 started.error(), Stage::asking),
            .receipts = {}};
  }
  // A new outbox may belong to a node that has published before. Only the broker knows where its
  // chain ends, and what is kept before that is known would break it.
  if (is_new && !wait_until_greeted()) {
    return {.code = explain_first_contact(), .receipts = {}};
  }
  const auto kept = keep(reports);
  wait_until_acknowledged();
  collect();
  if (!receipts_.empty()) {
    print_receipts(output_, receipts_, are_findings_told);
  }
  const auto sent = exit_code_of(receipts_);
  const auto outcome = sent == ExitCode::try_again ? explain_waiting() : sent;
  return {.code = kept == ExitCode::done ? outcome : kept, .receipts = std::move(receipts_)};
}

model::Result<std::unique_ptr<storage::Outbox>> Publishing::open_outbox() {
  if (!config_.outbox.empty()) {
    return doors_.open_outbox(config_.outbox);
  }
  output_.warn(fmt::format(
      "no outbox: {} names none under [node], so what is not acknowledged now is forgotten - add "
      "outbox = \"outbox\"",
      config_.path));
  return storage::make_memory_outbox();
}

model::Result<void> Publishing::start(std::unique_ptr<storage::Outbox> outbox) {
  // publish() has seen that there is a signing key.
  client::PublisherOptions options{.connection = config_.connection,
                                   .node = config_.node,
                                   .signing_key = config_.signing_key.value()};
  MUSTER_TRY(publisher_, doors_.start_publisher(std::move(options), std::move(outbox),
                                                [this](const client::Acknowledged& acknowledged) {
                                                  box_.put(acknowledged);
                                                }));
  return {};
}

milliseconds Publishing::left() const {
  const auto left = std::chrono::ceil<milliseconds>(deadline_ - doors_.steady_now());
  return std::max(left, milliseconds{0});
}

bool Publishing::moves() const {
  const auto session = publisher_->status().session;
  return session == PublisherStatus::Session::connecting ||
         session == PublisherStatus::Session::greeted;
}

bool Publishing::wait_until_greeted() {
  const Progress progress(output_, "waiting for the broker …");
  do {
    if (client::wait_until_greeted(*publisher_, std::min(kLook, left()))) {
      return true;
    }
  } while (moves() && left().count() > 0);
  return false;
}

void Publishing::wait_until_acknowledged() {
  if (receipts_.empty()) {
    return;
  }
  Progress progress(output_, receipts_.size() > 1 ? "publishing" : "waiting for the receipt …");
  while (!publisher_->wait_until_acknowledged(std::min(kLook, left())) && moves() &&
         left().count() > 0) {
    if (receipts_.size() > 1) {
      progress.share(acknowledged_share());
    }
  }
}

double Publishing::acknowledged_share() const {
  const auto before = receipts_.front().report.seq - 1;
  const auto now = std::max(publisher_->status().acknowledged_seq, before);
  return static_cast<double>(now - before) / static_cast<double>(receipts_.size());
}

ExitCode Publishing::keep(const std::vector<Outgoing>& reports) {
  for (const auto& outgoing : reports) {
    std::uint64_t seq = 0;
    const auto result = publisher_->publish(*outgoing.report, seq);
    if (!result) {
      return report_error(output_, "cannot publish", name_of(outgoing), result.error(),
                          Stage::keeping);
    }
    if (*result == PublishResult::back_pressured) {
      output_.error(
          fmt::format("cannot publish: {} - the outbox is full - try again when the "
                      "broker has taken what waits",
                      name_of(outgoing)));
      return ExitCode::try_again;
    }
    receipts_.push_back({.file = outgoing.file,
                         .report = {config_.node, seq},
                         .acknowledged = {},
                         .draft = outgoing.draft,
                         .index = outgoing.index});
  }
  return ExitCode::done;
}

void Publishing::collect() {
  for (auto& receipt : receipts_) {
    receipt.acknowledged = box_.find(receipt.report.seq);
  }
}

ExitCode Publishing::code_of(PublisherStatus::Session session) const {
  switch (session) {
    case PublisherStatus::Session::connecting:
      return ExitCode::unreachable;
    case PublisherStatus::Session::greeted:
      return ExitCode::try_again;
    case PublisherStatus::Session::denied:
    case PublisherStatus::Session::stopped:
      return ExitCode::refused;
  }
  return ExitCode::our_bug;
}

std::string Publishing::reason() const {
  const auto status = publisher_->status();
  if (!status.problem.empty()) {
    return status.problem;
  }
  const auto& endpoint = config_.connection.ingest_endpoint;
  return status.session == PublisherStatus::Session::connecting
             ? fmt::format("the broker at {} does not answer", endpoint)
             : fmt::format("the broker at {} has not acknowledged in time", endpoint);
}

ExitCode Publishing::explain_first_contact() {
  output_.error(fmt::format(
      "cannot publish: node {} - {} - nothing was kept, since an empty outbox must hear first from "
      "the broker where the node's chain ends; try again when it can be reached",
      config_.node.view(), reason()));
  return code_of(publisher_->status().session);
}

ExitCode Publishing::explain_waiting() {
  const auto first = std::find_if(receipts_.begin(), receipts_.end(), [](const Receipt& receipt) {
    return !receipt.acknowledged.has_value();
  });
  const auto next =
      config_.outbox.empty()
          ? std::string(
                "it is not kept here; look for it with 'muster ledger tail' before it is "
                "published again")
          : fmt::format(
                "it is kept in the outbox {} and will be sent by the next publish or by "
                "muster-node: do not publish it again",
                config_.outbox);
  output_.error(fmt::format("not acknowledged: {} - {} - {}", first->report.str(), reason(), next));
  return code_of(publisher_->status().session);
}

}  // namespace

std::vector<Outgoing> outgoing_of(const std::vector<ReportFile>& files) {
  std::vector<Outgoing> reports;
  for (const auto& file : files) {
    for (std::size_t i = 0; i < file.draft.reports.size(); ++i) {
      reports.push_back(
          {.file = file.path, .report = &file.draft.reports[i], .draft = &file.draft, .index = i});
    }
  }
  return reports;
}

std::string name_of(const Outgoing& outgoing) {
  if (outgoing.draft == nullptr || outgoing.draft->reports.size() < 2) {
    return outgoing.file;
  }
  return fmt::format("{}, report {} of {}", outgoing.file, outgoing.index + 1,
                     outgoing.draft->reports.size());
}

Published publish_reports(const Output& output, const Doors& doors,
                          const client::NodeConfig& config, const std::vector<Outgoing>& reports,
                          std::chrono::milliseconds wait, bool are_findings_told) {
  return Publishing(output, doors, config, wait).run(reports, are_findings_told);
}

}  // namespace muster::secretariat
