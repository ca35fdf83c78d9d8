// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// What people read, in their language. English is the language of the sources and of the wire; the
/// catalogues (ru.po) tell it in Russian. Texts are translated at the door through which they leave
/// a program, once, so that the findings of a broker, which speaks English, are told too.
namespace muster::words {

enum class Language : std::uint8_t { english, russian };

/// "ru", "en", and what locales are called: "ru_RU.UTF-8". Nothing for another.
std::optional<Language> language_named(std::string_view name);

/// `chosen` (--lang, or a configuration), else LC_ALL, LC_MESSAGES, LANG in this order, the first
/// that is set and names a language of ours; else English ("C", "POSIX" too).
Language language_of(
    std::string_view chosen,
    const std::function<std::optional<std::string>(const std::string& name)>& environment);

/// Tells English texts in one language. Immutable; any thread. Needs no locale of the system.
class Words {
 public:
  /// Made once a language.
  static const Words& of(Language language);

  [[nodiscard]] Language language() const;
  /// `english` in this language: a text of the catalogue, or one that a template of it ("{} of {}
  /// rows") made, whose parts are told likewise where the translation says so. What the catalogue
  /// does not know stays as it is. Line ends and spaces around stay.
  [[nodiscard]] std::string tell(std::string_view english) const;

  ~Words();

 private:
  struct Impl;
  explicit Words(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace muster::words
