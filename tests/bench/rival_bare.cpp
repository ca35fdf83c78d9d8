// SPDX-License-Identifier: Apache-2.0
// The bare limit: what ZeroMQ, CURVE and the disk allow when nothing is decoded, checked or signed.
// The server is a process of its own, so that its CPU time can be told from the publishers'. It
// takes any client key, without ZAP: this is a baseline on loopback and not a service.
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <memory>
#include <new>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>
#include <zmq.hpp>

#include "tests/bench/driver.h"
#include "tests/bench/file.h"

namespace muster::bench {
namespace {

constexpr std::size_t kKeyChars = 40;  // A CURVE key in Z85, without the closing zero.

/// Muster's own limits on an envelope, so that both pack alike.
constexpr std::size_t kFrameReportsMax = 256;
constexpr std::size_t kFrameBytesMax = 256 * 1024;

struct CurveKeys {
  std::array<char, kKeyChars + 1> open{};
  std::array<char, kKeyChars + 1> secret{};
};

CurveKeys make_keys() {
  CurveKeys keys;
  if (zmq_curve_keypair(keys.open.data(), keys.secret.data()) != 0) {
    fail("no CURVE in libzmq");
  }
  return keys;
}

/// What the server tells the process that started it, through a pipe, before it serves.
struct Address {
  std::array<char, kKeyChars + 1> key{};
  std::array<char, 64> endpoint{};
};

/// In memory that both processes share.
struct Counters {
  std::atomic<std::uint64_t> reports{0};
  std::atomic<std::uint64_t> syncs{0};
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

/// Receives all that is there, makes it durable with one sync, acknowledges it.
class Server {
 public:
  Server(const Options& options, Counters& counters)
      : report_bytes_(options.bytes),
        counters_(counters),
        file_(options.dir / fmt::format("bare.{}", ::getpid())),
        socket_(context_, zmq::socket_type::router) {
    const CurveKeys keys = make_keys();
    socket_.set(zmq::sockopt::curve_server, 1);
    socket_.set(zmq::sockopt::curve_secretkey, keys.secret.data());
    socket_.set(zmq::sockopt::sndhwm, 0);  // The window bounds what can wait.
    socket_.set(zmq::sockopt::rcvhwm, 0);
    socket_.set(zmq::sockopt::linger, 0);
    socket_.set(zmq::sockopt::router_mandatory, 1);
    socket_.bind("tcp://127.0.0.1:*");
    address_.key = keys.open;
    const auto endpoint = socket_.get(zmq::sockopt::last_endpoint);
    endpoint.copy(address_.endpoint.data(), address_.endpoint.size() - 1);
  }

  [[nodiscard]] const Address& address() const { return address_; }

  void serve_until(const std::atomic<bool>& is_over) {
    while (!is_over) {
      zmq::pollitem_t item{socket_.handle(), 0, ZMQ_POLLIN, 0};
      if (zmq_poll(&item, 1, 100) <= 0) {
        continue;
      }
      receive_all();
      commit();
      acknowledge();
    }
  }

 private:
  void receive_all() {
    zmq::message_t peer;
    zmq::message_t frame;
    while (socket_.recv(peer, zmq::recv_flags::dontwait)) {
      if (!socket_.recv(frame)) {
        fail("half a message");
      }
      batch_.append(static_cast<const char*>(frame.data()), frame.size());
      waiting_[peer.to_string()] += frame.size() / report_bytes_;
    }
  }

  void commit() {
    file_.append_synced(batch_);
    counters_.reports += batch_.size() / report_bytes_;
    ++counters_.syncs;
    batch_.clear();
  }

  void acknowledge() {
    for (const auto& [peer, count] : waiting_) {
      const std::uint64_t up_to = acknowledged_[peer] += count;
      zmq::message_t identity(peer);
      zmq::message_t ack(&up_to, sizeof up_to);
      if (!socket_.send(identity, zmq::send_flags::sndmore | zmq::send_flags::dontwait) ||
          !socket_.send(ack, zmq::send_flags::dontwait)) {
        fail("an acknowledgement does not fit into the socket");
      }
    }
    waiting_.clear();
  }

  std::size_t report_bytes_;
  Counters& counters_;
  AppendFile file_;
  zmq::context_t context_;
  zmq::socket_t socket_;
  Address address_;
  std::string batch_;
  std::unordered_map<std::string, std::uint64_t> waiting_;
  std::unordered_map<std::string, std::uint64_t> acknowledged_;
};

std::atomic<bool> is_told_to_stop{false};

/// The server's whole life, in a child process that does not outlive its parent.
[[noreturn]] void run_server(const Options& options, Counters& counters, int pipe_end) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::signal(SIGTERM, [](int) { is_told_to_stop = true; });
  try {
    Server server(options, counters);
    const Address& address = server.address();
    if (::write(pipe_end, &address, sizeof address) != sizeof address) {
      fail("broken pipe");
    }
    server.serve_until(is_told_to_stop);
  } catch (const zmq::error_t& error) {
    fail(fmt::format("server: {}", error.what()));
  }
  std::exit(0);
}

class ServerProcess {
 public:
  /// Forks, so it must come before anything starts a thread.
  explicit ServerProcess(const Options& options) {
    void* shared = ::mmap(nullptr, sizeof(Counters), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    std::array<int, 2> ends{};
    if (shared == MAP_FAILED || ::pipe(ends.data()) != 0) {
      fail("no memory or no pipe");
    }
    counters_ = new (shared) Counters;
    pid_ = ::fork();
    if (pid_ < 0) {
      fail("cannot fork");
    }
    if (pid_ == 0) {
      run_server(options, *counters_, ends[1]);
    }
    ::close(ends[1]);
    if (::read(ends[0], &address_, sizeof address_) != sizeof address_) {
      fail("the server did not start");
    }
    ::close(ends[0]);
  }

  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  ~ServerProcess() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }

  [[nodiscard]] const Address& address() const { return address_; }

  [[nodiscard]] ServerUse use() const {
    return {.cpu_seconds = cpu_seconds_of(pid_),
            .reports = counters_->reports.load(),
            .syncs = counters_->syncs.load()};
  }

 private:
  Counters* counters_ = nullptr;
  pid_t pid_ = 0;
  Address address_;
};

class BarePublisher final : public Publisher {
 public:
  BarePublisher(zmq::context_t& context, const Address& server, const Options& options)
      : reports_a_frame_(options.batch ? reports_that_fit(options.bytes) : 1),
        socket_(context, zmq::socket_type::dealer) {
    const CurveKeys keys = make_keys();
    socket_.set(zmq::sockopt::curve_serverkey, server.key.data());
    socket_.set(zmq::sockopt::curve_publickey, keys.open.data());
    socket_.set(zmq::sockopt::curve_secretkey, keys.secret.data());
    socket_.set(zmq::sockopt::sndhwm, 0);
    socket_.set(zmq::sockopt::rcvhwm, 0);
    socket_.set(zmq::sockopt::linger, 0);
    socket_.connect(server.endpoint.data());
  }

  void send(std::string_view report) override {
    frame_.append(report);
    if (++frame_reports_ == reports_a_frame_) {
      flush();
    }
  }

  std::uint64_t wait(std::chrono::milliseconds wait_max) override {
    flush();
    zmq::pollitem_t item{socket_.handle(), 0, ZMQ_POLLIN, 0};
    if (zmq_poll(&item, 1, wait_max.count()) <= 0) {
      return 0;
    }
    const std::uint64_t before = acked_;
    zmq::message_t ack;
    while (socket_.recv(ack, zmq::recv_flags::dontwait)) {
      if (ack.size() != sizeof acked_) {
        fail("an acknowledgement of the wrong size");
      }
      std::memcpy(&acked_, ack.data(), sizeof acked_);
    }
    return acked_ - before;
  }

 private:
  static std::size_t reports_that_fit(std::size_t report_bytes) {
    return std::clamp(kFrameBytesMax / report_bytes, std::size_t{1}, kFrameReportsMax);
  }

  void flush() {
    if (frame_reports_ == 0) {
      return;
    }
    if (!socket_.send(zmq::buffer(frame_))) {
      fail("cannot send");
    }
    frame_.clear();
    frame_reports_ = 0;
  }

  std::size_t reports_a_frame_;
  zmq::socket_t socket_;
  std::string frame_;
  std::size_t frame_reports_ = 0;
  std::uint64_t acked_ = 0;
};

void run(const Options& options) {
  const ServerProcess server(options);
  zmq::context_t context;
  const Rival rival{.name = options.batch ? "bare-batch" : "bare",
                    .connect =
                        [&](std::uint32_t /*index*/) {
                          return std::make_unique<BarePublisher>(context, server.address(),
                                                                 options);
                        },
                    .server_use = [&] { return server.use(); }};
  measure(rival, options);
}

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) {
  using namespace muster::bench;
  run(parse_options(argc, argv,
                    "The bare limit: frames over CURVE, appended to a file, one fdatasync a batch, "
                    "acknowledged. Starts its own server."));
}
