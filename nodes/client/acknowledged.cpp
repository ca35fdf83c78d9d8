// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "nodes/client/publisher.h"

namespace muster::client {

model::ReportVerdict acknowledged_earlier() {
  model::Finding finding;
  finding.severity = model::Severity::flag;
  finding.found = "acknowledged in an earlier session";
  finding.expected = "the verdict itself: ask the broker for it";
  return {.verdict = model::Verdict::accepted, .findings = {std::move(finding)}};
}

bool is_acknowledged_earlier(const model::ReportVerdict& verdict) {
  return verdict == acknowledged_earlier();
}

bool wait_until_greeted(const Publisher& publisher, std::chrono::milliseconds wait_max) {
  const auto deadline = std::chrono::steady_clock::now() + wait_max;
  while (publisher.status().session != PublisherStatus::Session::greeted) {
    if (std::chrono::steady_clock::now() >= deadline) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return true;
}

}  // namespace muster::client
