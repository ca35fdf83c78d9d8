// SPDX-License-Identifier: Apache-2.0
#include "broker/server/planning_desk.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

namespace muster::server {

using model::ErrorCode;

namespace {

model::Error stopping() { return {ErrorCode::unavailable, "the broker is stopping; ask again"}; }

}  // namespace

PlanningDesk::PlanningDesk(Planner planner, QueryMetrics& metrics,
                           std::function<void()> on_answered)
    : planner_(std::move(planner)), metrics_(metrics), on_answered_(std::move(on_answered)) {}

void PlanningDesk::put(link::PeerAddress to, PlanningJob job) {
  {
    const std::lock_guard lock(mutex_);
    refuse_late();
    if (const auto reason = reason_to_refuse()) {
      refuse(to, job.id, *reason);
    } else {
      waiting_.push_back({std::move(to), std::move(job)});
    }
    metrics_.waiting(waiting_.size());
  }
  work_.notify_one();
}

std::optional<model::Error> PlanningDesk::reason_to_refuse() const {
  if (is_closed_) {
    return stopping();
  }
  if (waiting_.size() >= kWaitingMax) {
    return model::Error{ErrorCode::unavailable,
                        fmt::format("{} assemblies are waiting; ask again", waiting_.size())};
  }
  return std::nullopt;
}

void PlanningDesk::refuse(const link::PeerAddress& to, std::uint64_t id,
                          const model::Error& error) {
  answered_.push_back({to, planner_.refuse(id, error)});
}

void PlanningDesk::refuse_late() {
  std::erase_if(waiting_, [&](const Waiting& entry) {
    const bool is_late = !planner_.search_time(entry.job);
    if (is_late) {
      answered_.push_back({entry.to, planner_.refuse_late(entry.job)});
    }
    return is_late;
  });
}

bool PlanningDesk::step(const std::stop_token& stop) {
  const auto entry = next();
  if (!entry) {
    return false;
  }
  answered(entry->to, answer_of(entry->job, stop));
  on_answered_();
  return true;
}

/// One question may ask for more than there is memory for. It is refused; the broker goes on.
std::vector<model::Bytes> PlanningDesk::answer_of(const PlanningJob& job,
                                                  const std::stop_token& stop) const {
  try {
    return planner_.answer(job, stop);
  } catch (const std::exception& error) {
    return planner_.refuse(job.id, {ErrorCode::unavailable,
                                    fmt::format("no package could be made: {}", error.what())});
  }
}

std::optional<PlanningDesk::Waiting> PlanningDesk::next() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) {
    return std::nullopt;
  }
  auto entry = std::move(waiting_.front());
  waiting_.pop_front();
  running_ = Running{entry.to, entry.job.id};
  metrics_.waiting(waiting_.size());
  return entry;
}

void PlanningDesk::answered(const link::PeerAddress& to, std::vector<model::Bytes> messages) {
  const std::lock_guard lock(mutex_);
  running_.reset();
  if (!is_closed_) {
    answered_.push_back({to, std::move(messages)});
  }
}

bool PlanningDesk::wait(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  return work_.wait(lock, stop, [&] { return !waiting_.empty(); }) && !stop.stop_requested();
}

std::vector<Delivery> PlanningDesk::collect() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answered_, {});
}

void PlanningDesk::close() {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  if (running_) {
    refuse(running_->to, running_->id, stopping());
  }
  for (const auto& entry : waiting_) {
    refuse(entry.to, entry.job.id, stopping());
  }
  waiting_.clear();
  metrics_.waiting(0);
}

}  // namespace muster::server
