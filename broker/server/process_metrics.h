// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

namespace muster::server {

/// The process_* figures that every Prometheus client shows, from /proc/self. What cannot be read
/// is left out.
std::vector<prometheus::MetricFamily> process_metrics();

}  // namespace muster::server
