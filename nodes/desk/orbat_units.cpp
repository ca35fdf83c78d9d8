// SPDX-License-Identifier: Apache-2.0
// Identity, relations and places of units; symbols stand in orbat_symbols.cpp, figures in
// orbat_figures.cpp.
#include "nodes/desk/orbat_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "nodes/desk/coordinates.h"
#include "nodes/desk/msdl_names.h"
#include "nodes/desk/orbat_text.h"
#include "schemas/model/limits.h"

namespace muster::desk {
namespace {

using model::UnitStatement;

constexpr std::size_t kCodeSize = 32;

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

model::UnitId key_in(model::Nation nation, const std::string& code) {
  return model::UnitId::parse(nation.str() + ":" + code).value_or(model::UnitId{});
}

}  // namespace

UnitWriter::UnitWriter(const Scene& scene, const Links& links, const ImportOptions& options,
                       Findings& findings)
    : scene_(scene),
      links_(links),
      options_(options),
      findings_(findings),
      identities_(identities_of_sides(scene, links)),
      keys_(scene.units.size()),
      kept_at_(scene.units.size()) {
  take_kept();
  make_keys();
}

const WrittenUnit* UnitWriter::written_of(std::size_t unit) const {
  return kept_at_[unit] ? &written_[*kept_at_[unit]] : nullptr;
}

/// What was kept of another nation's unit, or of a unit that was copied, is not for this one.
void UnitWriter::take_kept() {
  std::set<model::UnitId> seen;
  std::vector<const UnitStatement*> kept;
  for (std::size_t i = 0; i < scene_.units.size(); ++i) {
    const auto& unit = scene_.units[i];
    if (!links_.units[i].is_taken) {
      continue;
    }
    if (unit.is_kept_bad) {
      findings_.add(i, "EXTENSION_BAD", links_.units[i].handle, {{}, unit.where},
                    "what an export kept of this unit cannot be read and is left out");
    }
    if (unit.kept && unit.kept->unit.nation() == options_.nation &&
        seen.insert(unit.kept->unit).second) {
      kept_at_[i] = kept.size();
      kept_units_.push_back(i);
      keys_[i] = unit.kept->unit;
      kept.push_back(&*unit.kept);
    }
  }
  written_ = written_units(kept, scene_.format);
}

/// A name that only one unit has becomes its code; others get digits of their handle behind it.
void UnitWriter::make_keys() {
  constexpr std::size_t kHash = 6;
  std::vector<std::string> bases(keys_.size());
  std::map<std::string, std::size_t> used;
  std::set<model::UnitId> taken(keys_.begin(), keys_.end());
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (links_.units[i].is_taken && keys_[i].empty()) {
      bases[i] = code_of_name(scene_.units[i].name, kCodeSize);
      ++used[bases[i]];
    }
  }
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (!links_.units[i].is_taken || !keys_[i].empty()) {
      continue;
    }
    std::string code =
        bases[i].empty() ? "U-" + short_hash(links_.units[i].handle, kHash) : bases[i];
    auto key = key_in(options_.nation, code);
    for (std::size_t size = kHash; used[bases[i]] > 1 || taken.contains(key); ++size) {
      const auto hash = short_hash(links_.units[i].handle, size);
      code = bases[i].substr(0, kCodeSize - size - 1);
      code = (code.empty() ? "U" : code) + "-" + hash;
      key = key_in(options_.nation, code);
      if (!taken.contains(key) || size + 2 >= kCodeSize) {
        break;
      }
    }
    keys_[i] = key;
    taken.insert(key);
  }
}

SaidUnit UnitWriter::write(std::size_t unit) {
  const auto& raw = scene_.units[unit];
  SaidUnit said;
  if (kept_at_[unit]) {
    said.unit = *raw.kept;
  }
  said.unit.unit = keys_[unit];
  write_identity(unit, said.unit);
  write_symbol(unit, raw.sidc, said.unit);
  if (raw.reinforcement) {
    write_reinforcement(unit, *raw.reinforcement, said.unit);
  } else if (const auto* const written = written_of(unit);
             written && !written->reinforcement.empty()) {
    said.unit.reinforcement.reset();  // Somebody took it out.
  }
  if (raw.location) {
    write_place(unit, *raw.location, said.unit);
  } else if (const auto* const written = written_of(unit); written && written->place) {
    said.unit.current.reset();
  }
  write_relations(unit, said.unit);
  write_readiness(unit, said);
  write_strength(unit, said);
  for (const auto& holding : raw.holdings) {
    add_holding(unit, holding, said.equipment);
  }
  return said;
}

void UnitWriter::write_identity(std::size_t unit, UnitStatement& said) {
  const auto& raw = scene_.units[unit];
  const auto& handle = links_.units[unit].handle;
  const auto* const written = written_of(unit);
  if (written == nullptr || raw.name != written->name) {
    said.name = raw.name;
  }
  if (written == nullptr || raw.short_name != written->short_name) {
    said.short_name = raw.short_name;
    if (characters_in(said.short_name) > model::Limits{}.short_name_max) {
      findings_.add(unit, "NAME_LONG", handle, {raw.short_name, raw.where},
                    "the short name is left out: it is longer than 24 characters");
      said.short_name.clear();
    }
  }
  if (written == nullptr || key_of(handle) != written->handle) {
    said.uuid = uuid_of_handle(handle, scene_.format, options_.nation);
  }
}

void UnitWriter::write_reinforcement(std::size_t unit, const Raw& raw, UnitStatement& said) {
  const auto word = trimmed(raw.text);
  if (const auto* const written = written_of(unit); written && word == written->reinforcement) {
    said.reinforcement = scene_.units[unit].kept->reinforcement;
    return;
  }
  const auto code = scene_.format == OrbatFormat::msdl ? reinforcement_of_msdl(word)
                                                       : reinforcement_of_orbat_mapper(word);
  said.reinforcement = code;
  if (!code && !word.empty()) {
    findings_.add(unit, "ENUM_UNKNOWN", links_.units[unit].handle, raw,
                  "no reinforcement is stated: the word is not known");
  }
}

void UnitWriter::write_place(std::size_t unit, const RawLocation& location, UnitStatement& said) {
  if (const auto* const written = written_of(unit);
      written && location.place && location.place == written->place) {
    said.current = scene_.units[unit].kept->current;
    return;
  }
  said.current.reset();
  if (!location.place) {
    findings_.add(unit, "LOCATION_BAD", links_.units[unit].handle, location.raw,
                  "no location: these coordinates are not understood");
  } else if (!is_usable(*location.place)) {
    findings_.add(unit, "LOCATION_BAD", links_.units[unit].handle, location.raw,
                  "no location: out of range, or exactly (0, 0)");
  } else {
    said.current = location.place;
  }
}

model::RelationType UnitWriter::relation_type(std::size_t unit) {
  const auto& raw = scene_.units[unit].relation;
  const auto word = raw ? trimmed(raw->text) : std::string();
  if (word.empty()) {
    return model::RelationType::child_of;
  }
  if (const auto type = relation_of_msdl(word)) {
    return *type;
  }
  findings_.add(unit, "ENUM_UNKNOWN", links_.units[unit].handle, *raw,
                "taken as CHILD_OF: the word is not known");
  return model::RelationType::child_of;
}

void UnitWriter::write_relations(std::size_t unit, UnitStatement& said) {
  const auto& link = links_.units[unit];
  const auto type = relation_type(unit);
  const auto* const written = written_of(unit);
  std::optional<std::size_t> expected;  // Index in the scene.
  if (written != nullptr && written->superior) {
    expected = kept_units_[*written->superior];
  }
  const bool is_as_written =
      written != nullptr && expected == link.superior && (!expected || type == written->relation);
  if (is_as_written) {
    return;
  }
  if (expected) {
    std::erase_if(said.relations, [&](const model::Relation& one) {
      return one.unit == keys_[*expected] && one.type == written->relation;
    });
  }
  if (link.superior) {
    said.relations.insert(said.relations.begin(), {.type = type, .unit = keys_[*link.superior]});
  }
  if (link.organic && (link.organic != link.superior || type != model::RelationType::child_of)) {
    said.relations.push_back({.type = model::RelationType::child_of, .unit = keys_[*link.organic]});
  }
}

void UnitWriter::apply(std::size_t unit, const SceneChange& change, SaidUnit& said) {
  if (change.location) {
    write_place(unit, *change.location, said.unit);
  } else if (change.is_location_removed) {
    said.unit.current.reset();
  }
  if (change.sidc) {
    write_symbol(unit, *change.sidc, said.unit);
  }
  if (change.reinforcement) {
    write_reinforcement(unit, *change.reinforcement, said.unit);
  }
  if (change.remark) {
    auto& readiness = said.readiness.emplace();
    readiness.unit = said.unit.unit;
    readiness.remarks = change.remark->text;
  }
  if (change.superior) {
    const auto found = links_.find_unit(trimmed(change.superior->text));
    std::erase_if(said.unit.relations, [](const model::Relation& one) {
      return one.type == model::RelationType::child_of;
    });
    if (found && links_.units[*found].is_taken && *found != unit) {
      said.unit.relations.push_back({.unit = keys_[*found]});
    }
  }
}

}  // namespace muster::desk
