// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/doors.h"

#include "schemas/link/context.h"

namespace muster::secretariat {
namespace {

using model::Result;

/// Made when first needed: help, validation and keys need no network.
class Network {
 public:
  Result<link::Context*> context() {
    if (!context_) {
      MUSTER_TRY(context_, link::Context::create());
    }
    return context_.get();
  }

 private:
  std::unique_ptr<link::Context> context_;
};

}  // namespace

Doors real_doors() {
  auto network = std::make_shared<Network>();
  Doors doors;
  doors.load_config = [](const std::string& path) { return client::load_node_config(path); };
  doors.connect =
      [network](
          const client::Connection& connection) -> Result<std::unique_ptr<client::QueryClient>> {
    MUSTER_TRY(auto* context, network->context());
    return client::QueryClient::connect(*context, connection);
  };
  doors.open_outbox = [](const std::string& path) { return storage::open_outbox(path); };
  doors.start_publisher =
      [network](
          client::PublisherOptions options, std::unique_ptr<storage::Outbox> outbox,
          client::OnAcknowledged on_acknowledged) -> Result<std::unique_ptr<client::Publisher>> {
    MUSTER_TRY(auto* context, network->context());
    return client::Publisher::start(*context, std::move(options), std::move(outbox),
                                    std::move(on_acknowledged));
  };
  doors.subscribe = [network](const client::Connection& connection,
                              client::SubscriberOptions options)
      -> Result<std::unique_ptr<client::Subscriber>> {
    MUSTER_TRY(auto* context, network->context());
    return client::Subscriber::connect(*context, connection, std::move(options));
  };
  doors.open_screen = [] { return open_terminal(); };
  doors.now = [] {
    return std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now());
  };
  doors.steady_now = [] { return std::chrono::steady_clock::now(); };
  return doors;
}

}  // namespace muster::secretariat
