// SPDX-License-Identifier: Apache-2.0
#include "broker/server/answers.h"

namespace muster::server {
namespace {

constexpr std::size_t kOutcomeBytesMax = model::kMessageBytesMax / 4;

/// About what an outcome takes on the wire.
std::size_t size_of(const model::ReportOutcome& outcome) {
  constexpr std::size_t kFixed = 64;
  std::size_t size = kFixed;
  for (const auto& finding : outcome.verdict.findings) {
    size += kFixed + finding.field.size() + finding.found.size() + finding.expected.size();
  }
  return size;
}

}  // namespace

std::vector<model::Ack> split(model::Ack ack) {
  std::vector<model::Ack> parts;
  auto outcomes = std::move(ack.reports);
  ack.reports.clear();
  std::size_t size = 0;
  for (auto& outcome : outcomes) {
    const auto next = size_of(outcome);
    if (!ack.reports.empty() && size + next > kOutcomeBytesMax) {
      auto part = ack;
      part.up_to_seq = outcome.seq - 1;
      parts.push_back(std::move(part));
      ack.reports.clear();
      size = 0;
    }
    size += next;
    ack.reports.push_back(std::move(outcome));
  }
  parts.push_back(std::move(ack));
  return parts;
}

}  // namespace muster::server
