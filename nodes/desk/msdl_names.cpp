// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/msdl_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace muster::desk {
namespace {

using model::OperationalStatus;
using model::Reinforcement;
using model::RelationType;

constexpr std::array kRelationships{
    std::pair{std::string_view("P"), '0'},       std::pair{std::string_view("UNK"), '1'},
    std::pair{std::string_view("U"), '1'},       std::pair{std::string_view("AFR"), '2'},
    std::pair{std::string_view("AF"), '2'},      std::pair{std::string_view("FR"), '3'},
    std::pair{std::string_view("F"), '3'},       std::pair{std::string_view("NEUTRL"), '4'},
    std::pair{std::string_view("NEUTRAL"), '4'}, std::pair{std::string_view("N"), '4'},
    std::pair{std::string_view("SUS"), '5'},     std::pair{std::string_view("S"), '5'},
    std::pair{std::string_view("HO"), '6'},      std::pair{std::string_view("H"), '6'}};

// ORGANIC stands before NONE: it is what an export writes.
constexpr std::array kRelations{std::pair{std::string_view("ORGANIC"), RelationType::child_of},
                                std::pair{std::string_view("NONE"), RelationType::child_of},
                                std::pair{std::string_view("ATTACHED"), RelationType::attached},
                                std::pair{std::string_view("OPCON"), RelationType::opcon},
                                std::pair{std::string_view("TACON"), RelationType::tacon},
                                std::pair{std::string_view("ADCON"), RelationType::adcon}};

constexpr std::array kReinforcements{std::pair{std::string_view("R"), Reinforcement::rein},
                                     std::pair{std::string_view("D"), Reinforcement::detd},
                                     std::pair{std::string_view("RD"), Reinforcement::ridt}};

constexpr std::array kStatuses{std::pair{std::string_view("GREEN"), OperationalStatus::opr},
                               std::pair{std::string_view("AMBER"), OperationalStatus::sops},
                               std::pair{std::string_view("RED"), OperationalStatus::mops},
                               std::pair{std::string_view("BLACK"), OperationalStatus::nop},
                               std::pair{std::string_view("WHITE"), OperationalStatus::nkn}};

template <typename Value, std::size_t N>
std::optional<Value> value_of(const std::array<std::pair<std::string_view, Value>, N>& pairs,
                              std::string_view word) {
  for (const auto& [name, value] : pairs) {
    if (name == word) {
      return value;
    }
  }
  return std::nullopt;
}
template <typename Value, std::size_t N>
std::string_view word_of(const std::array<std::pair<std::string_view, Value>, N>& pairs,
                         Value wanted) {
  for (const auto& [name, value] : pairs) {
    if (value == wanted) {
      return name;
    }
  }
  return {};
}

}  // namespace

char identity_of_relationship(std::string_view word) {
  return value_of(kRelationships, word).value_or('\0');
}
std::optional<RelationType> relation_of_msdl(std::string_view word) {
  return value_of(kRelations, word);
}
std::string_view msdl_of_relation(RelationType type) { return word_of(kRelations, type); }
std::optional<Reinforcement> reinforcement_of_msdl(std::string_view word) {
  return value_of(kReinforcements, word);
}
std::string_view msdl_of_reinforcement(Reinforcement reinforcement) {
  return word_of(kReinforcements, reinforcement);
}
std::optional<OperationalStatus> status_of_msdl(std::string_view word) {
  return value_of(kStatuses, word);
}

}  // namespace muster::desk
