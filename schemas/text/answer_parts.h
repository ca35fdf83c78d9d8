// SPDX-License-Identifier: Apache-2.0
// What the kinds of answer are made of. Not for other folders.
#pragma once

#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "schemas/model/query.h"
#include "schemas/text/writer.h"

namespace muster::text {

/// A list that stands behind the rows.
struct FurtherList {
  std::string_view name;
  std::vector<Json> items = {};
};

/// What differs between the kinds: their name, the members between header and rows, the rows, the
/// total, and the lists behind them.
struct Parts {
  std::string_view kind;
  Json before = json_object();
  std::vector<Json> rows = {};
  std::optional<Json> total = {};
  std::vector<FurtherList> further = {};
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
/// What `write(entry)` gives for each entry of a list.
template <typename Row>
std::vector<Json> write_rows(const std::vector<Row>& rows,
                             Json (*write)(const std::type_identity_t<Row>&)) {
  std::vector<Json> written;
  written.reserve(rows.size());
  for (const auto& row : rows) {
    written.push_back(write(row));
  }
  return written;
}
/// The same as one list inside an object.
template <typename Row>
Json write_row_list(const std::vector<Row>& rows, Json (*write)(const std::type_identity_t<Row>&)) {
  auto list = json_array();
  list.items = write_rows(rows, write);
  return list;
}
/// The name of a report, where there is one.
inline void add_report(Json& object, const model::ReportId& report) {
  if (!report.node.empty()) {
    object.add("report", write_value(report));
  }
}

Json write_header(const model::AnswerHeader& header);
void add_figures(Json& object, const model::Figures& figures);
Json write_figures(const model::Figures& figures);
Json write_levels(const model::Levels& levels);
Json write_tree_head(const model::TreeHead& head);
Json write_findings(const std::vector<model::Finding>& findings);
Json write_people(const model::Assurance& people);
Json write_left_out(const model::LeftOut& row);
/// The statements of an answer as rows, each with its stamp.
std::vector<Json> write_statements(const std::vector<model::Statement>& statements,
                                   const std::vector<model::StatementStamp>& stamps);

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
Parts parts_of(const model::OperationsAnswer& answer);
Parts parts_of(const model::OperationAnswer& answer);
Parts parts_of(const model::GapsAnswer& answer);
Parts parts_of(const model::AssembleAnswer& answer);
Parts parts_of(const model::CommitmentsAnswer& answer);
Parts parts_of(const model::OperationBuildupAnswer& answer);
Parts parts_of(const model::StandbyAnswer& answer);
Parts parts_of(const model::RemainingAnswer& answer);
Parts parts_of(const model::SustainmentAnswer& answer);
Parts parts_of(const model::WithdrawalAnswer& answer);
Parts parts_of(const model::DryRunAnswer& answer);

}  // namespace muster::text
