// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "schemas/link/context.h"
#include "schemas/link/curve.h"
#include "schemas/link/dealer.h"
#include "schemas/link/router.h"
#include "schemas/link/zap.h"

namespace muster::link::test {

using namespace std::chrono_literals;

/// Looks again and again until `condition` holds or the time is up.
inline bool eventually(const std::function<bool()>& condition,
                       std::chrono::milliseconds limit = 5s) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(200us);
  }
  return true;
}

template <typename T>
T must(model::Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().message);
  }
  return *std::move(result);
}
inline void must(model::Result<void> result) {
  if (!result) {
    throw std::runtime_error(result.error().message);
  }
}

/// A folder that goes away with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "muster-link-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline std::shared_ptr<const ZapTable> table_of(const model::PublicKey& key, std::string user_id) {
  auto table = std::make_shared<ZapTable>();
  must(table->allow(key, std::move(user_id)));
  return table;
}

/// A broker's end that knows one key, KAZ/mod's, and that key's holder.
class Bus : public testing::Test {
 protected:
  [[nodiscard]] RouterOptions router_options() const {
    RouterOptions options;
    options.secret = server_.secret;
    return options;
  }
  [[nodiscard]] DealerOptions dealer_options(const CurveKeyPair& keys) const {
    DealerOptions options;
    options.server_key = server_.public_key;
    options.keys = keys;
    options.reconnect_min = 5ms;
    options.reconnect_max = 20ms;
    return options;
  }
  void start_zap() {
    zap_ = must(ZapService::start(*context_, table_of(kaz_.public_key, "KAZ/mod")));
  }
  RouterSocket bind() {
    return must(RouterSocket::bind(*context_, "tcp://127.0.0.1:*", router_options()));
  }
  DealerSocket connect(const RouterSocket& router, const CurveKeyPair& keys) {
    return must(DealerSocket::connect(*context_, router.endpoint(), dealer_options(keys)));
  }

  std::unique_ptr<Context> context_ = must(Context::create());
  CurveKeyPair server_ = CurveKeyPair::generate();
  CurveKeyPair kaz_ = CurveKeyPair::generate();
  std::unique_ptr<ZapService> zap_;
};

inline bool reaches(DealerSocket& dealer, DealerState state) {
  return eventually([&] { return dealer.poll_events() == state; });
}

inline bool send(DealerSocket& dealer, std::string_view text) {
  return eventually([&] { return dealer.send(model::view_of(text)) == SendResult::sent; });
}

inline std::optional<Incoming> next(RouterSocket& router) {
  std::optional<Incoming> incoming;
  eventually([&] { return (incoming = router.receive()).has_value(); });
  return incoming;
}

inline std::string next(DealerSocket& dealer) {
  std::optional<Frame> frame;
  eventually([&] { return (frame = dealer.receive()).has_value(); });
  return frame ? std::string(model::text_of(frame->bytes())) : "nothing came";
}

}  // namespace muster::link::test
