// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "broker/server/feed_limits.h"
#include "schemas/model/limits.h"
#include "schemas/model/result.h"

namespace muster::server {

/// Everything that can be set about a broker. Defaults stand here; config.cpp has one table that
/// gives each option its name, range and meaning, and both the reader and `--print-config` use it.
struct BrokerConfig {
  std::string data_folder;  ///< Required.
  std::string
      genesis_file;  ///< Required: who may speak at the start (JSON, nodes/exercise/README.md).
  std::string curve_key_file;    ///< Required: the broker's own CURVE key.
  std::string signing_key_file;  ///< Required: signs tree heads.

  std::string ingest_endpoint = "tcp://127.0.0.1:7610";
  std::string query_endpoint = "tcp://127.0.0.1:7611";
  std::string http_address = "127.0.0.1";
  std::uint16_t http_port = 7680;
  bool ipv6 = false;

  std::uint32_t window = 4096;                      ///< Reports a node may have in flight.
  std::uint32_t batch_messages_max = 512;           ///< Messages judged before one commit.
  std::uint32_t batch_bytes_max = 8 * 1024 * 1024;  ///< Bytes judged before one commit.
  std::chrono::milliseconds projection_interval{1000};
  std::chrono::milliseconds drain_max{5000};  ///< After SIGTERM.

  FeedLimits feed;
  model::Limits limits;
};

/// Reads strict TOML: an unknown key, a wrong type or a value outside its range is an error with
/// file:line:column, and all errors are told at once. Relative paths start from the file's folder.
/// Errors: not_found, configuration.
model::Result<BrokerConfig> load_config(const std::string& path);

/// The configuration as TOML with comments: what load_config() reads back to the same values.
std::string print_config(const BrokerConfig& config);

}  // namespace muster::server
