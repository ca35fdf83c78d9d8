// SPDX-License-Identifier: Apache-2.0
// The one place where a scene of any format is judged and becomes reports.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "nodes/desk/coordinates.h"
#include "nodes/desk/orbat_scene.h"
#include "nodes/desk/orbat_text.h"
#include "nodes/desk/orbat_units.h"

namespace muster::desk {
namespace {

// A report of so many statements fits a message: a unit takes some 300 bytes.
constexpr std::size_t kStatementsOfReport = 1'500;
// Each change of a unit says the whole unit again; what is kept of one may be long.
constexpr std::size_t kWeightMax = 2'000'000;

std::size_t weight_of(const SaidUnit& said) {
  std::size_t weight = 1 + said.unit.relations.size() + said.unit.languages.size() +
                       said.unit.pools.size() + said.unit.capabilities.size();
  for (const auto& capability : said.unit.capabilities) {
    weight += capability.tasks.size() + capability.metrics.size();
  }
  return weight;
}

void append(const SaidUnit& said, std::vector<model::Statement>& statements) {
  statements.emplace_back(said.unit);
  if (said.strength) {
    statements.emplace_back(*said.strength);
  }
  if (said.equipment) {
    statements.emplace_back(*said.equipment);
  }
  if (said.readiness) {
    statements.emplace_back(*said.readiness);
  }
}

class DraftMaker {
 public:
  DraftMaker(const Scene& scene, const ImportOptions& options) : scene_(scene), options_(options) {}

  ImportDraft make() {
    if (scene_.has_bom) {
      findings_.add(Findings::kFile, "BOM", {}, {{}, "line 1, column 1"},
                    "the byte order mark is skipped");
    }
    find_moment();
    links_ = link_scene(scene_, options_, findings_);
    list_sides();
    check_names();
    check_owners();
    UnitWriter writer(scene_, links_, options_, findings_);
    write_units(writer);
    write_items(writer);
    if (draft_.valid_at) {
      write_reports(writer);
    }
    finish();
    return std::move(draft_);
  }

 private:
  void find_moment() {
    auto stated = scene_.valid_at;
    if (scene_.moment && !stated && !trimmed(scene_.moment->text).empty()) {
      const auto parsed = model::parse_time(trimmed(scene_.moment->text));
      stated = parsed ? std::optional(*parsed) : std::nullopt;
      if (!stated) {
        findings_.add(Findings::kFile, "DATE_BAD", {}, *scene_.moment,
                      "the moment of the report has to be given");
      }
    }
    draft_.valid_at = options_.valid_at ? options_.valid_at : stated;
  }

  void list_sides() {
    for (std::size_t i = 0; i < scene_.sides.size(); ++i) {
      draft_.sides.push_back({.name = scene_.sides[i].name,
                              .handle = trimmed(scene_.sides[i].handle.text),
                              .units = 0,
                              .is_taken = links_.is_side_taken[i]});
    }
    for (const auto& unit : links_.units) {
      if (unit.side && !unit.is_refused) {
        ++draft_.sides[*unit.side].units;
      }
      draft_.units += unit.is_taken ? 1 : 0;
      draft_.units_skipped += !unit.is_taken && !unit.is_refused ? 1 : 0;
    }
    draft_.equipment_items = static_cast<std::uint32_t>(scene_.items.size());
    draft_.others = scene_.others;
  }

  void check_names() {
    std::map<std::string_view, std::vector<std::size_t>> units_of;
    for (std::size_t i = 0; i < scene_.units.size(); ++i) {
      if (links_.units[i].is_taken && !scene_.units[i].name.empty()) {
        units_of[scene_.units[i].name].push_back(i);
      }
    }
    for (const auto& [name, units] : units_of) {
      if (units.size() > 1) {
        const auto second = units[1];
        findings_.add(second, "NAME_DUP", links_.units[second].handle,
                      {std::string(name), scene_.units[second].where},
                      fmt::format("all are kept: {} units have this name", units.size()));
      }
    }
  }

  /// Units, and items, which systems may own as well.
  void check_owners() {
    constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
    if (scene_.owners.empty()) {
      return;
    }
    std::unordered_map<std::string, std::size_t> owner_of;
    for (const auto& [key, unit] : links_.unit_of) {
      owner_of.emplace(key, kNobody);
    }
    for (const auto& item : scene_.items) {
      owner_of.emplace(key_of(trimmed(item.handle.text)), kNobody);
    }
    for (std::size_t i = 0; i < scene_.owners.size(); ++i) {
      const auto& owner = scene_.owners[i];
      for (const auto& raw : owner.units) {
        const auto handle = take_handle(Findings::kFile, raw, findings_);
        const auto found = owner_of.find(key_of(handle));
        if (found == owner_of.end()) {
          findings_.add(Findings::kFile, "OWNER_UNKNOWN", handle, {owner.name, raw.where},
                        "noted: the file has no such unit");
        } else if (found->second == kNobody) {
          found->second = i;
        } else if (found->second != i) {
          findings_.add(
              Findings::kFile, "OWNER_TWICE", handle,
              {fmt::format("{}, {}", scene_.owners[found->second].name, owner.name), raw.where},
              "not assigned to a system until a person chooses");
        }
      }
    }
    const auto tell_unowned = [&](std::size_t unit, const std::string& handle,
                                  const std::string& where) {
      if (owner_of[key_of(handle)] == kNobody) {
        findings_.add(unit, "OWNER_NONE", handle, {{}, where}, "noted: no system has this unit");
      }
    };
    for (std::size_t i = 0; i < scene_.units.size(); ++i) {
      tell_unowned(i, links_.units[i].handle, scene_.units[i].where);
    }
    for (const auto& item : scene_.items) {
      tell_unowned(Findings::kFile, trimmed(item.handle.text), item.where);
    }
  }

  void write_units(UnitWriter& writer) {
    said_.resize(scene_.units.size());
    for (std::size_t i = 0; i < scene_.units.size(); ++i) {
      if (links_.units[i].is_taken) {
        said_[i] = writer.write(i);
        order_.push_back(i);
      }
    }
    // Parents first, so that those of a later report are known already.
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return links_.units[a].depth < links_.units[b].depth;
    });
  }

  void write_items(UnitWriter& writer) {
    for (const auto& item : scene_.items) {
      write_item(writer, item);
    }
  }

  /// The unit that a reference of an item names; a finding when there is none.
  std::optional<std::size_t> resolve(std::size_t owner, const std::string& item,
                                     const std::optional<Raw>& raw) {
    const auto handle = raw ? take_handle(owner, *raw, findings_) : std::string();
    if (handle.empty()) {
      return std::nullopt;
    }
    const auto found = links_.find_unit(handle);
    const auto uuid = parse_uuid(handle);
    const bool is_known = found || links_.side_of.contains(key_of(handle)) || is_item(handle);
    if (!is_known && (!uuid || !is_zero(*uuid))) {
      tell_dangling(owner, item, *raw, handle, "noted: it names nothing in the file", findings_);
    }
    return found;
  }

  bool is_item(const std::string& handle) {
    if (item_keys_.empty()) {
      for (std::size_t i = 0; i < scene_.items.size(); ++i) {
        item_keys_.emplace(key_of(trimmed(scene_.items[i].handle.text)), i);
      }
    }
    return item_keys_.contains(key_of(handle));
  }

  /// Whose the item is decides whether anybody hears of it.
  [[nodiscard]] std::size_t unit_for_findings(const SceneItem& item) const {
    for (const auto* const raw : {&item.holder, &item.organic, &item.superior}) {
      if (*raw) {
        if (const auto found = links_.find_unit(trimmed((*raw)->text))) {
          return *found;
        }
      }
    }
    return Findings::kFile;
  }

  void write_item(UnitWriter& writer, const SceneItem& item) {
    const auto owner = unit_for_findings(item);
    const auto handle = take_handle(owner, item.handle, findings_);
    if (const auto uuid = parse_uuid(handle); !uuid || is_zero(*uuid)) {
      findings_.add(owner, "HANDLE_NOT_UUID", handle, item.handle, "kept as a text");
    }
    if (links_.find_unit(handle) ||
        (is_item(handle) && !seen_items_.insert(key_of(handle)).second)) {
      findings_.add(owner, "HANDLE_DUP", handle, item.handle,
                    "this item is not counted: something else has the same handle");
      return;
    }
    check_symbol(owner, handle, item.sidc, findings_);
    if (item.location && (!item.location->place || !is_usable(*item.location->place))) {
      findings_.add(owner, "LOCATION_BAD", handle, item.location->raw,
                    "noted: items have no location here");
    }
    const auto organic = resolve(owner, handle, item.organic);
    const auto holder = resolve(owner, handle, item.holder);
    resolve(owner, handle, item.superior);
    resolve(owner, handle, item.force_owner);
    const auto unit = holder ? holder : organic;
    if (unit && links_.units[*unit].is_taken && item.holding) {
      writer.add_holding(*unit, *item.holding, said_[*unit].equipment);
    }
  }

  struct Change {
    model::UtcTime at{};
    std::size_t unit = 0;
    const SceneChange* change = nullptr;
  };

  std::vector<Change> changes_in_order() {
    std::vector<Change> changes;
    for (const auto unit : order_) {
      for (const auto& change : scene_.units[unit].changes) {
        if (change.at) {
          changes.push_back({*change.at, unit, &change});
        } else {
          findings_.add(unit, "DATE_BAD", links_.units[unit].handle, change.moment,
                        "this state is left out: its moment cannot be read");
        }
      }
    }
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return a.at < b.at; });
    return changes;
  }

  /// The oldest report speaks of every unit, so that superiors are known, and so does the one of
  /// the file's own moment; the others of what changed. A moment that a person gives is the
  /// beginning: what was before it has become so by then.
  void write_reports(UnitWriter& writer) {
    const auto changes = changes_in_order();
    std::map<model::UtcTime, std::vector<std::size_t>> touched;
    const auto start = *draft_.valid_at;
    for (const auto& change : changes) {
      const auto at = options_.valid_at ? std::max(change.at, start) : change.at;
      touched[at].push_back(change.unit);
    }
    touched[start];
    std::size_t next = 0;
    bool is_first = true;
    for (auto& [at, units] : touched) {
      for (; next < changes.size() && (changes[next].at <= at); ++next) {
        writer.apply(changes[next].unit, *changes[next].change, said_[changes[next].unit]);
      }
      if (!write_report(at, is_first || at == start ? order_ : without_doubles(units))) {
        return;
      }
      is_first = false;
    }
  }

  static std::vector<std::size_t> without_doubles(std::vector<std::size_t> units) {
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    return units;
  }

  bool write_report(model::UtcTime at, const std::vector<std::size_t>& units) {
    std::vector<model::Statement> statements;
    const auto flush = [&] {
      if (!statements.empty()) {
        draft_.reports.push_back({.valid_at = at,
                                  .classification = options_.classification,
                                  .statements = std::exchange(statements, {})});
      }
    };
    for (const auto unit : units) {
      weight_ += weight_of(said_[unit]);
      if (weight_ > kWeightMax) {
        findings_.add(Findings::kFile, "FILE_TOO_LARGE", {},
                      {fmt::format("{}", kWeightMax), scene_.units[unit].where},
                      "nothing imported: too many states of too large units; split the file");
        return false;
      }
      append(said_[unit], statements);
      if (statements.size() >= kStatementsOfReport) {
        flush();
      }
    }
    flush();
    return true;
  }

  void finish() {
    std::vector<bool> is_told;
    for (const auto& unit : links_.units) {
      is_told.push_back(unit.is_taken || unit.is_refused);
    }
    draft_.findings = findings_.take(is_told);
    if (draft_.is_refused()) {
      draft_.reports.clear();
      draft_.units = 0;
    }
  }

  const Scene& scene_;
  const ImportOptions& options_;
  Findings findings_;
  Links links_;
  ImportDraft draft_;
  std::vector<SaidUnit> said_;      // At the index of the scene.
  std::vector<std::size_t> order_;  // Of units that are taken.
  std::unordered_map<std::string, std::size_t> item_keys_;
  std::set<std::string> seen_items_;
  std::size_t weight_ = 0;
};

}  // namespace

ImportDraft make_draft(const Scene& scene, const ImportOptions& options) {
  ImportDraft draft;
  if (scene.refusal) {
    draft.findings.push_back(*scene.refusal);
    return draft;
  }
  if (scene.units.size() > kOrbatUnitsMax) {
    draft.findings.push_back(
        refusal("FILE_TOO_LARGE", "the whole text", fmt::format("{} units", scene.units.size()),
                fmt::format("nothing imported: at most {} units; split the file", kOrbatUnitsMax)));
    return draft;
  }
  if (scene.items.size() > kOrbatUnitsMax) {
    draft.findings.push_back(
        refusal("FILE_TOO_LARGE", "the whole text", fmt::format("{} items", scene.items.size()),
                fmt::format("nothing imported: at most {} items; split the file", kOrbatUnitsMax)));
    return draft;
  }
  return DraftMaker(scene, options).make();
}

}  // namespace muster::desk
