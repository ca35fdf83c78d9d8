// SPDX-License-Identifier: Apache-2.0
#include "tests/property/history_oracle.h"

#include <algorithm>
#include <optional>

#include "broker/core/force_views.h"
#include "broker/core/views.h"
#include "tests/support/sample_reports.h"

namespace muster::tests {
namespace {

/// A statement of the list.
struct Entry {
  const SentReport* sent;
  const model::Statement* statement;
};

/// The thing that a statement is about: of two about the same, one may take the place of the other.
std::string subject_of(const model::Statement& statement) {
  const auto kind = model::to_text(model::kind_of(statement));
  if (const auto* caveat = std::get_if<model::CaveatStatement>(&statement)) {
    return kind + " " + caveat->nation.str() + "/" + caveat->caveat_id.str();
  }
  return kind + " " + model::unit_of(statement)->str();
}

std::vector<Entry> entries_of(const std::vector<SentReport>& reports) {
  std::vector<Entry> entries;
  for (const auto& sent : reports) {
    for (const auto& statement : sent.report.statements) {
      if (sent.accepted) {
        entries.push_back({&sent, &statement});
      }
    }
  }
  return entries;
}

/// The later of `entries` that stands in the place of `entry`: one that corrects its report, or a
/// report that stands in the same place. Nothing before `known_at` knew of it otherwise.
const Entry* replacement_of(const Entry& entry, const std::vector<Entry>& entries,
                            model::UtcTime known_at) {
  // Everything that is, step by step, a correction of a correction of this very report, or a
  // second correction of what this one corrects.
  const auto root_of = [&](const Entry& from) {
    auto root = from.sent->id;
    auto corrects = from.sent->report.corrects;
    while (corrects) {
      root = *corrects;
      const auto before = std::find_if(entries.begin(), entries.end(), [&](const Entry& each) {
        return each.sent->id == root && subject_of(*each.statement) == subject_of(*from.statement);
      });
      corrects = before == entries.end() ? std::nullopt : before->sent->report.corrects;
    }
    return root;
  };
  for (const auto& other : entries) {
    const bool is_later = other.sent->ledger_seq > entry.sent->ledger_seq;
    if (is_later && other.sent->received_at <= known_at && other.sent->report.corrects &&
        subject_of(*other.statement) == subject_of(*entry.statement) &&
        root_of(other) == root_of(entry)) {
      return &other;
    }
  }
  return nullptr;
}

bool is_known_and_true(const Entry& entry, const model::Bitime& at) {
  return entry.sent->received_at <= at.known_at && entry.sent->report.valid_at <= at.valid_at;
}

bool counts_before(const Entry& a, const Entry& b) {
  return std::pair(a.sent->report.valid_at, a.sent->ledger_seq) <
         std::pair(b.sent->report.valid_at, b.sent->ledger_seq);
}

/// A FULL roster and the DELTAs that lead from it to `last`, first to last.
std::vector<Entry> roster_chain(const Entry& last, const std::vector<Entry>& standing) {
  std::vector<Entry> chain{last};
  while (true) {
    const auto& first = std::get<model::RosterStatement>(*chain.front().statement);
    if (first.form == model::RosterForm::full) {
      return chain;
    }
    std::optional<Entry> base;
    for (const auto& entry : standing) {
      const auto* roster = std::get_if<model::RosterStatement>(entry.statement);
      if (roster != nullptr && roster->unit == first.unit &&
          roster->version == first.base_version && counts_before(entry, chain.front()) &&
          (!base || counts_before(*base, entry))) {
        base = entry;
      }
    }
    if (!base) {
      return chain;
    }
    chain.insert(chain.begin(), *base);
  }
}

/// A unit is there once somebody has declared it; a caveat needs no unit.
bool is_declared(const Entry& entry, const std::vector<Entry>& standing) {
  return std::holds_alternative<model::CaveatStatement>(*entry.statement) ||
         std::any_of(standing.begin(), standing.end(), [&](const Entry& other) {
           const auto* declared = std::get_if<model::UnitStatement>(other.statement);
           return declared != nullptr && declared->unit == *model::unit_of(*entry.statement);
         });
}

core::Said said_by(const Entry& entry) {
  return {.statement = *entry.statement,
          .stamp = {.report = entry.sent->id,
                    .valid_at = entry.sent->report.valid_at,
                    .issued_at = entry.sent->received_at,
                    .received_at = entry.sent->received_at,
                    .ledger_seq = entry.sent->ledger_seq}};
}

core::Moment moment_of(const model::Bitime& at) {
  return {.viewer = {node_id("SEC/hq"), {model::Role::officer}},
          .now = at.valid_at,
          .known_at = at.known_at};
}

/// Asks the view of a question.
struct Ask {
  const core::State& state;
  core::Moment moment;
  using Body = std::optional<model::AnswerBody>;

  template <typename Answer>
  static Body body(std::optional<Answer> answer) {
    return answer ? Body(*std::move(answer)) : Body();
  }
  Body operator()(const model::StrengthQuery& q) const { return core::strength(state, q, moment); }
  Body operator()(const model::TreeQuery& q) const { return body(core::tree(state, q, moment)); }
  Body operator()(const model::UnitQuery& q) const { return body(core::unit(state, q, moment)); }
  Body operator()(const model::ReadyQuery& q) const { return core::ready(state, q, moment); }
  Body operator()(const model::BuildupQuery& q) const { return core::buildup(state, q, moment); }
  Body operator()(const model::RosterQuery& q) const {
    return body(core::roster(state, q, moment));
  }
  Body operator()(const model::StaleQuery& q) const { return core::stale(state, q, moment); }
  Body operator()(const model::CaveatsQuery& q) const { return core::caveats(state, q, moment); }
  Body operator()(const model::OverridesQuery& q) const {
    return core::overrides(state, q, moment);
  }
  template <typename Other>
  Body operator()(const Other&) const {
    return {};
  }
};

std::vector<model::Nation> nations_of(const model::Query& query) {
  if (const auto* tree = std::get_if<model::TreeQuery>(&query)) {
    return {tree->nation};
  }
  if (std::holds_alternative<model::UnitQuery>(query) ||
      std::holds_alternative<model::RosterQuery>(query)) {
    return {nation("KAZ")};
  }
  return {};
}

}  // namespace

core::State HistoryOracle::state_at(const model::RegistryStatement& genesis,
                                    const model::Bitime& at) const {
  core::State state;
  core::evolve(state, core::StatementTaken{.said = {.statement = genesis}});
  const auto all = entries_of(reports_);
  std::vector<Entry> standing;
  for (const auto& entry : all) {
    if (is_known_and_true(entry, at) && replacement_of(entry, all, at.known_at) == nullptr) {
      standing.push_back(entry);
    }
  }
  std::vector<Entry> counting;
  for (const auto& entry : standing) {
    if (!is_declared(entry, standing)) {
      continue;
    }
    const bool is_last = std::none_of(standing.begin(), standing.end(), [&](const Entry& other) {
      return subject_of(*other.statement) == subject_of(*entry.statement) &&
             counts_before(entry, other);
    });
    if (is_last && std::holds_alternative<model::RosterStatement>(*entry.statement)) {
      const auto chain = roster_chain(entry, standing);
      counting.insert(counting.end(), chain.begin(), chain.end());
    } else if (is_last) {
      counting.push_back(entry);
    }
  }
  std::stable_sort(counting.begin(), counting.end(), [](const Entry& a, const Entry& b) {
    return a.sent->ledger_seq < b.sent->ledger_seq;
  });
  for (const auto& entry : counting) {
    core::evolve(state, core::StatementTaken{.said = said_by(entry)});
  }
  for (const auto& sent : reports_) {
    state.ledger_seq = sent.received_at <= at.known_at ? sent.ledger_seq : state.ledger_seq;
  }
  // Levels and ages as of the moment itself, and not as of when the last report came.
  core::derive_all(state, at.valid_at);
  return state;
}

model::Result<model::Answer> HistoryOracle::answer(const model::RegistryStatement& genesis,
                                                   const model::Query& query,
                                                   const model::Bitime& at) const {
  const auto state = state_at(genesis, at);
  const auto moment = moment_of(at);
  auto body = std::visit(Ask{state, moment}, query);
  if (!body) {
    return model::fail(model::ErrorCode::not_found, "NOT_FOUND");
  }
  return model::Answer{core::header_of(state, moment, nations_of(query)), *std::move(body)};
}

model::DiffAnswer HistoryOracle::diff(const model::RegistryStatement& genesis,
                                      const model::Bitime& from, const model::Bitime& to) const {
  return core::diff(state_at(genesis, from), state_at(genesis, to), {.from = from, .to = to},
                    moment_of(to));
}

std::vector<std::string> HistoryOracle::history(const model::UnitId& unit) const {
  const auto all = entries_of(reports_);
  std::vector<std::string> told;
  for (const auto& entry : all) {
    const auto* about = model::unit_of(*entry.statement);
    if (about == nullptr || *about != unit ||
        std::holds_alternative<model::CaveatStatement>(*entry.statement)) {
      continue;
    }
    auto line = entry.sent->id.str() + " " + model::to_text(model::kind_of(*entry.statement));
    if (const auto* by = replacement_of(entry, all, model::UtcTime::max())) {
      line += " corrected by " + by->sent->id.str();
    }
    told.push_back(line);
  }
  return told;
}

}  // namespace muster::tests
