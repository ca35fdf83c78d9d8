// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/symbol_code.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "nodes/desk/symbol_functions.h"

namespace muster::desk {
namespace {

using model::Echelon;

constexpr std::size_t kLetters = 15;

struct EchelonRow {
  Echelon echelon;
  std::string_view digits;
  char letter;
  std::string_view c2sim;
};
// DOMAIN.md §9. Where several share digits, the first is what the digits mean.
constexpr std::array kEchelons{
    EchelonRow{Echelon::none, "00", '-', ""},
    EchelonRow{Echelon::team, "11", 'A', "TEAM"},
    EchelonRow{Echelon::crew, "11", 'A', ""},
    EchelonRow{Echelon::squad, "12", 'B', "SQUAD"},
    EchelonRow{Echelon::section, "13", 'C', "SECT"},
    EchelonRow{Echelon::platoon, "14", 'D', "PLT"},
    EchelonRow{Echelon::detachment, "14", 'D', ""},
    EchelonRow{Echelon::company, "15", 'E', "COY"},
    EchelonRow{Echelon::battery, "15", 'E', ""},
    EchelonRow{Echelon::troop, "15", 'E', ""},
    EchelonRow{Echelon::battalion, "16", 'F', "BN"},
    EchelonRow{Echelon::squadron, "16", 'F', ""},
    EchelonRow{Echelon::regiment, "17", 'G', "RGT"},
    EchelonRow{Echelon::group, "17", 'G', ""},
    EchelonRow{Echelon::brigade, "18", 'H', "BDE"},
    EchelonRow{Echelon::division, "21", 'I', "DIV"},
    EchelonRow{Echelon::corps, "22", 'J', "CORPS"},
    EchelonRow{Echelon::army, "23", 'K', "ARMY"},
    EchelonRow{Echelon::armygroup, "24", 'L', "AG"},
    EchelonRow{Echelon::front, "24", 'L', ""},
    EchelonRow{Echelon::region, "25", 'M', "REGION"},
    EchelonRow{Echelon::command, "26", 'N', ""},
};

/// A letter and the digits it stands for.
struct Pair {
  char letter;
  std::string_view digits;
};
// Position 2: context (0 reality, 1 exercise) and standard identity.
constexpr std::array kIdentities{Pair{'P', "00"}, Pair{'U', "01"}, Pair{'A', "02"}, Pair{'F', "03"},
                                 Pair{'N', "04"}, Pair{'S', "05"}, Pair{'H', "06"}, Pair{'G', "10"},
                                 Pair{'W', "11"}, Pair{'M', "12"}, Pair{'D', "13"}, Pair{'L', "14"},
                                 Pair{'J', "15"}, Pair{'K', "16"}};
constexpr std::array kStatuses{Pair{'P', "0"}, Pair{'A', "1"}, Pair{'C', "2"},
                               Pair{'D', "3"}, Pair{'X', "4"}, Pair{'F', "5"}};
// Position 11: headquarters, task force, feint and dummy.
constexpr std::array kHeadquarters{Pair{'A', "2"}, Pair{'B', "6"}, Pair{'C', "3"}, Pair{'D', "7"},
                                   Pair{'E', "4"}, Pair{'F', "1"}, Pair{'G', "5"}};

template <std::size_t N>
std::string_view digits_of(const std::array<Pair, N>& pairs, char letter, std::string_view other) {
  const auto* const found =
      std::find_if(pairs.begin(), pairs.end(), [&](const Pair& p) { return p.letter == letter; });
  return found == pairs.end() ? other : found->digits;
}
template <std::size_t N>
char letter_of(const std::array<Pair, N>& pairs, std::string_view digits, char other) {
  const auto* const found =
      std::find_if(pairs.begin(), pairs.end(), [&](const Pair& p) { return p.digits == digits; });
  return found == pairs.end() ? other : found->letter;
}

/// The set whose generic symbol stands for a function that the table does not know.
std::string_view set_of(char dimension, char function) {
  switch (dimension) {
    case 'P':
      return "05";
    case 'A':
      return "01";
    case 'S':
      return "30";
    case 'U':
      return "35";
    case 'G':
      return function == 'E' ? "15" : function == 'I' ? "20" : "10";
    default:
      return "10";  // 'F', special operations: units on land for the most part.
  }
}

std::string without_dashes_behind(std::string text) {
  text.erase(text.find_last_not_of('-') + 1);
  return text;
}

const SymbolFunction* find_function(std::string_view letters) {
  const auto all = symbol_functions();
  const auto found = std::lower_bound(
      all.begin(), all.end(), letters,
      [](const SymbolFunction& row, std::string_view wanted) { return row.letters < wanted; });
  return found != all.end() && found->letters == letters ? &*found : nullptr;
}

/// Of the entity, else of the entity without its modifiers; null when letters have none for it.
const SymbolFunction* find_entity(std::string_view set, std::string_view entity) {
  constexpr std::size_t kWithoutModifiers = 6;
  const auto all = symbol_functions();
  const auto find = [&](std::size_t size) {
    return std::find_if(all.begin(), all.end(), [&](const SymbolFunction& row) {
      return row.set == set && row.entity.substr(0, size) == entity.substr(0, size);
    });
  };
  auto found = find(entity.size());
  if (found == all.end()) {
    found = find(kWithoutModifiers);
  }
  return found == all.end() ? nullptr : &*found;
}

char dimension_of_set(std::string_view set) {
  return set == "01" ? 'A' : set == "05" ? 'P' : set == "30" ? 'S' : set == "35" ? 'U' : 'G';
}

}  // namespace

LetterCode read_letter_code(std::string_view raw) {
  constexpr std::string_view kSchemes = "SGWIOE";
  constexpr std::string_view kDimensions = "PAGSUFXZ";
  LetterCode code;
  code.is_legal = raw.size() == kLetters;
  for (const char c : raw) {
    const char capital = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const bool is_known =
        (capital >= 'A' && capital <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '*';
    code.is_legal = code.is_legal && is_known;
    code.has_placeholder = code.has_placeholder || c == '*';
    code.text += c == '*' ? '-' : capital;
  }
  code.is_legal = code.is_legal && kSchemes.find(code.text[0]) != std::string_view::npos &&
                  (kDimensions.find(code.text[2]) != std::string_view::npos || code.text[2] == '-');
  if (!code.is_legal) {
    return code;
  }
  code.has_identity = !digits_of(kIdentities, code.text[1], "").empty();
  const auto* const row = std::find_if(kEchelons.begin(), kEchelons.end(), [&](const auto& one) {
    return one.letter == code.text[11];
  });
  // Behind 'M', 'N' and 'H' letter 12 tells of mobility, towed arrays and installations.
  constexpr std::string_view kNoEchelon = "MNH";
  const bool tells_echelon = kNoEchelon.find(code.text[10]) == std::string_view::npos;
  if (tells_echelon && row != kEchelons.end() && row->echelon != Echelon::none) {
    code.echelon = row->echelon;
  }
  return code;
}

ConvertedCode to_digits(const LetterCode& code, char identity) {
  const std::string& text = code.text;
  const char dimension = text[2];
  const std::string letters = without_dashes_behind(std::string(1, dimension) + text.substr(4, 6));
  const auto* const function = find_function(letters);
  const auto set = function != nullptr ? function->set : set_of(dimension, text[4]);
  ConvertedCode converted;
  converted.is_generic = function == nullptr && letters.size() > 1;
  const std::string open = std::string("0") + identity;
  converted.digits = "10";
  converted.digits += digits_of(kIdentities, text[1], open);
  converted.digits += set;
  converted.digits += digits_of(kStatuses, text[3], "0");
  converted.digits += digits_of(kHeadquarters, text[10], "0");
  converted.digits += code.echelon ? echelon_digits(*code.echelon) : "00";
  converted.digits += function != nullptr ? function->entity : "0000000000";
  return converted;
}

std::string to_letters(std::string_view digits) {
  const auto set = digits.substr(4, 2);
  const auto* const function = find_entity(set, digits.substr(10, 10));
  std::string letters = "S-";
  std::string name =
      function != nullptr ? std::string(function->letters) : std::string(1, dimension_of_set(set));
  if (function == nullptr && name == "G") {
    name += set == "15" ? "E" : set == "20" ? "I" : "U";
  }
  letters += name[0];
  letters += letter_of(kStatuses, digits.substr(6, 1), 'P');
  name.erase(0, 1);
  name.resize(6, '-');
  letters += name;
  letters += letter_of(kHeadquarters, digits.substr(7, 1), '-');
  const auto echelon = echelon_of_digits(digits.substr(8, 2));
  const auto* const row = std::find_if(kEchelons.begin(), kEchelons.end(), [&](const auto& one) {
    return echelon && one.echelon == *echelon;
  });
  letters += row == kEchelons.end() ? '-' : row->letter;
  letters += "--";
  letters += dimension_of_set(set) == 'G' ? 'G' : '-';
  return letters;
}

bool is_digit_code(std::string_view text) {
  return (text.size() == 20 || text.size() == 30) &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view echelon_digits(Echelon echelon) {
  const auto* const row = std::find_if(kEchelons.begin(), kEchelons.end(),
                                       [&](const auto& one) { return one.echelon == echelon; });
  return row == kEchelons.end() ? "00" : row->digits;
}

std::optional<Echelon> echelon_of_digits(std::string_view digits) {
  const auto* const row = std::find_if(kEchelons.begin(), kEchelons.end(),
                                       [&](const auto& one) { return one.digits == digits; });
  if (row == kEchelons.end() || row->echelon == Echelon::none) {
    return std::nullopt;
  }
  return row->echelon;
}

std::optional<Echelon> echelon_of_c2sim(std::string_view code) {
  const auto* const row = std::find_if(kEchelons.begin(), kEchelons.end(), [&](const auto& one) {
    return !one.c2sim.empty() && one.c2sim == code;
  });
  if (row == kEchelons.end()) {
    return std::nullopt;
  }
  return row->echelon;
}

}  // namespace muster::desk
