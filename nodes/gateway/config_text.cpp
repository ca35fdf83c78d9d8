// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/gateway/gateway_config.h"

namespace muster::gateway {
namespace {

/// As a TOML basic string.
std::string toml_text(std::string_view text) {
  std::string made = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      made += fmt::format("\\u{:04x}", byte);
      continue;
    }
    if (c == '"' || c == '\\') {
      made += '\\';
    }
    made += c;
  }
  return made + '"';
}

using Value = std::optional<std::string>;

Value text_of(const std::string& text) { return text.empty() ? Value() : Value(toml_text(text)); }
Value list_of(const std::vector<std::string>& texts) {
  std::vector<std::string> made;
  for (const auto& text : texts) {
    made.push_back(toml_text(text));
  }
  return texts.empty() ? Value() : Value(fmt::format("[{}]", fmt::join(made, ", ")));
}
Value number_of(auto number) { return fmt::format("{}", number); }
/// Wherever the text is put, it means the same file.
Value file_of(const std::string& path) {
  return path.empty() ? Value()
                      : text_of(std::filesystem::absolute(path).lexically_normal().string());
}

/// One key. Without a value it stands there as a comment, with what it may be.
struct Line {
  std::string_view meaning, key;
  Value value;
  std::string_view such{};
};

std::string table_of(std::string_view head, const std::vector<Line>& lines) {
  auto table = fmt::format("\n{}\n", head);
  for (const auto& line : lines) {
    table += line.meaning.empty() ? std::string() : fmt::format("# {}\n", line.meaning);
    table += line.value ? fmt::format("{} = {}\n", line.key, *line.value)
                        : fmt::format("# {} = {}\n", line.key, line.such);
  }
  return table;
}

std::string gateway_table(const GatewayConfig& config) {
  const bool is_v6 = config.address.find(':') != std::string::npos;
  const auto listen = is_v6 ? fmt::format("[{}]:{}", config.address, config.port)
                            : fmt::format("{}:{}", config.address, config.port);
  return table_of(
      "[gateway]",
      {{"An address, not a name, and a port; [::1]:7690 for IPv6; port 0 takes a free one",
        "listen", toml_text(listen)},
       {"Folder of the built page; left out: none is served", "web", file_of(config.web),
        "\"/usr/share/muster/board\""},
       {"At the top and bottom of every page; left out: none", "marking", text_of(config.marking),
        "\"EXERCISE\""},
       {"Names it is called by, beside those of loopback", "hosts", list_of(config.hosts),
        "[\"board.example\"]"},
       {"Open pages, 1 to 10000; the next one is told 503", "streams_max",
        number_of(config.streams_max)},
       {"Connections, 2 to 20000, above streams_max: an open page keeps one", "connections_max",
        number_of(config.connections_max)},
       {"Seconds to send one request, 1 to 600; 2 while three of four connections are taken",
        "request_seconds", number_of(config.request_max.count())},
       {"Seconds for the broker to answer one, 1 to 600; a search may take 10 less",
        "answer_seconds", number_of(config.answer_max.count())},
       {"Bytes of the header of one request, 1024 to 65536", "header_bytes_max",
        number_of(config.header_bytes_max)}});
}

std::string tls_table(const std::optional<link::HttpTls>& tls) {
  const auto given = tls.value_or(link::HttpTls{});
  return "\n# Needed for any address but loopback." +
         table_of(tls ? "[tls]" : "# [tls]",
                  {{"With those between it and its root, PEM", "certificate",
                    file_of(given.certificate_file), "\"gateway.pem\""},
                   {"Without a password, and readable by its owner or group alone", "key",
                    file_of(given.key_file), "\"gateway.key\""},
                   {"Only clients whose certificate chains to these are taken", "client_ca",
                    file_of(given.client_ca_file), "\"clients.pem\""}});
}

std::string identity_table(const Identity& identity) {
  return "\n# As whom the broker is asked. One for each kind of reader." +
         table_of("[[identity]]",
                  {{"The configuration of a node, as of muster --config", "config",
                    identity.node.path.empty() ? Value(toml_text("nodes/sec-board.toml"))
                                               : file_of(identity.node.path)},
                   {"Common names of client certificates, or \"sha256:\" and 64 digits; left out: "
                    "whoever comes without one",
                    "certificates", list_of(identity.certificates), "[\"officer.example\"]"}});
}

std::string nation_table(const NationNames& nation) {
  return table_of("[[nation]]", {{{}, "code", toml_text(nation.code.view())},
                                 {{}, "en", toml_text(nation.en)},
                                 {{}, "ru", toml_text(nation.ru)}});
}

constexpr std::string_view kAboutNations =
    "\n# Names on the page, in its order; a nation without one is shown by its code.\n"
    "# [[nation]]\n# code = \"ARM\"\n# en = \"Armenia\"\n# ru = \"Армения\"\n";

}  // namespace

std::string print_config(const GatewayConfig& config) {
  auto text = std::string("# The gateway. Paths start from the folder of this file.\n") +
              gateway_table(config) + tls_table(config.tls);
  for (const auto& identity : config.identities) {
    text += identity_table(identity);
  }
  if (config.identities.empty()) {
    text += identity_table({});
  }
  for (const auto& nation : config.nations) {
    text += nation_table(nation);
  }
  return config.nations.empty() ? text.append(kAboutNations) : text;
}

}  // namespace muster::gateway
