// SPDX-License-Identifier: Apache-2.0
// NATS JetStream, one stream in files, a connection and a subject a publisher, published
// asynchronously. As packaged the server acknowledges BEFORE it syncs (it does so every two
// minutes): it promises less than Muster does.
#include <nats/nats.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "tests/bench/driver.h"

namespace muster::bench {
namespace {

constexpr const char* kStream = "reports";
constexpr const char* kSubjects = "reports.*";

void require(natsStatus status, std::string_view what) {
  if (status != NATS_OK) {
    fail(fmt::format("{}: {}", what, natsStatus_GetText(status)));
  }
}

/// Counts acknowledgements. Shared by the publisher's thread and the library's own.
class Acks {
 public:
  void add() {
    {
      const std::lock_guard lock(mutex_);
      ++count_;
    }
    arrived_.notify_one();
  }

  std::uint64_t take(std::chrono::milliseconds wait_max) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, wait_max, [&] { return count_ > 0; });
    return std::exchange(count_, 0);
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::uint64_t count_ = 0;
};

void on_ack(jsCtx* /*js*/, natsMsg* message, jsPubAck* /*ack*/, jsPubAckErr* error, void* acks) {
  if (error != nullptr) {
    fail(fmt::format("NATS refuses a report: {}", error->ErrText));
  }
  natsMsg_Destroy(message);
  static_cast<Acks*>(acks)->add();
}

struct Free {
  void operator()(natsOptions* options) const { natsOptions_Destroy(options); }
  void operator()(natsConnection* connection) const { natsConnection_Destroy(connection); }
  void operator()(jsCtx* js) const { jsCtx_Destroy(js); }
};
using Connection = std::unique_ptr<natsConnection, Free>;
using JetStream = std::unique_ptr<jsCtx, Free>;

/// The library gathers what is published and sends it a millisecond later. With few in flight that
/// wait is most of what one measures, and with many it pays. The rival gets what suits it best:
/// measured, sending each report at once is faster at 16 in flight and slower at 256.
constexpr std::uint32_t kSendAtOnceWindowMax = 64;

Connection connect_to(const Options& options) {
  natsOptions* made = nullptr;
  require(natsOptions_Create(&made), "options");
  const std::unique_ptr<natsOptions, Free> settings(made);
  const std::string url = fmt::format("nats://127.0.0.1:{}", options.port);
  require(natsOptions_SetURL(settings.get(), url.c_str()), "address");
  const bool send_at_once = options.window <= kSendAtOnceWindowMax;
  require(natsOptions_SetSendAsap(settings.get(), send_at_once), "sending at once");
  natsConnection* connection = nullptr;
  require(natsConnection_Connect(&connection, settings.get()), "cannot connect to NATS");
  return Connection(connection);
}

JetStream jet_stream_of(natsConnection* connection, jsOptions* settings) {
  jsCtx* js = nullptr;
  require(natsConnection_JetStream(&js, connection, settings), "no JetStream");
  return JetStream(js);
}

/// Before the publishers connect: the server refuses some of those who make one stream at once.
void make_stream(const Options& options) {
  const Connection connection = connect_to(options);
  const JetStream js = jet_stream_of(connection.get(), nullptr);
  jsStreamConfig config;
  require(jsStreamConfig_Init(&config), "stream settings");
  const char* subjects[] = {kSubjects};
  config.Name = kStream;
  config.Subjects = subjects;
  config.SubjectsLen = 1;
  config.Storage = js_FileStorage;
  require(js_AddStream(nullptr, js.get(), &config, nullptr, nullptr), "cannot make the stream");
}

class NatsPublisher final : public Publisher {
 public:
  NatsPublisher(const Options& options, std::uint32_t index)
      : subject_(fmt::format("reports.{}", index)), connection_(connect_to(options)) {
    jsOptions settings;
    require(jsOptions_Init(&settings), "options");
    settings.PublishAsync.MaxPending = options.window;
    settings.PublishAsync.AckHandler = on_ack;
    settings.PublishAsync.AckHandlerClosure = &acks_;
    js_ = jet_stream_of(connection_.get(), &settings);
  }

  void send(std::string_view report) override {
    require(js_PublishAsync(js_.get(), subject_.c_str(), report.data(),
                            static_cast<int>(report.size()), nullptr),
            "cannot publish");
  }

  /// The library sends by itself. A flush would cost a round trip and is not needed.
  std::uint64_t wait(std::chrono::milliseconds wait_max) override { return acks_.take(wait_max); }

 private:
  std::string subject_;
  Acks acks_;
  Connection connection_;
  JetStream js_;
};

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) {
  using namespace muster::bench;
  const Options options =
      parse_options(argc, argv, "NATS JetStream: published to a server that runs already.");
  if (options.port == 0) {
    fail("--port of the NATS server is missing");
  }
  make_stream(options);
  const Rival rival{
      .name = "nats",
      .connect =
          [&](std::uint32_t index) { return std::make_unique<NatsPublisher>(options, index); },
      .server_use = nullptr};
  measure(rival, options);
  nats_Close();
}
