// SPDX-License-Identifier: Apache-2.0
#include "storage/outbox.h"

#include <fmt/format.h>

#include <deque>
#include <utility>

#include "storage/outbox_position.h"

namespace muster::storage {

using model::ErrorCode;
using model::Result;

Result<void> OutboxPosition::check_seal(const SealedEnvelope& envelope) const {
  const bool follows = envelope.first_seq == sealed_seq + 1;
  const bool waits = envelope.last_seq >= envelope.first_seq && envelope.last_seq < next_seq;
  if (follows && waits) {
    return {};
  }
  return model::fail(
      ErrorCode::refused,
      fmt::format("an envelope of {}..{} cannot be sealed: {}..{} wait", envelope.first_seq,
                  envelope.last_seq, sealed_seq + 1, next_seq - 1));
}

Result<void> OutboxPosition::check_acknowledge(std::uint64_t seq) const {
  if (seq <= sealed_seq) {
    return {};
  }
  return model::fail(ErrorCode::refused,
                     fmt::format("{} cannot be acknowledged: sealed up to {}", seq, sealed_seq));
}

Result<void> OutboxPosition::check_resume() const {
  if (next_seq == sealed_seq + 1 && sealed_seq == acknowledged_seq) {
    return {};
  }
  return model::fail(ErrorCode::refused,
                     fmt::format("the outbox is not empty: {} wait and {} are not acknowledged",
                                 next_seq - 1 - sealed_seq, sealed_seq - acknowledged_seq));
}

namespace {

class MemoryOutbox final : public Outbox {
 public:
  [[nodiscard]] std::uint64_t next_seq() const override { return at_.next_seq; }
  [[nodiscard]] std::uint64_t sealed_seq() const override { return at_.sealed_seq; }
  [[nodiscard]] model::Hash sealed_hash() const override { return at_.sealed_hash; }
  [[nodiscard]] std::uint64_t acknowledged_seq() const override { return at_.acknowledged_seq; }

  Result<std::uint64_t> push(const std::vector<model::Bytes>& reports) override {
    waiting_.insert(waiting_.end(), reports.begin(), reports.end());
    return std::exchange(at_.next_seq, at_.next_seq + reports.size());
  }

  Result<std::vector<model::Bytes>> waiting(std::size_t count,
                                            std::size_t bytes_max) const override {
    Portion portion(count, bytes_max);
    std::vector<model::Bytes> oldest;
    for (const auto& report : waiting_) {
      if (!portion.takes(report.size())) {
        break;
      }
      oldest.push_back(report);
    }
    return oldest;
  }

  Result<void> seal(const SealedEnvelope& envelope) override {
    MUSTER_CHECK(at_.check_seal(envelope));
    const auto count = static_cast<std::ptrdiff_t>(envelope.last_seq - at_.sealed_seq);
    waiting_.erase(waiting_.begin(), waiting_.begin() + count);
    sealed_.push_back(envelope);
    at_.sealed_seq = envelope.last_seq;
    at_.sealed_hash = envelope.chain_hash;
    return {};
  }

  Result<std::vector<SealedEnvelope>> sealed(std::uint64_t from_seq,
                                             std::size_t count) const override {
    std::vector<SealedEnvelope> oldest;
    for (const auto& envelope : sealed_) {
      if (oldest.size() == count) {
        break;
      }
      if (envelope.last_seq >= from_seq) {
        oldest.push_back(envelope);
      }
    }
    return oldest;
  }

  Result<void> acknowledge(std::uint64_t seq) override {
    MUSTER_CHECK(at_.check_acknowledge(seq));
    while (!sealed_.empty() && sealed_.front().last_seq <= seq) {
      at_.acknowledged_seq = sealed_.front().last_seq;
      sealed_.pop_front();
    }
    return {};
  }

  Result<void> resume_from(std::uint64_t seq, const model::Hash& hash) override {
    MUSTER_CHECK(at_.check_resume());
    at_ = {.next_seq = seq + 1, .sealed_seq = seq, .sealed_hash = hash, .acknowledged_seq = seq};
    return {};
  }

 private:
  OutboxPosition at_;
  std::deque<model::Bytes> waiting_;
  std::deque<SealedEnvelope> sealed_;
};

}  // namespace

std::unique_ptr<Outbox> make_memory_outbox() { return std::make_unique<MemoryOutbox>(); }

}  // namespace muster::storage
