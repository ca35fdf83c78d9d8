// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <locale>
#include <span>
#include <string>
#include <vector>

/// The catalogue of a language, as msgfmt makes it of a .po file.
namespace muster::words {

/// One text of the sources; `plural` is empty when it speaks of no number.
struct SourceText {
  std::string id, plural;
};

/// Texts and what they are in one language. Immutable; any thread.
class Catalogue {
 public:
  /// One that knows nothing, when the bytes are no catalogue.
  Catalogue(std::string language, std::span<const unsigned char> bytes);

  [[nodiscard]] const std::vector<SourceText>& texts() const { return texts_; }
  /// Empty when it is not known.
  [[nodiscard]] std::string told(const SourceText& text) const;
  /// In the form that the language has for so many.
  [[nodiscard]] std::string told(const SourceText& text, std::uint64_t number) const;

 private:
  std::locale locale_;
  std::vector<SourceText> texts_;
};

/// The bytes of ru.po, built in.
std::span<const unsigned char> russian_catalogue();

}  // namespace muster::words
