// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "nodes/asking/raw_question.h"

/// Every question that the gateway answers, once: the reader of addresses, the OpenAPI document and
/// the labels of metrics come from this table.
namespace muster::gateway {

inline constexpr std::string_view kApi = "/api/v1/";

/// Where a value goes. A list is written with commas; a flag is "true" or "false".
using Slot =
    std::variant<std::string asking::RawQuestion::*,
                 std::vector<std::string> asking::RawQuestion::*, bool asking::RawQuestion::*,
                 std::uint16_t asking::RawQuestion::*, std::uint32_t asking::RawQuestion::*,
                 std::uint64_t asking::RawQuestion::*>;

struct ParameterRow {
  std::string_view name;
  Slot slot;
  std::string_view description;
  asking::NumberRange range{};  ///< Of a number.
};

/// A parameter that must be given. Where it is not, the rest is judged as if `stand_in` were.
struct Required {
  std::string_view name, stand_in;
};

struct Route {
  std::string_view question;  ///< "force tree": as the command line calls it.
  std::string_view kind;      ///< Of the answer: "ForceTree".
  std::string_view summary;
  std::vector<ParameterRow> objects{};     ///< Parts of the path behind the verb.
  std::vector<ParameterRow> parameters{};  ///< Beside the common ones.
  std::vector<Required> required{};
  bool has_moment = true;  ///< Takes as_of and known_at.
  bool has_what_if = true;
};

std::span<const Route> routes();

/// "/api/v1/force/tree/{NATION}".
std::string path_of(const Route& route);
/// The moments, and what is supposed, where the route has them.
std::vector<ParameterRow> common_parameters(const Route& route);
/// All that the route takes: its own, then those.
std::vector<ParameterRow> parameters_of(const Route& route);

/// Of every question, and not part of it: the language of texts, and how the body is printed.
inline constexpr std::string_view kLanguageParameter = "lang";
inline constexpr std::string_view kIndentParameter = "indent";
inline constexpr asking::NumberRange kIndents{0, 8};

}  // namespace muster::gateway
