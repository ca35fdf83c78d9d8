// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/answer_sheet.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <variant>

#include "nodes/secretariat/force_sheets.h"
#include "nodes/secretariat/operation_sheets.h"
#include "nodes/secretariat/statement_words.h"
#include "nodes/secretariat/words.h"
#include "schemas/model/bytes.h"

namespace muster::secretariat {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// ---- combined strength --------------------------------------------------------------------------

std::string title_of(model::Dimension dimension) { return spaced(model::to_text(dimension)); }

Cell key_cell(model::Dimension dimension, const std::string& key) {
  const bool is_level = dimension == model::Dimension::level && key.size() == 1 && key[0] >= '1' &&
                        key[0] <= '0' + model::kNotMeasured;
  return is_level ? level_cell(static_cast<model::Level>(key[0] - '0')) : cell(key);
}

void add_figures(Row& row, const model::Figures& figures) {
  row.cells.push_back(cell(std::uint64_t{figures.units}));
  for (const auto count : {figures.authorised, figures.assigned, figures.on_strength,
                           figures.present, figures.deployable}) {
    row.cells.push_back(cell(count));
  }
}

Row strength_row(const std::vector<model::Dimension>& group_by, const model::StrengthRow& from) {
  Row row;
  for (std::size_t i = 0; i < group_by.size(); ++i) {
    row.cells.push_back(key_cell(group_by[i], i < from.key.size() ? from.key[i] : ""));
  }
  add_figures(row, from.figures);
  row.cells.push_back(time_cell(from.oldest_valid_at));
  return row;
}

/// The word TOTAL stands where the first key stands in a row.
Row total_row(const model::StrengthAnswer& answer) {
  auto row = strength_row(answer.group_by, answer.total);
  for (std::size_t i = 0; i < answer.group_by.size(); ++i) {
    row.cells[i] = {.value = i == 0 ? "TOTAL" : "", .shown = i == 0 ? "TOTAL" : ""};
  }
  return row;
}

using secretariat::sheet;  // Those of the other files, which the ones here would hide.

Sheet sheet(const model::StrengthAnswer& answer) {
  Sheet made;
  for (const auto dimension : answer.group_by) {
    made.columns.push_back({lower(model::to_text(dimension)), title_of(dimension)});
  }
  made.columns.insert(made.columns.end(), {{"units", "UNITS", true},
                                           {"authorised", "AUTHORISED", true},
                                           {"assigned", "ASSIGNED", true, Seen::wide},
                                           {"on_strength", "ON STRENGTH", true},
                                           {"present", "PRESENT", true},
                                           {"deployable", "DEPLOYABLE", true},
                                           {"oldest_valid_at", "OLDEST WORD", false, Seen::wide}});
  for (const auto& row : answer.rows) {
    made.rows.push_back(strength_row(answer.group_by, row));
  }
  if (answer.group_by.empty()) {
    made.rows.push_back(total_row(answer));
  } else {
    made.total = total_row(answer);
  }
  return made;
}

// ---- tree ---------------------------------------------------------------------------------------

/// A level says little when its word is old; a column that says FRESH throughout says nothing.
Seen seen_freshness(const model::TreeAnswer& answer) {
  const bool all_fresh = std::all_of(
      answer.nodes.begin(), answer.nodes.end(),
      [](const model::TreeNode& node) { return node.freshness == model::Freshness::fresh; });
  return all_fresh ? Seen::wide : Seen::always;
}

/// The default table fits a screen of 100 columns, with the names of the exercise.
std::vector<Column> tree_columns(Seen freshness) {
  return {{"unit", "UNIT"},
          {"parent", "PARENT", false, Seen::csv_only},
          {"depth", "DEPTH", true, Seen::csv_only},
          {"name", "NAME"},
          {"component", "COMPONENT", false, Seen::wide},
          {"element_kind", "KIND", false, Seen::wide},
          {"echelon", "ECHELON", false, Seen::wide},
          {"level", "LEVEL"},
          {"freshness", "FRESHNESS", false, freshness},
          {"own_authorised", "OWN AUTHORISED", true, Seen::wide},
          {"own_present", "OWN PRESENT", true, Seen::wide},
          {"own_deployable", "OWN DEPLOYABLE", true, Seen::wide},
          {"units", "UNITS", true},
          {"authorised", "AUTHORISED", true, Seen::wide},
          {"assigned", "ASSIGNED", true, Seen::wide},
          {"on_strength", "ON STRENGTH", true, Seen::wide},
          {"present", "PRESENT", true},
          {"deployable", "DEPLOYABLE", true},
          {"valid_at", "VALID AT", false, Seen::wide},
          {"computed_p", "P", true, Seen::wide},
          {"computed_s", "S", true, Seen::wide},
          {"computed_r", "R", true, Seen::wide},
          {"computed_t", "T", true, Seen::wide},
          {"on_hand", "ON HAND", true, Seen::wide},
          {"fmc", "FMC", true, Seen::wide},
          {"critical_shortfall", "CRITICAL LACK", true, Seen::wide}};
}

Row tree_row(const model::TreeNode& node) {
  Row row{.cells = {cell(std::string(node.unit.view())), cell(std::string(node.parent.view())),
                    cell(std::uint64_t{node.depth}), cell(node.name),
                    cell(model::to_text(node.component)), cell(model::to_text(node.element_kind)),
                    cell(model::to_text(node.echelon)), level_cell(node.level),
                    freshness_cell(node.freshness), cell(node.own.authorised),
                    cell(node.own.present), cell(node.own.deployable)},
          .parent = {}};
  add_figures(row, node.rolled_up);
  row.cells.push_back(time_cell(node.valid_at));
  for (const auto level : {node.computed.p, node.computed.s, node.computed.r, node.computed.t}) {
    row.cells.push_back(cell(std::uint64_t{level}));
  }
  row.cells.insert(row.cells.end(), {cell(node.on_hand), cell(node.fmc),
                                     cell(std::uint64_t{node.critical_shortfall})});
  return row;
}

Sheet sheet(const model::TreeAnswer& answer) {
  Sheet made{
      .columns = tree_columns(seen_freshness(answer)), .rows = {}, .total = {}, .is_tree = true};
  std::map<std::string, std::size_t, std::less<>> places;
  for (const auto& node : answer.nodes) {
    auto row = tree_row(node);
    // A parent that this reader may not see is not in the answer: the unit is then drawn as a root.
    if (const auto parent = places.find(node.parent.view()); parent != places.end()) {
      row.parent = parent->second;
    }
    places.emplace(node.unit.view(), made.rows.size());
    made.rows.push_back(std::move(row));
  }
  return made;
}

// ---- unit ---------------------------------------------------------------------------------------

Cell says_cell(const model::Statement& statement) {
  auto made = cell(says(statement));
  made.brief = says_briefly(statement);
  return made;
}

Sheet sheet(const model::UnitAnswer& answer) {
  Sheet made;
  made.columns = {{"statement", "STATEMENT"},
                  {"says", "SAYS"},
                  {"valid_at", "VALID AT"},
                  {"freshness", "FRESHNESS"},
                  {"report", "REPORT"},
                  {"ledger_seq", "LEDGER", true, Seen::wide},
                  {"issued_at", "ISSUED AT", false, Seen::wide},
                  {"received_at", "RECEIVED AT", false, Seen::wide}};
  for (std::size_t i = 0; i < answer.statements.size(); ++i) {
    const auto stamp = i < answer.stamps.size() ? answer.stamps[i] : model::StatementStamp{};
    made.rows.push_back({.cells = {cell(model::to_text(model::kind_of(answer.statements[i]))),
                                   says_cell(answer.statements[i]), time_cell(stamp.valid_at),
                                   freshness_cell(stamp.freshness), cell(stamp.report.str()),
                                   cell(stamp.ledger_seq), time_cell(stamp.issued_at),
                                   time_cell(stamp.received_at)},
                         .parent = {}});
  }
  return made;
}

// ---- server -------------------------------------------------------------------------------------

Sheet sheet(const model::ServerInfoAnswer& answer) {
  Sheet made;
  made.columns = {{"node", "NODE"},
                  {"head_seq", "HEAD SEQ", true},
                  {"accepted", "ACCEPTED", true},
                  {"refused", "REFUSED", true},
                  {"last_received_at", "LAST RECEIVED"},
                  {"head_hash", "HEAD HASH", false, Seen::wide}};
  for (const auto& node : answer.nodes) {
    made.rows.push_back(
        {.cells = {cell(std::string(node.node.view())), cell(node.head_seq), cell(node.accepted),
                   cell(node.refused), time_cell(node.last_received_at),
                   cell(model::to_hex(node.head_hash))},
         .parent = {}});
  }
  return made;
}

// ---- ledger -------------------------------------------------------------------------------------

std::string first_finding(const model::ReportVerdict& verdict) {
  return verdict.findings.empty() ? std::string() : model::describe(verdict.findings.front());
}

Row ledger_row(const model::LedgerRow& record, const model::LedgerReport& report) {
  return {.cells = {cell(record.ledger_seq), time_cell(record.received_at),
                    cell(model::ReportId{record.node, report.seq}.str()),
                    cell(model::to_text(report.kind)), time_cell(report.valid_at),
                    cell(std::uint64_t{report.statements}), verdict_cell(report.verdict.verdict),
                    cell(report.verdict.findings.size()), cell(first_finding(report.verdict)),
                    time_cell(record.issued_at), cell(std::uint64_t{record.envelope_bytes}),
                    cell(model::to_hex(record.chain_hash))},
          .parent = {}};
}

Sheet sheet(const model::LedgerTailAnswer& answer) {
  Sheet made;
  made.columns = {{"ledger_seq", "LEDGER", true},
                  {"received_at", "RECEIVED AT"},
                  {"report", "REPORT"},
                  {"kind", "KIND"},
                  {"valid_at", "VALID AT"},
                  {"statements", "STATEMENTS", true},
                  {"verdict", "VERDICT"},
                  {"findings", "FINDINGS", true},
                  {"first_finding", "FIRST FINDING", false, Seen::wide},
                  {"issued_at", "ISSUED AT", false, Seen::wide},
                  {"envelope_bytes", "BYTES", true, Seen::wide},
                  {"chain_hash", "CHAIN HASH", false, Seen::wide}};
  for (const auto& record : answer.records) {
    for (const auto& report : record.reports) {
      made.rows.push_back(ledger_row(record, report));
    }
  }
  return made;
}

/// Which answers are drawn, and which count from the moment of the answer, is known here alone.
struct SheetMaker {
  const model::AnswerHeader& header;
  const Layout& layout;

  template <typename Body>
  Sheet operator()(const Body& body) const {
    return sheet(body);
  }
  Sheet operator()(const model::BuildupAnswer& body) const { return buildup_sheet(body, layout); }
  Sheet operator()(const model::MatrixAnswer& body) const {
    return layout.is_picture ? matrix_grid(body) : sheet(body);
  }
  Sheet operator()(const model::StaleAnswer& body) const {
    return stale_sheet(body, header.valid_at);
  }
  Sheet operator()(const model::OperationsAnswer& body) const {
    return operations_sheet(body, layout);
  }
  Sheet operator()(const model::OperationAnswer& body) const {
    return operation_sheet(body, layout);
  }
  Sheet operator()(const model::GapsAnswer& body) const { return gaps_sheet(body, layout); }
  Sheet operator()(const model::AssembleAnswer& body) const { return package_sheet(body, layout); }
  Sheet operator()(const model::OperationBuildupAnswer& body) const {
    return deployment_sheet(body, layout);
  }
};

using secretariat::annexes;

std::vector<Annex> annexes(const model::ReadyAnswer& answer, const Layout& /*layout*/) {
  if (answer.left_out.empty()) {
    return {};
  }
  return {{.title = "Left out:", .sheet = left_out_sheet(answer)}};
}

/// Most answers are one table.
struct AnnexMaker {
  const Layout& layout;

  template <typename Body>
  std::vector<Annex> operator()(const Body& body) const {
    if constexpr (requires { annexes(body, layout); }) {
      return annexes(body, layout);
    } else {
      return {};
    }
  }
};

}  // namespace

Sheet sheet_of(const model::Answer& answer, const Layout& layout) {
  return std::visit(SheetMaker{answer.header, layout}, answer.body);
}

std::vector<Annex> annexes_of(const model::Answer& answer, const Layout& layout) {
  return std::visit(AnnexMaker{layout}, answer.body);
}

}  // namespace muster::secretariat
