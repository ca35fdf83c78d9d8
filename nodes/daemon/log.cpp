// SPDX-License-Identifier: Apache-2.0
#include "nodes/daemon/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace muster::daemon {

namespace {

spdlog::logger& logger() {
  static const auto made = [] {
    auto log = std::make_shared<spdlog::logger>("muster",
                                                std::make_shared<spdlog::sinks::stderr_sink_mt>());
    log->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
    log->flush_on(spdlog::level::info);
    return log;
  }();
  return *made;
}

}  // namespace

void log_info(std::string_view fields) { logger().info("{}", fields); }
void log_warning(std::string_view fields) { logger().warn("{}", fields); }
void log_error(std::string_view fields) { logger().error("{}", fields); }

}  // namespace muster::daemon
