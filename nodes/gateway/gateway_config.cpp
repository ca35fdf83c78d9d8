// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/gateway_config.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <set>

#include "nodes/client/config_keys.h"
#include "nodes/gateway/toml_reader.h"

namespace muster::gateway {

using model::ErrorCode;
using model::fail;
using model::Result;

namespace {

constexpr std::size_t kIdentitiesMax = 64;

bool is_address(const std::string& text, bool is_v6) {
  std::array<unsigned char, sizeof(in6_addr)> ignored{};
  return ::inet_pton(is_v6 ? AF_INET6 : AF_INET, text.c_str(), ignored.data()) == 1;
}

/// "127.0.0.1:7690" or "[::1]:7690".
bool read_listen(const std::string& text, GatewayConfig& config) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) {
    return false;
  }
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, port);
  auto address = text.substr(0, colon);
  const bool is_v6 = address.starts_with('[') && address.ends_with(']');
  if (is_v6) {
    address = address.substr(1, address.size() - 2);
  }
  if (read.ec != std::errc() || read.ptr != end || !is_address(address, is_v6)) {
    return false;
  }
  config.address = std::move(address);
  config.port = port;
  return true;
}

/// A fingerprint in another form than ours would be taken for a name, and never be met.
bool is_certificate(const std::string& text) {
  constexpr std::string_view kPrefix = "sha256:";
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr std::size_t kSize = 64;
  std::string digits;
  for (const char c : text) {
    if (c != ':') {
      digits += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  const bool has_prefix = digits.starts_with("sha256");
  const bool is_bare =
      digits.size() == kSize && digits.find_first_not_of(kDigits) == std::string::npos;
  if (!has_prefix && !is_bare) {
    return !text.empty();
  }
  return text.size() == kPrefix.size() + kSize && text.starts_with(kPrefix) &&
         text.find_first_not_of(kDigits, kPrefix.size()) == std::string::npos;
}

/// As `Host` says it, without the port.
bool is_host(const std::string& text) {
  const bool is_v6 = text.starts_with('[') && text.ends_with(']');
  return text.find_first_of("/@ ") == std::string::npos &&
         (is_v6 || text.find(':') == std::string::npos);
}

void read_gateway(TomlReader& reader, GatewayConfig& config) {
  reader.expect_keys({"listen", "web", "marking", "hosts", "streams_max", "connections_max",
                      "request_seconds", "answer_seconds", "header_bytes_max"});
  if (const auto listen = reader.text("listen"); listen && !read_listen(*listen, config)) {
    reader.wrong("listen",
                 "an address, not a name, and a port such as \"127.0.0.1:7690\" or \"[::1]:7690\"");
  }
  config.web = reader.file("web").value_or("");
  std::error_code ignored;
  if (!config.web.empty() && !std::filesystem::is_directory(config.web, ignored)) {
    reader.wrong("web", "a folder that is there: build the page with ops/board/make");
  }
  config.marking = reader.text("marking").value_or("");
  config.hosts = reader.texts("hosts");
  if (!std::all_of(config.hosts.begin(), config.hosts.end(), is_host)) {
    reader.wrong("hosts", "names without scheme and port, such as \"board.example\"");
  }
  const auto size = [&](const char* key, std::size_t& into, std::int64_t min, std::int64_t max) {
    into = static_cast<std::size_t>(
        reader.number(key, min, max).value_or(static_cast<std::int64_t>(into)));
  };
  size("streams_max", config.streams_max, 1, 10'000);
  size("connections_max", config.connections_max, 2, 20'000);
  size("header_bytes_max", config.header_bytes_max, 1'024, 65'536);
  if (const auto seconds = reader.number("request_seconds", 1, 600)) {
    config.request_max = std::chrono::seconds(*seconds);
  }
  if (const auto seconds = reader.number("answer_seconds", 1, 600)) {
    config.answer_max = std::chrono::seconds(*seconds);
  }
  if (config.streams_max >= config.connections_max) {
    reader.problem(fmt::format(
        "found streams_max = {} and connections_max = {}, expected more connections than streams: "
        "an open page keeps one for itself",
        config.streams_max, config.connections_max));
  }
}

void read_tls(TomlReader& reader, GatewayConfig& config) {
  reader.expect_keys({"certificate", "key", "client_ca"});
  config.tls = link::HttpTls{.certificate_file = reader.file("certificate").value_or(""),
                             .key_file = reader.file("key").value_or(""),
                             .client_ca_file = reader.file("client_ca").value_or("")};
  reader.expect_given("certificate", "the file of the certificate, PEM");
  reader.expect_given("key", "the file of its key, PEM");
}

void read_identity(TomlReader& reader, GatewayConfig& config) {
  reader.expect_keys({"config", "certificates"});
  Identity identity;
  identity.certificates = reader.texts("certificates");
  if (!std::all_of(identity.certificates.begin(), identity.certificates.end(), is_certificate)) {
    reader.wrong("certificates",
                 "a list of common names, or of \"sha256:\" and 64 lower-case hexadecimal digits");
  }
  reader.expect_given("config", "the configuration of a node, as of muster --config");
  if (const auto path = reader.file("config")) {
    std::error_code ignored;
    if (auto node = client::load_node_config(*path)) {
      identity.node = *std::move(node);
    } else if (!std::filesystem::exists(*path, ignored)) {
      reader.wrong("config", fmt::format("the configuration of a node, as of muster --config, at "
                                         "{}: muster-exercise prepare writes one for each node",
                                         *path));
    } else {
      reader.problem(fmt::format("identity.config: {}", node.error().message));
    }
  }
  config.identities.push_back(std::move(identity));
}

void read_nation(TomlReader& reader, GatewayConfig& config) {
  reader.expect_keys({"code", "en", "ru"});
  NationNames nation{{}, reader.text("en").value_or(""), reader.text("ru").value_or("")};
  reader.expect_given("code", "a nation such as \"KAZ\"");
  reader.expect_given("en", "its name in English");
  reader.expect_given("ru", "its name in Russian");
  if (const auto code = reader.text("code")) {
    if (const auto parsed = model::Nation::parse(*code)) {
      nation.code = *parsed;
    } else {
      reader.wrong("code", "a nation such as \"KAZ\"");
    }
  }
  const bool is_double =
      std::any_of(config.nations.begin(), config.nations.end(),
                  [&](const NationNames& known) { return known.code == nation.code; });
  if (is_double) {
    reader.wrong("code", "each nation once");
  }
  config.nations.push_back(std::move(nation));
}

/// Who may come is said by certificates, or by loopback; by nothing else.
void check_doors(const GatewayConfig& config, TomlReader& reader) {
  const bool is_open = !is_loopback(config.address);
  if (is_open && !config.tls) {
    reader.problem(fmt::format(
        "found listen = {} without [tls], expected a loopback address: nothing would be "
        "encrypted, and anybody in the network would see the force",
        config.address));
  } else if (is_open && config.tls->client_ca_file.empty()) {
    reader.problem(fmt::format(
        "found listen = {} without tls.client_ca, expected the certificates of those who may "
        "come: anybody in the network would see the force",
        config.address));
  }
  if (is_open && config.hosts.empty()) {
    reader.problem(fmt::format(
        "found listen = {} without hosts, expected the names that the gateway is called by",
        config.address));
  }
}

void check_identities(const GatewayConfig& config, TomlReader& reader) {
  std::set<std::string> certificates;
  std::size_t without = 0;
  for (const auto& identity : config.identities) {
    without += identity.certificates.empty() ? 1U : 0U;
    for (const auto& certificate : identity.certificates) {
      if (!certificates.insert(certificate).second) {
        reader.problem(fmt::format(
            "found the certificate {} in two places, expected one identity for each", certificate));
      }
    }
  }
  if (config.identities.empty() || config.identities.size() > kIdentitiesMax) {
    reader.problem(
        fmt::format("found {} [[identity]], expected 1 to {}: as whom the broker is "
                    "asked",
                    config.identities.size(), kIdentitiesMax));
  }
  if (without > 1) {
    reader.problem(fmt::format(
        "found {} identities without certificates, expected one at most: who comes without one "
        "could be either",
        without));
  }
  if (without > 0 && !is_loopback(config.address)) {
    reader.problem(
        "found an identity without certificates, expected certificates: anybody is welcome on "
        "loopback alone");
  }
  if (without > 0 && config.tls && !config.tls->client_ca_file.empty()) {
    reader.problem(
        "found an identity without certificates beside tls.client_ca, expected certificates: "
        "nobody comes without one");
  }
  if (!certificates.empty() && (!config.tls || config.tls->client_ca_file.empty())) {
    reader.problem(
        "found certificates of an identity without tls.client_ca, expected the file that proves "
        "them");
  }
}

}  // namespace

bool is_loopback(const std::string& address) {
  return address == "::1" || (address.starts_with("127.") &&
                              address.find_first_not_of("0123456789.") == std::string::npos);
}

namespace {

Result<TomlFile> open_file(const std::string& path) {
  auto file = TomlFile::open(path);
  if (!file && file.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found,
                fmt::format("{} - expected the gateway's configuration: muster-exercise prepare "
                            "DIR writes DIR/gateway.toml for an exercise, muster-gateway "
                            "--print-config prints one to be filled in",
                            file.error().message));
  }
  return file;
}

}  // namespace

Result<GatewayConfig> load_gateway_config(const std::string& path) {
  MUSTER_TRY(auto file, open_file(path));
  GatewayConfig config;
  config.path = path;
  file.expect_tables({"gateway", "tls"}, {"identity", "nation"});
  auto whole = file.whole();
  if (auto reader = file.table("gateway")) {
    read_gateway(*reader, config);
  }
  if (auto reader = file.table("tls")) {
    read_tls(*reader, config);
  }
  for (auto& reader : file.tables("identity")) {
    read_identity(reader, config);
  }
  for (auto& reader : file.tables("nation")) {
    read_nation(reader, config);
  }
  check_doors(config, whole);
  check_identities(config, whole);
  MUSTER_CHECK(file.outcome());
  return config;
}

}  // namespace muster::gateway
