// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "nodes/words/words.h"

namespace muster::words {
namespace {

/// "ru" of "ru_RU.UTF-8".
std::string language_part(std::string_view name) {
  std::string part(name.substr(0, name.find_first_of("_-.@")));
  std::transform(part.begin(), part.end(), part.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return part;
}

}  // namespace

std::optional<Language> language_named(std::string_view name) {
  const auto part = language_part(name);
  if (part == "ru") {
    return Language::russian;
  }
  return part == "en" ? std::optional(Language::english) : std::nullopt;
}

Language language_of(
    std::string_view chosen,
    const std::function<std::optional<std::string>(const std::string& name)>& environment) {
  if (const auto language = language_named(chosen)) {
    return *language;
  }
  for (const auto* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const auto value = environment ? environment(variable) : std::nullopt;
    const auto part = language_part(value.value_or(""));
    if (part == "c" || part == "posix") {
      return Language::english;
    }
    if (const auto language = language_named(part)) {
      return *language;
    }
  }
  return Language::english;
}

}  // namespace muster::words
