// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <variant>

#include "nodes/secretariat/answer_sheet.h"
#include "nodes/secretariat/force_sheets.h"
#include "nodes/secretariat/operation_sheets.h"
#include "nodes/secretariat/words.h"
#include "schemas/model/bytes.h"

namespace muster::secretariat {
namespace {

constexpr std::string_view kExerciseNotice = "EXERCISE - FICTIONAL DATA";
constexpr std::size_t kRootBytesShown = 8;

std::string level_text(model::Level level) { return level_cell(level).shown; }

/// The balance is told when it is not 0: then people are counted twice or not at all.
std::string facts(const model::StrengthAnswer& answer) {
  std::string text;
  if (answer.basis == model::StrengthBasis::place) {
    text += "By the place where people serve: the strength is ON STRENGTH\n";
  }
  if (answer.attachment_balance != 0) {
    text += fmt::format("Attachment balance {:+}: {}\n", answer.attachment_balance,
                        answer.attachment_balance > 0
                            ? "more people are attached in than nations detached out"
                            : "more people are detached out than units report attached in");
  }
  return text;
}

/// " · 1st Company", when the unit has said its name.
std::string named(const model::UnitAnswer& answer) {
  for (const auto& statement : answer.statements) {
    const auto* unit = std::get_if<model::UnitStatement>(&statement);
    if (unit != nullptr && !unit->name.empty()) {
      return " · " + unit->name;
    }
  }
  return {};
}

std::string facts(const model::UnitAnswer& answer) {
  const auto& computed = answer.computed;
  auto text = fmt::format("{}{} · reported by {} · {}\n", answer.unit.view(), named(answer),
                          answer.node.view(), model::to_text(answer.freshness));
  text += fmt::format("Level {} · computed {} (P {}, S {}, R {}, T {}{})",
                      level_text(answer.effective), level_text(computed.overall),
                      level_text(computed.p), level_text(computed.s), level_text(computed.r),
                      level_text(computed.t), computed.partial ? "; partial" : "");
  if (answer.reported_overall) {
    text += fmt::format(" · reported {}", level_text(*answer.reported_overall));
  }
  return text + "\n";
}

std::string facts(const model::ServerInfoAnswer& answer) {
  const auto root = model::to_hex(model::ByteView(answer.tree_head.root).first(kRootBytesShown));
  return fmt::format(
      "{} · started {} · server time {} · {}\n"
      "Tree head: {} · root {}… · signed {}\n",
      answer.software, whole_seconds(answer.started_at), whole_seconds(answer.server_time),
      counted(answer.units, "unit"), counted(answer.tree_head.size, "record"), root,
      whole_seconds(answer.tree_head.at));
}

std::string facts(const model::LedgerTailAnswer& answer) {
  return fmt::format("{} of a ledger that ends at {}\n", counted(answer.records.size(), "record"),
                     answer.last_ledger_seq);
}

std::string facts(const model::TreeAnswer&) { return {}; }

}  // namespace

std::string header_line(const model::AnswerHeader& header, const model::Standpoint& standpoint) {
  const auto reporting = header.nations_reporting.size();
  auto text = "As of " + whole_seconds(header.valid_at);
  if (standpoint.as_of || standpoint.known_at ||
      whole_seconds(header.known_at) != whole_seconds(header.valid_at)) {
    text += ", as known " + whole_seconds(header.known_at);
  }
  text += fmt::format(" · ledger {} · {} of {} nations reporting", header.ledger_seq, reporting,
                      reporting + header.nations_missing.size());
  if (header.realm != model::Realm::live) {
    text += fmt::format(" · {}", kExerciseNotice);
  }
  return text + "\n";
}

std::string facts_of(const model::Answer& answer) {
  return std::visit([](const auto& body) { return facts(body); }, answer.body);
}

std::string caution_line(const model::AnswerHeader& header) {
  std::string text;
  if (!header.nations_missing.empty()) {
    text += fmt::format("Missing: {}.", join(header.nations_missing));
  }
  if (!header.nations_stale.empty()) {
    text += fmt::format("{}Stale: {}.", text.empty() ? "" : " ", join(header.nations_stale));
  }
  if (header.stale_strength > 0) {
    text += fmt::format("{}{} deployable people rest on stale reports.", text.empty() ? "" : " ",
                        header.stale_strength);
  }
  if (header.is_withheld) {
    text += fmt::format("{}Only what is released to you is counted: more may have been reported.",
                        text.empty() ? "" : "\n");
  }
  return text.empty() ? text : text + "\n";
}

}  // namespace muster::secretariat
