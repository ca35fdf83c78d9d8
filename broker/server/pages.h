// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "broker/server/clock.h"
#include "broker/server/loops.h"
#include "broker/server/projector.h"
#include "schemas/link/http.h"
#include "schemas/link/zap.h"

namespace muster::server {

/// What the pages show.
struct PageSources {
  BrokerMetrics& metrics;
  const storage::Store& store;
  const Projector& projector;
  const link::ZapService& zap;
  IngestLoop& ingest;
  Clock clock;
};

/// /metrics, /healthz (the process answers), /readyz (a turn through the commit path within 2 s,
/// and the store writes), /version. Anybody who may connect reads them: they hold no strengths.
link::HttpRoutes pages(const PageSources& sources);

}  // namespace muster::server
