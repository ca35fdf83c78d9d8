// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/connection_file.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "schemas/text/problems.h"

namespace muster::client {

using model::ErrorCode;
using model::fail;
using model::Result;

namespace {

/// Everything that a file may say, once. Unknown names are compared with these.
struct Key {
  std::string_view table, name;
  bool required;
  std::string_view expected;
};
constexpr std::array kKeys{
    Key{"broker", "ingest", true, "an endpoint such as \"tcp://127.0.0.1:7610\""},
    Key{"broker", "query", true, "an endpoint such as \"tcp://127.0.0.1:7611\""},
    Key{"broker", "server_key", true, "the broker's public key, 64 hexadecimal digits"},
    Key{"node", "id", true, "the node's name, such as \"KAZ/mod\""},
    Key{"node", "curve_key", true, "the file of the CURVE key"},
    Key{"node", "signing_key", false, "the file of the signing key"},
    Key{"node", "outbox", false, "a folder"},
    Key{"drop", "folder", false, "a folder"},
    Key{"drop", "poll_ms", false, "a whole number from 10 to 3600000"},
};
constexpr std::array<std::string_view, 3> kTables{"broker", "node", "drop"};

std::string suggestion(std::string_view name, const std::vector<std::string_view>& names) {
  if (const auto near = text::nearest(name, names); !near.empty()) {
    return fmt::format("did you mean '{}'?", near);
  }
  return fmt::format("expected one of {}", fmt::join(names, ", "));
}

std::vector<std::string_view> names_in(std::string_view table) {
  std::vector<std::string_view> names;
  for (const auto& key : kKeys) {
    if (key.table == table) {
      names.push_back(key.name);
    }
  }
  return names;
}

const Key* find_key(std::string_view table, std::string_view name) {
  const auto found = std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) {
    return key.table == table && key.name == name;
  });
  return found != kKeys.end() ? &*found : nullptr;
}

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
  void read_keys(NodeConfig& config);
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
  for (const auto& [name, node] : root_) {
    const bool known = std::find(kTables.begin(), kTables.end(), name.str()) != kTables.end();
    if (!known) {
      add(name.source(),
          fmt::format("found '{}', which is no table or key of this file: {}", name.str(),
                      suggestion(name, {kTables.begin(), kTables.end()})));
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
    if (find_key(table_name, name) == nullptr) {
      add(name.source(), fmt::format("found {}.{}, which is no key of this file: {}", table_name,
                                     name.str(), suggestion(name, names_in(table_name))));
    }
  }
}

void Reader::check_missing() {
  for (const auto& key : kKeys) {
    const auto* table = root_.get_as<toml::table>(key.table);
    const bool table_is_wrong = table == nullptr && root_.contains(key.table);
    if (key.required && find(key.table, key.name) == nullptr && !table_is_wrong) {
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
  add(node->source(), fmt::format("found {}.{} = {}, expected {}{}{}", table, name, shown(*node),
                                  find_key(table, name)->expected, why.empty() ? "" : ": ", why));
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
  const auto* node = find("drop", "poll_ms");
  if (node == nullptr) {
    return;
  }
  const auto* value = node->as_integer();
  if (value == nullptr || value->get() < 10 || value->get() > 3'600'000) {
    return wrong("drop", "poll_ms");
  }
  config.drop_poll = std::chrono::milliseconds(value->get());
}

void Reader::read_keys(NodeConfig& config) {
  const auto failed = [&](std::string_view name, const model::Error& error) {
    code_ = error.code;
    add(find("node", name)->source(), fmt::format("node.{}: {}", name, error.message));
  };
  if (const auto path = file("node", "curve_key"); !path.empty()) {
    if (auto secret = link::load_secret_key(path); !secret) {
      failed("curve_key", secret.error());
    } else if (auto pair = link::CurveKeyPair::from_secret(*std::move(secret)); !pair) {
      failed("curve_key", pair.error());
    } else {
      config.connection.curve = *std::move(pair);
    }
  }
  if (const auto path = file("node", "signing_key"); !path.empty()) {
    if (auto key = trust::SigningKey::load(path); !key) {
      failed("signing_key", key.error());
    } else {
      config.signing_key = *std::move(key);
    }
  }
}

Result<std::string> read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) {
    return fail(ErrorCode::not_found,
                fmt::format("{}: {}", path, in ? "is a folder" : std::strerror(errno)));
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

Result<NodeConfig> load_node_config(const std::string& path) {
  MUSTER_TRY(const auto text, read_text(path));
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
