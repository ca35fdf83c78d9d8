// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/node_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "nodes/desk/columns.h"

namespace muster::ministry {

using model::ErrorCode;

namespace {

/// What a node needs and the file lacks, a line each.
std::string missing_in(const client::NodeConfig& config) {
  std::string missing;
  const auto need = [&](bool given, std::string_view key) {
    if (!given) {
      missing += fmt::format("{}{}: found no {}, which muster-node needs",
                             missing.empty() ? "" : "\n", config.path, key);
    }
  };
  need(config.signing_key.has_value(), "node.signing_key");
  need(!config.outbox.empty(), "node.outbox");
  need(!config.drop_folder.empty(), "drop.folder");
  return missing;
}

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

}  // namespace

Outcome<client::NodeConfig> load_config(const std::string& path) {
  auto config = client::load_node_config(path);
  if (!config) {
    // Everything but the text of the file and its presence is a matter of keys.
    std::error_code ignored;
    const bool wrong_file = config.error().code == ErrorCode::configuration ||
                            !exists(std::filesystem::path(path), ignored);
    return tl::unexpected(
        Failure{wrong_file ? Exit::configuration : Exit::refused, config.error().message});
  }
  if (const auto missing = missing_in(*config); !missing.empty()) {
    return tl::unexpected(Failure{Exit::configuration, missing});
  }
  const auto columns = desk::ColumnBook::load(config->desk_columns, config->desk_columns_path);
  if (!columns) {
    return tl::unexpected(Failure{Exit::configuration, columns.error().message});
  }
  return *std::move(config);
}

DropOptions drop_options(const client::NodeConfig& config) {
  DropOptions options{.node = config.node,
                      .desk = {},
                      .language = words::language_of(config.desk_language, environment),
                      .rest = config.drop_poll / 2};
  options.desk.classification = config.classification;
  options.desk.releasable_to = config.releasable_to;
  options.desk.columns_toml = config.desk_columns;
  options.desk.columns_path = config.desk_columns_path;
  options.desk.person_key = config.person_key;
  options.desk.accept_valid_rows = config.drop_accepts_valid_rows;
  return options;
}

}  // namespace muster::ministry
