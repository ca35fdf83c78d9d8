// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/time.h"

namespace muster::gateway {

/// What operations see of the gateway: never a strength. Every series exists from the start; a
/// route is one of `routes`, whatever an address says. Any thread.
class GatewayMetrics {
 public:
  GatewayMetrics(const std::vector<std::string>& routes, const std::string& version,
                 model::UtcTime started_at);

  /// Of a route that is not known: nothing.
  void answered(std::string_view route, int status, std::chrono::duration<double> took);

  struct Now {
    std::size_t pages = 0;
    std::uint64_t questions = 0;
    bool is_broker_connected = false;
  };
  /// The page that Prometheus reads, in its text format.
  std::string page(const Now& now);

 private:
  struct Route {
    std::map<int, prometheus::Counter*> by_class;  // 2, 3, 4, 5
    prometheus::Histogram* duration = nullptr;
  };
  prometheus::Registry registry_;
  std::map<std::string, Route, std::less<>> routes_;
  prometheus::Gauge* pages_ = nullptr;
  prometheus::Gauge* connected_ = nullptr;
  prometheus::Counter* questions_ = nullptr;
};

}  // namespace muster::gateway
