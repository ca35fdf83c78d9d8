// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "nodes/client/publisher.h"
#include "schemas/model/query.h"

namespace muster::client {

/// Asks the broker many things at once over one connection, for a program that must not wait: the
/// gateway. QueryClient is for those who ask one thing and wait for it.
///
/// Runs on a thread of its own, which calls back. Answers come in the order of the broker, which
/// may put off a long question behind later ones. A question has no effect, so one that a broken
/// connection may have lost is asked again within its time. A key that the broker does not accept
/// is tried again in 1 s, doubling to 30 s; until then every question is answered with that at
/// once.
class Questions {
 public:
  /// Exactly once for each question: the answer, or the errors of QueryClient::ask(). On the thread
  /// of this object; must neither block nor throw. It may ask again.
  using OnAnswer = std::function<void(model::Result<model::Answer>)>;

  /// Errors: those of link::DealerSocket::connect; configuration when none may be in flight.
  static model::Result<std::unique_ptr<Questions>> connect(link::Context& context,
                                                           const Connection& connection,
                                                           std::size_t in_flight_max = 256);
  /// Answers all that wait with unavailable, and stops. What is asked by an answer then, is
  /// answered likewise before ask() returns.
  virtual ~Questions() = default;

  /// Any thread. Beyond in_flight_max it is answered at once with unavailable ("busy").
  virtual void ask(model::Query query, model::Standpoint standpoint,
                   std::chrono::milliseconds wait_max, OnAnswer on_answer) = 0;

  /// The broker is there, as far as is known here. Any thread.
  [[nodiscard]] virtual bool is_connected() const = 0;
};

}  // namespace muster::client
