// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/result.h"

/// Everything that a node's configuration file may say, once. Unknown names are compared with
/// these.
namespace muster::client {

struct ConfigKey {
  std::string_view table, name;
  bool is_required = false;
  std::string_view expected;
};
std::span<const ConfigKey> config_keys();
std::span<const std::string_view> config_tables();

/// The text of a configuration, at most a mebibyte: nobody writes a larger one by hand. Errors:
/// not_found, also for a folder; configuration for one that is larger.
model::Result<std::string> read_config_text(const std::string& path);

/// Null when there is none.
const ConfigKey* find_config_key(std::string_view table, std::string_view name);
std::vector<std::string_view> config_names_in(std::string_view table);

/// "did you mean 'outbox'?", or the list of what is known.
std::string suggestion(std::string_view name, const std::vector<std::string_view>& names);

}  // namespace muster::client
