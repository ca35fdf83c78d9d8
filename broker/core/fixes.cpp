// SPDX-License-Identifier: Apache-2.0
#include "broker/core/fixes.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "broker/core/freshness.h"

namespace muster::core {
namespace {

using model::Fix;
using model::FixKind;
using model::StatementKind;

std::string people_text(std::uint64_t people) {
  return people == 1 ? "1 person" : fmt::format("{} people", people);
}

/// "3 HELICOPTER, 1 FIELD_CAMP".
std::string items_text(const std::vector<model::EquipmentCount>& items) {
  std::string words;
  for (const auto& item : items) {
    words +=
        fmt::format("{}{} {}", words.empty() ? "" : ", ", item.count, model::to_text(item.kind));
  }
  return words;
}

/// "30 people with 3 HELICOPTER"; who brings nobody brings items alone.
std::string force_text(std::string people_words, std::uint64_t people,
                       const std::vector<model::EquipmentCount>& items) {
  if (items.empty()) {
    return people_words;
  }
  return people == 0 ? items_text(items) : people_words + " with " + items_text(items);
}

/// "6 h", "30 min", "6 h 30 min".
std::string duration_text(std::uint64_t minutes) {
  const auto hours = minutes / 60;
  const auto rest = minutes % 60;
  if (hours == 0 || rest == 0) {
    return rest == 0 ? fmt::format("{} h", hours) : fmt::format("{} min", rest);
  }
  return fmt::format("{} h {} min", hours, rest);
}

std::string key_of(const model::CaveatStatement& caveat) {
  return agreement_key(caveat.nation, caveat.caveat_id);
}

/// One change to a unit, in words, and what it would bring.
struct Mend {
  FixKind kind = FixKind::new_unit;
  std::string subject;
  std::string text;
  std::optional<model::UnitId> unit{};
  std::uint32_t units = 1;
  std::uint64_t people = 0;
  std::optional<std::uint64_t> room{};  ///< For all units of the nation together.
};

Fix fix_of(Mend change) {
  const auto of = change.unit ? change.unit->str() : fmt::format("{} units", change.units);
  return {.kind = change.kind,
          .unit = change.unit,
          .subject = std::move(change.subject),
          .people = change.people,
          .text = fmt::format("{}: {} of {}", change.text, people_text(change.people), of)};
}

bool is_about_caveat(const Mend& change) {
  return change.kind == FixKind::approve_caveat || change.kind == FixKind::lift_caveat;
}

/// One change to a caveat of a nation does the same for all its units: what they bring together,
/// as far as the cap of the nation leaves room.
void merge_into(std::vector<Mend>& changes, Mend change) {
  const auto same = std::find_if(changes.begin(), changes.end(), [&](const Mend& other) {
    return is_about_caveat(change) && other.kind == change.kind && other.subject == change.subject;
  });
  if (same == changes.end()) {
    changes.push_back(std::move(change));
    return;
  }
  const auto people = same->people + change.people;
  same->people = std::min(people, same->room.value_or(people));
  same->unit = std::nullopt;
  ++same->units;
}

std::string lift_text(const model::CaveatStatement& caveat) {
  const auto* how =
      caveat.kind == model::CaveatKind::max_strength ? "raises or withdraws" : "withdraws";
  return fmt::format("{} {} {}", caveat.nation.view(), how, named(caveat));
}

/// Looks for the changes of one unit: each is made to its candidate, which then stands the tests
/// again.
class Tries {
 public:
  Tries(const State& state, const Moment& moment, const LineDemand& demand, const model::UnitId& id,
        const UnitState& unit, const Claims& claims)
      : state_(state),
        moment_(moment),
        demand_(demand),
        id_(id),
        unit_(unit),
        claims_(claims),
        now_(candidate_without({.all = claims.is_approved})) {}

  std::vector<Mend> changes() {
    if (!demand_.is_able(now_, unit_)) {
      return {};
    }
    before_ = brought(now_, claims_.room);
    approve();
    renew();
    shorten();
    lift();
    release();
    return std::move(changes_);
  }

 private:
  [[nodiscard]] Candidate candidate_without(const Spared& spared) const {
    auto candidate = demand_.candidate(id_, unit_, spared);
    const auto committed = claims_.committed.value_or(candidate.committed);
    return with_committed(std::move(candidate), committed);
  }

  /// People that the line gets of the unit when it looks like this.
  [[nodiscard]] std::uint64_t brought(const Candidate& candidate,
                                      std::optional<std::uint64_t> room) const {
    if (demand_.left_out(candidate, unit_)) {
      return 0;
    }
    const auto free = candidate.people - std::min(candidate.people, claims_.taken);
    return std::min({free, claims_.offered.value_or(free), room.value_or(free)});
  }

  void add(const Candidate& changed, std::optional<std::uint64_t> room, Mend change) {
    const auto after = brought(changed, room);
    if (after > before_) {
      change.unit = id_;
      change.people = after - before_;
      change.room = room;
      changes_.push_back(std::move(change));
    }
  }

  void approve() {
    if (const auto* caveat = now_.unapproved; caveat != nullptr) {
      add(candidate_without({.caveat = caveat}), claims_.room,
          {FixKind::approve_caveat, key_of(*caveat),
           fmt::format("the secretariat approves {}", named(*caveat))});
    }
  }

  void lift() {
    const auto without = [&](const model::CaveatStatement& caveat) {
      add(candidate_without({.caveat = &caveat}), claims_.room,
          {FixKind::lift_caveat, key_of(caveat), lift_text(caveat)});
    };
    if (now_.excluded_by != nullptr) {
      without(*now_.excluded_by);
    }
    if (now_.capped_by != nullptr) {
      without(*now_.capped_by);
    }
    if (const auto* cap = demand_.cap_of(id_.nation()); cap != nullptr && claims_.room) {
      add(now_, std::nullopt, {FixKind::lift_caveat, key_of(*cap), lift_text(*cap)});
    }
  }

  void renew() {
    const auto words = old_words();
    if (words.empty()) {
      return;
    }
    auto renewed = now_;
    renewed.freshness = model::Freshness::fresh;
    add(renewed, claims_.room,
        {FixKind::renew_report, "", fmt::format("{} renews its {}", id_.view(), words)});
  }

  /// "STRENGTH, AVAILABILITY": those of its words that make it older than the line wants.
  [[nodiscard]] std::string old_words() const {
    if (now_.freshness <= demand_.min_freshness()) {
      return {};
    }
    const Ages ages(*state_.registry, moment_.now);
    std::string words;
    const auto look_at = [&](StatementKind kind, bool has_lapsed) {
      const auto* stamp = newest_stamp(unit_, kind);
      const auto valid_at = stamp != nullptr ? std::optional(stamp->valid_at) : std::nullopt;
      const auto age = ages.of(id_.nation(), kind, valid_at, unit_.stands_by());
      if (has_lapsed || age > demand_.min_freshness()) {
        words += (words.empty() ? "" : ", ") + model::to_text(kind);
      }
    };
    look_at(StatementKind::strength, false);
    look_at(StatementKind::readiness, false);
    const auto* pledge = statement_of(unit_.availability);
    look_at(StatementKind::availability, pledge != nullptr && pledge->pledge_valid_until &&
                                             *pledge->pledge_valid_until <= moment_.now &&
                                             pledge->pledge_level.value_or(0) > 0);
    return words;
  }

  void shorten() {
    const auto within = 60 * std::uint64_t{demand_.line().needed_within_h};
    if (!now_.ready_min || *now_.ready_min <= within || !now_.notice_min) {
      return;
    }
    const auto excess = *now_.ready_min - within;
    if (excess > *now_.notice_min) {
      return;  // Loading and movement alone take longer.
    }
    auto sooner = now_;
    sooner.ready_min = within;
    sooner.notice_min = *now_.notice_min - excess;
    add(sooner, claims_.room,
        {FixKind::shorten_notice, "",
         fmt::format("{} shortens its notice to move by {}, to {}", id_.view(),
                     duration_text(excess), duration_text(*sooner.notice_min))});
  }

  void release() {
    const auto slices = slices_elsewhere(state_, moment_.viewer, id_, demand_.demanded());
    const auto stay = stay_on(demand_.line(), moment_);
    const auto held = held_by(slices, stay, moment_.now);
    for (const auto& slice : slices) {
      if (slice.said->operation == demand_.demanded().code) {
        continue;
      }
      auto others = slices;
      std::erase_if(others, [&](const Slice& other) { return other.key == slice.key; });
      const auto freed = held - held_by(others, stay, moment_.now);
      const auto committed = now_.committed - std::min(now_.committed, freed);
      add(with_committed(now_, committed), claims_.room,
          {FixKind::release, slice.key,
           fmt::format("{} releases {} from {}", id_.nation().view(), slice.key,
                       slice.said->operation.view())});
    }
  }

  const State& state_;
  const Moment& moment_;
  const LineDemand& demand_;
  const model::UnitId& id_;
  const UnitState& unit_;
  const Claims& claims_;
  const Candidate now_;
  std::uint64_t before_ = 0;
  std::vector<Mend> changes_;
};

/// "squad", "platoon", …: the smallest that has so many people.
std::string_view size_word(std::uint64_t people) {
  return people <= 12    ? "squad"
         : people <= 50  ? "platoon"
         : people <= 150 ? "company"
         : people <= 800 ? "battalion"
                         : "regiment";
}

}  // namespace

std::vector<Fix> possible_fixes(const State& state, const Moment& moment, const LineDemand& demand,
                                const ClaimsOf& claims_of) {
  std::vector<Mend> changes;
  for_each_visible(state, moment.viewer, [&](const model::UnitId& id, const UnitState& unit) {
    const auto* identity = seen(moment.viewer, id.nation(), unit.identity);
    if (element_kind_of(identity) != demand.line().element_kind) {
      return;
    }
    const auto claims = claims_of(id);
    if (claims.offered == std::uint64_t{0}) {
      return;
    }
    for (auto& change : Tries(state, moment, demand, id, unit, claims).changes()) {
      merge_into(changes, std::move(change));
    }
  });
  std::vector<Fix> fixes;
  fixes.reserve(changes.size());
  for (auto& change : changes) {
    fixes.push_back(fix_of(std::move(change)));
  }
  std::sort(fixes.begin(), fixes.end(), is_cheaper);
  return fixes;
}

Fix ask_offers(const std::vector<Unasked>& asked) {
  Fix fix{.kind = FixKind::ask_offer};
  std::uint64_t latest = 0;
  for (const auto& [candidate, people, items] : asked) {
    const bool is_first = fix.text.empty();
    fix.text += is_first ? fmt::format("{} is asked to offer {}", candidate->unit.view(),
                                       force_text(people_text(people), people, items))
                         : fmt::format(", {} {}", candidate->unit.view(),
                                       force_text(std::to_string(people), people, items));
    fix.people += people;
    latest = std::max(latest, candidate->arrival_min().value_or(0));
  }
  if (asked.size() == 1) {
    fix.unit = asked.front().candidate->unit;
  }
  fix.text +=
      fmt::format(", {}ready in {}", asked.size() > 1 ? "the last " : "", duration_text(latest));
  return fix;
}

Fix new_unit(const model::RequirementLine& line, std::uint64_t people,
             const std::vector<model::EquipmentCount>& items) {
  std::string tasks;
  for (const auto task : line.tasks) {
    tasks += (tasks.empty() ? "" : ", ") + model::to_text(task);
  }
  const auto type =
      line.capability_type ? fmt::format(" at type {}", *line.capability_type) : std::string();
  return {.kind = FixKind::new_unit,
          .people = people,
          .element_kind = line.element_kind,
          .tasks = line.tasks,
          .capability_type = line.capability_type,
          .within_h = line.needed_within_h,
          .text = fmt::format(
              "one {} of {}, {}, able to {}{}, ready within {} h",
              people == 0 ? "unit" : size_word(people), model::to_text(line.element_kind),
              force_text(people_text(people), people, items), tasks, type, line.needed_within_h)};
}

bool is_cheaper(const Fix& a, const Fix& b) {
  return std::tie(a.kind, a.people, a.unit, a.subject) <
         std::tie(b.kind, b.people, b.unit, b.subject);
}

Fix bringing(Fix fix, std::uint64_t people) {
  const auto said = people_text(fix.people);
  if (const auto place = fix.text.rfind(said); place != std::string::npos) {
    fix.text.replace(place, said.size(), people_text(people));
  }
  fix.people = people;
  return fix;
}

}  // namespace muster::core
