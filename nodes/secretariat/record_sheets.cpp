// SPDX-License-Identifier: Apache-2.0
// Rosters, and what changed.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/force_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

constexpr std::size_t kBriefMax = 34;  // Characters of changes in a table of 100 columns.

/// "assigned 400 → 380", "assigned 400", "assigned 400 → nothing": what was not said before is
/// news, and what is no longer said is gone.
std::string change_words(const model::FieldChange& change) {
  if (change.before.empty()) {
    return fmt::format("{} {}", change.field, change.after);
  }
  return fmt::format("{} {} → {}", change.field, change.before,
                     change.after.empty() ? "nothing" : change.after);
}

/// The first word on something changes nothing that was said before.
bool is_first_word(const model::HistoryRow& row) {
  for (const auto& change : row.changes) {
    if (!change.before.empty()) {
      return false;
    }
  }
  return !row.changes.empty();
}

/// How soon a reader looks for a field; those beyond the list come after it, as they are.
std::size_t rank_of(std::string_view field) {
  constexpr std::array<std::string_view, 12> kFirst{"deployable",
                                                    "present",
                                                    "assigned",
                                                    "authorised",
                                                    "reported_overall",
                                                    "pledge_level",
                                                    "lifecycle",
                                                    "p",
                                                    "s",
                                                    "r",
                                                    "t",
                                                    ".state"};
  const auto found = std::find_if(kFirst.begin(), kFirst.end(), [&](std::string_view name) {
    return name.front() == '.' ? field.ends_with(name) : field == name;  // ".state": of an entry.
  });
  return static_cast<std::size_t>(found - kFirst.begin());
}

std::vector<model::FieldChange> by_weight(std::vector<model::FieldChange> changes) {
  std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
    return rank_of(a.field) < rank_of(b.field);
  });
  return changes;
}

/// As many changes as fit into `most` characters, and one at least.
std::string joined(const std::vector<model::FieldChange>& changes, std::size_t most) {
  std::string words = change_words(changes[0]);
  for (std::size_t i = 1; i < changes.size(); ++i) {
    const auto next = ", " + change_words(changes[i]);
    if (characters(words) + characters(next) > most) {
      return words + fmt::format(" and {} more", changes.size() - i);
    }
    words += next;
  }
  return words;
}

std::string changes_words(const model::HistoryRow& row, std::size_t most) {
  if (row.changes.empty()) {
    return "nothing changed";
  }
  const std::string_view lead = is_first_word(row) ? "first word: " : "";
  return fmt::format("{}{}", lead, joined(by_weight(row.changes), most - lead.size()));
}

/// "corrected by KAZ/mod#5; was: deployable 149 → 147, present 152": what the word changed, until
/// it was corrected.
std::string corrected_words(const model::HistoryRow& row) {
  const auto words = fmt::format("corrected by {}", row.corrected_by->str());
  return row.changes.empty()
             ? words
             : words + "; was: " + joined(by_weight(row.changes), std::string::npos);
}

/// "corrected by #5; was: deployable 149 → 147, …": the first of the changes alone. A node corrects
/// its own reports, whose name stands beside it.
std::string brief_corrected_words(const model::HistoryRow& row) {
  const auto& by = *row.corrected_by;
  const auto words = fmt::format(
      "corrected by {}", by.node == row.report.node ? fmt::format("#{}", by.seq) : by.str());
  if (row.changes.empty()) {
    return words;
  }
  return fmt::format("{}; was: {}{}", words, change_words(by_weight(row.changes).front()),
                     row.changes.size() > 1 ? ", …" : "");
}

/// Whatever a corrected word changed then, it no longer counts.
Cell changes_cell(const model::HistoryRow& row) {
  auto made = cell(changes_words(row, std::string::npos));
  made.brief = changes_words(row, kBriefMax);
  if (row.corrected_by) {
    made.shown = corrected_words(row);
    made.brief = brief_corrected_words(row);
    made.tone = Tone::warning;
  }
  return made;
}

std::string roster_counts(std::uint64_t people, std::uint64_t present, std::uint64_t deployable) {
  return fmt::format("{} on strength, {} present, {} deployable", people, present, deployable);
}

/// "assigned 500 → 480 (-20)".
std::string figure_words(std::string_view name, std::uint64_t before, std::uint64_t after) {
  if (before == after) {
    return fmt::format("{} {}", name, after);
  }
  return fmt::format("{} {} → {} ({:+})", name, before, after,
                     static_cast<std::int64_t>(after) - static_cast<std::int64_t>(before));
}

std::string span_words(const model::Bitime& from, const model::Bitime& to) {
  if (from.valid_at == to.valid_at) {
    return fmt::format("What was learned of {} between {} and {}", whole_seconds(from.valid_at),
                       whole_seconds(from.known_at), whole_seconds(to.known_at));
  }
  auto text = fmt::format("What changed between {} and {}", whole_seconds(from.valid_at),
                          whole_seconds(to.valid_at));
  if (from.known_at == to.known_at) {
    text += ", as known " + whole_seconds(to.known_at);
  } else if (from.known_at != from.valid_at || to.known_at != to.valid_at) {
    text += fmt::format(", as known {} and {}", whole_seconds(from.known_at),
                        whole_seconds(to.known_at));
  }
  return text;
}

}  // namespace

Sheet sheet(const model::RosterAnswer& answer) {
  Sheet made;
  made.columns = {{"dimension", "BY"},
                  {"key", "KEY"},
                  {"people", "PEOPLE", true},
                  {"present", "PRESENT", true},
                  {"deployable", "DEPLOYABLE", true}};
  const model::RosterRow* before = nullptr;
  for (const auto& row : answer.rows) {
    auto dimension = code_cell(model::to_text(row.dimension));
    if (before != nullptr && before->dimension == row.dimension) {
      dimension.shown.clear();
    }
    made.rows.push_back(
        {.cells = {std::move(dimension), cell(row.key), cell(std::uint64_t{row.people}),
                   cell(std::uint64_t{row.present}), cell(std::uint64_t{row.deployable})},
         .parent = {}});
    before = &row;
  }
  return made;
}

Sheet sheet(const model::HistoryAnswer& answer) {
  Sheet made;
  made.columns = {{"valid_at", "VALID AT"},
                  {"received_at", "RECEIVED AT"},
                  {"kind", "STATEMENT"},
                  {"report", "REPORT"},
                  {"report_kind", "REPORT KIND", false, Seen::wide},
                  {"changes", "CHANGED"},
                  {"corrected_by", "CORRECTED BY", false, Seen::csv_only},
                  {"issued_at", "ISSUED AT", false, Seen::wide},
                  {"ledger_seq", "LEDGER", true, Seen::wide}};
  for (const auto& row : answer.rows) {
    made.rows.push_back({.cells = {time_cell(row.valid_at), time_cell(row.received_at),
                                   cell(model::to_text(row.kind)), report_cell(row.report),
                                   cell(model::to_text(row.report_kind)), changes_cell(row),
                                   report_cell(row.corrected_by.value_or(model::ReportId{})),
                                   time_cell(row.issued_at), cell(row.ledger_seq)},
                         .parent = {}});
  }
  return made;
}

Sheet sheet(const model::DiffAnswer& answer) {
  Sheet made;
  made.columns = {{"unit", "UNIT"},
                  {"kind", "STATEMENT"},
                  {"field", "FIELD"},
                  {"before", "BEFORE", true},
                  {"arrow", "", false, Seen::table_only},
                  {"after", "AFTER"},
                  {"report", "REPORT"},
                  {"valid_at", "VALID AT", false, Seen::wide},
                  {"received_at", "RECEIVED AT", false, Seen::wide}};
  for (const auto& row : answer.rows) {
    made.rows.push_back(
        {.cells = {cell(std::string(row.unit.view())), cell(model::to_text(row.kind)),
                   cell(row.change.field), cell(row.change.before), cell("→"),
                   cell(row.change.after), report_cell(row.report), time_cell(row.valid_at),
                   time_cell(row.received_at)},
         .parent = {}});
  }
  return made;
}

std::string facts(const model::RosterAnswer& answer) {
  auto text =
      fmt::format("{} · {} with a roster", answer.unit.view(), counted(answer.units, "unit"));
  text += answer.version ? fmt::format(" · version {}", *answer.version) : "";
  text += answer.valid_at ? " · valid " + whole_seconds(*answer.valid_at) : "";
  text += "\nRoster: " + roster_counts(answer.people, answer.present, answer.deployable) + "\n";
  if (!answer.strength) {
    return text + "Strength: none to compare with\n";
  }
  const auto& strength = *answer.strength;
  const bool agrees = strength.on_strength == answer.people && strength.present == answer.present &&
                      strength.deployable == answer.deployable;
  return text +
         fmt::format("Strength: {} - {}\n",
                     roster_counts(strength.on_strength, strength.present, strength.deployable),
                     agrees ? "the same" : "differs from the roster");
}

std::string facts(const model::HistoryAnswer& answer) {
  return fmt::format("{} · {}, in the order of the ledger\n", answer.unit.view(),
                     counted(answer.rows.size(), "statement"));
}

std::string facts(const model::DiffAnswer& answer) {
  return fmt::format("{}\n{}\n", span_words(answer.from, answer.to),
                     figures_words(answer.before, answer.after));
}

std::string figures_words(const model::Figures& before, const model::Figures& after) {
  return fmt::format("{} · {} · {} · {}", figure_words("units", before.units, after.units),
                     figure_words("assigned", before.assigned, after.assigned),
                     figure_words("present", before.present, after.present),
                     figure_words("deployable", before.deployable, after.deployable));
}

}  // namespace muster::secretariat
