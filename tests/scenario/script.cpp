// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/script.h"

#include <sstream>
#include <utility>

namespace muster::tests {
namespace {

/// Splits at spaces that are not between double quotes, and drops the quotes.
std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts;
  std::string part;
  bool is_quoted = false;
  for (const char c : line + " ") {
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ' ' && !is_quoted) {
      if (!part.empty()) {
        parts.push_back(std::exchange(part, {}));
      }
    } else {
      part += c;
    }
  }
  return parts;
}

}  // namespace

std::optional<std::string> Command::value(const std::string& name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::nullopt : std::optional(found->second);
}

std::uint32_t Command::number(const std::string& name, std::uint32_t otherwise) const {
  const auto text = value(name);
  return text ? static_cast<std::uint32_t>(std::stoul(*text)) : otherwise;
}

Command parse_command(const std::string& line) {
  Command command{.line = line, .words = {}, .values = {}};
  for (const auto& part : split(line)) {
    const auto equals = part.find('=');
    if (equals == std::string::npos) {
      command.words.push_back(part);
    } else {
      command.values[part.substr(0, equals)] = part.substr(equals + 1);
    }
  }
  return command;
}

std::vector<Step> parse_script(const std::string& text) {
  std::vector<Step> steps(1);
  bool is_transcript = false;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    auto& step = steps.back();
    if (line == "----") {
      is_transcript = true;
    } else if (is_transcript && line.empty()) {
      is_transcript = false;
      steps.emplace_back();
    } else if (is_transcript) {
      step.transcript += line + "\n";
    } else if (line.empty() || line.starts_with('#')) {
      step.comment += line + "\n";
    } else {
      step.commands.push_back(line);
    }
  }
  if (steps.back().commands.empty()) {
    steps.pop_back();
  }
  return steps;
}

std::string format_script(const std::vector<Step>& steps) {
  std::string text;
  for (const auto& step : steps) {
    text += text.empty() ? "" : "\n";
    text += step.comment;
    for (const auto& command : step.commands) {
      text += command + "\n";
    }
    text += "----\n" + step.transcript;
  }
  return text;
}

}  // namespace muster::tests
