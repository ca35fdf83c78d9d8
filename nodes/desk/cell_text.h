// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// What people write in cells and headings, made comparable. Pure; any thread; never throws.
namespace muster::desk {

/// A heading without what does not matter: case, white space, dots, commas, dashes, quotes, «ё»
/// for «е», and marks of a mandatory column. "По штату:" gives "поштату". Empty when nothing is
/// left.
std::string heading_key(std::string_view heading);

/// "По штату (чел.)" is "По штату " and "чел."; a heading without brackets behind is all `before`.
struct Bracketed {
  std::string_view before, inside;
};
Bracketed split_brackets(std::string_view heading);

/// A word for a code likewise, but signs and brackets count: "+", "(-)" and "OR-1" keep theirs.
std::string word_key(std::string_view word);

/// A service number as it is hashed: in normalisation form C, without white space, Latin and
/// Cyrillic letters small. Never change it: people would become others.
std::string service_number_key(std::string_view number);

/// Text of a cell as it is published: without white space and byte order marks around, runs of
/// white space inside, line ends among them, as one space, in normalisation form C.
std::string cleaned(std::string_view text);

/// True when cleaned() would leave nothing.
bool is_blank(std::string_view text);

}  // namespace muster::desk
