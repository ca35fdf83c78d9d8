// SPDX-License-Identifier: Apache-2.0
#include "nodes/words/pattern.h"

#include <algorithm>
#include <charconv>

namespace muster::words {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// The length of the place that begins `text`, with its braces; 0 when none does. A format may have
/// places of its own: {:>{}}.
std::size_t place_length(std::string_view text) {
  std::size_t at = 1;
  while (at < text.size() && is_digit(text[at])) {
    ++at;
  }
  if (at < text.size() && text[at] == '}') {
    return at + 1;
  }
  if (at >= text.size() || text[at] != ':') {
    return 0;
  }
  std::size_t depth = 1;
  for (++at; at < text.size() && text[at] != '\n'; ++at) {
    depth += text[at] == '{' ? 1U : 0U;
    depth -= text[at] == '}' ? 1U : 0U;
    if (depth == 0) {
      return at + 1;
    }
  }
  return 0;
}

Part part_of(std::string_view format) {
  if (format == "t") {
    return Part::text;
  }
  if (format == "n") {
    return Part::number;
  }
  return format == "w" ? Part::word : Part::any;
}

/// Of "{2:t}"; `next` counts places without an index.
Place place_of(std::string_view braced, std::size_t& next) {
  const auto inner = braced.substr(1, braced.size() - 2);
  const auto colon = std::min(inner.find(':'), inner.size());
  Place place;
  if (colon == 0) {
    place.index = next++;
  } else {
    std::from_chars(inner.data(), inner.data() + colon, place.index);
  }
  place.part = part_of(inner.substr(std::min(colon + 1, inner.size())));
  return place;
}

bool stands(Part part, std::string_view captured) {
  switch (part) {
    case Part::any:
      return captured.find('\n') == std::string_view::npos;
    case Part::text:
      return true;
    case Part::number:
      return is_number(captured);
    case Part::word:
      return captured.find_first_of(" \n") == std::string_view::npos;
  }
  return false;
}

}  // namespace

Pattern Pattern::parse(std::string_view text) {
  Pattern pattern;
  std::size_t next = 0;
  while (!text.empty()) {
    const bool is_doubled = text.starts_with("{{") || text.starts_with("}}");
    const auto length = text[0] == '{' && !is_doubled ? place_length(text) : 0;
    if (length > 0) {
      pattern.places.push_back(place_of(text.substr(0, length), next));
      pattern.literals.emplace_back();
      text.remove_prefix(length);
      continue;
    }
    pattern.literals.back() += text[0];
    text.remove_prefix(is_doubled ? 2 : 1);
  }
  return pattern;
}

std::size_t Pattern::literal_bytes() const {
  std::size_t bytes = 0;
  for (const auto& literal : literals) {
    bytes += literal.size();
  }
  return bytes;
}

std::optional<std::vector<std::string_view>> Pattern::match(std::string_view text) const {
  if (!text.starts_with(literals.front())) {
    return std::nullopt;
  }
  if (places.empty()) {
    return text == literals.front() ? std::optional(std::vector<std::string_view>()) : std::nullopt;
  }
  text.remove_prefix(literals.front().size());
  if (!text.ends_with(literals.back())) {
    return std::nullopt;
  }
  text.remove_suffix(literals.back().size());
  std::vector<std::string_view> parts(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const bool is_last = i + 1 == places.size();
    const auto cut = is_last ? text.size() : text.find(literals[i + 1]);
    if (cut == std::string_view::npos) {
      return std::nullopt;
    }
    const auto captured = text.substr(0, cut);
    if (places[i].index < parts.size()) {
      parts[places[i].index] = captured;
    }
    text.remove_prefix(is_last ? cut : cut + literals[i + 1].size());
  }
  return parts;
}

bool is_number(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    text.remove_prefix(1);
  }
  return !text.empty() && is_digit(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char letter) {
           return is_digit(letter) || letter == '.' || letter == ',';
         });
}

bool fits(const Pattern& translation, const std::vector<std::string_view>& parts) {
  return std::all_of(translation.places.begin(), translation.places.end(), [&](const Place& place) {
    return place.index >= parts.size() || stands(place.part, parts[place.index]);
  });
}

}  // namespace muster::words
