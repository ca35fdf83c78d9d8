// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/connection_file.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "nodes/client/config_keys.h"

namespace muster::client {

using model::ErrorCode;
using model::fail;
using model::Result;

namespace {

/// What was found instead, short and never a secret: keys are named by file, not written here.
std::string shown(const toml::node& node) {
  if (const auto text = node.value<std::string_view>(); text && node.is_string()) {
    return fmt::format("\"{}\"", text->substr(0, 80));
  }
  if (const auto number = node.value<std::int64_t>(); number && node.is_integer()) {
    return fmt::format("{}", *number);
  }
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::floating_point:
      return "a number with a fraction";
    default:
      return "a value of another kind";
  }
}

/// "127.0.0.1:7622", "[::1]:7622"; port 0 takes a free one.
bool is_address_and_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) {
    return false;
  }
  const auto digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return error == std::errc() && end == digits.data() + digits.size();
}

/// A problem and where it stands; the list is printed in the order of the file.
struct Problem {
  toml::source_position at;
  std::string text;
};

class Reader {
 public:
  Reader(const std::string& path, const toml::table& root) : path_(path), root_(root) {}

  Result<NodeConfig> read();

 private:
  void check_names();
  void check_names_in(std::string_view name, const toml::table& table);
  void check_missing();
  const toml::node* find(std::string_view table, std::string_view name) const;
  /// The text of a key, or empty and a problem.
  std::string text(std::string_view table, std::string_view name);
  std::string file(std::string_view table, std::string_view name);
  void read_broker(NodeConfig& config);
  void read_node(NodeConfig& config);
  void read_drop(NodeConfig& config);
  void read_desk(NodeConfig& config);
  void read_releasable_to(NodeConfig& config);
  void read_metrics(NodeConfig& config);
  void read_keys(NodeConfig& config);
  void key_failed(std::string_view table, std::string_view name, const model::Error& error);
  void endpoint(std::string_view name, std::string& into);
  void wrong(std::string_view table, std::string_view name, std::string_view why = {});
  void add(const toml::source_region& region, std::string text) {
    problems_.push_back({region.begin, std::move(text)});
  }
  std::string place(const toml::source_position& at) const;
  Result<void> outcome();

  const std::string& path_;
  const toml::table& root_;
  std::vector<Problem> problems_;
  ErrorCode code_ = ErrorCode::configuration;  // Of a key file, when nothing else is wrong.
};

Result<NodeConfig> Reader::read() {
  NodeConfig config;
  config.path = path_;
  check_names();
  check_missing();
  read_broker(config);
  read_node(config);
  read_drop(config);
  read_desk(config);
  read_metrics(config);
  const bool file_is_fine = problems_.empty();
  read_keys(config);
  code_ = file_is_fine ? code_ : ErrorCode::configuration;
  MUSTER_CHECK(outcome());
  return config;
}

std::string Reader::place(const toml::source_position& at) const {
  return at.line == 0 ? path_ : fmt::format("{}:{}:{}", path_, at.line, at.column);
}

Result<void> Reader::outcome() {
  if (problems_.empty()) {
    return {};
  }
  std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) {
    return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
  });
  std::string all;
  for (const auto& problem : problems_) {
    all += fmt::format("{}{}: {}", all.empty() ? "" : "\n", place(problem.at), problem.text);
  }
  return fail(code_, std::move(all));
}

void Reader::check_names() {
  const auto tables = config_tables();
  for (const auto& [name, node] : root_) {
    const bool known = std::find(tables.begin(), tables.end(), name.str()) != tables.end();
    if (!known) {
      add(name.source(), fmt::format("found '{}', which is no table or key of this file: {}",
                                     name.str(), suggestion(name, {tables.begin(), tables.end()})));
    } else if (!node.is_table()) {
      add(name.source(), fmt::format("found {} = {}, expected a table: [{}]", name.str(),
                                     shown(node), name.str()));
    } else {
      check_names_in(name, *node.as_table());
    }
  }
}

void Reader::check_names_in(std::string_view table_name, const toml::table& table) {
  for (const auto& [name, node] : table) {
    if (find_config_key(table_name, name) == nullptr) {
      add(name.source(), fmt::format("found {}.{}, which is no key of this file: {}", table_name,
                                     name.str(), suggestion(name, config_names_in(table_name))));
    }
  }
}

void Reader::check_missing() {
  for (const auto& key : config_keys()) {
    const auto* table = root_.get_as<toml::table>(key.table);
    const bool table_is_wrong = table == nullptr && root_.contains(key.table);
    if (key.is_required && find(key.table, key.name) == nullptr && !table_is_wrong) {
      add(table != nullptr ? table->source() : toml::source_region{},
          fmt::format("found no {}.{}, expected {}", key.table, key.name, key.expected));
    }
  }
}

const toml::node* Reader::find(std::string_view table, std::string_view name) const {
  const auto* found = root_.get_as<toml::table>(table);
  return found != nullptr ? found->get(name) : nullptr;
}

void Reader::wrong(std::string_view table, std::string_view name, std::string_view why) {
  const auto* node = find(table, name);
  add(node->source(),
      fmt::format("found {}.{} = {}, expected {}{}{}", table, name, shown(*node),
                  find_config_key(table, name)->expected, why.empty() ? "" : ": ", why));
}

std::string Reader::text(std::string_view table, std::string_view name) {
  const auto* node = find(table, name);
  if (node == nullptr) {
    return {};
  }
  const auto* value = node->as_string();
  if (value == nullptr || value->get().empty()) {
    wrong(table, name);
    return {};
  }
  return value->get();
}

std::string Reader::file(std::string_view table, std::string_view name) {
  const auto relative = text(table, name);
  if (relative.empty()) {
    return {};
  }
  return (std::filesystem::path(path_).parent_path() / relative).lexically_normal().string();
}

void Reader::endpoint(std::string_view name, std::string& into) {
  into = text("broker", name);
  if (!into.empty() && !into.starts_with("tcp://") && !into.starts_with("ipc://")) {
    wrong("broker", name);
  }
}

void Reader::read_broker(NodeConfig& config) {
  endpoint("ingest", config.connection.ingest_endpoint);
  endpoint("query", config.connection.query_endpoint);
  if (const auto hex = text("broker", "server_key"); !hex.empty()) {
    const auto key = model::parse_hex<model::PublicKey>(hex);
    if (!key || *key == model::PublicKey{}) {
      wrong("broker", "server_key");
    } else {
      config.connection.server_key = *key;
    }
  }
}

void Reader::read_node(NodeConfig& config) {
  if (const auto id = text("node", "id"); !id.empty()) {
    if (const auto node = model::NodeId::parse(id)) {
      config.node = *node;
    } else {
      wrong("node", "id", node.error().message);
    }
  }
  config.outbox = file("node", "outbox");
}

void Reader::read_drop(NodeConfig& config) {
  config.drop_folder = file("drop", "folder");
  if (const auto* node = find("drop", "poll_ms")) {
    const auto* value = node->as_integer();
    if (value == nullptr || value->get() < 10 || value->get() > 3'600'000) {
      wrong("drop", "poll_ms");
    } else {
      config.drop_poll = std::chrono::milliseconds(value->get());
    }
  }
  if (const auto* node = find("drop", "accept_valid_rows")) {
    const auto* value = node->as_boolean();
    if (value == nullptr) {
      wrong("drop", "accept_valid_rows");
    } else {
      config.drop_accepts_valid_rows = value->get();
    }
  }
}

void Reader::read_desk(NodeConfig& config) {
  config.desk_language = text("desk", "language");
  if (!config.desk_language.empty() && config.desk_language != "en" &&
      config.desk_language != "ru") {
    wrong("desk", "language");
  }
  if (const auto name = text("desk", "classification"); !name.empty()) {
    const auto classification = model::from_text<model::Classification>(name);
    if (!classification) {
      wrong("desk", "classification");
    }
    config.classification = classification.value_or(config.classification);
  }
  read_releasable_to(config);
  config.desk_columns_path = file("desk", "columns");
  if (config.desk_columns_path.empty()) {
    return;
  }
  auto columns = read_config_text(config.desk_columns_path);
  if (columns) {
    config.desk_columns = *std::move(columns);
  } else {
    add(find("desk", "columns")->source(),
        fmt::format("desk.columns: {}", columns.error().message));
  }
}

void Reader::read_releasable_to(NodeConfig& config) {
  const auto* node = find("desk", "releasable_to");
  if (node == nullptr) {
    return;
  }
  if (!node->is_array()) {
    return wrong("desk", "releasable_to");
  }
  for (const auto& item : *node->as_array()) {
    const auto nation = model::Nation::parse(item.value_or(std::string_view()));
    if (!nation) {
      add(item.source(), fmt::format("found {} in desk.releasable_to, expected a nation such as "
                                     "\"KAZ\"",
                                     shown(item)));
      continue;
    }
    config.releasable_to.push_back(*nation);
  }
}

void Reader::read_metrics(NodeConfig& config) {
  config.metrics_listen = text("metrics", "listen");
  if (!config.metrics_listen.empty() && !is_address_and_port(config.metrics_listen)) {
    wrong("metrics", "listen");
  }
}

void Reader::key_failed(std::string_view table, std::string_view name, const model::Error& error) {
  code_ = error.code;
  add(find(table, name)->source(), fmt::format("{}.{}: {}", table, name, error.message));
}

void Reader::read_keys(NodeConfig& config) {
  if (const auto path = file("node", "curve_key"); !path.empty()) {
    if (auto secret = link::load_secret_key(path); !secret) {
      key_failed("node", "curve_key", secret.error());
    } else if (auto pair = link::CurveKeyPair::from_secret(*std::move(secret)); !pair) {
      key_failed("node", "curve_key", pair.error());
    } else {
      config.connection.curve = *std::move(pair);
    }
  }
  if (const auto path = file("node", "signing_key"); !path.empty()) {
    if (auto key = trust::SigningKey::load(path); !key) {
      key_failed("node", "signing_key", key.error());
    } else {
      config.signing_key = *std::move(key);
    }
  }
  if (const auto path = file("desk", "person_key"); !path.empty()) {
    // A secret of the same form as a CURVE key: 64 digits in a file that nobody else may read.
    if (const auto key = link::load_secret_key(path); !key) {
      key_failed("desk", "person_key", key.error());
    } else {
      config.person_key.assign(key->reveal().begin(), key->reveal().end());
    }
  }
}

}  // namespace

Result<std::string> read_config_text(const std::string& path) {
  constexpr std::size_t kBytesMax = std::size_t{1} << 20U;
  std::error_code ignored;
  std::ifstream in(path, std::ios::binary);
  const int reason = errno;
  if (!in || std::filesystem::is_directory(path, ignored)) {
    return fail(ErrorCode::not_found,
                fmt::format("{}: {}", path, in ? "is a folder" : std::strerror(reason)));
  }
  std::string text(kBytesMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kBytesMax) {
    return fail(ErrorCode::configuration,
                fmt::format("{}: has more than {} bytes", path, kBytesMax));
  }
  return text;
}

Result<NodeConfig> load_node_config(const std::string& path) {
  MUSTER_TRY(const auto text, read_config_text(path));
  try {
    const auto root = toml::parse(text, path);
    return Reader(path, root).read();
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    return fail(ErrorCode::configuration,
                fmt::format("{}:{}:{}: {}", path, at.line, at.column, error.description()));
  }
}

}  // namespace muster::client
