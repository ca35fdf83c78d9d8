// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace muster::tests {

/// A line of a scenario: a word, what it is about, and named values.
struct Command {
  std::string line;  ///< As it stands in the file.
  std::vector<std::string> words;
  std::map<std::string, std::string> values;

  [[nodiscard]] std::string word(std::size_t index) const {
    return index < words.size() ? words[index] : std::string();
  }
  [[nodiscard]] std::optional<std::string> value(const std::string& name) const;
  [[nodiscard]] std::uint32_t number(const std::string& name, std::uint32_t otherwise) const;
};

/// Reads `strength KAZ:A assigned=100`. A value with spaces stands in double quotes.
Command parse_command(const std::string& line);

/// A command and what came of it.
struct Step {
  std::string comment;  ///< Lines before it that start with '#', and empty ones.
  std::vector<std::string> commands;
  std::string transcript;
};

/// A scenario file: comments, then blocks of command lines, a line `----`, and the transcript up to
/// the next empty line.
std::vector<Step> parse_script(const std::string& text);
std::string format_script(const std::vector<Step>& steps);

}  // namespace muster::tests
