// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <regex>

#include "broker/planner/assemble.h"
#include "tests/unit/core_promises_fixture.h"

/// A force that packages are made from, and fixes that are carried out as they were advised.
namespace muster::planner {

using core::Operating;
using tests::code;
using tests::kSampleTime;
using tests::unit_id;

inline core::Moment now() { return core::officer_at(kSampleTime); }

struct Planning : Operating {
  /// Of EX-2201.
  void require(std::vector<model::RequirementLine> lines) {
    by_office({core::operation_of(), core::requirement_of(std::move(lines))});
  }
  [[nodiscard]] model::Result<model::AssembleAnswer> tried(
      const model::AssembleQuery& query, const std::vector<model::Code>& also = {}) const {
    return assemble(state, query, also, now());
  }
  [[nodiscard]] model::AssembleAnswer package(const model::AssembleQuery& query,
                                              const std::vector<model::Code>& also = {}) const {
    auto answer = tried(query, also);
    EXPECT_TRUE(answer) << answer.error().message;
    return answer ? *std::move(answer) : model::AssembleAnswer{};
  }
  [[nodiscard]] model::AssembleAnswer package() const { return package(asked()); }
  [[nodiscard]] static model::AssembleQuery asked() { return {.operation = code("EX-2201")}; }

  /// Carries out the advice for a line, as those would whom it names. Returns what to ask then.
  model::AssembleQuery carry_out(const model::Fix& fix, const model::PackageLine& line,
                                 model::AssembleQuery query) {
    switch (fix.kind) {
      case model::FixKind::approve_caveat: {
        auto approval = core::decision_of("APPROVAL", model::DecisionKind::caveat_approval);
        approval.contribution_id = fix.subject;
        by_office({approval});
        break;
      }
      case model::FixKind::lift_caveat: {
        auto caveat = (*state.agreements.caveats.find(fix.subject))->statement;
        caveat.withdrawn_at = kSampleTime;
        by_ministry(caveat.nation.view(), {caveat});
        break;
      }
      case model::FixKind::renew_report:
        renew(*fix.unit);
        break;
      case model::FixKind::shorten_notice:
        be_sooner(*fix.unit, line.line.needed_within_h);
        break;
      case model::FixKind::release: {
        auto slice = state.agreements.contributions.find(fix.subject)->said->statement;
        slice.state = model::ContributionState::released;
        promise(slice);
        break;
      }
      case model::FixKind::raise_limit:
        query.max_depletion_percent = percent_in(fix.text);
        break;
      case model::FixKind::new_unit:
        add_unit(fix);
        break;
      case model::FixKind::ask_offer:
        ADD_FAILURE() << "a package asks nobody for an offer";
        break;
    }
    return query;
  }

 private:
  void renew(const model::UnitId& id) {
    const auto unit = *state.units.find(id);
    by_ministry(id.nation().view(),
                {unit.strength->statement, unit.readiness->statement, unit.equipment->statement,
                 unit.training->statement, unit.availability->statement});
  }
  void be_sooner(const model::UnitId& id, std::uint16_t within_h) {
    auto availability = state.units.find(id)->availability->statement;
    availability.notice_to_move_min = 60U * within_h - *availability.load_min;
    by_ministry(id.nation().view(), {availability});
  }
  /// "nations may commit up to 93 % of …".
  static std::uint8_t percent_in(const std::string& text) {
    return static_cast<std::uint8_t>(std::stoi(text.substr(text.find_first_of("0123456789"))));
  }
  /// "… with 3 HELICOPTER, 2 MEDICAL …".
  static std::vector<model::Holding> items_in(const std::string& text) {
    std::vector<model::Holding> holdings;
    for (const auto& [kind, name] : model::code_names(model::EquipmentKind{})) {
      std::smatch found;
      if (std::regex_search(text, found, std::regex("(\\d+) " + std::string(name) + "\\b"))) {
        const auto count = static_cast<model::Count>(std::stoul(found[1]));
        holdings.push_back({.item_code = code(name),
                            .nsn = "",
                            .kind = kind,
                            .authorised = count,
                            .required = count,
                            .on_hand = count,
                            .fmc = count,
                            .pmc = 0,
                            .nmc = 0,
                            .criticality = model::Criticality::essential});
      }
    }
    return holdings;
  }
  /// Of a nation that no limit holds. A unit that only brings items has a crew all the same.
  void add_unit(const model::Fix& fix) {
    const auto id = "TJK:NEW-" + std::to_string(++added_);
    auto statements =
        core::ready_unit(id, {.deployable = std::max(static_cast<model::Count>(fix.people), 1U),
                              .notice_min = 60U * fix.within_h,
                              .load_min = 0,
                              .tasks = fix.tasks});
    std::get<model::UnitStatement>(statements.front()).element_kind = fix.element_kind;
    by_ministry("TJK", statements);
    if (const auto items = items_in(fix.text); !items.empty()) {
      by_ministry("TJK", {model::EquipmentStatement{.unit = unit_id(id), .holdings = items}});
    }
  }
  int added_ = 0;
};

}  // namespace muster::planner
