// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

/// Which function letters mean which entity: not for other folders.
namespace muster::desk {

/// Letters 3 and 5 to 10 of a code without their trailing '-', and the digits that say the same:
/// the symbol set, and entity, type and subtype with both modifiers.
struct SymbolFunction {
  std::string_view letters;  ///< "GUCI": dimension and function.
  std::string_view set;      ///< "10"
  std::string_view entity;   ///< "1211000000"
};
/// In the order of `letters`. A way back takes the first with an entity.
std::span<const SymbolFunction> symbol_functions();

}  // namespace muster::desk
