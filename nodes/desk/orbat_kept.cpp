// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/orbat_kept.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "nodes/desk/msdl_names.h"
#include "nodes/desk/orbat_text.h"
#include "nodes/desk/symbol_code.h"
#include "schemas/text/reader.h"
#include "schemas/text/writer.h"

namespace muster::desk {
namespace {

using model::Reinforcement;
using model::RelationType;
using model::UnitStatement;

constexpr std::array kReinforcements{
    std::pair{Reinforcement::norm, std::string_view("None")},
    std::pair{Reinforcement::rein, std::string_view("Reinforced")},
    std::pair{Reinforcement::detd, std::string_view("Reduced")},
    std::pair{Reinforcement::ridt, std::string_view("ReinforcedReduced")}};

/// On one line and without what XML cannot carry.
std::string on_one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return trimmed(line);
}

/// The first 20 digits, or the generic symbol of a unit on land: formats want one.
std::string digits_of(const UnitStatement& unit) {
  constexpr std::size_t kDigits = 20;
  if (is_digit_code(unit.sidc)) {
    return unit.sidc.substr(0, kDigits);
  }
  std::string digits = "10031000";
  digits += echelon_digits(unit.echelon.value_or(model::Echelon::none));
  digits.resize(kDigits, '0');
  return digits;
}

std::string echelon_of(const UnitStatement& unit) {
  // COMMAND is a word of ours alone.
  const bool is_msdl = unit.echelon && *unit.echelon != model::Echelon::command;
  return is_msdl ? std::string(to_text(*unit.echelon)) : std::string();
}

WrittenUnit in_words(const UnitStatement& unit, OrbatFormat format) {
  const bool is_msdl = format == OrbatFormat::msdl;
  WrittenUnit written;
  written.name = on_one_line(unit.name);
  if (written.name.empty()) {
    written.name = unit.unit.code();
  }
  written.short_name = on_one_line(unit.short_name);
  written.sidc = is_msdl ? to_letters(digits_of(unit)) : digits_of(unit);
  written.echelon = is_msdl ? echelon_of(unit) : "";
  if (unit.reinforcement) {
    written.reinforcement = is_msdl ? msdl_of_reinforcement(*unit.reinforcement)
                                    : orbat_mapper_of_reinforcement(*unit.reinforcement);
  }
  written.place = unit.current ? unit.current : unit.home;
  return written;
}

using Index = std::unordered_map<model::UnitId, std::size_t>;

/// The relation that a format shows: to the parent, else (in MSDL) to who has it attached.
void choose_superior(const UnitStatement& unit, const Index& index, OrbatFormat format,
                     WrittenUnit& written) {
  for (const bool wants_parent : {true, false}) {
    for (const auto& relation : unit.relations) {
      const bool is_parent = relation.type == RelationType::child_of;
      const bool has_word =
          is_parent || (format == OrbatFormat::msdl && !msdl_of_relation(relation.type).empty());
      const auto found = index.find(relation.unit);
      if (is_parent == wants_parent && has_word && found != index.end()) {
        written.superior = found->second;
        written.relation = relation.type;
        return;
      }
    }
  }
}

/// Cuts cycles, and branches that would be nested deeper than a reader follows.
void make_forest(std::vector<WrittenUnit>& units) {
  constexpr std::size_t kUnknown = 0;
  std::vector<std::size_t> depth(units.size(), kUnknown);
  for (std::size_t start = 0; start < units.size(); ++start) {
    std::vector<std::size_t> path;
    std::set<std::size_t> on_path;
    std::size_t at = start;
    while (depth[at] == kUnknown) {
      path.push_back(at);
      on_path.insert(at);
      if (units[at].superior && on_path.contains(*units[at].superior)) {
        units[at].superior.reset();
      }
      if (!units[at].superior) {
        break;
      }
      at = *units[at].superior;
    }
    for (auto below = path.rbegin(); below != path.rend(); ++below) {
      auto& superior = units[*below].superior;
      if (superior && depth[*superior] >= kWrittenDepthMax) {
        superior.reset();
      }
      depth[*below] = superior ? depth[*superior] + 1 : 1;
    }
  }
}

}  // namespace

text::Json kept_json(const UnitStatement& unit) { return text::write_value(unit); }

std::optional<UnitStatement> read_kept(const text::Json& json) {
  text::Problems problems;
  UnitStatement unit;
  text::read_value(json, unit, text::Path{}, problems);
  if (!problems.empty()) {
    return std::nullopt;
  }
  return unit;
}

std::optional<UnitStatement> read_kept(std::string_view text) {
  text::Problems problems;
  const auto parsed = text::parse_json(text, problems);
  return parsed.complete && problems.empty() ? read_kept(parsed.root) : std::nullopt;
}

std::vector<WrittenUnit> written_units(const std::vector<const UnitStatement*>& units,
                                       OrbatFormat format) {
  Index index;
  for (std::size_t i = 0; i < units.size(); ++i) {
    index.emplace(units[i]->unit, i);
  }
  std::vector<WrittenUnit> written;
  std::set<std::string> handles;
  for (const auto* const unit : units) {
    written.push_back(in_words(*unit, format));
    auto& one = written.back();
    choose_superior(*unit, index, format, one);
    one.handle = unit->uuid && !is_zero(*unit->uuid) ? to_text(*unit->uuid) : "";
    if (one.handle.empty() || !handles.insert(one.handle).second) {
      one.handle = to_text(derived_uuid("muster unit", unit->unit.view()));
      handles.insert(one.handle);
    }
  }
  make_forest(written);
  return written;
}

std::string_view orbat_mapper_of_reinforcement(Reinforcement reinforcement) {
  for (const auto& [code, word] : kReinforcements) {
    if (code == reinforcement) {
      return word;
    }
  }
  return {};
}

std::optional<Reinforcement> reinforcement_of_orbat_mapper(std::string_view word) {
  for (const auto& [code, name] : kReinforcements) {
    if (name == word) {
      return code;
    }
  }
  return std::nullopt;
}

}  // namespace muster::desk
