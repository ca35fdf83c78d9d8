// SPDX-License-Identifier: Apache-2.0
// What the kinds of answer are made of. Not for other folders.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "schemas/model/query.h"
#include "schemas/text/writer.h"

namespace muster::text {

/// What differs between the kinds: their name, the members between header and rows, the rows, the
/// total, and a second list behind them.
struct Parts {
  std::string_view kind;
  Json before = json_object();
  std::vector<Json> rows = {};
  std::optional<Json> total = {};
  std::string_view second_name = {};  ///< Of `second`; empty when there is no second list.
  std::vector<Json> second = {};
};

/// A member that is there only when the value is.
template <typename Value>
void add_if(Json& object, std::string_view name, const std::optional<Value>& value) {
  if (value) {
    object.add(name, write_value(*value));
  }
}
/// A text, key or list that is there only when it is not empty.
template <typename Value>
void add_if_any(Json& object, std::string_view name, const Value& value) {
  if (!value.empty()) {
    object.add(name, write_value(value));
  }
}
/// The name of a report, where there is one.
inline void add_report(Json& object, const model::ReportId& report) {
  if (!report.node.empty()) {
    object.add("report", write_value(report));
  }
}

void add_figures(Json& object, const model::Figures& figures);
Json write_figures(const model::Figures& figures);
Json write_levels(const model::Levels& levels);
Json write_tree_head(const model::TreeHead& head);
Json write_findings(const std::vector<model::Finding>& findings);

Parts parts_of(const model::ReadyAnswer& answer);
Parts parts_of(const model::BuildupAnswer& answer);
Parts parts_of(const model::MatrixAnswer& answer);
Parts parts_of(const model::RosterAnswer& answer);
Parts parts_of(const model::HistoryAnswer& answer);
Parts parts_of(const model::DiffAnswer& answer);
Parts parts_of(const model::StaleAnswer& answer);
Parts parts_of(const model::CaveatsAnswer& answer);
Parts parts_of(const model::OverridesAnswer& answer);
Parts parts_of(const model::LedgerProofAnswer& answer);

}  // namespace muster::text
