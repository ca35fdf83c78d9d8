// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "schemas/model/result.h"

namespace muster::model {

/// Short text kept in place, without an allocation. The base of every key below.
template <std::size_t Capacity>
class ShortText {
 public:
  constexpr ShortText() = default;
  [[nodiscard]] constexpr std::string_view view() const { return {data_.data(), size_}; }
  [[nodiscard]] std::string str() const { return std::string(view()); }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  friend constexpr bool operator==(const ShortText& a, const ShortText& b) {
    return a.view() == b.view();
  }
  friend constexpr auto operator<=>(const ShortText& a, const ShortText& b) {
    return a.view() <=> b.view();
  }

 protected:
  constexpr explicit ShortText(std::string_view text)
      : size_(static_cast<std::uint8_t>(text.size())) {
    std::copy(text.begin(), text.end(), data_.begin());
  }

 private:
  std::array<char, Capacity> data_{};
  std::uint8_t size_ = 0;
};

/// A nation by ISO 3166-1 alpha-3 ("KAZ"), or one of the two publishers that are none: the
/// secretariat ("SEC") and the registrar ("REG"). Only parse() makes one that is not empty.
class Nation : public ShortText<3> {
 public:
  constexpr Nation() = default;
  /// Errors: malformed unless `text` is three capital letters.
  static Result<Nation> parse(std::string_view text);

 private:
  using ShortText::ShortText;
};

/// The publisher that speaks for the secretariat, and the one that speaks for the registry.
Nation secretariat();
Nation registrar();

/// A node: publisher and name, such as "KAZ/mod". Owner of one hash chain.
class NodeId : public ShortText<28> {
 public:
  constexpr NodeId() = default;
  /// Errors: malformed unless `text` is a publisher, '/', then 1 to 24 of [a-z0-9-].
  static Result<NodeId> parse(std::string_view text);
  [[nodiscard]] Nation publisher() const;

 private:
  using ShortText::ShortText;
};

/// Stable key of a unit, unique across nations and never reused, such as "KAZ:AIRMOB-35".
class UnitId : public ShortText<36> {
 public:
  constexpr UnitId() = default;
  /// Errors: malformed unless `text` is three capitals, ':', then 1 to 32 of [A-Z0-9._-].
  static Result<UnitId> parse(std::string_view text);
  [[nodiscard]] Nation nation() const;
  [[nodiscard]] std::string_view code() const;

 private:
  using ShortText::ShortText;
};

/// A code such as an item code or a speciality.
/// Errors of parse: malformed unless `text` is 1 to 32 of [A-Z0-9._-].
class Code : public ShortText<32> {
 public:
  constexpr Code() = default;
  static Result<Code> parse(std::string_view text);

 private:
  using ShortText::ShortText;
};

/// A report's place in its node's chain, written "KAZ/mod#41". It is the report's name for ever.
struct ReportId {
  NodeId node;
  std::uint64_t seq = 0;  ///< From 1, without gaps.
  static Result<ReportId> parse(std::string_view text);
  [[nodiscard]] std::string str() const;
  friend bool operator==(const ReportId&, const ReportId&) = default;
};

}  // namespace muster::model

template <std::size_t N>
struct std::hash<muster::model::ShortText<N>> {
  std::size_t operator()(const muster::model::ShortText<N>& text) const noexcept {
    return std::hash<std::string_view>{}(text.view());
  }
};
template <>
struct std::hash<muster::model::Nation> : std::hash<muster::model::ShortText<3>> {};
template <>
struct std::hash<muster::model::NodeId> : std::hash<muster::model::ShortText<28>> {};
template <>
struct std::hash<muster::model::UnitId> : std::hash<muster::model::ShortText<36>> {};
template <>
struct std::hash<muster::model::Code> : std::hash<muster::model::ShortText<32>> {};
