// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// The load that Muster and its rivals are measured under. It is the same for all of them: each
/// only says how to publish some bytes and how to learn that they are acknowledged.
namespace muster::bench {

/// What the command line asks for. Every program of this folder takes the same arguments.
struct Options {
  std::uint32_t publishers = 1;            ///< Connections, each with a thread. From 1 to 64.
  std::uint32_t window = 1;                ///< Reports in flight for each of them. From 1 to 65536.
  std::uint32_t bytes = 256;               ///< Size of a report. From 1 to 262144.
  double seconds = 2;                      ///< Measured time. A tenth of it goes before, uncounted.
  std::uint64_t seed = 1;                  ///< Of the random bytes that reports are made of.
  std::uint64_t reports_max = 10'000'000;  ///< The run ends here at the latest, shared by all.
  std::filesystem::path dir;  ///< Where a program keeps its files, on the disk measured.
  std::uint16_t port = 0;     ///< Of a server on loopback that runs already; 0 for none.
  pid_t server_pid = 0;       ///< Process whose CPU time is the server's; 0 for none.
  bool batch = false;         ///< Pack the waiting reports of a publisher in one frame.
};

/// Reads the command line. Prints help or what is wrong with it, and exits, if it must.
[[nodiscard]] Options parse_options(int argc, char** argv, const std::string& about);

/// Says on standard error why the run is worthless, and ends the process at once.
[[noreturn]] void fail(const std::string& message);

/// One publisher: a connection of a rival. Made, used and destroyed by one thread.
/// It has no way to fail: a rival that loses a report ends the run with fail().
class Publisher {
 public:
  virtual ~Publisher() = default;

  /// Takes a report for sending. May keep it until wait(), so that what waits travels together.
  /// The bytes live as long as the run.
  virtual void send(std::string_view report) = 0;

  /// Sends what was taken, and waits for at least one acknowledgement. Returns how many reports
  /// were acknowledged since the last call; they are the oldest ones. Zero if `wait_max` passed
  /// first.
  virtual std::uint64_t wait(std::chrono::milliseconds wait_max) = 0;
};

/// What a rival knows about its server, read at both ends of the measured time.
struct ServerUse {
  std::optional<double> cpu_seconds;
  std::optional<std::uint64_t> reports;  ///< Made durable so far.
  std::optional<std::uint64_t> syncs;    ///< Calls of fsync or fdatasync so far.
};

/// A rival, ready to be measured.
struct Rival {
  std::string name;
  /// Connects publisher `index`, on the thread that will use it.
  std::function<std::unique_ptr<Publisher>(std::uint32_t index)> connect;
  /// Optional. Without it only the CPU time of Options::server_pid is known.
  std::function<ServerUse()> server_use;
};

/// CPU time of a process so far, in seconds, all its threads together; none if it has gone.
[[nodiscard]] std::optional<double> cpu_seconds_of(pid_t pid);

/// Puts the load on the rival and prints the result, one JSON object, on standard output.
/// Closed loop: a publisher sends the next report when an acknowledgement makes room in its window.
void measure(const Rival& rival, const Options& options);

}  // namespace muster::bench
