// SPDX-License-Identifier: Apache-2.0
// What operations there are, and all that is known of one.
#include "nodes/secretariat/operation_sheets.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

constexpr std::size_t kNameMin = 12;    // Characters of a name in a table of 100 columns.
constexpr std::size_t kWhatMax = 46;    // Characters of what a decision decides.
constexpr std::size_t kFigureMax = 28;  // Characters of what a published figure is called.
constexpr std::size_t kScreen = 100;

/// Accepted or later, and not over.
std::uint64_t promised(const model::PromisedPeople& people) {
  return people.accepted + people.committed + people.in_transit + people.in_place +
         people.returning;
}

template <typename Number>
Cell cell_if(const std::optional<Number>& number) {
  return number ? cell(std::uint64_t{*number}) : cell(std::string());
}

Cell nation_cell(const std::optional<model::Nation>& nation) {
  return cell(nation ? std::string(nation->view()) : std::string());
}

// ---- list ---------------------------------------------------------------------------------------

std::vector<Column> list_columns() {
  return {{"operation", "OPERATION"},
          {"name", "NAME"},
          {"host", "HOST"},
          {"state", "STATE"},
          {"authorised_strength", "AUTHORISED", true},
          {"requirement_version", "VERSION", true, Seen::wide},
          {"required", "REQUIRED", true},
          {"nations", "NATIONS", true, Seen::wide},
          {"offered", "OFFERED", true},
          {"promised", "PROMISED", true, Seen::table_only},
          {"accepted", "ACCEPTED", true, Seen::wide},
          {"committed", "COMMITTED", true, Seen::wide},
          {"in_transit", "IN TRANSIT", true, Seen::wide},
          {"in_place", "IN PLACE", true},
          {"returning", "RETURNING", true, Seen::wide},
          {"released", "RELEASED", true, Seen::wide}};
}

Row list_row(const model::OperationRow& from) {
  const auto& people = from.people;
  return {
      .cells = {cell(std::string(from.operation.view())), cell(from.name), nation_cell(from.host),
                code_cell(model::to_text(from.state)), cell_if(from.authorised_strength),
                cell_if(from.requirement_version), cell(from.required),
                cell(std::uint64_t{from.nations}), cell(people.offered), cell(promised(people)),
                cell(people.accepted), cell(people.committed), cell(people.in_transit),
                cell(people.in_place), cell(people.returning), cell(people.released)},
      .parent = {}};
}

/// Names take what the other columns leave of a screen of 100 columns.
void shorten_names(Sheet& sheet) {
  constexpr std::size_t kName = 1;
  for (auto& row : sheet.rows) {
    row.cells[kName].brief = row.cells[kName].value.substr(0, 1);
  }
  const auto taken = width_of(sheet) - std::string_view("NAME").size();
  const auto room = kScreen > taken + kNameMin ? kScreen - taken : kNameMin;
  for (auto& row : sheet.rows) {
    row.cells[kName].brief = shortened(row.cells[kName].shown, room);
  }
}

// ---- show ---------------------------------------------------------------------------------------

std::vector<Column> nation_columns() {
  return {{"nation", "NATION"},
          {"units", "UNITS", true},
          {"offered", "OFFERED", true},
          {"accepted", "ACCEPTED", true},
          {"committed", "COMMITTED", true},
          {"in_transit", "MOVING", true},
          {"in_place", "IN PLACE", true},
          {"returning", "RETURNING", true},
          {"released", "RELEASED", true, Seen::wide},
          {"equipment", "EQUIPMENT", false, Seen::wide},
          {"committed_in_all", "IN ALL", true, Seen::wide},
          {"deployable", "DEPLOYABLE", true, Seen::wide},
          {"depletion_permille", "DEPLETION", true}};
}

Row nation_row(const model::OperationNation& from) {
  const auto& people = from.people;
  return {.cells = {cell(std::string(from.nation.view())), cell(std::uint64_t{from.units}),
                    cell(people.offered), cell(people.accepted), cell(people.committed),
                    cell(people.in_transit), cell(people.in_place), cell(people.returning),
                    cell(people.released), code_cell(equipment_words(from.equipment)),
                    cell(from.committed), cell(from.deployable),
                    permille_cell(from.depletion_permille)},
          .parent = {}};
}

/// Equipment is not summed here: its kinds are not one figure. Neither is depletion, which is each
/// nation's own.
Row nations_total(const model::OperationAnswer& answer) {
  model::OperationNation sum;
  for (const auto& nation : answer.nations) {
    sum.units += nation.units;
    sum.people += nation.people;
    sum.committed += nation.committed;
    sum.deployable += nation.deployable;
  }
  auto row = nation_row(sum);
  row.cells.front() = cell("TOTAL");
  row.cells.back() = {.value = {}, .shown = {}};
  return row;
}

template <typename Said>
const Said* find_statement(const model::OperationAnswer& answer) {
  for (const auto& statement : answer.statements) {
    if (const auto* said = std::get_if<Said>(&statement)) {
      return said;
    }
  }
  return nullptr;
}

/// What a decision decides: "REQUESTED → CONSULTATION", "KAZ/OFFER-1 → ACCEPTED", "2500".
std::string what_words(const model::DecisionStatement& said) {
  std::string words = said.contribution_id;
  const auto add = [&](const std::string& text) { words += (words.empty() ? "" : " ") + text; };
  if (said.to_state) {
    add((said.from_state ? spaced(model::to_text(*said.from_state)) + " → " : "→ ") +
        spaced(model::to_text(*said.to_state)));
  }
  if (said.contribution_to) {
    add("→ " + spaced(model::to_text(*said.contribution_to)));
  }
  if (said.value) {
    add(std::to_string(*said.value));
  }
  return words.empty() ? said.reference : words;
}

/// Decisions that a picture shows as one: offers that one body answers alike at one moment.
bool are_alike(const model::DecisionStatement& a, const model::DecisionStatement& b) {
  return a.kind == model::DecisionKind::offer_response && a.kind == b.kind && a.body == b.body &&
         a.decided_at == b.decided_at && a.contribution_to == b.contribution_to;
}

struct Decisions {
  const model::DecisionStatement* first = nullptr;
  model::StatementStamp stamp;  ///< Of the first.
  std::size_t count = 0;
};

std::vector<Decisions> decisions_of(const model::OperationAnswer& answer, bool are_folded) {
  std::vector<Decisions> made;
  for (std::size_t i = 0; i < answer.statements.size(); ++i) {
    const auto* said = std::get_if<model::DecisionStatement>(&answer.statements[i]);
    if (said == nullptr) {
      continue;
    }
    if (are_folded && !made.empty() && are_alike(*made.back().first, *said)) {
      ++made.back().count;
    } else {
      made.push_back(
          {said, i < answer.stamps.size() ? answer.stamps[i] : model::StatementStamp{}, 1});
    }
  }
  return made;
}

Row decision_row(const Decisions& from) {
  const auto& said = *from.first;
  auto what = cell(what_words(said));
  if (from.count > 1) {
    what = cell(fmt::format(
        "{} offers → {}", from.count,
        said.contribution_to ? spaced(model::to_text(*said.contribution_to)) : std::string("?")));
  }
  what.brief = shortened(what.shown, kWhatMax);
  return {.cells = {time_cell(said.decided_at), code_cell(model::to_text(said.body)),
                    code_cell(model::to_text(said.kind)), std::move(what),
                    cell(std::string(said.decision_id.view())), cell(said.reference),
                    report_cell(from.stamp.report)},
          .parent = {}};
}

Sheet decisions_sheet(const model::OperationAnswer& answer, const Layout& layout) {
  Sheet made;
  made.columns = {{"decided_at", "WHEN"},
                  {"body", "BODY"},
                  {"kind", "DECISION"},
                  {"what", "WHAT"},
                  {"decision_id", "ID", false, Seen::wide},
                  {"reference", "REFERENCE", false, Seen::wide},
                  {"report", "REPORT", false, Seen::wide}};
  for (const auto& decisions : decisions_of(answer, layout.is_picture)) {
    made.rows.push_back(decision_row(decisions));
  }
  return made;
}

Tone tone_of(model::Reconciliation verdict) {
  switch (verdict) {
    case model::Reconciliation::consistent:
      return Tone::good;
    case model::Reconciliation::contradicts:
      return Tone::bad;
    case model::Reconciliation::not_comparable:
      return Tone::plain;
  }
  return Tone::plain;
}

/// "-9.7 %": the tenths are exact.
Cell share_cell(std::optional<std::int64_t> permille) {
  if (!permille) {
    return cell(std::string());
  }
  const auto tenths = static_cast<double>(*permille) / 10;
  return {.value = std::to_string(*permille),
          .shown = *permille == 0 ? "0.0 %" : fmt::format("{:+.1f} %", tenths)};
}

Row figure_row(const model::FigureCheck& from) {
  const auto& published = from.published;
  auto figure = cell(published.figure);
  figure.brief = shortened(figure.shown, kFigureMax);
  auto verdict = code_cell(model::to_text(from.verdict));
  verdict.tone = tone_of(from.verdict);
  const bool is_compared = from.computed.has_value();  // Else nothing could differ.
  return {
      .cells = {std::move(figure),
                cell(fmt::format("{} {}", model::to_text(published.comparator), published.value)),
                day_cell(published.as_of), cell_if(from.computed),
                is_compared ? change_cell(from.difference) : cell(std::string()),
                share_cell(from.permille), std::move(verdict), cell(published.source)},
      .parent = {}};
}

Sheet figures_sheet(const model::OperationAnswer& answer) {
  Sheet made;
  made.columns = {{"figure", "FIGURE"},
                  {"published", "PUBLISHED"},
                  {"as_of", "AS OF"},
                  {"computed", "COMPUTED", true},
                  {"difference", "DIFFERENCE", true},
                  {"permille", "SHARE", true, Seen::wide},
                  {"verdict", "VERDICT"},
                  {"source", "SOURCE", false, Seen::wide}};
  for (const auto& figure : answer.figures) {
    made.rows.push_back(figure_row(figure));
  }
  return made;
}

// ---- facts of one -------------------------------------------------------------------------------

std::string join_texts(const std::vector<std::string>& texts) {
  std::string joined;
  for (const auto& text : texts) {
    joined += joined.empty() ? "" : "; ";
    joined += text;
  }
  return joined;
}

/// "EX-2201 · Steppe (fictional) · host KAZ · T08 T05 T03".
std::string name_words(const model::OperationAnswer& answer,
                       const model::OperationStatement* said) {
  std::string text(answer.operation.view());
  if (said == nullptr) {
    return text;
  }
  text += said->name.empty() ? "" : " · " + said->name;
  text += said->host ? fmt::format(" · host {}{}", said->host->view(),
                                   said->host_may_contribute ? ", which may contribute" : "")
                     : "";
  return text + (said->tasks.empty() ? "" : " · " + join(said->tasks));
}

std::string strength_words(const model::OperationAnswer& answer,
                           const model::OperationStatement* said) {
  auto text = answer.authorised_strength ? fmt::format("Authorised {}", *answer.authorised_strength)
                                         : std::string("No strength authorised");
  if (const auto* requirement = find_statement<model::RequirementStatement>(answer)) {
    std::uint64_t people = 0;
    for (const auto& line : requirement->lines) {
      people += line.people_min;
    }
    text += fmt::format(" · requirement version {}: {}, {} people", requirement->version,
                        counted(requirement->lines.size(), "line"), people);
  } else {
    text += " · no requirement";
  }
  text += " · commander " + (answer.commander.empty() ? "not appointed" : answer.commander);
  if (said != nullptr && said->planned_end) {
    text += " · planned end " + whole_minutes(*said->planned_end);
  }
  return text;
}

/// What it rests on, where anything was said.
std::string basis_words(const model::OperationStatement* said) {
  if (said == nullptr || (said->legal_basis.empty() && said->mandate_refs.empty())) {
    return {};
  }
  std::string text =
      said->legal_basis.empty() ? "" : "Legal basis: " + join_texts(said->legal_basis);
  if (!said->mandate_refs.empty()) {
    text += (text.empty() ? "Mandate: " : " · mandate: ") + join_texts(said->mandate_refs);
  }
  return text + "\n";
}

}  // namespace

Sheet operations_sheet(const model::OperationsAnswer& answer, const Layout& layout) {
  Sheet made;
  made.columns = list_columns();
  for (const auto& row : answer.rows) {
    made.rows.push_back(list_row(row));
  }
  if (layout.is_picture) {
    shorten_names(made);
  }
  return made;
}

Sheet operation_sheet(const model::OperationAnswer& answer, const Layout& layout) {
  Sheet made;
  made.columns = nation_columns();
  made.when_empty = "Nobody has offered anything yet.";
  std::vector<Depletion> depletion;
  for (const auto& nation : answer.nations) {
    made.rows.push_back(nation_row(nation));
    depletion.push_back({nation.committed, nation.deployable});
  }
  if (!made.rows.empty()) {
    made.total = nations_total(answer);
  }
  if (layout.is_picture) {
    add_depletion_bars(made, layout.columns, depletion);
  }
  return made;
}

std::vector<Annex> annexes(const model::OperationAnswer& answer, const Layout& layout) {
  std::vector<Annex> made;
  if (auto decisions = decisions_sheet(answer, layout); !decisions.rows.empty()) {
    made.push_back({.title = "Decisions:", .sheet = std::move(decisions)});
  }
  if (!answer.figures.empty()) {
    made.push_back({.title = "Published figures:", .sheet = figures_sheet(answer)});
  }
  return made;
}

std::string facts(const model::OperationsAnswer& answer) {
  return fmt::format("{}; PROMISED is accepted or later, and not over\n",
                     counted(answer.rows.size(), "operation"));
}

std::string facts(const model::OperationAnswer& answer) {
  const auto* said = find_statement<model::OperationStatement>(answer);
  return fmt::format("{}\n{} · next: {}\n{}\n{}", name_words(answer, said),
                     spaced(model::to_text(answer.state)),
                     answer.next_states.empty() ? "nothing, it is over" : answer.next_states,
                     strength_words(answer, said), basis_words(said));
}

}  // namespace muster::secretariat
