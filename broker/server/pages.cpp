// SPDX-License-Identifier: Apache-2.0
#include "broker/server/pages.h"

#include <chrono>

#include "broker/server/broker.h"

namespace muster::server {
namespace {

std::string metrics_page(const PageSources& sources) {
  const auto health = sources.store.health();
  return sources.metrics.page({.curve_denied = sources.zap.denied(),
                               .live_bytes = health.live_bytes,
                               .sst_bytes = health.sst_bytes,
                               .pending_compaction_bytes = health.pending_compaction_bytes,
                               .write_stalled = health.write_stalled,
                               .read_only = health.read_only,
                               .projection_watermark = sources.projector.watermark(),
                               .now = sources.clock()});
}

link::HttpResponse not_ready(const std::string& why) {
  return {.status = 503, .body = "not ready: " + why + "\n"};
}

link::HttpResponse readiness(const PageSources& sources) {
  const auto health = sources.store.health();
  if (health.read_only) {
    return not_ready("the store refuses writes (" + health.error +
                     "). Mend the cause, then restart the broker");
  }
  auto turn = sources.ingest.probe();
  if (turn.wait_for(std::chrono::seconds(2)) != std::future_status::ready) {
    return not_ready("the commit loop did not turn within 2 s");
  }
  if (const auto result = turn.get(); !result) {
    return not_ready(result.error().message);
  }
  return {.body = "ready\n"};
}

}  // namespace

link::HttpRoutes pages(const PageSources& sources) {
  return {
      {"/metrics",
       [sources](const link::HttpRequest&) {
         return link::HttpResponse{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                                   .body = metrics_page(sources)};
       }},
      {"/healthz", [](const link::HttpRequest&) { return link::HttpResponse{.body = "ok\n"}; }},
      {"/readyz", [sources](const link::HttpRequest&) { return readiness(sources); }},
      {"/version",
       [](const link::HttpRequest&) { return link::HttpResponse{.body = software_name() + "\n"}; }},
  };
}

}  // namespace muster::server
