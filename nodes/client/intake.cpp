// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/intake.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace muster::client {

using model::Result;

namespace {

std::uint64_t bytes_of(const std::vector<model::Bytes>& reports) {
  std::uint64_t bytes = 0;
  for (const auto& report : reports) {
    bytes += report.size();
  }
  return bytes;
}

}  // namespace

Intake::Intake(std::unique_ptr<storage::Outbox> outbox, std::size_t waiting_max)
    : waiting_max_(waiting_max),
      next_seq_(outbox->next_seq()),
      forgotten_seq_(outbox->acknowledged_seq()),
      outbox_(std::move(outbox)) {}

Result<PublishResult> Intake::push(std::vector<model::Bytes> reports, std::uint64_t& first_seq) {
  Ticket ticket{.reports = std::move(reports)};
  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&ticket);
  done_.wait(lock, [&] { return ticket.done || !pushing_; });
  if (!ticket.done) {
    // Nobody pushes, so this caller does it for all who came meanwhile.
    pushing_ = true;
    auto tickets = std::exchange(queue_, {});
    lock.unlock();
    push_all(tickets);
    lock.lock();
    for (auto* each : tickets) {
      each->done = true;
    }
    pushing_ = false;
    done_.notify_all();
  }
  first_seq =
      ticket.outcome && *ticket.outcome == PublishResult::kept ? ticket.first_seq : first_seq;
  return std::move(ticket.outcome);
}

std::vector<Intake::Ticket*> Intake::fitting(const std::vector<Ticket*>& tickets) const {
  std::uint64_t kept = next_seq_ - 1 - forgotten_seq_;
  std::vector<Ticket*> fit;
  for (auto* ticket : tickets) {
    // An empty outbox takes a batch of any size, or a large one could never be kept.
    if (kept > 0 && kept + ticket->reports.size() > waiting_max_) {
      continue;
    }
    kept += ticket->reports.size();
    fit.push_back(ticket);
  }
  return fit;
}

void Intake::push_all(std::vector<Ticket*>& tickets) {
  if (const auto fit = fitting(tickets); !fit.empty()) {
    push_some(fit);
  }
}

void Intake::push_some(const std::vector<Ticket*>& tickets) {
  std::vector<model::Bytes> joined = std::move(tickets.front()->reports);
  std::vector<std::size_t> counts{joined.size()};
  for (auto ticket = tickets.begin() + 1; ticket != tickets.end(); ++ticket) {
    auto& reports = (*ticket)->reports;
    counts.push_back(reports.size());
    std::move(reports.begin(), reports.end(), std::back_inserter(joined));
  }
  const std::uint64_t bytes = bytes_of(joined);
  const std::scoped_lock lock(outbox_mutex_);
  const auto first = outbox_->push(joined);
  std::uint64_t seq = first.value_or(0);
  for (std::size_t i = 0; i < tickets.size(); ++i) {
    tickets[i]->first_seq = seq;
    seq += counts[i];
    if (first) {
      tickets[i]->outcome = PublishResult::kept;
    } else {
      tickets[i]->outcome = tl::unexpected(first.error());
    }
  }
  pushed_bytes_.fetch_add(first ? bytes : 0, std::memory_order_relaxed);
  next_seq_.store(outbox_->next_seq(), std::memory_order_release);
}

void Intake::moved(std::uint64_t next_seq) {
  forgotten(next_seq - 1);
  next_seq_.store(next_seq, std::memory_order_release);
}

}  // namespace muster::client
