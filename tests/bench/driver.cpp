// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/driver.h"

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace muster::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kAckWaitMax{10'000};
constexpr double kWarmUpShare = 0.1;

/// Random bytes from which reports are cut, so that the load spends nothing on making them.
class Payloads {
 public:
  Payloads(std::uint64_t seed, std::uint32_t report_bytes)
      : report_bytes_(report_bytes), pool_(kStarts + report_bytes, '\0') {
    std::mt19937_64 random(seed);
    std::generate(pool_.begin(), pool_.end(), [&] { return static_cast<char>(random() & 0xff); });
  }

  /// Neighbours start a prime apart, so that nothing on the way meets the same bytes again soon.
  [[nodiscard]] std::string_view at(std::uint64_t number) const {
    return std::string_view(pool_).substr((number * 4099) % kStarts, report_bytes_);
  }

 private:
  static constexpr std::size_t kStarts = 1 << 20;
  std::uint32_t report_bytes_;
  std::string pool_;
};

/// When the run starts to count, and when it ends. Set once, before any publisher sends.
struct Span {
  Clock::time_point counted_from;
  Clock::time_point end;
};

/// What one publisher saw in the counted time. Latencies are in tenths of a microsecond.
struct Seen {
  std::uint64_t reports_total = 0;
  Clock::time_point last_ack;
  std::vector<std::uint32_t> latencies;
};

std::uint32_t tenths_of_us(Clock::duration latency) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(latency).count() / 100);
}

/// One publisher's closed loop.
class Loop {
 public:
  Loop(Publisher& publisher, const Payloads& payloads, const Options& options, Span span)
      : publisher_(publisher),
        payloads_(payloads),
        span_(span),
        reports_max_(std::max<std::uint64_t>(1, options.reports_max / options.publishers)),
        sent_at_(options.window) {}

  Seen run() {
    seen_.latencies.reserve(1 << 20);
    for (fill(); acked_ < sent_; fill()) {
      const std::uint64_t acked = publisher_.wait(kAckWaitMax);
      if (acked == 0) {
        fail(fmt::format("no acknowledgement in {} ms", kAckWaitMax.count()));
      }
      if (acked > sent_ - acked_) {
        fail("more acknowledgements than reports");
      }
      count(acked);
    }
    seen_.reports_total = acked_;
    return std::move(seen_);
  }

 private:
  void fill() {
    while (sent_ - acked_ < sent_at_.size() && sent_ < reports_max_) {
      const auto now = Clock::now();
      if (now >= span_.end) {
        return;
      }
      sent_at_[sent_ % sent_at_.size()] = now;
      publisher_.send(payloads_.at(sent_));
      ++sent_;
    }
  }

  void count(std::uint64_t acked) {
    const auto now = Clock::now();
    const bool is_counted = now >= span_.counted_from && now < span_.end;
    for (std::uint64_t i = 0; i < acked; ++i, ++acked_) {
      if (is_counted) {
        seen_.latencies.push_back(tenths_of_us(now - sent_at_[acked_ % sent_at_.size()]));
      }
    }
    seen_.last_ack = now;
  }

  Publisher& publisher_;
  const Payloads& payloads_;
  const Span span_;
  const std::uint64_t reports_max_;
  std::vector<Clock::time_point> sent_at_;  ///< A ring: acknowledgements come in order of sending.
  std::uint64_t sent_ = 0;
  std::uint64_t acked_ = 0;
  Seen seen_;
};

double cpu_seconds_of_this_process() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

/// Everything that is read at both ends of the counted time.
struct Meter {
  double cpu_seconds_client = 0;
  ServerUse server;
};

Meter read_meter(const Rival& rival, const Options& options) {
  Meter meter{.cpu_seconds_client = cpu_seconds_of_this_process(), .server = {}};
  if (rival.server_use) {
    meter.server = rival.server_use();
  }
  if (options.server_pid != 0) {
    meter.server.cpu_seconds = cpu_seconds_of(options.server_pid);
  }
  return meter;
}

/// What the threads of a run share.
struct Run {
  explicit Run(const Options& options)
      : payloads(options.seed, options.bytes),
        all_connected(options.publishers + 1),
        all_started(options.publishers + 1),
        seen(options.publishers) {}

  Payloads payloads;
  std::barrier<> all_connected;
  Span span;  // Written between the two barriers, by the measuring thread.
  std::barrier<> all_started;
  std::atomic<std::uint32_t> finished{0};
  std::vector<Seen> seen;
};

void publish(Run& run, const Rival& rival, const Options& options, std::uint32_t index) {
  const auto publisher = rival.connect(index);
  run.all_connected.arrive_and_wait();
  run.all_started.arrive_and_wait();
  run.seen[index] = Loop(*publisher, run.payloads, options, run.span).run();
  ++run.finished;
}

/// Sleeps until `until`, or until every publisher is done because the run met its count.
void sleep_until(const Run& run, const Options& options, Clock::time_point until) {
  while (Clock::now() < until && run.finished < options.publishers) {
    std::this_thread::sleep_until(std::min(until, Clock::now() + std::chrono::milliseconds(20)));
  }
}

Span span_from_now(double seconds) {
  const auto as_duration = [](double s) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(s));
  };
  const auto counted_from = Clock::now() + as_duration(seconds * kWarmUpShare);
  return {.counted_from = counted_from, .end = counted_from + as_duration(seconds)};
}

std::vector<std::uint32_t> merge_latencies(std::vector<Seen>& seen) {
  std::vector<std::uint32_t> all;
  for (Seen& one : seen) {
    all.insert(all.end(), one.latencies.begin(), one.latencies.end());
    one.latencies = {};
  }
  std::sort(all.begin(), all.end());
  return all;
}

double quantile_us(const std::vector<std::uint32_t>& sorted, double q) {
  const auto place = static_cast<std::size_t>(q * static_cast<double>(sorted.size()));
  return static_cast<double>(sorted[std::min(place, sorted.size() - 1)]) / 10.0;
}

/// The counted time. A publisher that met its count stopped before the end.
double counted_seconds(const Run& run) {
  auto last = run.span.counted_from;
  for (const Seen& one : run.seen) {
    last = std::max(last, one.last_ack);
  }
  const auto end = std::min(run.span.end, last);
  return std::chrono::duration<double>(end - run.span.counted_from).count();
}

nlohmann::ordered_json result_of(const Rival& rival, const Options& options, Run& run) {
  const double seconds = counted_seconds(run);
  const auto latencies = merge_latencies(run.seen);
  if (latencies.empty()) {
    fail("nothing was acknowledged in the counted time; raise --seconds or --reports-max");
  }
  std::uint64_t total = 0;
  for (const Seen& one : run.seen) {
    total += one.reports_total;
  }
  return {{"rival", rival.name},
          {"publishers", options.publishers},
          {"window", options.window},
          {"bytes", options.bytes},
          {"reports", latencies.size()},
          {"reports_total", total},
          {"seconds", seconds},
          {"reports_per_second", static_cast<double>(latencies.size()) / seconds},
          {"p50_us", quantile_us(latencies, 0.5)},
          {"p99_us", quantile_us(latencies, 0.99)},
          {"p999_us", quantile_us(latencies, 0.999)}};
}

void add_use(nlohmann::ordered_json& result, const Meter& before, const Meter& after) {
  result["cpu_seconds_client"] = after.cpu_seconds_client - before.cpu_seconds_client;
  const ServerUse& a = before.server;
  const ServerUse& b = after.server;
  if (a.cpu_seconds && b.cpu_seconds) {
    result["cpu_seconds_broker"] = *b.cpu_seconds - *a.cpu_seconds;
  }
  if (a.syncs && b.syncs && a.reports && b.reports && *b.syncs > *a.syncs) {
    result["reports_per_sync"] =
        static_cast<double>(*b.reports - *a.reports) / static_cast<double>(*b.syncs - *a.syncs);
  }
}

}  // namespace

void fail(const std::string& message) {
  fmt::print(stderr, "bench: {}\n", message);
  std::_Exit(1);  // Other threads still use what a clean exit would take away.
}

std::optional<double> cpu_seconds_of(pid_t pid) {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) {
    return {};
  }
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

Options parse_options(int argc, char** argv, const std::string& about) {
  Options options{.dir = std::filesystem::temp_directory_path()};
  CLI::App app(about);
  app.add_option("--publishers", options.publishers, "Connections, each with a thread")
      ->check(CLI::Range(1, 64));
  app.add_option("--window", options.window, "Reports in flight for each publisher")
      ->check(CLI::Range(1, 65536));
  app.add_option("--bytes", options.bytes, "Size of a report")->check(CLI::Range(1, 262'144));
  app.add_option("--seconds", options.seconds, "Measured time, after a tenth of it to warm up")
      ->check(CLI::Range(0.1, 600.0));
  app.add_option("--seed", options.seed, "Seed of the random bytes");
  app.add_option("--reports-max", options.reports_max, "Reports at most, of all publishers")
      ->check(CLI::Range(1, 100'000'000));
  app.add_option("--dir", options.dir, "Folder for files, on the disk to be measured")
      ->check(CLI::ExistingDirectory);
  app.add_option("--port", options.port, "Port of a server that runs on 127.0.0.1");
  app.add_option("--server-pid", options.server_pid, "Process whose CPU time is the server's");
  app.add_flag("--batch", options.batch, "Pack the waiting reports of a publisher in one frame");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error) == 0 ? 0 : 64);
  }
  return options;
}

void measure(const Rival& rival, const Options& options) {
  Run run(options);
  std::vector<std::jthread> threads;
  for (std::uint32_t index = 0; index < options.publishers; ++index) {
    threads.emplace_back([&, index] { publish(run, rival, options, index); });
  }
  run.all_connected.arrive_and_wait();
  run.span = span_from_now(options.seconds);
  run.all_started.arrive_and_wait();

  sleep_until(run, options, run.span.counted_from);
  const Meter before = read_meter(rival, options);
  sleep_until(run, options, run.span.end);
  const Meter after = read_meter(rival, options);
  threads.clear();

  auto result = result_of(rival, options, run);
  add_use(result, before, after);
  fmt::print("{}\n", result.dump());
}

}  // namespace muster::bench
