// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "nodes/gateway/answers.h"
#include "nodes/gateway/gateway_config.h"
#include "nodes/gateway/gateway_metrics.h"
#include "nodes/gateway/live_feed.h"
#include "nodes/gateway/web_files.h"

namespace muster::gateway {

/// One request that waits for its answer: a link::HttpReply, or what a test makes of it. Any
/// thread.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual void send(link::HttpResponse response) = 0;
  /// Begins an answer that goes on.
  virtual std::shared_ptr<Page> stream(link::HttpResponse head) = 0;
};

/// As whom a request is answered.
struct Desk {
  std::string node;                       ///< "SEC/board"
  std::vector<std::string> certificates;  ///< As of the configuration.
  std::unique_ptr<Answers> answers;
  std::unique_ptr<LiveFeed> live;
};

struct ServiceOptions {
  std::string version;
  std::string marking;
  std::vector<std::string> hosts;  ///< Lower case, without port; each that it is called by.
  std::vector<NationNames> nations;
  std::size_t streams_max = 600;
  std::chrono::milliseconds search_max{50'000};  ///< Of a package.
  std::chrono::milliseconds answer_max{60'000};  ///< The server says 504 itself then.
  std::function<model::UtcTime()> now;
};

/// What the gateway answers to whom. Holds no socket: requests are handed in. handle() is called on
/// one thread at a time; the rest is safe from any.
class Service {
 public:
  Service(ServiceOptions options, std::vector<Desk> desks, WebFiles web);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Answers now or later, once. Must not block.
  void handle(const link::HttpRequest& request, std::shared_ptr<Exchange> exchange);

  /// As of ServedWeb::replace(). Any thread.
  void replace_web(WebFiles web) { web_.replace(std::move(web)); }

  /// Every identity is told of changes by its broker.
  [[nodiscard]] bool is_ready() const;
  [[nodiscard]] std::size_t pages() const;
  [[nodiscard]] const std::vector<Desk>& desks() const { return desks_; }

 private:
  struct Call;
  void answer(Call& call);
  void answer_api(Call& call);
  void answer_question(Call& call, const Route& route);
  void answer_events(Call& call);
  void answer_board(Call& call);
  void answer_metrics(Call& call);
  void answer_ready(Call& call);
  void answer_web(Call& call);
  [[nodiscard]] const Desk* desk_for(const link::HttpPeer& peer) const;

  const ServiceOptions options_;
  ServedWeb web_;
  const std::string openapi_;
  GatewayMetrics metrics_;
  const std::vector<Desk> desks_;  // Last: what waits for an answer is still counted as they go.
};

/// Names that `Host` may say on loopback, and those of the configuration, in lower case.
std::vector<std::string> hosts_of(const GatewayConfig& config);

/// What every answer says to the browser: nothing but what this host serves.
const link::HttpHeaders& security_headers();

}  // namespace muster::gateway
