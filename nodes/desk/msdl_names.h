// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "schemas/model/codes.h"

/// Words of MSDL (SISO-STD-007). Not for other folders.
namespace muster::desk {

inline constexpr std::string_view kMsdlNamespace =
    "urn:sisostds:scenario:military:data:draft:msdl:1";
/// Of the element in which an export keeps what MSDL has no place for; `kKeptElement` is its name.
inline constexpr std::string_view kKeptNamespace = "urn:muster:interchange:1";
inline constexpr const char* kKeptElement = "Kept";

/// Standard identity of Relationship: "HO" is '6'; '\0' for an unknown word.
char identity_of_relationship(std::string_view word);

/// ORGANIC and NONE are CHILD_OF; nothing for an unknown word.
std::optional<model::RelationType> relation_of_msdl(std::string_view word);
/// "ORGANIC" of CHILD_OF.
std::string_view msdl_of_relation(model::RelationType type);

/// R, D, RD; nothing for an unknown word.
std::optional<model::Reinforcement> reinforcement_of_msdl(std::string_view word);
/// Empty for what MSDL has no word for.
std::string_view msdl_of_reinforcement(model::Reinforcement reinforcement);

/// GREEN is OPR …; nothing for an unknown word.
std::optional<model::OperationalStatus> status_of_msdl(std::string_view word);

}  // namespace muster::desk
