// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/zap.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <span>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "schemas/link/quiet_thread.h"
#include "schemas/link/socket_options.h"
#include "schemas/link/waiter.h"

namespace muster::link {
namespace {

using model::ErrorCode;
using model::fail;

constexpr const char* kZapEndpoint = "inproc://zeromq.zap.01";
constexpr std::string_view kZapVersion = "1.0";
constexpr std::size_t kUserIdBytesMax = 255;

/// The frames of a request (RFC 27). `credentials` follows and is one frame for CURVE.
enum RequestFrame : std::size_t {
  version,
  request_id,
  domain,
  address,
  identity,
  mechanism,
  credentials
};

struct Verdict {
  bool is_allowed = false;
  std::string_view status_text;
  std::string_view user_id;  // In the table.
};

std::string_view text_at(std::span<const Frame> request, std::size_t index) {
  return index < request.size() ? model::text_of(request[index].bytes()) : std::string_view();
}

/// What is not exactly a CURVE request of this version is refused like a stranger.
Verdict judge(const ZapTable* table, std::span<const Frame> request) {
  model::PublicKey key{};
  const std::string_view credential = text_at(request, credentials);
  if (request.size() != credentials + 1 || text_at(request, version) != kZapVersion ||
      text_at(request, mechanism) != "CURVE" || credential.size() != key.size()) {
    return {.is_allowed = false, .status_text = "only CURVE is accepted", .user_id = {}};
  }
  std::ranges::copy(model::view_of(credential), key.begin());
  const std::string* user_id = table != nullptr ? table->user_id_of(key) : nullptr;
  if (user_id == nullptr) {
    return {.is_allowed = false, .status_text = "this key is not authorised", .user_id = {}};
  }
  return {.is_allowed = true, .status_text = "OK", .user_id = *user_id};
}

std::vector<Frame> receive_request(void* socket) {
  std::vector<Frame> frames;
  Frame frame;
  while (receive_frame(socket, frame)) {
    const bool is_last = !has_more(frame);
    frames.push_back(std::exchange(frame, Frame()));
    if (is_last) {
      break;
    }
  }
  return frames;
}

void send_reply(void* socket, std::string_view id, const Verdict& verdict) {
  // 400 rather than 300, which would leave the other end hanging, and the last frame, metadata, is
  // empty: what else is known of a node does not travel here.
  const std::array<std::string_view, 6> frames{
      kZapVersion,     id, verdict.is_allowed ? "200" : "400", verdict.status_text,
      verdict.user_id, ""};
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const int more = i + 1 < frames.size() ? ZMQ_SNDMORE : 0;
    while (zmq_send(socket, frames[i].data(), frames[i].size(), more | ZMQ_DONTWAIT) < 0 &&
           errno == EINTR) {
    }
  }
}

model::Result<NativeSocket> bind_handler(const Context& context) {
  MUSTER_TRY(auto socket, open_socket(context, ZMQ_REP));
  OptionSetter set(socket.handle());
  set.number("LINGER", ZMQ_LINGER, 0);
  MUSTER_CHECK(set.result());
  if (zmq_bind(socket.handle(), kZapEndpoint) != 0) {
    const auto code = errno == EADDRINUSE ? ErrorCode::already_exists : ErrorCode::unavailable;
    return fail(code, fmt::format("cannot answer handshakes: {}", zmq_strerror(errno)));
  }
  return socket;
}

}  // namespace

model::Result<void> ZapTable::allow(const model::PublicKey& key, std::string user_id) {
  if (user_id.empty() || user_id.size() > kUserIdBytesMax) {
    return fail(ErrorCode::malformed, fmt::format("a user id has 1 to {} bytes, this one has {}",
                                                  kUserIdBytesMax, user_id.size()));
  }
  user_ids_.insert_or_assign(key, std::move(user_id));
  return {};
}

const std::string* ZapTable::user_id_of(const model::PublicKey& key) const {
  const auto found = user_ids_.find(key);
  return found == user_ids_.end() ? nullptr : &found->second;
}

struct ZapService::Impl {
  using TablePtr = std::shared_ptr<const ZapTable>;

  Impl(NativeSocket bound, Waker stopper, TablePtr first)
      : socket(std::move(bound)), stop(std::move(stopper)), table(std::move(first)) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    stop.wake();
    if (thread.joinable()) {
      thread.join();
    }
    delete next_table.load();
  }

  void run() {
    while (!stop.reset()) {
      std::array<zmq_pollitem_t, 2> items{
          {{socket.handle(), -1, ZMQ_POLLIN, 0}, {nullptr, stop.fd(), ZMQ_POLLIN, 0}}};
      const int ready = zmq_poll(items.data(), static_cast<int>(items.size()), -1);
      if (ready > 0 && items[0].revents != 0) {
        answer_one();
      }
    }
  }

  void answer_one() {
    const std::vector<Frame> request = receive_request(socket.handle());
    if (request.empty()) {
      return;
    }
    take_next_table();
    const Verdict verdict = judge(table.get(), request);
    ++(verdict.is_allowed ? allowed : denied);
    send_reply(socket.handle(), text_at(request, request_id), verdict);
  }

  void take_next_table() {
    const std::unique_ptr<TablePtr> next(next_table.exchange(nullptr));
    if (next) {
      table = std::move(*next);
    }
  }

  // Owned by the handler's thread while it runs.
  NativeSocket socket;
  Waker stop;
  TablePtr table;
  // Shared by all threads. next_table is a mailbox: who takes the pointer out owns it.
  std::atomic<TablePtr*> next_table{nullptr};
  std::atomic<std::uint64_t> allowed{0};
  std::atomic<std::uint64_t> denied{0};
  std::jthread thread;
};

model::Result<std::unique_ptr<ZapService>> ZapService::start(
    Context& context, std::shared_ptr<const ZapTable> table) {
  MUSTER_TRY(auto socket, bind_handler(context));
  MUSTER_TRY(auto stop, Waker::create());
  auto impl = std::make_unique<Impl>(std::move(socket), std::move(stop), std::move(table));
  MUSTER_TRY(impl->thread, start_quiet_thread("muster-zap", [raw = impl.get()] { raw->run(); }));
  return std::unique_ptr<ZapService>(new ZapService(std::move(impl)));
}

ZapService::ZapService(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZapService::~ZapService() = default;

void ZapService::replace(std::shared_ptr<const ZapTable> table) {
  auto next = std::make_unique<Impl::TablePtr>(std::move(table));
  const std::unique_ptr<Impl::TablePtr> displaced(impl_->next_table.exchange(next.release()));
}

std::uint64_t ZapService::allowed() const { return impl_->allowed; }
std::uint64_t ZapService::denied() const { return impl_->denied; }

}  // namespace muster::link
