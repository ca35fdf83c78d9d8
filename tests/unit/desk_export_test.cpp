// SPDX-License-Identifier: Apache-2.0
// What is exported and imported again is the same, whatever the units are; and what somebody
// changed in between wins.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/unit/desk_orbat_fixture.h"

namespace muster::desk {
namespace {

using namespace fixture;
using ::testing::HasSubstr;

constexpr std::uint64_t kSeed = 20261122;
constexpr std::size_t kUnits = 200;

ExportHeader header() {
  return {.nation = *model::Nation::parse("KAZ"),
          .nation_name = "Kazakhstan",
          .valid_at = at("2026-11-01T06:00:00.25Z"),
          .marking = "UNCLASSIFIED - EXERCISE - FICTIONAL DATA"};
}

/// Units of all sorts from a seed.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  std::vector<model::UnitStatement> units(std::size_t count) {
    std::vector<model::UnitStatement> units;
    for (std::size_t i = 0; i < count; ++i) {
      units.push_back(unit(i, units));
    }
    std::shuffle(units.begin(), units.end(), random_);
    return units;
  }

 private:
  bool maybe() { return random_() % 2 == 0; }
  std::size_t below(std::size_t bound) { return random_() % bound; }

  template <typename Code>
  Code any_of() {
    const auto names = model::code_names(Code{});
    return names[below(names.size())].value;
  }
  template <typename Code>
  std::optional<Code> some() {
    return maybe() ? std::optional(any_of<Code>()) : std::nullopt;
  }
  model::UtcTime moment() {
    return header().valid_at + std::chrono::microseconds(below(1'000'000'000'000));
  }
  model::Place place() {
    return {.lat = static_cast<double>(below(180'000'001)) / 1e6 - 90.0,
            .lon = static_cast<double>(below(360'000'001)) / 1e6 - 180.0 + 1e-9};
  }

  std::string text() {
    static const std::vector<std::string> parts{
        "Рота",           "ё",  "\"quoted\"", "<b>&amp;", "]]>", "'",          "Ә-Қ",
        "10th",           "\\", "{}",         "–",        "a b", "<!-- x -->", "\U0001F30D",
        "tab\tand\nline", "  ", "&#10;",      "%s"};
    std::string made;
    for (auto left = below(4); left > 0; --left) {
      made += parts[below(parts.size())] + (maybe() ? " " : "");
    }
    return made;
  }

  std::string symbol() {
    static const std::vector<std::string> digits{"",
                                                 "10031000151211000000",
                                                 "10031002181211040000",
                                                 "10033000001205000000",
                                                 "100310001512110000001234567890",
                                                 "10041500311401000000",
                                                 "10031099009999990000"};
    return digits[below(digits.size())];
  }

  model::Capability capability() {
    model::Capability capability;
    for (auto left = below(3); left > 0; --left) {
      capability.tasks.push_back(any_of<model::Task>());
    }
    if (maybe()) {
      capability.type = static_cast<std::uint8_t>(1 + below(4));
    }
    if (maybe()) {
      capability.metrics.push_back({.name = text(), .value = 0.1 * static_cast<double>(below(99))});
    }
    return capability;
  }

  model::UnitStatement unit(std::size_t number, const std::vector<model::UnitStatement>& earlier) {
    model::UnitStatement unit;
    unit.unit = kaz(fmt::format("EX-{}{}", number, maybe() ? ".A_B" : ""));
    if (maybe()) {
      auto& uuid = unit.uuid.emplace();
      std::generate(uuid.begin(), uuid.end(), [&] { return static_cast<std::uint8_t>(random_()); });
    }
    unit.name = number % 9 == 0 ? "" : text() + " (fictional)";
    unit.short_name = maybe() ? text() : "";
    unit.valid_from = maybe() ? std::optional(moment()) : std::nullopt;
    unit.valid_to = maybe() ? std::optional(moment()) : std::nullopt;
    unit.component = some<model::Component>();
    unit.element_kind = some<model::ElementKind>();
    unit.pools.assign(below(3), any_of<model::ForcePool>());
    unit.lifecycle = some<model::Lifecycle>();
    unit.echelon = some<model::Echelon>();
    unit.sidc = symbol();
    unit.reinforcement = some<model::Reinforcement>();
    unit.home = maybe() ? std::optional(place()) : std::nullopt;
    unit.current = maybe() ? std::optional(place()) : std::nullopt;
    add_relations(unit, earlier);
    for (auto left = below(3); left > 0; --left) {
      unit.capabilities.push_back(capability());
    }
    unit.languages.assign(below(2), "kaz");
    return unit;
  }

  /// Mostly to the newest unit, so that trees are deep; also to units that are not there.
  void add_relations(model::UnitStatement& unit, const std::vector<model::UnitStatement>& earlier) {
    if (!earlier.empty() && below(5) != 0) {
      const auto& parent = maybe() ? earlier.back() : earlier[below(earlier.size())];
      unit.relations.push_back(
          {.type = below(4) == 0 ? any_of<model::RelationType>() : model::RelationType::child_of,
           .unit = parent.unit,
           .from = maybe() ? std::optional(moment()) : std::nullopt});
    }
    if (maybe()) {
      unit.relations.push_back(
          {.type = any_of<model::RelationType>(), .unit = kaz("EX-ELSEWHERE")});
    }
    if (!earlier.empty() && maybe()) {
      unit.relations.push_back({.type = model::RelationType::opcon, .unit = earlier.front().unit});
    }
  }

  std::mt19937_64 random_;
};

std::map<std::string, model::UnitStatement> by_key(const std::vector<model::UnitStatement>& units) {
  std::map<std::string, model::UnitStatement> map;
  for (const auto& unit : units) {
    map[unit.unit.str()] = unit;
  }
  return map;
}

/// The fields that differ, for a message that helps.
std::string difference(const model::UnitStatement& was, const model::UnitStatement& is) {
  std::string fields;
  const auto compare = [&](const char* name, const auto& a, const auto& b) {
    fields += a == b ? "" : std::string(" ") + name;
  };
  compare("uuid", was.uuid, is.uuid);
  compare("name", was.name, is.name);
  compare("short_name", was.short_name, is.short_name);
  compare("echelon", was.echelon, is.echelon);
  compare("sidc", was.sidc, is.sidc);
  compare("reinforcement", was.reinforcement, is.reinforcement);
  compare("home", was.home, is.home);
  compare("current", was.current, is.current);
  compare("relations", was.relations, is.relations);
  return fields;
}

void expect_identity(const std::vector<model::UnitStatement>& units, OrbatFormat format,
                     std::uint64_t seed) {
  const auto text = export_order_of_battle(units, format, header());
  ASSERT_TRUE(text) << text.error().message;
  const auto draft = import_order_of_battle(*text, format, of_kaz());

  ASSERT_FALSE(draft.is_refused()) << draft.findings.front().done;
  EXPECT_EQ(draft.valid_at, header().valid_at);
  const auto was = by_key(units);
  const auto is = units_of(draft);
  ASSERT_EQ(is.size(), was.size()) << "seed " << seed;
  for (const auto& [key, unit] : was) {
    ASSERT_TRUE(is.contains(key)) << key << ", seed " << seed;
    EXPECT_EQ(is.at(key), unit) << key << ", seed " << seed
                                << ", differs:" << difference(unit, is.at(key));
  }
  for (const auto& finding : draft.findings) {
    EXPECT_EQ(finding.code, "NAME_DUP") << finding.where << " " << finding.value;
  }
}

class RoundTrip : public ::testing::TestWithParam<OrbatFormat> {};

TEST_P(RoundTrip, IsTheIdentityForTwoHundredUnitsOfAllSorts) {
  for (std::uint64_t seed = kSeed; seed < kSeed + 5; ++seed) {
    expect_identity(Generator(seed).units(kUnits), GetParam(), seed);
  }
}

TEST_P(RoundTrip, IsTheIdentityForACycleAndAVeryDeepChain) {
  auto units = Generator(kSeed).units(1);
  units.resize(1);
  units[0].relations = {{.unit = kaz("EX-C1")}};
  for (int i = 0; i < 70; ++i) {
    model::UnitStatement unit;
    unit.unit = kaz(fmt::format("EX-C{}", i));
    unit.name = fmt::format("Link {} (fictional)", i);
    unit.relations = {{.unit = kaz(fmt::format("EX-C{}", i + 1))}};
    units.push_back(unit);
  }
  model::UnitStatement last;
  last.unit = kaz("EX-C70");
  last.name = "Last link (fictional)";
  last.relations = {{.unit = kaz("EX-C60")}};
  units.push_back(last);

  expect_identity(units, GetParam(), kSeed);
}

TEST_P(RoundTrip, GivesTheSameTextForTheSameUnits) {
  const auto units = Generator(kSeed).units(30);

  const auto first = export_order_of_battle(units, GetParam(), header());
  const auto second = export_order_of_battle(units, GetParam(), header());

  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  EXPECT_THAT(*first,
              HasSubstr("UNCLASSIFIED - EXERCISE - FICTIONAL DATA - 30 units of Kazakhstan, "
                        "true at 2026-11-01T06:00:00.25Z. Written by Muster."));
}

TEST_P(RoundTrip, LetsAChangedNameWinAndKeepsTheRest) {
  auto units = Generator(kSeed).units(2);
  units[0].name = "Before (fictional)";
  units[1].name = "Other (fictional)";
  auto text = *export_order_of_battle(units, GetParam(), header());
  // The first is the format's own; the second stands in what is kept.
  text.replace(text.find("Before (fictional)"), 6, "Behind");

  const auto is = units_of(import_order_of_battle(text, GetParam(), of_kaz()));

  auto expected = units[0];
  expected.name = "Behind (fictional)";
  EXPECT_EQ(is.at(units[0].unit.str()), expected);
  EXPECT_EQ(is.at(units[1].unit.str()), units[1]);
}

TEST_P(RoundTrip, GivesUnitsOfAnotherNationNewKeys) {
  model::UnitStatement unit;
  unit.unit = kaz("EX-1");
  unit.name = "Company 1 (fictional)";
  auto options = of_kaz();
  options.nation = *model::Nation::parse("TJK");

  const auto draft = import_order_of_battle(*export_order_of_battle({unit}, GetParam(), header()),
                                            GetParam(), options);

  const auto is = units_of(draft);
  ASSERT_EQ(is.size(), 1U);
  EXPECT_EQ(is.begin()->first, "TJK:COMPANY-1-FICTIONAL");
  EXPECT_EQ(is.begin()->second.name, unit.name);
}

TEST_P(RoundTrip, RefusesWhatIsNoListOfOneNation) {
  model::UnitStatement own;
  own.unit = kaz("EX-1");
  model::UnitStatement foreign;
  foreign.unit = *model::UnitId::parse("RUS:EX-1");

  const auto twice = export_order_of_battle({own, own}, GetParam(), header());
  const auto mixed = export_order_of_battle({own, foreign}, GetParam(), header());

  ASSERT_FALSE(twice || mixed);
  EXPECT_EQ(twice.error().message, "unit KAZ:EX-1: is there twice, expected each once");
  EXPECT_EQ(mixed.error().message, "unit RUS:EX-1: expected units of KAZ alone");
}

INSTANTIATE_TEST_SUITE_P(Formats, RoundTrip,
                         ::testing::Values(OrbatFormat::msdl, OrbatFormat::orbat_mapper),
                         [](const auto& format) {
                           return format.param == OrbatFormat::msdl ? "Msdl" : "OrbatMapper";
                         });

TEST(Export, DoesNotWriteC2sim) {
  const auto text = export_order_of_battle({}, OrbatFormat::c2sim, header());

  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, model::ErrorCode::unsupported);
  EXPECT_EQ(text.error().message,
            "c2sim files are only read; expected the format msdl or orbat-mapper");
}

TEST(Export, NamesFormatsAsTheCommandLineDoes) {
  EXPECT_EQ(orbat_format_named("msdl"), OrbatFormat::msdl);
  EXPECT_EQ(orbat_format_named("c2sim"), OrbatFormat::c2sim);
  EXPECT_EQ(orbat_format_named("orbat-mapper"), OrbatFormat::orbat_mapper);
  EXPECT_EQ(orbat_format_named("MSDL"), std::nullopt);
  EXPECT_EQ(to_text(OrbatFormat::orbat_mapper), "orbat-mapper");
}

}  // namespace
}  // namespace muster::desk
