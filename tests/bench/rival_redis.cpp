// SPDX-License-Identifier: Apache-2.0
// Redis Streams, one stream a publisher, commands pipelined. How durable an answer is depends on
// the server's settings: with `appendfsync always` it is synced before it is sent. No encryption.
#include <hiredis.h>
#include <poll.h>

#include <array>
#include <memory>

#include <fmt/format.h>

#include "tests/bench/driver.h"

namespace muster::bench {
namespace {

struct FreeContext {
  void operator()(redisContext* context) const { redisFree(context); }
};

class RedisPublisher final : public Publisher {
 public:
  RedisPublisher(std::uint16_t port, std::uint32_t index)
      : context_(redisConnect("127.0.0.1", port)), stream_(fmt::format("reports:{}", index)) {
    if (!context_ || context_->err != 0) {
      fail("cannot connect to redis");
    }
  }

  void send(std::string_view report) override {
    constexpr int kParts = 5;
    const std::array<const char*, kParts> parts{"XADD", stream_.c_str(), "*", "r", report.data()};
    const std::array<std::size_t, kParts> sizes{4, stream_.size(), 1, 1, report.size()};
    // hiredis takes the parts as if it might change them; it does not.
    auto* argv = const_cast<const char**>(parts.data());
    if (redisAppendCommandArgv(context_.get(), kParts, argv, sizes.data()) != REDIS_OK) {
      fail("hiredis refuses a command");
    }
  }

  std::uint64_t wait(std::chrono::milliseconds wait_max) override {
    flush();
    std::uint64_t acked = take_answers();
    while (acked == 0) {
      pollfd socket{.fd = context_->fd, .events = POLLIN, .revents = 0};
      if (::poll(&socket, 1, static_cast<int>(wait_max.count())) == 0) {
        return 0;
      }
      if (redisBufferRead(context_.get()) != REDIS_OK) {
        fail_by_redis();
      }
      acked = take_answers();
    }
    return acked;
  }

 private:
  void flush() {
    int is_done = 0;
    while (is_done == 0) {
      if (redisBufferWrite(context_.get(), &is_done) != REDIS_OK) {
        fail_by_redis();
      }
    }
  }

  /// Takes the answers that have been read. XADD answers with the entry's id, or with an error.
  std::uint64_t take_answers() {
    for (std::uint64_t taken = 0;; ++taken) {
      void* answer = nullptr;
      if (redisGetReplyFromReader(context_.get(), &answer) != REDIS_OK) {
        fail_by_redis();
      }
      if (answer == nullptr) {
        return taken;
      }
      const auto* reply = static_cast<const redisReply*>(answer);
      if (reply->type == REDIS_REPLY_ERROR) {
        fail(fmt::format("redis says: {}", reply->str));
      }
      freeReplyObject(answer);
    }
  }

  [[noreturn]] void fail_by_redis() { fail(fmt::format("redis: {}", context_->errstr)); }

  std::unique_ptr<redisContext, FreeContext> context_;
  std::string stream_;
};

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) {
  using namespace muster::bench;
  const Options options =
      parse_options(argc, argv, "Redis Streams: XADD, pipelined, to a server that runs already.");
  if (options.port == 0) {
    fail("--port of the redis server is missing");
  }
  const Rival rival{.name = "redis",
                    .connect =
                        [&](std::uint32_t index) {
                          return std::make_unique<RedisPublisher>(options.port, index);
                        },
                    .server_use = nullptr};
  measure(rival, options);
}
