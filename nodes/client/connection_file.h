// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nodes/client/publisher.h"

namespace muster::client {

/// What a program at a node's end needs to know, from a strict TOML file (unknown keys are errors
/// with file:line:column). The same file serves `muster --config` and `muster-node --config`.
///
///   [broker]
///   ingest = "tcp://127.0.0.1:7610"
///   query = "tcp://127.0.0.1:7611"
///   server_key = "<64 hexadecimal digits>"
///   [node]
///   id = "KAZ/mod"
///   curve_key = "kaz.curve"        # files; a relative path starts from the TOML file's folder
///   signing_key = "kaz.sign"       # absent for who only asks
///   outbox = "outbox"
///   [drop]                          # muster-node only
///   folder = "drop"
///   poll_ms = 500
///   accept_valid_rows = false       # publish what is right in a file that has refused rows
///   [desk]                          # how the ministry's files are read and spoken of
///   language = "ru"                 # en or ru; absent: that of the environment
///   columns = "columns.toml"        # the ministry's own headings beside ours
///   person_key = "person.key"       # 32 bytes as hexadecimal digits: person_ref of service numbers
///   classification = "CONFIDENTIAL" # of reports whose file says none
///   releasable_to = ["RUS", "KAZ"]  # likewise
///   [metrics]                       # muster-node only; absent: none
///   listen = "127.0.0.1:7622"
struct NodeConfig {
  std::string path;  ///< Of the file, for messages.
  Connection connection;
  model::NodeId node;
  std::optional<trust::SigningKey> signing_key;
  std::string outbox;       ///< Folder; empty when not given.
  std::string drop_folder;  ///< Empty when not given.
  std::chrono::milliseconds drop_poll{500};
  bool drop_accepts_valid_rows = false;
  std::string desk_language;      ///< "en", "ru", or empty.
  std::string desk_columns_path;  ///< Empty when not given; else `desk_columns` is its text.
  std::string desk_columns;
  model::Bytes person_key;        ///< 32 bytes, or empty.
  model::Classification classification = model::Classification::unclassified;
  std::vector<model::Nation> releasable_to;
  std::string metrics_listen;     ///< "address:port"; empty for none.
};

/// Errors: not_found; configuration, naming file, line, column, what was found, what was expected,
/// all problems at once; those of the key files.
model::Result<NodeConfig> load_node_config(const std::string& path);

}  // namespace muster::client
