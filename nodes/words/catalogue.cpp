// SPDX-License-Identifier: Apache-2.0
#include "nodes/words/catalogue.h"

#include <algorithm>
#include <boost/locale/gnu_gettext.hpp>
#include <limits>
#include <optional>
#include <utility>

namespace muster::words {
namespace {

namespace gettext = boost::locale::gnu_gettext;
using Format = boost::locale::message_format<char>;
using Bytes = std::span<const unsigned char>;

constexpr int kDomain = 0;  // The only one.
constexpr std::uint32_t kMagic = 0x950412DE;

/// A .mo file begins with: magic, revision, how many texts, where the table of their places begins.
/// An entry of the table is a length and a place. All are little-endian, as msgfmt writes them.
constexpr std::size_t kCountAt = 8, kTableAt = 12, kEntryBytes = 8;

std::optional<std::uint32_t> number_at(Bytes bytes, std::size_t at) {
  if (bytes.size() < sizeof(std::uint32_t) || at > bytes.size() - sizeof(std::uint32_t)) {
    return std::nullopt;
  }
  std::uint32_t number = 0;
  for (std::size_t i = sizeof number; i-- > 0;) {
    number = number << 8U | bytes[at + i];
  }
  return number;
}

std::optional<SourceText> text_at(Bytes bytes, std::size_t entry) {
  const auto length = number_at(bytes, entry);
  const auto place = number_at(bytes, entry + sizeof(std::uint32_t));
  if (!length || !place || *place > bytes.size() || *length > bytes.size() - *place) {
    return std::nullopt;
  }
  const std::string both(bytes.begin() + *place, bytes.begin() + *place + *length);
  const auto cut = both.find('\0');
  return SourceText{both.substr(0, cut),
                    cut == std::string::npos ? std::string() : both.substr(cut + 1)};
}

/// Boost.Locale looks texts up and does not list them.
std::vector<SourceText> texts_of(Bytes bytes) {
  std::vector<SourceText> texts;
  const auto count = number_at(bytes, kCountAt).value_or(0);
  const auto table = number_at(bytes, kTableAt).value_or(0);
  if (number_at(bytes, 0) != kMagic) {
    return texts;
  }
  for (std::size_t i = 0; i < count; ++i) {
    auto text = text_at(bytes, table + i * kEntryBytes);
    if (!text) {
      return {};
    }
    if (!text->id.empty()) {  // The header of the file.
      texts.push_back(*std::move(text));
    }
  }
  return texts;
}

std::locale locale_of(std::string language, Bytes bytes) {
  gettext::messages_info info;
  info.language = std::move(language);
  info.encoding = "UTF-8";
  info.domains.emplace_back("muster");
  info.paths.emplace_back("built in");
  info.callback = [bytes](const std::string&, const std::string&) {
    return std::vector<char>(bytes.begin(), bytes.end());
  };
  return {std::locale::classic(), gettext::create_messages_facet<char>(info)};
}

}  // namespace

Catalogue::Catalogue(std::string language, Bytes bytes)
    : locale_(std::locale::classic()), texts_(texts_of(bytes)) {
  if (!texts_.empty()) {
    locale_ = locale_of(std::move(language), bytes);
  }
}

std::string Catalogue::told(const SourceText& text) const {
  if (texts_.empty()) {
    return {};
  }
  const auto* found = std::use_facet<Format>(locale_).get(kDomain, nullptr, text.id.c_str());
  return found == nullptr ? std::string() : found;
}

std::string Catalogue::told(const SourceText& text, std::uint64_t number) const {
  if (texts_.empty()) {
    return {};
  }
  // Only the last digits choose a form in the languages of ours.
  constexpr std::uint64_t kDigits = 1'000'000;
  const auto last = static_cast<int>(number < kDigits ? number : kDigits + number % kDigits);
  const auto* found = std::use_facet<Format>(locale_).get(kDomain, nullptr, text.id.c_str(), last);
  return found == nullptr ? std::string() : found;
}

}  // namespace muster::words
