// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <random>
#include <regex>

#include "broker/core/fixes.h"
#include "broker/core/operation_states.h"
#include "tests/unit/core_promises_fixture.h"

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::CaveatKind;
using model::ContributionState;
using model::Fix;
using model::FixKind;
using model::Task;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using tests::code;
using tests::nation;
using tests::unit_id;

constexpr model::UtcTime kNow = kSampleTime + 1h;

/// "… to 6 h 30 min: 20 people of RUS:A": what the notice has to become.
model::Count notice_in(const std::string& text) {
  const std::regex form(", to (?:(\\d+) h)? ?(?:(\\d+) min)?: ");
  std::smatch found;
  if (!std::regex_search(text, found, form)) {
    throw std::logic_error("no notice in: " + text);
  }
  const auto number = [&](std::size_t i) {
    return found[i].matched ? static_cast<model::Count>(std::stoul(found[i])) : 0;
  };
  return 60 * number(1) + number(2);
}

/// "… 3 HELICOPTER, 1 MEDICAL …": the items that a text names.
std::vector<model::EquipmentCount> items_in(const std::string& text) {
  const std::regex form("(\\d+) ([A-Z_]{2,})");
  std::vector<model::EquipmentCount> items;
  for (std::sregex_iterator each(text.begin(), text.end(), form), end; each != end; ++each) {
    for (const auto kind :
         {model::EquipmentKind::wheeled_transport, model::EquipmentKind::helicopter}) {
      if (model::to_text(kind) == (*each)[2].str()) {
        items.push_back({kind, static_cast<model::Count>(std::stoul((*each)[1]))});
      }
    }
  }
  return items;
}

/// Does what a fix says, as those would to whom it speaks.
class Doing {
 public:
  Doing(Operating& force, const model::RequirementLine& line) : force_(force), line_(line) {}

  void apply(const Fix& fix) {
    switch (fix.kind) {
      case FixKind::approve_caveat:
        return approve(fix);
      case FixKind::renew_report:
        return renew(fix);
      case FixKind::ask_offer:
        return offer_as_asked(fix.text);
      case FixKind::shorten_notice:
        return shorten(fix);
      case FixKind::lift_caveat:
        return lift(fix);
      case FixKind::release:
        return release(fix);
      case FixKind::new_unit:
        return declare(fix);
      case FixKind::raise_limit:
        break;
    }
    throw std::logic_error("gaps raise no limit");
  }

 private:
  void say(const model::Nation& nation, const model::Statement& statement) {
    force_.tell({statement}, {.node = ministry_of(nation.view()), .valid_at = kNow});
  }
  void offer(const model::UnitId& unit, std::uint64_t people,
             std::vector<model::EquipmentCount> items) {
    auto slice = slice_of(unit.view(), "FIX-" + std::to_string(++offers_),
                          static_cast<model::Count>(people), ContributionState::offered);
    slice.sor_line = line_.line_id;
    slice.equipment = std::move(items);
    say(unit.nation(), slice);
  }
  /// "RUS:A is asked to offer 76 people with 3 HELICOPTER, BLR:B 64, the last ready in 29 h".
  void offer_as_asked(const std::string& text) {
    const std::regex form("([A-Z]{3}:\\S+)(?: is asked to offer)?(.*?)(?=, [A-Z]{3}:|$)");
    const std::regex people("^ (\\d+)(?!\\d| [A-Z])");
    for (std::sregex_iterator each(text.begin(), text.end(), form), end; each != end; ++each) {
      const auto asked = (*each)[2].str();
      std::smatch found;
      const bool has_people = std::regex_search(asked, found, people);
      offer(unit_id((*each)[1].str()), has_people ? std::stoul(found[1]) : 0, items_in(asked));
    }
  }
  void approve(const Fix& fix) {
    auto approval = decision_of("D-FIX", model::DecisionKind::caveat_approval);
    approval.contribution_id = fix.subject;
    force_.by_office({approval}, {.valid_at = kNow});
  }
  void renew(const Fix& fix) {
    const auto& id = fix.unit.value();
    const auto unit = *force_.state.units.find(id);
    const auto is_named = [&](const char* kind) {
      return fix.text.find(kind) != std::string::npos;
    };
    if (is_named("STRENGTH")) {
      say(id.nation(), unit.strength->statement);
    }
    if (is_named("READINESS")) {
      say(id.nation(), unit.readiness->statement);
    }
    if (is_named("AVAILABILITY")) {
      auto pledge = unit.availability->statement;
      pledge.pledge_valid_until = kNow + 1000h;
      say(id.nation(), pledge);
    }
  }
  void shorten(const Fix& fix) {
    const auto& id = fix.unit.value();
    auto availability = force_.state.units.find(id)->availability->statement;
    availability.notice_to_move_min = notice_in(fix.text);
    const auto said_at = force_.state.units.find(id)->availability->stamp.valid_at;
    force_.tell({availability}, {.node = ministry_of(id.nation().view()), .valid_at = said_at});
  }
  void lift(const Fix& fix) {
    auto caveat = (*force_.state.agreements.caveats.find(fix.subject))->statement;
    caveat.withdrawn_at = kNow;
    say(caveat.nation, caveat);
  }
  void release(const Fix& fix) {
    auto slice = force_.state.agreements.contributions.find(fix.subject)->said->statement;
    slice.state = ContributionState::released;
    say(slice.unit.nation(), slice);
  }
  /// A unit that is just what the fix asks for, of a nation without limits of its own.
  void declare(const Fix& fix) {
    const auto people = std::max(static_cast<model::Count>(fix.people), 1U);
    const auto items = items_in(fix.text);
    auto statements = ready_unit(
        "TJK:FIX", {.deployable = people, .notice_min = fix.within_h * 60U, .load_min = 0});
    auto& unit = std::get<model::UnitStatement>(statements.at(0));
    unit.element_kind = fix.element_kind;
    unit.capabilities = {{fix.tasks, fix.capability_type, {}}};
    auto& holdings = std::get<model::EquipmentStatement>(statements.at(2)).holdings;
    const auto form = holdings.at(0);
    holdings.clear();
    for (const auto& item : items) {
      holdings.push_back(form);
      holdings.back().kind = item.kind;
      holdings.back().on_hand = holdings.back().fmc = item.count;
    }
    force_.tell(statements, {.node = "TJK/mod", .valid_at = kNow});
    offer(unit_id("TJK:FIX"), fix.people, items);
  }

  Operating& force_;
  const model::RequirementLine& line_;
  int offers_ = 0;
};

model::GapsAnswer gaps_of(const State& state) {
  return gaps(state, {code("EX-2201"), {}}, officer_at(kNow)).value();
}

bool lacks_items(const model::LineGap& gap) {
  return std::any_of(gap.equipment.begin(), gap.equipment.end(),
                     [](const auto& cover) { return cover.counted < cover.needed; });
}

void expect_met(const model::LineGap& gap) {
  EXPECT_EQ(gap.lacking, 0U);
  EXPECT_FALSE(lacks_items(gap));
  EXPECT_FALSE(gap.fix);
}

/// One line of 100 people of COMBAT for T08 within 48 hours, and a unit that would be enough.
class FixTest : public ::testing::Test, protected Operating {
 protected:
  FixTest() {
    by_office({operation_of(), requirement_of({line_})});
    declare("RUS:A", 100);
  }
  void offer(model::Count people = 100, ContributionState as = ContributionState::offered) {
    promise(slice_of("RUS:A", "O-1", people, as));
  }
  /// The fix of the line: as expected, and when it is done the line is met.
  void expect_fix(FixKind kind, const std::string& text) {
    const auto gap = gaps_of(state).lines.at(0);
    ASSERT_TRUE(gap.fix);
    EXPECT_EQ(gap.fix->kind, kind) << model::to_text(gap.fix->kind);
    EXPECT_EQ(gap.fix->text, text);
    Doing(*this, line_).apply(*gap.fix);
    expect_met(gaps_of(state).lines.at(0));
  }
  model::RequirementLine line_ = line_of("L01", 100);
};

TEST_F(FixTest, ApprovesACaveat) {
  by_ministry("RUS", {caveat_of("RUS", "C-1", CaveatKind::approval_required)});
  offer();
  expect_fix(FixKind::approve_caveat,
             "the secretariat approves caveat RUS/C-1: APPROVAL_REQUIRED: 100 people of RUS:A");
}

TEST_F(FixTest, RenewsWhatIsOld) {
  tell({ready_strength("RUS:OLD", {}), tests::unit_of("RUS:OLD")},
       {.node = "RUS/mod", .valid_at = kSampleTime - 72h});
  by_ministry("RUS", {able_unit("RUS:OLD", {Task::t08}),
                      model::ReadinessStatement{.unit = unit_id("RUS:OLD")}});
  tell({ready_availability("RUS:OLD", {})}, {.node = "RUS/mod", .valid_at = kSampleTime - 72h});
  promise(slice_of("RUS:OLD", "O-2", 100, ContributionState::accepted));
  by_ministry("RUS", {tests::strength_of("RUS:A", {.deployable = 0})});
  expect_fix(FixKind::renew_report,
             "RUS:OLD renews its STRENGTH, AVAILABILITY: 100 people of RUS:OLD");
}

TEST_F(FixTest, RenewsAPledgeThatHasLapsed) {
  auto lapsed = ready_availability("RUS:A", {});
  lapsed.pledge_level = 2;
  lapsed.pledge_valid_until = kNow;
  by_ministry("RUS", {lapsed});
  offer();
  expect_fix(FixKind::renew_report, "RUS:A renews its AVAILABILITY: 100 people of RUS:A");
}

TEST_F(FixTest, AsksForAnOffer) {
  declare("BLR:B", 120);
  offer(100, ContributionState::committed);
  by_office({requirement_of({line_ = line_of("L01", 210)})});
  expect_fix(FixKind::ask_offer, "BLR:B is asked to offer 110 people, ready in 12 h");
}

TEST_F(FixTest, AsksTheSmallestThatIsEnough) {
  by_ministry("RUS", {tests::strength_of("RUS:A", {.deployable = 0})});
  declare("BLR:B", 150);
  declare("BLR:C", 110);
  declare("BLR:D", 99);
  expect_fix(FixKind::ask_offer, "BLR:C is asked to offer 100 people, ready in 12 h");
}

TEST_F(FixTest, AsksSeveralWhenNoneIsEnoughAlone) {
  by_ministry("RUS", {tests::strength_of("RUS:A", {.deployable = 0})});
  declare("BLR:B", 60);
  declare("ARM:C", 76);
  expect_fix(FixKind::ask_offer,
             "ARM:C is asked to offer 76 people, BLR:B 24, the last ready in 12 h");
}

TEST_F(FixTest, AsksOneUnitOfANationThatLimitsItself) {
  by_ministry("RUS", {tests::strength_of("RUS:A", {.deployable = 0})});
  declare("BLR:B", 60);
  declare("BLR:C", 60);
  auto cap = caveat_of("BLR", "CAP", CaveatKind::max_strength);
  cap.max_people = 70;
  by_ministry("BLR", {cap});
  expect_fix(FixKind::new_unit, gaps_of(state).lines.at(0).fix->text);
}

// Every unit has 10 trucks.
constexpr auto kTruck = model::EquipmentKind::wheeled_transport;
constexpr auto kHelicopter = model::EquipmentKind::helicopter;

TEST_F(FixTest, AsksForItemsWithThePeople) {
  by_ministry("RUS", {tests::strength_of("RUS:A", {.deployable = 0})});
  line_.equipment = {{kTruck, 8}};
  by_office({requirement_of({line_})});
  declare("BLR:B", 150);
  expect_fix(FixKind::ask_offer,
             "BLR:B is asked to offer 100 people with 8 WHEELED_TRANSPORT, ready in 12 h");
}

TEST_F(FixTest, AsksSeveralForItems) {
  by_ministry("RUS", {tests::strength_of("RUS:A", {.deployable = 0})});
  line_.equipment = {{kTruck, 15}};
  by_office({requirement_of({line_})});
  declare("BLR:B", 150);
  declare("ARM:C", 120);
  expect_fix(FixKind::ask_offer,
             "BLR:B is asked to offer 100 people with 10 WHEELED_TRANSPORT, ARM:C 5 "
             "WHEELED_TRANSPORT, the last ready in 12 h");
}

TEST_F(FixTest, AsksForItemsAlone) {
  line_.equipment = {{kTruck, 9}};
  by_office({requirement_of({line_})});
  auto slice = slice_of("RUS:A", "O-1", 100, ContributionState::offered);
  slice.equipment = {{kTruck, 4}};
  promise(slice);
  expect_fix(FixKind::ask_offer, "RUS:A is asked to offer 5 WHEELED_TRANSPORT, ready in 12 h");
}

TEST_F(FixTest, AsksForNoItemThatIsPromised) {
  line_.equipment = {{kTruck, 9}};
  by_office({requirement_of({line_})});
  offer();
  auto elsewhere = slice_of("RUS:A", "E-1", 0, ContributionState::accepted);
  elsewhere.operation = code("EX-2202");
  elsewhere.equipment = {{kTruck, 2}};
  promise(elsewhere);
  declare("BLR:B", 40);
  expect_fix(FixKind::ask_offer, "BLR:B is asked to offer 9 WHEELED_TRANSPORT, ready in 12 h");
}

TEST_F(FixTest, WantsAUnitThatBringsItems) {
  line_.equipment = {{kHelicopter, 2}};
  by_office({requirement_of({line_})});
  offer(90);
  declare("BLR:B", 40);
  expect_fix(FixKind::new_unit,
             "one squad of COMBAT, 10 people with 2 HELICOPTER, able to T08, ready within 48 h");
}

TEST_F(FixTest, WantsAUnitForItemsAlone) {
  line_.equipment = {{kHelicopter, 2}};
  by_office({requirement_of({line_})});
  offer();
  expect_fix(FixKind::new_unit, "one unit of COMBAT, 2 HELICOPTER, able to T08, ready within 48 h");
}

TEST_F(FixTest, ChangesNothingThatLeavesItemsLacking) {
  line_.equipment = {{kTruck, 2}};
  by_office({requirement_of({line_})});
  by_ministry("RUS", {caveat_of("RUS", "C-1", CaveatKind::approval_required)});
  auto slice = slice_of("RUS:A", "O-1", 100, ContributionState::offered);
  slice.equipment = {{kTruck, 1}};
  promise(slice);
  EXPECT_EQ(gaps_of(state).lines.at(0).fix->kind, FixKind::new_unit);

  slice.equipment = {{kTruck, 2}};
  promise(slice);
  expect_fix(FixKind::approve_caveat,
             "the secretariat approves caveat RUS/C-1: APPROVAL_REQUIRED: 100 people of RUS:A");
}

TEST_F(FixTest, ShortensANotice) {
  by_ministry("RUS", {ready_availability("RUS:A", {.notice_min = 49 * 60 + 30})});
  offer();
  expect_fix(FixKind::shorten_notice,
             "RUS:A shortens its notice to move by 5 h 30 min, to 44 h: 100 people of RUS:A");
}

TEST_F(FixTest, DoesNotShortenWhatIsNotNotice) {
  by_ministry("RUS", {ready_availability("RUS:A", {.notice_min = 60, .load_min = 49 * 60})});
  offer();
  expect_fix(FixKind::new_unit,
             "one company of COMBAT, 100 people, able to T08, ready within 48 h");
}

TEST_F(FixTest, LiftsACaveat) {
  by_ministry("RUS", {caveat_of("RUS", "C-1", CaveatKind::period)});
  offer();
  expect_fix(FixKind::lift_caveat, "RUS withdraws caveat RUS/C-1: PERIOD: 100 people of RUS:A");
}

TEST_F(FixTest, LiftsTheGreatestStrengthOfANation) {
  auto caveat = caveat_of("RUS", "C-1", CaveatKind::max_strength);
  caveat.max_people = 30;
  by_ministry("RUS", {caveat});
  offer();
  expect_fix(FixKind::lift_caveat,
             "RUS raises or withdraws caveat RUS/C-1: MAX_STRENGTH: 70 people of RUS:A");
}

TEST_F(FixTest, LiftsTheGreatestStrengthOfAUnit) {
  auto caveat = caveat_of("RUS", "C-1", CaveatKind::max_strength);
  caveat.unit = unit_id("RUS:A");
  caveat.max_people = 0;
  by_ministry("RUS", {caveat});
  offer();
  expect_fix(FixKind::lift_caveat,
             "RUS raises or withdraws caveat RUS/C-1: MAX_STRENGTH: 100 people of RUS:A");
}

TEST_F(FixTest, ChangesOneCaveatForAllUnitsOfANation) {
  declare("RUS:B", 50);
  by_office({requirement_of({line_ = line_of("L01", 150)})});
  by_ministry("RUS", {caveat_of("RUS", "C-1", CaveatKind::approval_required)});
  offer();
  promise(slice_of("RUS:B", "O-2", 50, ContributionState::offered));
  expect_fix(FixKind::approve_caveat,
             "the secretariat approves caveat RUS/C-1: APPROVAL_REQUIRED: 150 people of 2 units");
}

TEST_F(FixTest, ReleasesPeopleElsewhere) {
  auto slice = slice_of("RUS:A", "E-1", 40, ContributionState::in_place);
  slice.operation = code("EX-2202");
  promise(slice);
  offer();
  expect_fix(FixKind::release, "RUS releases RUS/E-1 from EX-2202: 40 people of RUS:A");
}

TEST_F(FixTest, NamesNothingForAUnitThatTwoThingsHoldBack) {
  by_ministry("RUS", {caveat_of("RUS", "C-1", CaveatKind::approval_required),
                      caveat_of("RUS", "C-2", CaveatKind::approval_required)});
  offer();
  EXPECT_EQ(gaps_of(state).lines.at(0).fix->kind, FixKind::new_unit);

  auto withdrawn = caveat_of("RUS", "C-1", CaveatKind::approval_required);
  withdrawn.withdrawn_at = kNow;
  by_ministry("RUS", {withdrawn, ready_availability("RUS:A", {.notice_min = 50 * 60})});
  EXPECT_EQ(gaps_of(state).lines.at(0).fix->kind, FixKind::new_unit);
}

TEST_F(FixTest, WantsNoOfferWhenAPackageAsks) {
  by_ministry("RUS", {caveat_of("RUS", "C-1", CaveatKind::approval_required)});
  declare("BLR:B", 60);
  const auto moment = officer_at(kNow);
  const auto needed = demanded(state, moment.viewer, code("EX-2201"), {}).value();
  const LineDemand demand(state, moment, needed, line_, model::Freshness::ageing);

  const auto fixes = possible_fixes(state, moment, demand,
                                    [](const auto&) { return Claims{.taken = 30, .room = 50}; });

  ASSERT_THAT(fixes, SizeIs(1));  // BLR:B fits as it is.
  EXPECT_EQ(fixes[0].unit, unit_id("RUS:A"));
  EXPECT_EQ(fixes[0].people, 50U);
}

TEST(NewUnit, IsCalledByItsSize) {
  const auto text = [](std::uint64_t people) { return new_unit(line_of("L01", 1), people).text; };
  const std::pair<std::uint64_t, const char*> sizes[] = {
      {1, "one squad of COMBAT, 1 person,"},
      {12, "one squad of COMBAT, 12 people,"},
      {13, "one platoon of"},
      {50, "one platoon of"},
      {51, "one company of"},
      {150, "one company of"},
      {151, "one battalion of"},
      {800, "one battalion of"},
      {801, "one regiment of COMBAT, 801 people"}};
  for (const auto& [people, words] : sizes) {
    EXPECT_THAT(text(people), HasSubstr(words));
  }
}

TEST(NewUnit, IsWhatTheLineAsksFor) {
  auto line = line_of("L05", 30);
  line.tasks = {Task::t06, Task::t11};
  line.element_kind = model::ElementKind::combat_support;
  line.needed_within_h = 72;
  EXPECT_EQ(new_unit(line, 30).text,
            "one platoon of COMBAT_SUPPORT, 30 people, able to T06, T11, ready within 72 h");

  line.capability_type = 2;
  const auto fix = new_unit(line, 30);
  EXPECT_EQ(fix.text,
            "one platoon of COMBAT_SUPPORT, 30 people, able to T06, T11 at type 2, ready within "
            "72 h");
  EXPECT_EQ(fix.capability_type, line.capability_type);
  EXPECT_EQ(fix.tasks, line.tasks);
  EXPECT_EQ(fix.within_h, 72);
}

// ---- any force ----------------------------------------------------------------------------------

/// A small force of four nations with promises and limits at random; the same for a seed.
class AnyForce : public Operating {
 public:
  explicit AnyForce(unsigned seed) : random_(seed) {
    auto second = line_of("L02", number(20, 200));
    second.needed_within_h = 12;
    if (by_chance(30)) {
      second.equipment = {{kTruck, number(1, 30)}};
    }
    lines = {line_of("L01", number(20, 300)), second};
    by_office({operation_of(), requirement_of(lines)});
    by_office({operation_of("EX-2202"), requirement_of(lines, "EX-2202")});
    for (const auto* of : {"RUS", "BLR", "ARM", "KGZ"}) {
      add_nation(of);
    }
  }
  std::vector<model::RequirementLine> lines;

 private:
  model::Count number(int low, int high) {
    return static_cast<model::Count>(low) +
           static_cast<model::Count>(random_() % static_cast<unsigned>(high - low + 1));
  }
  bool by_chance(unsigned percent) { return random_() % 100 < percent; }

  void add_nation(const std::string& of) {
    for (const auto* name : {":A", ":B", ":C"}) {
      add_unit(of, of + name);
    }
    if (by_chance(50)) {
      add_caveat(of, std::nullopt);
    }
  }
  void add_unit(const std::string& of, const std::string& unit) {
    const auto age = by_chance(25) ? 72h : by_chance(10) ? 400h : 0h;
    tell(ready_unit(unit,
                    {.deployable = number(20, 150),
                     .level = by_chance(5) ? model::Level{4} : model::Level{1},
                     .notice_min = number(0, 60 * 60),
                     .load_min = number(0, 300),
                     .people_cap = by_chance(20) ? std::optional(number(0, 100)) : std::nullopt}),
         {.node = ministry_of(of), .valid_at = kSampleTime - age});
    if (by_chance(25)) {
      add_caveat(of, unit_id(unit));
    }
    for (int i = 0; i < 3 && by_chance(70); ++i) {
      add_slice(unit, "O-" + unit.substr(4) + std::to_string(i));
    }
  }
  void add_caveat(const std::string& of, const std::optional<model::UnitId>& unit) {
    const auto name = "C-" + (unit ? std::string(unit->code()) : "NATION");
    const std::array kinds = {CaveatKind::approval_required, CaveatKind::period,
                              CaveatKind::max_strength, CaveatKind::max_strength};
    auto caveat = caveat_of(of, name, kinds.at(random_() % kinds.size()));
    caveat.unit = unit;
    caveat.max_people = number(0, 150);
    by_ministry(of, {caveat});
  }
  void add_slice(const std::string& unit, const std::string& id) {
    using enum ContributionState;
    const std::array states = {offered,   offered,    acknowledged, accepted,
                               committed, in_transit, in_place,     returning};
    auto slice = slice_of(unit, id, number(0, 120), states.at(random_() % states.size()));
    slice.operation = code(by_chance(75) ? "EX-2201" : "EX-2202");
    slice.sor_line = code(by_chance(60) ? "L01" : "L02");
    slice.equipment = {{kTruck, number(0, 6)}};
    promise(slice);
  }
  std::mt19937 random_;
};

/// What must hold of the answer about any force.
void expect_sums(const model::GapsAnswer& answer, const State& state) {
  for (const auto& line : answer.lines) {
    std::uint64_t causes = 0;
    for (const auto& cause : line.causes) {
      causes += cause.people;
    }
    EXPECT_EQ(line.counted + causes, line.offered);
    EXPECT_EQ(line.lacking,
              line.line.people_min - std::min<std::uint64_t>(line.line.people_min, line.counted));
    EXPECT_EQ(line.fix.has_value(), line.lacking > 0 || lacks_items(line));
  }
  std::map<model::UnitId, std::uint64_t> counted;
  state.agreements.contributions.for_each([&](const std::string& key, const auto& known) {
    const auto& said = known.said->statement;
    const bool is_offer = said.operation == code("EX-2201") && is_live(known.state) &&
                          known.state != ContributionState::returning;
    counted[said.unit] += is_offer ? said.people.value_or(0) : 0;
    for (const auto& left_out : answer.left_out) {
      counted[said.unit] -= left_out.contribution == key ? left_out.people - left_out.counted : 0;
    }
  });
  for (const auto& [unit, people] : counted) {
    EXPECT_LE(people, state.units.find(unit)->own.deployable) << unit.view();
  }
}

TEST(AnyForce, IsMetByTheFixOfEachLine) {
  std::map<FixKind, int> kinds;
  for (unsigned seed = 1; seed <= 1'000; ++seed) {
    SCOPED_TRACE(seed);
    const AnyForce force(seed);
    const auto before = gaps_of(force.state);
    expect_sums(before, force.state);
    for (std::size_t i = 0; i < before.lines.size(); ++i) {
      const auto& gap = before.lines[i];
      if (!gap.fix) {
        continue;
      }
      ++kinds[gap.fix->kind];
      EXPECT_GE(gap.fix->people, gap.lacking);
      AnyForce after = force;
      Doing(after, force.lines[i]).apply(*gap.fix);
      const auto answer = gaps_of(after.state);
      SCOPED_TRACE(gap.fix->text);
      expect_met(answer.lines[i]);
      EXPECT_GE(answer.lines[i].counted, gap.counted + gap.fix->people) << gap.fix->text;
      expect_sums(answer, after.state);
    }
  }
  EXPECT_THAT(kinds, SizeIs(7));  // Every kind that gaps know was tried.
}

}  // namespace
}  // namespace muster::core
