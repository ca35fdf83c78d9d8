// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/gateway_metrics.h"

#include <fmt/format.h>
#include <prometheus/gauge.h>
#include <prometheus/text_serializer.h>

#include <sstream>

namespace muster::gateway {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;

namespace {

/// One bound stands at 50 ms, which the first screen's questions must keep.
const prometheus::Histogram::BucketBoundaries kBuckets{.001, .0025, .005, .01, .025,
                                                       .05,  .1,    .25,  1,   5};

}  // namespace

GatewayMetrics::GatewayMetrics(const std::vector<std::string>& routes, const std::string& version,
                               model::UtcTime started_at) {
  const auto gauge = [this](const char* name, const char* help,
                            const prometheus::Labels& labels = {}) -> prometheus::Gauge& {
    return BuildGauge().Name(name).Help(help).Register(registry_).Add(labels);
  };
  gauge("muster_gateway_build_info", "1, with the version of the program", {{"version", version}})
      .Set(1);
  gauge("muster_gateway_start_timestamp_seconds", "When the program was started")
      .Set(static_cast<double>(model::to_micros(started_at)) / 1e6);
  pages_ = &gauge("muster_gateway_sse_clients", "Open pages that are told of changes");
  connected_ = &gauge("muster_gateway_broker_connected",
                      "1 while the broker tells every identity of changes");
  questions_ = &BuildCounter()
                    .Name("muster_gateway_broker_questions_total")
                    .Help("Questions that went to the broker since the start; equal ones go once")
                    .Register(registry_)
                    .Add({});
  auto& requests = BuildCounter()
                       .Name("muster_gateway_http_requests_total")
                       .Help("Requests that were answered, by route and class of the status")
                       .Register(registry_);
  auto& durations = BuildHistogram()
                        .Name("muster_gateway_request_duration_seconds")
                        .Help("From a request that was read to its answer")
                        .Register(registry_);
  for (const auto& name : routes) {
    auto& route = routes_[name];
    for (const int code : {2, 3, 4, 5}) {
      route.by_class[code] = &requests.Add({{"route", name}, {"code", fmt::format("{}xx", code)}});
    }
    route.duration = &durations.Add({{"route", name}}, kBuckets);
  }
}

void GatewayMetrics::answered(std::string_view route, int status,
                              std::chrono::duration<double> took) {
  const auto found = routes_.find(route);
  if (found == routes_.end()) {
    return;
  }
  if (const auto counter = found->second.by_class.find(status / 100);
      counter != found->second.by_class.end()) {
    counter->second->Increment();
  }
  found->second.duration->Observe(took.count());
}

std::string GatewayMetrics::page(const Now& now) {
  pages_->Set(static_cast<double>(now.pages));
  connected_->Set(now.is_broker_connected ? 1 : 0);
  questions_->Increment(static_cast<double>(now.questions) - questions_->Value());
  std::ostringstream out;
  prometheus::TextSerializer().Serialize(out, registry_.Collect());
  return out.str();
}

}  // namespace muster::gateway
