// SPDX-License-Identifier: Apache-2.0
// Symbols and echelons of imported units.
#include <fmt/format.h>

#include "nodes/desk/orbat_text.h"
#include "nodes/desk/orbat_units.h"
#include "nodes/desk/symbol_code.h"

namespace muster::desk {
namespace {

constexpr std::size_t kEchelonAt = 8;  // Positions 9 and 10, counted from 1.

/// What is odd about 15 letters. True when they can be read.
bool check_letters(std::size_t unit, const std::string& handle, const Raw& raw,
                   const LetterCode& code, Findings& findings) {
  if (!code.is_legal) {
    findings.add(unit, "SIDC_ILLEGAL", handle, raw,
                 "the symbol is left empty: expected 15 letters of APP-6B");
    return false;
  }
  if (code.has_placeholder) {
    findings.add(unit, "SIDC_PLACEHOLDER", handle, raw, "each * is read as -");
  }
  if (!code.has_identity) {
    findings.add(unit, "SIDC_NO_IDENTITY", handle, raw, "the identity is that of the side");
  }
  return true;
}

}  // namespace

void check_symbol(std::size_t unit, const std::string& handle, const Raw& raw, Findings& findings) {
  const Raw symbol{trimmed(raw.text), raw.where};
  if (!symbol.text.empty()) {
    check_letters(unit, handle, symbol, read_letter_code(symbol.text), findings);
  }
}

void UnitWriter::write_symbol(std::size_t unit, const Raw& raw, model::UnitStatement& said) {
  const auto* const written = written_of(unit);
  const auto text = trimmed(raw.text);
  const auto& echelon = scene_.units[unit].echelon;
  const bool is_echelon_as_written =
      written != nullptr && (echelon ? trimmed(echelon->text) : "") == written->echelon;
  if (written != nullptr && text == written->sidc && is_echelon_as_written) {
    said.sidc = scene_.units[unit].kept->sidc;
    said.echelon = scene_.units[unit].kept->echelon;
    return;
  }
  said.sidc.clear();
  said.echelon.reset();
  if (scene_.format != OrbatFormat::orbat_mapper) {
    write_letters(unit, {text, raw.where}, said);
    return;
  }
  if (is_digit_code(text)) {
    said.sidc = text;
    said.echelon = echelon_of_digits(text.substr(kEchelonAt, 2));
    // Several echelons share two digits: what was kept is more exact than they are.
    const auto kept = written != nullptr ? scene_.units[unit].kept->echelon : std::nullopt;
    if (kept && said.echelon && echelon_digits(*kept) == echelon_digits(*said.echelon)) {
      said.echelon = kept;
    }
  } else if (!text.empty()) {
    findings_.add(unit, "SIDC_ILLEGAL", links_.units[unit].handle, raw,
                  "the symbol is left empty: expected 20 or 30 digits");
  }
}

void UnitWriter::write_letters(std::size_t unit, const Raw& raw, model::UnitStatement& said) {
  const auto& link = links_.units[unit];
  std::optional<model::Echelon> of_symbol;
  const auto code = read_letter_code(raw.text);
  if (!raw.text.empty() && check_letters(unit, link.handle, raw, code, findings_)) {
    const auto converted = to_digits(code, link.side ? identities_[*link.side] : kFriend);
    said.sidc = converted.digits;
    of_symbol = code.echelon;
    if (converted.is_generic) {
      findings_.add(unit, "ENUM_UNKNOWN", link.handle, raw,
                    "the generic symbol of its set: the function is not known");
    }
  }
  settle_echelon(unit, of_symbol, said);
}

std::optional<model::Echelon> UnitWriter::stated_echelon(std::size_t unit) {
  const auto& raw = scene_.units[unit].echelon;
  const auto word = raw ? trimmed(raw->text) : std::string();
  // "Not otherwise specified" is the absence of a word, and no echelon of its own.
  if (word.empty() || (scene_.format == OrbatFormat::c2sim && word == "NOS")) {
    return std::nullopt;
  }
  const auto echelon = scene_.format == OrbatFormat::c2sim ? echelon_of_c2sim(word)
                                                           : model::from_text<model::Echelon>(word);
  if (!echelon) {
    findings_.add(unit, "ENUM_UNKNOWN", links_.units[unit].handle, *raw,
                  "the echelon is that of the symbol: the word is not known");
  }
  return echelon;
}

void UnitWriter::settle_echelon(std::size_t unit, std::optional<model::Echelon> of_symbol,
                                model::UnitStatement& said) {
  const auto stated = stated_echelon(unit);
  said.echelon = stated ? stated : of_symbol;
  if (!stated) {
    return;
  }
  const auto digits = echelon_digits(*stated);
  if (of_symbol && echelon_digits(*of_symbol) != digits) {
    const auto& raw = *scene_.units[unit].echelon;
    findings_.add(
        unit, "ECHELON_DIFFERS", links_.units[unit].handle,
        {fmt::format("{}; in the symbol {}", to_text(*stated), to_text(*of_symbol)), raw.where},
        "the echelon element wins");
  }
  if (!said.sidc.empty()) {
    said.sidc.replace(kEchelonAt, 2, digits);
  }
}

}  // namespace muster::desk
