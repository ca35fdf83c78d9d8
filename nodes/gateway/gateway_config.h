// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "nodes/client/connection_file.h"
#include "schemas/link/http.h"

namespace muster::gateway {

/// As whom somebody asks the broker: a node of its own, with its own CURVE key. What it may see is
/// for the broker to say.
struct Identity {
  client::NodeConfig node;
  /// Common names, or SHA-256 fingerprints as "sha256:" and 64 digits, of client certificates.
  /// Empty: whoever comes without one.
  std::vector<std::string> certificates;
};
struct NationNames {
  model::Nation code;
  std::string en, ru;
};

/// From a strict TOML file (unknown keys are errors with file:line:column); ops/docs/GATEWAY.md
/// explains each key.
///
///   [gateway]
///   listen = "127.0.0.1:7690"
///   web = "board"                    # folder of the page; absent: none is served
///   marking = "EXERCISE"             # at the top of every page; absent: none
///   hosts = ["board.example"]        # names it is called by, beside those of loopback
///   streams_max = 600                # open pages
///   connections_max = 1024
///   request_seconds = 10             # to send one request
///   answer_seconds = 60              # for the broker to answer one
///   header_bytes_max = 8192
///   [tls]                            # absent: loopback only
///   certificate = "server.pem"
///   key = "server.key"
///   client_ca = "clients.pem"
///   [[identity]]
///   config = "nodes/sec-board.toml"  # as of muster --config
///   certificates = ["officer.example", "sha256:…"]
///   [[nation]]                       # in the order of the page
///   code = "ARM"
///   en = "Armenia"
///   ru = "Армения"
struct GatewayConfig {
  std::string path;  ///< Of the file, for messages.
  std::string address = "127.0.0.1";
  std::uint16_t port = 7690;
  std::string web;  ///< Folder; empty for none.
  std::string marking;
  std::vector<std::string> hosts;
  std::size_t streams_max = 600, connections_max = 1024, header_bytes_max = 8192;
  std::chrono::seconds request_max{10}, answer_max{60};
  std::optional<link::HttpTls> tls;
  std::vector<Identity> identities;
  std::vector<NationNames> nations;
};

/// Errors: not_found, saying where one comes from; configuration, naming file, line, column, what
/// was found and what was expected, all problems at once; those of load_node_config(). Beside the
/// form: without TLS only a loopback address, without client certificates too; one identity at most
/// for whoever comes without a certificate, and none elsewhere than on loopback or beside a client
/// CA; no certificate for two identities. The files of [tls] are not opened here.
model::Result<GatewayConfig> load_gateway_config(const std::string& path);

/// The configuration as TOML with every key and its meaning: load_gateway_config() reads the same
/// values back. A config without an identity gets one to be filled in.
std::string print_config(const GatewayConfig& config);

/// "127.0.0.1", "::1" and their like.
bool is_loopback(const std::string& address);

}  // namespace muster::gateway
