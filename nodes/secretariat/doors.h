// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "nodes/client/connection_file.h"
#include "nodes/client/publisher.h"
#include "nodes/client/query_client.h"
#include "nodes/client/subscriber.h"
#include "nodes/secretariat/screen.h"
#include "storage/outbox.h"

/// What the commands need of the world, so that tests can bring their own.
namespace muster::secretariat {

/// Ways to a broker and to what is kept here.
struct Doors {
  std::function<model::Result<client::NodeConfig>(const std::string& path)> load_config;
  std::function<model::Result<std::unique_ptr<client::QueryClient>>(const client::Connection&)>
      connect;
  std::function<model::Result<std::unique_ptr<storage::Outbox>>(const std::string& path)>
      open_outbox;
  std::function<model::Result<std::unique_ptr<client::Publisher>>(
      client::PublisherOptions, std::unique_ptr<storage::Outbox>, client::OnAcknowledged)>
      start_publisher;
  std::function<model::Result<std::unique_ptr<client::Subscriber>>(const client::Connection&,
                                                                   client::SubscriberOptions)>
      subscribe;
  std::function<model::Result<std::unique_ptr<Screen>>()> open_screen;
  std::function<model::UtcTime()> now;
  std::function<std::chrono::steady_clock::time_point()> steady_now;
};

/// The real ones. The network is first touched when a command connects. What they give must be
/// destroyed before they are.
Doors real_doors();

/// Where the program runs and where its words go. `out` is for data, `err` for the rest.
struct Surroundings {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t columns = 100;  ///< Of the terminal; what a pipe gets when there is none.
  std::istream* in = nullptr;  ///< Where answers to questions come from; null: nobody is asked.
  bool in_is_terminal = false;
  /// Forgets what was typed before a question is shown: it answers something else. Unset: nothing
  /// is forgotten.
  std::function<void()> forget_typed{};
  /// Whether nobody reads `out` any more; unset: nobody can tell before something is written.
  std::function<bool()> out_is_closed{};
  /// A variable of the environment that is set and not empty.
  std::function<std::optional<std::string>(const std::string& name)> environment;
};

}  // namespace muster::secretariat
