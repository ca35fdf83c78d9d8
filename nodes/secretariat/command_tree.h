// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <vector>

/// The declared commands and options. For arguments.cpp and the tests of the help alone.
namespace muster::secretariat {

/// What was written, before anything is checked.
struct RawArguments {
  // Every command.
  std::string config, output = "table", timeout = "5s", colour = "auto", as_of, known_at;
  bool quiet = false;
  // report, keys
  std::vector<std::string> files;
  std::string wait = "10s", folder = ".", name, node;
  // force
  std::vector<std::string> by{"nation"}, nations, components, element_kinds, levels, pools;
  std::string nation, unit;
  // ledger, server
  std::uint32_t count = 20;
  std::uint64_t from = 0;
  std::string check_format = "text", slow = "1s";
};

/// "muster 0.1.0 (protocol 1)".
std::string version_line();

/// Declares everything; parsing fills `raw`, which must outlive `app`.
void declare_commands(CLI::App& app, RawArguments& raw);

}  // namespace muster::secretariat
