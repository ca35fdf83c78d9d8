// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <tuple>

#include "broker/core/figures.h"
#include "broker/core/fixes.h"
#include "broker/core/offers.h"
#include "broker/core/operation_views.h"

namespace muster::core {
namespace {

using model::LeftOutReason;

/// In the order in which the first cause is looked for: those of the whole nation come first.
int rank_of(LeftOutReason reason) {
  const auto number = static_cast<int>(reason);
  return number >= static_cast<int>(LeftOutReason::host) ? number - 100 : number;
}

void add_cause(std::vector<model::CausePeople>& causes, const model::CausePeople& cause) {
  const auto place = std::lower_bound(
      causes.begin(), causes.end(), cause,
      [](const auto& a, const auto& b) { return rank_of(a.reason) < rank_of(b.reason); });
  if (place != causes.end() && place->reason == cause.reason) {
    place->people += cause.people;
  } else {
    causes.insert(place, cause);
  }
}

std::uint64_t sum_of(const std::vector<model::CausePeople>& causes) {
  std::uint64_t people = 0;
  for (const auto& cause : causes) {
    people += cause.people;
  }
  return people;
}

std::vector<model::EquipmentCover> equipment_of(const Offers& offers, std::size_t line) {
  std::vector<model::EquipmentCover> cover;
  for (const auto& item : offers.demand(line).line().equipment) {
    const auto same = std::find_if(cover.begin(), cover.end(),
                                   [&](const auto& each) { return each.kind == item.kind; });
    if (same != cover.end()) {
      same->needed += item.count;
    } else {
      cover.push_back({item.kind, item.count, offers.items(line, item.kind)});
    }
  }
  return cover;
}

model::OfferLeftOut left_out_of(const Offer& offer, const model::RequirementLine& line) {
  return {.contribution = offer.slice.key,
          .line = line.line_id,
          .unit = offer.slice.said->unit,
          .state = offer.slice.state,
          .people = offer.people,
          .counted = offer.counted,
          .reason = offer.causes.front().reason,
          .detail = offer.detail};
}

/// What a line is still without.
struct Lacking {
  std::uint64_t people = 0;
  std::vector<model::EquipmentCount> items;
};

std::vector<model::EquipmentCount> lacking_items(const model::LineGap& gap) {
  std::vector<model::EquipmentCount> items;
  for (const auto& cover : gap.equipment) {
    if (cover.counted < cover.needed) {
      items.push_back({cover.kind, static_cast<model::Count>(cover.needed - cover.counted)});
    }
  }
  return items;
}

bool has_items(const Offers& offers, std::size_t line) {
  const auto cover = equipment_of(offers, line);
  return std::all_of(cover.begin(), cover.end(),
                     [](const auto& each) { return each.counted >= each.needed; });
}

/// Takes from `rest` what the unit can bring of it, at most so many people.
Unasked ask(const Offers::Unoffered& unit, std::uint64_t people_max, Lacking& rest) {
  Unasked asked{&unit.candidate, std::min(people_max, rest.people), {}};
  rest.people -= asked.people;
  for (auto& wanted : rest.items) {
    const auto has = std::find_if(unit.items.begin(), unit.items.end(),
                                  [&](const auto& item) { return item.kind == wanted.kind; });
    const auto count = has != unit.items.end() ? std::min(has->count, wanted.count) : 0;
    if (count > 0) {
      asked.items.push_back({wanted.kind, count});
      wanted.count -= count;
    }
  }
  std::erase_if(rest.items, [](const auto& item) { return item.count == 0; });
  return asked;
}

/// Fills the answer line by line.
class Gaps {
 public:
  Gaps(const State& state, const Moment& moment, const Demanded& demanded)
      : state_(state), moment_(moment), demanded_(demanded), offers_(state, moment, demanded) {}

  model::GapsAnswer answer() {
    model::GapsAnswer answer{.operation = demanded_.code,
                             .version = demanded_.requirement->version,
                             .lines = {},
                             .left_out = {},
                             .candidates = {}};
    for (std::size_t i = 0; i < demanded_.requirement->lines.size(); ++i) {
      auto gap = count_offers(i, answer);
      look_for_more(i, gap, answer);
      answer.needed += gap.line.people_min;
      answer.offered += gap.offered;
      answer.counted += gap.counted;
      answer.lacking += gap.lacking;
      answer.lines.push_back(std::move(gap));
    }
    return answer;
  }

 private:
  model::LineGap count_offers(std::size_t line, model::GapsAnswer& answer) const {
    model::LineGap gap{.line = offers_.demand(line).line(), .causes = {}, .equipment = {}};
    for (const auto& offer : offers_.all()) {
      if (offer.line != line) {
        continue;
      }
      gap.offered += offer.people;
      gap.counted += offer.counted;
      for (const auto& cause : offer.causes) {
        add_cause(gap.causes, cause);
      }
      if (!offer.causes.empty()) {
        answer.left_out.push_back(left_out_of(offer, gap.line));
      }
    }
    const auto open = gap_of(gap.line.people_min, gap.counted, sum_of(gap.causes));
    gap.lacking = open.lacking;
    gap.not_offered = open.not_offered;
    gap.equipment = equipment_of(offers_, line);
    return gap;
  }

  /// Units that could offer people, and the cheapest that would make the line met.
  void look_for_more(std::size_t line, model::LineGap& gap, model::GapsAnswer& answer) const {
    const auto candidates = candidates_for(line);
    for (const auto& each : candidates) {
      gap.candidates += each.people > 0 ? 1 : 0;
      gap.candidate_people += each.people;
    }
    const Lacking lacking{gap.lacking, lacking_items(gap)};
    if (lacking.people == 0 && lacking.items.empty()) {
      return;
    }
    for (const auto& each : candidates) {
      if (gap.lacking > 0 && each.people > 0) {
        answer.candidates.push_back({.line = gap.line.line_id,
                                     .unit = each.candidate.unit,
                                     .people = each.people,
                                     .ready_min = each.candidate.arrival_min().value_or(0)});
      }
    }
    auto fixes =
        possible_fixes(state_, moment_, offers_.demand(line),
                       [&](const model::UnitId& unit) { return offers_.claims_of(line, unit); });
    if (auto offers = offers_that_meet(line, lacking, candidates)) {
      fixes.push_back(*std::move(offers));
      std::sort(fixes.begin(), fixes.end(), is_cheaper);
    }
    const auto cheapest = first_that_meets(line, gap, fixes);
    gap.fix = cheapest ? cheapest : new_unit(gap.line, lacking.people, lacking.items);
  }

  /// The smallest unit that has enough, or else as few as it takes. Of a nation that limits itself
  /// one alone gives people: more of them share what its limit leaves.
  [[nodiscard]] std::optional<model::Fix> offers_that_meet(
      std::size_t line, const Lacking& lacking,
      const std::vector<Offers::Unoffered>& candidates) const {
    for (auto each = candidates.rbegin(); each != candidates.rend(); ++each) {
      auto rest = lacking;
      const auto asked = ask(*each, each->people, rest);
      if (rest.people == 0 && rest.items.empty()) {
        return ask_offers({asked});
      }
    }
    std::vector<Unasked> asked;
    std::set<model::Nation> limited;
    auto rest = lacking;
    for (const auto& each : candidates) {
      const auto nation = each.candidate.unit.nation();
      const bool is_limited = offers_.demand(line).cap_of(nation) != nullptr;
      const bool may_give = rest.people > 0 && (!is_limited || limited.insert(nation).second);
      auto more = ask(each, may_give ? each.people : 0, rest);
      if (more.people > 0 || !more.items.empty()) {
        asked.push_back(std::move(more));
      }
    }
    return rest.people == 0 && rest.items.empty() ? std::optional(ask_offers(asked)) : std::nullopt;
  }

  /// Offers are counted anew with each change: one that lets a unit count on other lines as well
  /// may leave this one as it is. So many that do not help mean that others have to give way too.
  [[nodiscard]] std::optional<model::Fix> first_that_meets(
      std::size_t line, const model::LineGap& gap, const std::vector<model::Fix>& fixes) const {
    constexpr int kCountsMax = 32;
    int counts = 0;
    for (const auto& fix : fixes) {
      if (fix.people < gap.lacking) {
        continue;
      }
      if (fix.kind == model::FixKind::ask_offer) {
        return fix;
      }
      if (++counts > kCountsMax) {
        continue;
      }
      const auto after = offers_.with(line, fix);
      const auto counted = after.counted(line);
      if (counted >= gap.counted + gap.lacking && has_items(after, line)) {
        return bringing(fix, counted - gap.counted);
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::vector<Offers::Unoffered> candidates_for(std::size_t line) const {
    const auto kind = offers_.demand(line).line().element_kind;
    std::vector<Offers::Unoffered> candidates;
    for_each_visible(state_, moment_.viewer, [&](const model::UnitId& id, const UnitState& unit) {
      if (element_kind_of(seen(moment_.viewer, id.nation(), unit.identity)) != kind) {
        return;
      }
      auto unoffered = offers_.unoffered(line, id, unit);
      if (unoffered.people > 0 || !unoffered.items.empty()) {
        candidates.push_back(std::move(unoffered));
      }
    });
    std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
      return std::tie(b.people, a.candidate.unit) < std::tie(a.people, b.candidate.unit);
    });
    return candidates;
  }

  const State& state_;
  const Moment& moment_;
  const Demanded& demanded_;
  const Offers offers_;
};

}  // namespace

model::Result<model::GapsAnswer> gaps(const State& state, const model::GapsQuery& query,
                                      const Moment& moment) {
  MUSTER_TRY(const auto needed, demanded(state, moment.viewer, query.operation, query.version));
  return Gaps(state, moment, needed).answer();
}

}  // namespace muster::core
