// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schemas/model/codes.h"

/// Symbol codes: 15 letters (APP-6B, MIL-STD-2525C), as MSDL and C2SIM write them, and 20 digits
/// (APP-6D, 2525D), as we keep them. Pure; any thread.
namespace muster::desk {

/// What is odd about a code of letters.
struct LetterCode {
  bool is_legal = false;         ///< 15 characters of A-Z, 0-9, '-' and '*', of a scheme we know.
  bool has_placeholder = false;  ///< A '*': a template that was not filled in; read as '-'.
  bool has_identity = false;     ///< Position 2 says whose side it is.
  std::string text;              ///< In capitals, with '-' for '*'.
  std::optional<model::Echelon> echelon;  ///< Of letter 12 where it says one.
};
LetterCode read_letter_code(std::string_view raw);

/// The digits of a legal code. `identity` ('0' to '6') stands where the letters say none.
/// `is_generic` tells that the function is none of the table: the generic symbol of its set.
struct ConvertedCode {
  std::string digits;
  bool is_generic = false;
};
ConvertedCode to_digits(const LetterCode& code, char identity);

/// The way back, for exports; a function that letters have none for becomes '-'. `identity` is left
/// open ('-'), as MSDL demands. `digits` must be 20 or 30 digits.
std::string to_letters(std::string_view digits);

/// True for 20 or 30 digits.
bool is_digit_code(std::string_view text);

/// Positions 9 and 10 of `echelon`: "15" of COMPANY, BATTERY and TROOP; "00" of NONE.
std::string_view echelon_digits(model::Echelon echelon);
/// The first echelon of two digits; nothing for "00" and what is no echelon (positions 9 and 10
/// also tell of mobility).
std::optional<model::Echelon> echelon_of_digits(std::string_view digits);
/// EchelonCode of C2SIM: "COY"; nothing for "NOS" (not otherwise specified) and unknown ones.
std::optional<model::Echelon> echelon_of_c2sim(std::string_view code);

}  // namespace muster::desk
