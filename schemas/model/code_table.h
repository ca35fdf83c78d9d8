// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// How a list of codes is declared once and then read, written and listed. Lists stand in codes.h
/// and force_codes.h.
namespace muster::model {

template <typename E>
struct CodeName {
  E value;
  std::string_view name;
};

/// `name`, or "UNKNOWN(200)" when it is empty.
std::string name_or_number(std::string_view name, unsigned value);

template <typename E>
const CodeName<E>* entry_of(std::span<const CodeName<E>> names, E value) {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const auto& e) { return e.value == value; });
  return found == names.end() ? nullptr : &*found;
}

#define MUSTER_DECLARE_CODES(E)                \
  std::span<const CodeName<E>> code_names(E);  \
  /** "COMBAT_SUPPORT", or "UNKNOWN(200)". */  \
  std::string to_text(E value);                \
  /** True when this build knows the value. */ \
  bool is_known(E value);

#define MUSTER_DEFINE_CODES(E)                                                 \
  std::string to_text(E value) {                                               \
    const auto* entry = entry_of(code_names(E{}), value);                      \
    return name_or_number(entry == nullptr ? std::string_view() : entry->name, \
                          static_cast<unsigned>(value));                       \
  }                                                                            \
  bool is_known(E value) { return entry_of(code_names(E{}), value) != nullptr; }

/// The value with that exact name, or nothing.
template <typename E>
std::optional<E> from_text(std::string_view name) {
  for (const auto& entry : code_names(E{})) {
    if (entry.name == name) {
      return entry.value;
    }
  }
  return std::nullopt;
}

/// All names of a list, for messages: "MILITARY, POLICE, CIVILIAN".
template <typename E>
std::string names_of() {
  std::string joined;
  for (const auto& entry : code_names(E{})) {
    if (!joined.empty()) {
      joined += ", ";
    }
    joined += entry.name;
  }
  return joined;
}

}  // namespace muster::model
