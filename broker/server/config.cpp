// SPDX-License-Identifier: Apache-2.0
#include "broker/server/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <limits>
#include <sstream>
#include <variant>
#include <vector>

#include "schemas/text/problems.h"

namespace muster::server {

using model::ErrorCode;
using model::fail;

namespace {

/// One option: where it stands in the file, what it means, what it may be, and where its value
/// goes.
struct Option {
  std::string_view table, key, meaning;
  std::int64_t min = 0, max = 0;  ///< Of numbers.
  using Text = std::string BrokerConfig::*;
  using Flag = bool BrokerConfig::*;
  struct Number {
    std::function<std::int64_t(const BrokerConfig&)> get;
    std::function<void(BrokerConfig&, std::int64_t)> set;
  };
  std::variant<Text, Flag, Number> value;
  bool is_path = false;
  bool is_required = false;
};

template <typename Member>
Option::Number number(Member BrokerConfig::* member) {
  return {[member](const BrokerConfig& c) { return static_cast<std::int64_t>(c.*member); },
          [member](BrokerConfig& c, std::int64_t v) { c.*member = static_cast<Member>(v); }};
}
template <typename Member>
Option::Number limit(Member model::Limits::* member) {
  return {[member](const BrokerConfig& c) { return static_cast<std::int64_t>(c.limits.*member); },
          [member](BrokerConfig& c, std::int64_t v) { c.limits.*member = static_cast<Member>(v); }};
}
Option::Number feed(std::uint32_t FeedLimits::* member) {
  return {[member](const BrokerConfig& c) { return static_cast<std::int64_t>(c.feed.*member); },
          [member](BrokerConfig& c, std::int64_t v) {
            c.feed.*member = static_cast<std::uint32_t>(v);
          }};
}
Option::Number feed(std::chrono::milliseconds FeedLimits::* member) {
  return {
      [member](const BrokerConfig& c) { return (c.feed.*member).count(); },
      [member](BrokerConfig& c, std::int64_t v) { c.feed.*member = std::chrono::milliseconds{v}; }};
}
Option::Number milliseconds(std::chrono::milliseconds BrokerConfig::* member) {
  return {[member](const BrokerConfig& c) { return (c.*member).count(); },
          [member](BrokerConfig& c, std::int64_t v) { c.*member = std::chrono::milliseconds{v}; }};
}
Option::Number seconds(model::Duration model::Limits::* member) {
  return {
      [member](const BrokerConfig& c) {
        return std::chrono::duration_cast<std::chrono::seconds>(c.limits.*member).count();
      },
      [member](BrokerConfig& c, std::int64_t v) { c.limits.*member = std::chrono::seconds{v}; }};
}

const std::vector<Option>& options() {
  static const std::vector<Option> kOptions = {
      {"store", "data", "Folder of the ledger; made when missing", 0, 0, &BrokerConfig::data_folder,
       true, true},
      {"registry", "genesis", "Members, nodes and keys at the start (JSON)", 0, 0,
       &BrokerConfig::genesis_file, true, true},
      {"keys", "curve", "The broker's CURVE key file", 0, 0, &BrokerConfig::curve_key_file, true,
       true},
      {"keys", "signing", "The key file that signs tree heads", 0, 0,
       &BrokerConfig::signing_key_file, true, true},
      {"network", "ingest", "Where nodes publish: tcp:// or ipc://", 0, 0,
       &BrokerConfig::ingest_endpoint},
      {"network", "query", "Where questions are asked", 0, 0, &BrokerConfig::query_endpoint},
      {"network", "http_address",
       "Where metrics and health are served; loopback unless you know why", 0, 0,
       &BrokerConfig::http_address},
      {"network", "http_port", "0 takes a free one", 0, 65'535, number(&BrokerConfig::http_port)},
      {"network", "ipv6", "Also take IPv6 connections", 0, 0, &BrokerConfig::ipv6},
      {"flow", "window", "Reports a node may have in flight", 1, 1'000'000,
       number(&BrokerConfig::window)},
      {"flow", "batch_messages", "Messages judged before one commit, at most", 1, 100'000,
       number(&BrokerConfig::batch_messages_max)},
      {"flow", "batch_bytes", "Bytes judged before one commit, at most", 1'048'576, 268'435'456,
       number(&BrokerConfig::batch_bytes_max)},
      {"flow", "projection_ms", "How long changes gather before the projection is written", 0,
       60'000, milliseconds(&BrokerConfig::projection_interval)},
      {"flow", "drain_ms", "How long SIGTERM waits for what has arrived", 0, 600'000,
       milliseconds(&BrokerConfig::drain_max)},
      {"feed", "subscribers", "Subscriptions to the feed at most", 0, 100'000,
       feed(&FeedLimits::subscribers_max)},
      {"feed", "per_node", "Subscriptions of one node at most, whatever its connections", 1, 100'000,
       feed(&FeedLimits::per_node_max)},
      {"feed", "per_connection", "Subscriptions of one connection at most", 1, 1'000,
       feed(&FeedLimits::per_connection_max)},
      {"feed", "unpaid_bytes", "Bytes of rows under way to one subscriber at most",
       FeedLimits::kLeastUnpaidBytesMax, 268'435'456, feed(&FeedLimits::unpaid_bytes_max)},
      {"feed", "journal", "Changes remembered; who is further behind gets a snapshot anew", 1,
       10'000'000, feed(&FeedLimits::journal_max)},
      {"feed", "slow_ms", "How long a subscriber may be held up before it is told BYE", 100,
       3'600'000, feed(&FeedLimits::slow_max)},
      {"feed", "mark_ms", "How often a subscriber that is up to date hears so", 100, 5'000,
       feed(&FeedLimits::mark_every)},
      {"feed", "look_ms", "Commits within this time are shown together", 0, 1'000,
       feed(&FeedLimits::look_every)},
      {"limits", "clock_skew_s", "A node's clock may be ahead by this (V08)", 0, 86'400,
       seconds(&model::Limits::clock_skew_max)},
      {"limits", "people", "People in one count at most (V10)", 1, 10'000'000,
       limit(&model::Limits::people_max)},
      {"limits", "items", "Items in one count at most (V10)", 1, 100'000'000,
       limit(&model::Limits::items_max)},
      {"limits", "hierarchy_depth", "Levels of a hierarchy at most (V07)", 1, 100,
       limit(&model::Limits::hierarchy_depth_max)},
  };
  return kOptions;
}

/// Collects every problem of a file, so that it is mended in one go.
class Problems {
 public:
  explicit Problems(std::string path) : path_(std::move(path)) {}
  void add(const toml::source_region& at, std::string_view what) {
    problems_.emplace_back(
        at.begin.line, fmt::format("{}:{}:{}: {}", path_, at.begin.line, at.begin.column, what));
  }
  /// What is missing stands nowhere, and so comes last.
  void add(std::string_view what) {
    problems_.emplace_back(std::numeric_limits<std::uint32_t>::max(),
                           fmt::format("{}: {}", path_, what));
  }
  [[nodiscard]] bool empty() const { return problems_.empty(); }
  /// One a line, in the order of the file.
  [[nodiscard]] std::string text() {
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string text;
    for (const auto& [line, problem] : problems_) {
      text += (text.empty() ? "" : "\n") + problem;
    }
    return text;
  }

 private:
  std::string path_;
  std::vector<std::pair<std::uint32_t, std::string>> problems_;
};

void read_value(const Option& option, const toml::node& node, const std::filesystem::path& folder,
                BrokerConfig& config, Problems& problems) {
  const auto name = fmt::format("{}.{}", option.table, option.key);
  if (const auto* text = std::get_if<Option::Text>(&option.value)) {
    const auto value = node.value<std::string>();
    if (!node.is_string() || !value) {
      return problems.add(node.source(), name + " must be text in quotes");
    }
    if (value->empty()) {
      return problems.add(node.source(), fmt::format("{} is empty: {}", name, option.meaning));
    }
    config.*(*text) = option.is_path ? (folder / *value).lexically_normal().string() : *value;
  } else if (const auto* flag = std::get_if<Option::Flag>(&option.value)) {
    if (!node.is_boolean()) {
      return problems.add(node.source(), name + " must be true or false");
    }
    config.*(*flag) = *node.value<bool>();
  } else {
    const auto value = node.value<std::int64_t>();
    if (!node.is_integer() || !value || *value < option.min || *value > option.max) {
      return problems.add(node.source(), fmt::format("{} must be a whole number from {} to {}",
                                                     name, option.min, option.max));
    }
    std::get<Option::Number>(option.value).set(config, *value);
  }
}

/// A question about the known name that is nearest to a misspelt one, or nothing.
std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
  const auto near = text::nearest(word, known);
  return near.empty() ? std::string() : fmt::format(": did you mean {}?", near);
}

void read_table(std::string_view name, const toml::table& table,
                const std::filesystem::path& folder, BrokerConfig& config, Problems& problems) {
  std::vector<std::string_view> known;
  for (const auto& option : options()) {
    if (option.table == name) {
      known.push_back(option.key);
    }
  }
  for (const auto& [key, node] : table) {
    const auto found = std::find_if(options().begin(), options().end(), [&](const Option& option) {
      return option.table == name && option.key == key.str();
    });
    if (found == options().end()) {
      problems.add(key.source(), fmt::format("unknown key {}.{}{}", name, key.str(),
                                             suggestion(key.str(), known)));
    } else {
      read_value(*found, node, folder, config, problems);
    }
  }
}

void read_document(const toml::table& document, const std::filesystem::path& folder,
                   BrokerConfig& config, Problems& problems) {
  std::vector<std::string_view> tables;
  for (const auto& option : options()) {
    tables.push_back(option.table);
  }
  for (const auto& [key, node] : document) {
    if (std::find(tables.begin(), tables.end(), key.str()) == tables.end()) {
      problems.add(key.source(),
                   fmt::format("unknown table [{}]{}", key.str(), suggestion(key.str(), tables)));
    } else if (!node.is_table()) {
      problems.add(node.source(), fmt::format("{} must be a table: [{}]", key.str(), key.str()));
    } else {
      read_table(key.str(), *node.as_table(), folder, config, problems);
    }
  }
  for (const auto& option : options()) {
    const auto* text = std::get_if<Option::Text>(&option.value);
    if (option.is_required && text != nullptr && (config.*(*text)).empty() &&
        !document.at_path(fmt::format("{}.{}", option.table, option.key))) {
      problems.add(fmt::format("{}.{} is missing: {}", option.table, option.key, option.meaning));
    }
  }
}

std::string value_text(const Option& option, const BrokerConfig& config) {
  if (const auto* text = std::get_if<Option::Text>(&option.value)) {
    std::ostringstream quoted;
    quoted << toml::value<std::string>(config.*(*text));
    return quoted.str();
  }
  if (const auto* flag = std::get_if<Option::Flag>(&option.value)) {
    return config.*(*flag) ? "true" : "false";
  }
  return std::to_string(std::get<Option::Number>(option.value).get(config));
}

}  // namespace

model::Result<BrokerConfig> load_config(const std::string& path) {
  std::error_code missing;
  if (!std::filesystem::is_regular_file(path, missing)) {
    return fail(
        ErrorCode::not_found,
        fmt::format("configuration {}: no such file. A sample: muster-broker --print-config",
                    path));
  }
  Problems problems(path);
  BrokerConfig config;
  try {  // The library as packaged throws; the exception ends here.
    read_document(toml::parse_file(path), std::filesystem::path(path).parent_path(), config,
                  problems);
  } catch (const toml::parse_error& error) {
    problems.add(error.source(), error.description());
  }
  if (!problems.empty()) {
    return fail(ErrorCode::configuration, problems.text());
  }
  return config;
}

std::string print_config(const BrokerConfig& config) {
  std::string out;
  std::string_view table;
  for (const auto& option : options()) {
    if (option.table != table) {
      table = option.table;
      out += fmt::format("{}[{}]\n", out.empty() ? "" : "\n", table);
    }
    const auto range =
        option.max > 0 ? fmt::format(", {} to {}", option.min, option.max) : std::string();
    out += fmt::format("# {}{}\n{} = {}\n", option.meaning, range, option.key,
                       value_text(option, config));
  }
  return out;
}

}  // namespace muster::server
