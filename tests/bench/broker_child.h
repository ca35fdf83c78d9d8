// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "broker/server/broker.h"

namespace muster::bench {

/// A whole broker as a child process: started before this process has any thread, ended with it.
class BrokerChild {
 public:
  explicit BrokerChild(const server::BrokerConfig& config);
  BrokerChild(const BrokerChild&) = delete;
  BrokerChild& operator=(const BrokerChild&) = delete;
  ~BrokerChild();

  [[nodiscard]] const std::string& ingest() const { return ingest_; }
  [[nodiscard]] const std::string& query() const { return query_; }
  [[nodiscard]] pid_t pid() const { return pid_; }
  /// A page of it, with its header.
  [[nodiscard]] std::string page(std::string_view path) const;

 private:
  pid_t pid_ = -1;
  std::string ingest_, query_;
  std::uint16_t http_port_ = 0;
};

/// A series of a page of metrics, by its name and labels; nothing when it is not there.
std::optional<std::uint64_t> metric(const std::string& page, const std::string& series);

}  // namespace muster::bench
