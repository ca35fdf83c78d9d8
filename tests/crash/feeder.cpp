// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/feeder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "schemas/trust/hash.h"
#include "schemas/wire/report.h"
#include "tests/e2e/peer.h"

namespace muster::crash {

using namespace std::chrono_literals;
using e2e::must;

Reports::Reports(const model::NodeId& node, std::uint64_t seed)
    : nation_(node.publisher().str()), random_(seed) {}

std::string Reports::unit(std::uint64_t index) const {
  return fmt::format("{}:EX-{}", nation_, index % kUnits);
}

model::Bytes Reports::declaration() const {
  auto report = e2e::report({});
  for (std::uint64_t i = 0; i < kUnits; ++i) {
    report.statements.emplace_back(e2e::unit(unit(i)));
  }
  return wire::encode_report(report);
}

model::Bytes Reports::next() {
  auto strength = e2e::strength(unit(random_()), static_cast<model::Count>(random_() % 120));
  for (std::uint64_t i = random_() % 8; i > 0; --i) {  // So that lengths differ.
    strength.specialties.push_back({must(model::Code::parse(fmt::format("S-{}", i))), 4, 3});
  }
  auto report = e2e::report({strength});
  if (random_() % 8 == 0) {
    report.valid_at += 1h;  // Refused: it speaks of the future.
  }
  return wire::encode_report(report);
}

Feeder::Feeder(link::Context& context, client::PublisherOptions options,
               std::unique_ptr<storage::Outbox> outbox, Oracle& oracle, std::uint64_t seed)
    : node_(options.node), oracle_(oracle), reports_(node_, seed), random_(seed) {
  publisher_ = must(client::Publisher::start(context, std::move(options), std::move(outbox),
                                             [this](const client::Acknowledged& acknowledged) {
                                               oracle_.acknowledged(acknowledged);
                                               {
                                                 const std::scoped_lock lock(mutex_);
                                                 --in_flight_;
                                               }
                                               room_.notify_one();
                                             }));
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Feeder::stop() {
  thread_.request_stop();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void Feeder::run(const std::stop_token& stop) {
  push({reports_.declaration()});
  while (!stop.stop_requested()) {
    wait_for_room(stop);
    std::vector<model::Bytes> some(1 + random_() % 8);
    for (auto& report : some) {
      report = reports_.next();
    }
    push(std::move(some));
  }
}

void Feeder::push(std::vector<model::Bytes> reports) {
  std::vector<model::Hash> hashes;
  for (const auto& report : reports) {
    hashes.push_back(trust::sha256(report));
  }
  {
    const std::scoped_lock lock(mutex_);
    in_flight_ += reports.size();
  }
  std::uint64_t seq = 0;
  const auto kept = publisher_->publish_encoded(std::move(reports), seq);
  if (!kept || *kept != client::PublishResult::kept) {
    ADD_FAILURE() << node_.view() << ": " << (kept ? "no room" : kept.error().message);
    return;
  }
  for (const auto& hash : hashes) {
    oracle_.pushed({node_, seq++}, hash);
  }
}

void Feeder::wait_for_room(const std::stop_token& stop) {
  // A bounded rate keeps the ledger small enough to be read at each start.
  constexpr auto kPause = 15ms;
  constexpr std::uint64_t kInFlightMax = 512;
  std::unique_lock lock(mutex_);
  room_.wait_for(lock, stop, kPause, [] { return false; });
  room_.wait(lock, stop, [this] { return in_flight_ < kInFlightMax; });
}

}  // namespace muster::crash
