// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/orbat_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace muster::desk {
namespace {

/// Links are kept in one of the two members of a unit.
using Member = std::optional<std::size_t> LinkedUnit::*;

class Linker {
 public:
  Linker(const Scene& scene, const ImportOptions& options, Findings& findings)
      : scene_(scene), options_(options), findings_(findings) {}

  Links link() {
    take_handles();
    for (std::size_t i = 0; i < scene_.units.size(); ++i) {
      const auto& unit = scene_.units[i];
      links_.units[i].superior = resolve(i, unit.superior);
      links_.units[i].organic = resolve(i, unit.organic);
    }
    refuse_cycles(&LinkedUnit::superior);
    refuse_cycles(&LinkedUnit::organic);
    drop_refused();
    find_depths();
    take_sides();
    tell_missing_hierarchy();
    return std::move(links_);
  }

 private:
  const std::string& handle_of(std::size_t unit) const { return links_.units[unit].handle; }

  void take_handles() {
    for (std::size_t i = 0; i < scene_.sides.size(); ++i) {
      links_.side_of.emplace(key_of(trimmed(scene_.sides[i].handle.text)), i);
    }
    links_.units.resize(scene_.units.size());
    for (std::size_t i = 0; i < scene_.units.size(); ++i) {
      const auto& raw = scene_.units[i].handle;
      auto& unit = links_.units[i];
      unit.handle = take_handle(i, raw, findings_);
      const auto uuid = parse_uuid(unit.handle);
      if (!uuid || is_zero(*uuid)) {
        findings_.add(i, "HANDLE_NOT_UUID", unit.handle, raw,
                      "kept as a text; a UUID is derived from it");
      }
      // A handle may be the very UUID that is derived of another unit's.
      const auto used = uuid_of_handle(unit.handle, scene_.format, options_.nation);
      const bool is_new = links_.unit_of.emplace(key_of(unit.handle), i).second;
      if (!uuids_.insert(to_text(used)).second || !is_new) {
        unit.is_refused = true;
        findings_.add(i, "HANDLE_DUP", unit.handle, raw,
                      "this unit is not imported: another one has the same handle");
      }
    }
  }

  std::optional<std::size_t> resolve(std::size_t unit, const std::optional<Raw>& raw) {
    if (!raw) {
      return std::nullopt;
    }
    const auto handle = take_handle(unit, *raw, findings_);
    if (handle.empty()) {
      return std::nullopt;
    }
    if (const auto found = links_.find_unit(handle)) {
      return found;
    }
    const auto uuid = parse_uuid(handle);
    if ((uuid && is_zero(*uuid)) || links_.side_of.contains(key_of(handle))) {
      findings_.add(unit, "SUPERIOR_ROOT", handle_of(unit), *raw,
                    "a root: its superior is a side, or all zero");
      return std::nullopt;
    }
    tell_dangling(unit, handle_of(unit), *raw, handle, "a root: its superior is not in the file",
                  findings_);
    return std::nullopt;
  }

  /// Every unit of a cycle, and the cycle as "a -> b -> a".
  void refuse_cycles(Member member) {
    enum class Mark : std::uint8_t { unseen, open, done };
    std::vector<Mark> marks(links_.units.size(), Mark::unseen);
    for (std::size_t start = 0; start < links_.units.size(); ++start) {
      std::vector<std::size_t> path;
      std::optional<std::size_t> at = start;
      while (at && marks[*at] == Mark::unseen) {
        marks[*at] = Mark::open;
        path.push_back(*at);
        at = links_.units[*at].*member;
      }
      if (at && marks[*at] == Mark::open) {
        const auto first = std::find(path.begin(), path.end(), *at);
        refuse_cycle({first, path.end()});
      }
      for (const auto unit : path) {
        marks[unit] = Mark::done;
      }
    }
  }

  void refuse_cycle(const std::vector<std::size_t>& cycle) {
    constexpr std::size_t kShownMax = 12;
    std::string shown;
    for (std::size_t i = 0; i < std::min(cycle.size(), kShownMax); ++i) {
      shown += handle_of(cycle[i]) + " -> ";
    }
    shown += cycle.size() > kShownMax ? "…" : handle_of(cycle.front());
    for (const auto unit : cycle) {
      links_.units[unit].is_refused = true;
      findings_.add(unit, "SUPERIOR_CYCLE", handle_of(unit), {shown, scene_.units[unit].where},
                    fmt::format("this unit is not imported: its superiors come round to it, as {} "
                                "units do",
                                cycle.size()));
    }
  }

  void drop_refused() {
    for (std::size_t i = 0; i < links_.units.size(); ++i) {
      for (const Member member : {&LinkedUnit::superior, &LinkedUnit::organic}) {
        auto& above = links_.units[i].*member;
        if (above && links_.units[*above].is_refused) {
          const auto& unit = scene_.units[i];
          if (!links_.units[i].is_refused) {
            const auto& raw = member == &LinkedUnit::superior ? unit.superior : unit.organic;
            findings_.add(i, "SUPERIOR_DANGLING", handle_of(i), raw.value_or(Raw{{}, unit.where}),
                          "a root: its superior is not imported");
          }
          above.reset();
        }
      }
    }
  }

  /// No cycles are left, so each walk ends.
  void find_depths() {
    std::vector<bool> is_known(links_.units.size());
    for (std::size_t start = 0; start < links_.units.size(); ++start) {
      std::vector<std::size_t> path;
      std::optional<std::size_t> at = start;
      while (at && !is_known[*at]) {
        path.push_back(*at);
        at = links_.units[*at].superior;
      }
      for (auto below = path.rbegin(); below != path.rend(); ++below) {
        auto& unit = links_.units[*below];
        const auto own = links_.side_of.find(key_of(scene_.units[*below].side));
        unit.depth = unit.superior ? links_.units[*unit.superior].depth + 1 : 0;
        if (own != links_.side_of.end()) {
          unit.side = own->second;
        } else if (unit.superior) {
          unit.side = links_.units[*unit.superior].side;
        }
        is_known[*below] = true;
      }
    }
  }

  bool is_asked(const SceneSide& side) const {
    return options_.sides.empty() ||
           std::any_of(options_.sides.begin(), options_.sides.end(),
                       [&](const auto& asked) { return names(side, asked); });
  }
  static bool names(const SceneSide& side, const std::string& asked) {
    return trimmed(asked) == side.name ||
           key_of(trimmed(asked)) == key_of(trimmed(side.handle.text));
  }

  void take_sides() {
    for (const auto& side : scene_.sides) {
      links_.is_side_taken.push_back(is_asked(side));
    }
    for (const auto& asked : options_.sides) {
      const bool is_known = std::any_of(scene_.sides.begin(), scene_.sides.end(),
                                        [&](const auto& side) { return names(side, asked); });
      if (!is_known) {
        findings_.add(Findings::kFile, "SIDE_UNKNOWN", {}, {asked, {}},
                      "nothing imported: the file has no side of this name or handle");
      }
    }
    for (auto& unit : links_.units) {
      const bool is_side_taken =
          unit.side ? links_.is_side_taken[*unit.side] : options_.sides.empty();
      unit.is_taken = !unit.is_refused && is_side_taken;
    }
    for (std::size_t i = 0; i < links_.units.size(); ++i) {
      auto& unit = links_.units[i];
      if (unit.is_taken && unit.superior && !links_.units[*unit.superior].is_taken) {
        findings_.add(i, "SUPERIOR_DANGLING", unit.handle,
                      scene_.units[i].superior.value_or(Raw{{}, scene_.units[i].where}),
                      "a root: its superior is of a side that is not taken");
        unit.superior.reset();
      }
      if (unit.organic && !links_.units[*unit.organic].is_taken) {
        unit.organic.reset();
      }
    }
  }

  void tell_missing_hierarchy() {
    std::size_t taken = 0;
    bool has_superior = false;
    for (std::size_t i = 0; i < links_.units.size(); ++i) {
      taken += links_.units[i].is_taken ? 1 : 0;
      has_superior = has_superior || scene_.units[i].superior || scene_.units[i].organic;
    }
    if (taken > 1 && !has_superior) {
      findings_.add(Findings::kFile, "HIERARCHY_ABSENT", {}, {fmt::format("{} units", taken), {}},
                    "a flat list: no superiors are guessed from names");
    }
  }

  const Scene& scene_;
  const ImportOptions& options_;
  Findings& findings_;
  std::unordered_set<std::string> uuids_;  // Of the units so far.
  Links links_;
};

}  // namespace

std::optional<std::size_t> Links::find_unit(const std::string& handle) const {
  const auto found = unit_of.find(key_of(handle));
  return found == unit_of.end() ? std::nullopt : std::optional(found->second);
}

std::string key_of(const std::string& handle) {
  const auto uuid = parse_uuid(handle);
  return uuid ? to_text(*uuid) : handle;
}

Uuid uuid_of_handle(const std::string& handle, OrbatFormat format, const model::Nation& nation) {
  const auto uuid = parse_uuid(handle);
  return uuid && !is_zero(*uuid)
             ? *uuid
             : derived_uuid(fmt::format("muster {} {}", to_text(format), nation.view()), handle);
}

Links link_scene(const Scene& scene, const ImportOptions& options, Findings& findings) {
  return Linker(scene, options, findings).link();
}

std::string take_handle(std::size_t unit, const Raw& raw, Findings& findings) {
  auto handle = trimmed(raw.text);
  if (handle != raw.text) {
    findings.add(unit, "HANDLE_TRIMMED", handle, raw, "white space around the handle is left out");
  }
  return handle;
}

void tell_dangling(std::size_t unit, const std::string& who, const Raw& raw,
                   const std::string& handle, std::string done, Findings& findings) {
  if (!parse_uuid(handle)) {
    findings.add(unit, "HANDLE_NOT_UUID", who, raw, "kept as a text: it names nothing in the file");
  }
  findings.add(unit, "SUPERIOR_DANGLING", who, raw, std::move(done));
}

std::vector<char> identities_of_sides(const Scene& scene, const Links& links) {
  constexpr char kUnknown = '1';
  std::vector<char> identities(scene.sides.size(), kFriend);
  const auto first = std::find(links.is_side_taken.begin(), links.is_side_taken.end(), true);
  if (first == links.is_side_taken.end()) {
    return identities;
  }
  const auto own = static_cast<std::size_t>(first - links.is_side_taken.begin());
  std::unordered_map<std::string, char> regards;
  for (const auto& [other, identity] : scene.sides[own].regards) {
    regards.emplace(key_of(other), identity);
  }
  const auto key_at = [&](std::size_t at) { return key_of(trimmed(scene.sides[at].handle.text)); };
  for (std::size_t i = 0; i < scene.sides.size(); ++i) {
    const auto& allegiance = scene.sides[i].allegiance;
    const auto allied = allegiance.empty() ? key_at(i) : key_of(allegiance);
    if (i == own || allied == key_at(own)) {
      continue;
    }
    auto regard = regards.find(key_at(i));
    regard = regard == regards.end() ? regards.find(allied) : regard;
    identities[i] = regard == regards.end() ? kUnknown : regard->second;
  }
  return identities;
}

}  // namespace muster::desk
