// SPDX-License-Identifier: Apache-2.0
#include "broker/server/process_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace muster::server {
namespace {

prometheus::MetricFamily family(const char* name, const char* help, prometheus::MetricType type,
                                double value) {
  prometheus::ClientMetric metric;
  if (type == prometheus::MetricType::Counter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
  return {name, help, type, {metric}};
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Field `index` of /proc/self/stat, counted from 1, behind the name in brackets that may hold
/// anything.
double stat_field(int index) {
  std::ifstream file("/proc/self/stat");
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto end = text.rfind(')');
  if (end == std::string::npos) {
    return 0;
  }
  std::istringstream fields(text.substr(end + 2));
  std::string field;
  for (int i = 3; i <= index && fields >> field; ++i) {
  }
  return field.empty() ? 0 : std::stod(field);
}

double boot_time() {
  std::ifstream file("/proc/stat");
  for (std::string word; file >> word;) {
    if (word == "btime") {
      double seconds = 0;
      file >> seconds;
      return seconds;
    }
  }
  return 0;
}

double open_descriptors() {
  std::error_code error;
  std::filesystem::directory_iterator entries("/proc/self/fd", error);
  return error ? 0
               : static_cast<double>(std::distance(entries, std::filesystem::directory_iterator{}));
}

double descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<double>(limit.rlim_cur);
}

}  // namespace

std::vector<prometheus::MetricFamily> process_metrics() {
  using enum prometheus::MetricType;
  constexpr int kStartTime = 22;
  constexpr int kVirtualBytes = 23;
  constexpr int kResidentPages = 24;
  const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
  return {
      family("process_cpu_seconds_total", "User and system CPU time", Counter, cpu_seconds()),
      family("process_resident_memory_bytes", "Resident memory", Gauge,
             stat_field(kResidentPages) * page),
      family("process_virtual_memory_bytes", "Virtual memory", Gauge, stat_field(kVirtualBytes)),
      family("process_start_time_seconds", "When the process started, since the epoch", Gauge,
             boot_time() + stat_field(kStartTime) / ticks),
      family("process_open_fds", "Open file descriptors", Gauge, open_descriptors()),
      family("process_max_fds", "File descriptors at most", Gauge, descriptor_limit()),
  };
}

}  // namespace muster::server
