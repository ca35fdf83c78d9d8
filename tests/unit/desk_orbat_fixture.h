// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "nodes/desk/interchange.h"

/// Small orders of battle of other systems, all of them fictional, and what is asked of a draft.
namespace muster::desk::fixture {

using Counts = std::map<std::string, std::uint32_t>;

inline ImportOptions of_kaz(std::vector<std::string> sides = {}) {
  return {.nation = *model::Nation::parse("KAZ"), .sides = std::move(sides)};
}

inline model::UnitId kaz(const std::string& code) { return *model::UnitId::parse("KAZ:" + code); }

inline model::UtcTime at(const char* text) { return *model::parse_time(text); }

template <typename Statement>
std::vector<Statement> all_of(const model::Report& report) {
  std::vector<Statement> found;
  for (const auto& statement : report.statements) {
    if (const auto* const one = std::get_if<Statement>(&statement)) {
      found.push_back(*one);
    }
  }
  return found;
}

/// Units of all reports of the newest moment, by code; later ones win.
inline std::map<std::string, model::UnitStatement> units_of(const ImportDraft& draft) {
  std::map<std::string, model::UnitStatement> units;
  for (const auto& report : draft.reports) {
    for (auto& unit : all_of<model::UnitStatement>(report)) {
      units[unit.unit.str()] = unit;
    }
  }
  return units;
}

inline std::vector<ImportFinding> findings_of(const ImportDraft& draft, const std::string& code) {
  std::vector<ImportFinding> found;
  std::copy_if(draft.findings.begin(), draft.findings.end(), std::back_inserter(found),
               [&](const ImportFinding& one) { return one.code == code; });
  return found;
}

inline const std::string kOwnSide = "11111111-0000-4000-8000-000000000001";
inline const std::string kOtherSide = "11111111-0000-4000-8000-000000000002";
inline const std::string kFirst = "22222222-0000-4000-8000-000000000001";
inline const std::string kSecond = "22222222-0000-4000-8000-000000000002";
inline const std::string kThird = "22222222-0000-4000-8000-000000000003";

/// A scenario of two sides, hostile to each other; `rest` stands behind <Units>.
inline std::string msdl(const std::string& units, const std::string& rest = "",
                        const std::string& time = "2026-11-01T06:00:00Z") {
  return "<?xml version=\"1.0\"?>\n"
         "<MilitaryScenario xmlns=\"urn:sisostds:scenario:military:data:draft:msdl:1\">\n"
         "<Environment><ScenarioTime>" +
         time +
         "</ScenarioTime></Environment>\n"
         "<ForceSides>"
         "<ForceSide><ObjectHandle>" +
         kOwnSide +
         "</ObjectHandle>"
         "<ForceSideName>Blue (fictional)</ForceSideName><Associations><Association>"
         "<AffiliateHandle>" +
         kOtherSide +
         "</AffiliateHandle><Relationship>HO</Relationship>"
         "</Association></Associations></ForceSide>"
         "<ForceSide><ObjectHandle>" +
         kOtherSide +
         "</ObjectHandle>"
         "<ForceSideName>Red (fictional)</ForceSideName></ForceSide>"
         "</ForceSides>\n"
         "<Organizations>\n<Units>\n" +
         units + "</Units>\n" + rest + "</Organizations>\n</MilitaryScenario>\n";
}

struct MsdlUnit {
  std::string handle, name;
  std::string superior = {};  ///< Empty: of `side`.
  std::string side = kOwnSide;
  std::string sidc = "SFGPUCI----E---";
  std::string modifiers = {};  ///< Inside UnitSymbolModifiers.
  std::string location = {};   ///< Inside Disposition/Location.
  std::string relation = "ORGANIC";
  std::string more = {};
};

/// One line of text.
inline std::string xml(const MsdlUnit& unit) {
  const auto relation =
      unit.superior.empty()
          ? "<ForceRelationChoice>FORCE_SIDE</ForceRelationChoice><ForceRelationData>"
            "<ForceSideHandle>" +
                unit.side + "</ForceSideHandle></ForceRelationData>"
          : "<ForceRelationChoice>UNIT</ForceRelationChoice><ForceRelationData><CommandRelation>"
            "<CommandingSuperiorHandle>" +
                unit.superior +
                "</CommandingSuperiorHandle>"
                "<CommandRelationshipType>" +
                unit.relation +
                "</CommandRelationshipType>"
                "</CommandRelation></ForceRelationData>";
  return "<Unit><ObjectHandle>" + unit.handle + "</ObjectHandle><SymbolIdentifier>" + unit.sidc +
         "</SymbolIdentifier><Name>" + unit.name + "</Name><UnitSymbolModifiers>" + unit.modifiers +
         "</UnitSymbolModifiers>" +
         (unit.location.empty()
              ? ""
              : "<Disposition><Location>" + unit.location + "</Location></Disposition>") +
         "<Relations><ForceRelation>" + relation + "</ForceRelation></Relations>" + unit.more +
         "</Unit>\n";
}

/// A scenario of one side with one group; `units` are the objects of its subUnits.
inline std::string orbat_mapper(const std::string& units,
                                const std::string& start = "\"2026-11-01T06:00:00Z\"") {
  return "{\"id\":\"ex\",\"type\":\"ORBAT-mapper\",\"version\":\"3.3.0\",\"startTime\":" + start +
         ",\"sides\":[{\"id\":\"side-1\",\"name\":\"Blue (fictional)\",\"standardIdentity\":\"3\","
         "\"groups\":[{\"id\":\"group-1\",\"name\":\"Group\",\"subUnits\":[" +
         units + "]}]}]}";
}

}  // namespace muster::desk::fixture
