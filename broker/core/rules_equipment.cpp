// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "broker/core/rules_force.h"

namespace muster::core {

using model::Rule;

namespace {

void check_counts(Inquiry& inquiry, const model::Holding& holding, std::size_t index) {
  const auto check = [&](std::string_view name, std::optional<model::Count> count) {
    check_number(inquiry, path("holdings", index, name), count, 0, inquiry.limits.items_max, true);
  };
  check("authorised", holding.authorised);
  check("required", holding.required);
  check("on_hand", holding.on_hand);
  check("fmc", holding.fmc);
  check("pmc", holding.pmc);
  check("nmc", holding.nmc);
}

/// V16: what is on hand is fully, partly or not mission capable.
void check_sum(Inquiry& inquiry, const model::Holding& holding, std::size_t index) {
  if (!holding.on_hand || !holding.fmc || !holding.pmc || !holding.nmc) {
    return;
  }
  const auto sum = std::uint64_t{*holding.fmc} + *holding.pmc + *holding.nmc;
  if (sum != *holding.on_hand) {
    inquiry.refuse(Rule::v16, path("holdings", index, "on_hand"),
                   fmt::format("{}: fmc {} + pmc {} + nmc {} = {}", holding.item_code.view(),
                               *holding.fmc, *holding.pmc, *holding.nmc, sum),
                   fmt::format("on_hand {}", *holding.on_hand));
  }
}

bool is_stock_number(std::string_view nsn) {
  return nsn.size() == 13 &&
         std::all_of(nsn.begin(), nsn.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void check_equipment(Inquiry& inquiry, const model::EquipmentStatement& equipment) {
  check_owner(inquiry, equipment.unit);
  check_order(inquiry, equipment.unit, model::StatementKind::equipment);
  std::set<model::Code> items;
  for (std::size_t i = 0; i < equipment.holdings.size(); ++i) {
    const auto& holding = equipment.holdings[i];
    if (!items.insert(holding.item_code).second) {
      inquiry.refuse(Rule::v36, path("holdings", i, "item_code"),
                     holding.item_code.str() + " a second time", "each item once in a unit");
    }
    if (!holding.nsn.empty() && !is_stock_number(holding.nsn)) {
      inquiry.refuse(Rule::v10, path("holdings", i, "nsn"), holding.nsn, "13 digits");
    }
    check_code(inquiry, path("holdings", i, "kind"), holding.kind);
    check_code(inquiry, path("holdings", i, "criticality"), holding.criticality);
    check_code(inquiry, path("holdings", i, "lease"), holding.lease);
    check_counts(inquiry, holding, i);
    check_sum(inquiry, holding, i);
  }
  check_promised(inquiry, equipment);
}

}  // namespace muster::core
