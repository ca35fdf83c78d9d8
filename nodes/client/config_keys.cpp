// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/config_keys.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "schemas/text/problems.h"

namespace muster::client {

namespace {

constexpr std::array kKeys{
    ConfigKey{"broker", "ingest", true, "an endpoint such as \"tcp://127.0.0.1:7610\""},
    ConfigKey{"broker", "query", true, "an endpoint such as \"tcp://127.0.0.1:7611\""},
    ConfigKey{"broker", "server_key", true, "the broker's public key, 64 hexadecimal digits"},
    ConfigKey{"node", "id", true, "the node's name, such as \"KAZ/mod\""},
    ConfigKey{"node", "curve_key", true, "the file of the CURVE key"},
    ConfigKey{"node", "signing_key", false, "the file of the signing key"},
    ConfigKey{"node", "outbox", false, "a folder"},
    ConfigKey{"drop", "folder", false, "a folder"},
    ConfigKey{"drop", "poll_ms", false, "a whole number from 10 to 3600000"},
    ConfigKey{"drop", "accept_valid_rows", false, "true or false"},
    ConfigKey{"desk", "language", false, "\"en\" or \"ru\""},
    ConfigKey{"desk", "columns", false, "the file of the ministry's own headings"},
    ConfigKey{"desk", "person_key", false, "the file of the key for service numbers"},
    ConfigKey{"desk", "classification", false,
              "a classification such as \"UNCLASSIFIED\" or \"CONFIDENTIAL\""},
    ConfigKey{"desk", "releasable_to", false, "a list of nations such as [\"RUS\", \"KAZ\"]"},
    ConfigKey{"metrics", "listen", false, "an address and a port such as \"127.0.0.1:7622\""},
};
constexpr std::array<std::string_view, 5> kTables{"broker", "node", "drop", "desk", "metrics"};

}  // namespace

std::span<const ConfigKey> config_keys() { return kKeys; }
std::span<const std::string_view> config_tables() { return kTables; }

const ConfigKey* find_config_key(std::string_view table, std::string_view name) {
  const auto* found = std::find_if(kKeys.begin(), kKeys.end(), [&](const ConfigKey& key) {
    return key.table == table && key.name == name;
  });
  return found != kKeys.end() ? found : nullptr;
}

std::vector<std::string_view> config_names_in(std::string_view table) {
  std::vector<std::string_view> names;
  for (const auto& key : kKeys) {
    if (key.table == table) {
      names.push_back(key.name);
    }
  }
  return names;
}

std::string suggestion(std::string_view name, const std::vector<std::string_view>& names) {
  if (const auto near = text::nearest(name, names); !near.empty()) {
    return fmt::format("did you mean '{}'?", near);
  }
  return fmt::format("expected one of {}", fmt::join(names, ", "));
}

}  // namespace muster::client
