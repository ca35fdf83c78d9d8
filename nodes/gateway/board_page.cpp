// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/board_page.h"

#include "schemas/text/json_tree.h"

namespace muster::gateway {

using text::json_object;
using text::json_string;

std::string board_page(const BoardFacts& facts) {
  auto marking = json_object();
  marking.add("text", json_string(facts.marking));
  auto nations = text::json_array();
  for (const auto& nation : facts.nations) {
    auto names = json_object();
    names.add("en", json_string(nation.en)).add("ru", json_string(nation.ru));
    auto row = json_object();
    row.add("code", json_string(nation.code.view())).add("names", std::move(names));
    nations.items.push_back(std::move(row));
  }
  auto languages = text::json_array();
  languages.items = {json_string("en"), json_string("ru")};
  auto identity = json_object();
  identity.add("node", json_string(facts.node));

  const auto& standing = facts.standing;
  auto page = json_object();
  page.add("version", json_string(facts.version));
  page.add("realm",
           standing.realm ? json_string(model::to_text(*standing.realm)) : text::json_null());
  page.add("marking", std::move(marking));
  page.add("nations", std::move(nations));
  page.add("languages", std::move(languages));
  page.add("identity", std::move(identity));
  page.add("is_live", text::json_bool(standing.is_live));
  page.add("since", json_string(model::format_time(standing.since)));
  if (!standing.is_live) {
    page.add("problem", json_string(standing.problem));
  }
  return text::print_json(page, -1) + "\n";
}

}  // namespace muster::gateway
