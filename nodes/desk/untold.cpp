// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/untold.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "schemas/text/writer.h"

namespace muster::desk {
namespace {

using text::Json;
using text::JsonKind;

/// A value so that equal ones have equal texts, in whatever order lists and members stand.
std::string sorted_text(const Json& value) {
  if (value.items.empty()) {
    return text::print_json(value, -1);
  }
  std::vector<std::string> parts;
  for (const auto& item : value.items) {
    parts.push_back(item.key + "=" + sorted_text(item));
  }
  std::sort(parts.begin(), parts.end());
  std::string all;
  for (const auto& part : parts) {
    all += "{" + part + "}";
  }
  return all;
}

/// Which fields of a statement differ.
void add_differences(const Json& before, const Json& after, const std::string& path,
                     std::set<std::string>& fields) {
  // What these say is made anew with every report.
  constexpr std::array<std::string_view, 3> kMadeAnew{"unit", "version", "base_version"};
  std::set<std::string> names;
  for (const auto* side : {&before, &after}) {
    for (const auto& member : side->items) {
      names.insert(member.key);
    }
  }
  for (const auto& name : names) {
    const auto* was = before.find(name);
    const auto* is = after.find(name);
    const auto field = path + "." + name;
    if (std::find(kMadeAnew.begin(), kMadeAnew.end(), name) != kMadeAnew.end()) {
      continue;
    }
    if (was != nullptr && is != nullptr && was->kind == JsonKind::object) {
      add_differences(*was, *is, field, fields);
    } else if (was == nullptr || is == nullptr || sorted_text(*was) != sorted_text(*is)) {
      fields.insert(field);
    }
  }
}

using Words = std::map<std::pair<model::UnitId, model::StatementKind>, const model::Statement*>;

Words words_of(const Draft& draft) {
  Words words;
  for (const auto& report : draft.reports) {
    for (const auto& statement : report.statements) {
      if (const auto* unit = model::unit_of(statement)) {
        words.emplace(std::pair(*unit, model::kind_of(statement)), &statement);
      }
    }
  }
  return words;
}

}  // namespace

std::vector<Untold> untold(const std::vector<TemplateRow>& rows, const Draft& draft) {
  const auto words = words_of(draft);
  std::vector<Untold> all;
  for (const auto& row : rows) {
    std::set<std::string> fields;
    const auto compare = [&](const model::Statement& statement) {
      const auto said = words.find({row.unit.unit, model::kind_of(statement)});
      if (said != words.end()) {
        add_differences(text::write_value(statement), text::write_value(*said->second),
                        text::type_of(model::kind_of(statement)), fields);
      }
    };
    compare(row.unit);
    for (const auto& statement : row.statements) {
      if (model::kind_of(statement) != model::StatementKind::unit) {
        compare(statement);
      }
    }
    for (const auto& field : fields) {
      all.push_back({.unit = row.unit.unit, .field = field});
    }
  }
  return all;
}

}  // namespace muster::desk
