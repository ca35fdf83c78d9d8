// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/statement_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

/// Collects "name value" for what was said.
class Gist {
 public:
  template <typename Value>
  Gist& add(std::string_view name, const std::optional<Value>& value) {
    return value ? append(fmt::format("{} {}", name, *value)) : *this;
  }
  Gist& append(std::string_view text) {
    if (!text.empty()) {
      text_ += text_.empty() ? "" : ", ";
      text_ += text;
    }
    return *this;
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

template <typename E>
std::optional<std::string> name(const std::optional<E>& value) {
  return value ? std::optional(model::to_text(*value)) : std::nullopt;
}

/// Absent until somebody says a number.
void add_to(std::optional<std::uint64_t>& sum, const std::optional<model::Count>& count) {
  if (count) {
    sum = sum.value_or(0) + *count;
  }
}

std::string what_it_is(const model::UnitStatement& s) {
  return Gist()
      .append(name(s.component).value_or(""))
      .append(name(s.element_kind).value_or(""))
      .append(name(s.echelon).value_or(""))
      .append(name(s.lifecycle).value_or(""))
      .take();
}

std::string gist(const model::UnitStatement& s) {
  return Gist().append(s.name).append(what_it_is(s)).take();
}

std::string gist(const model::StrengthStatement& s) {
  return Gist()
      .add("authorised", s.authorised)
      .add("assigned", s.assigned)
      .add("attached in", s.attached_in)
      .add("detached out", s.detached_out)
      .add("present", s.present)
      .add("deployable", s.deployable)
      .take();
}

std::string gist(const model::EquipmentStatement& s) {
  std::optional<std::uint64_t> required;
  std::optional<std::uint64_t> on_hand;
  std::optional<std::uint64_t> fmc;
  for (const auto& holding : s.holdings) {
    add_to(required, holding.required);
    add_to(on_hand, holding.on_hand);
    add_to(fmc, holding.fmc);
  }
  const auto sums = Gist().add("required", required).add("on hand", on_hand).add("fmc", fmc).take();
  return counted(s.holdings.size(), "holding") + (sums.empty() ? "" : ": " + sums);
}

std::string gist(const model::ReadinessStatement& s) {
  return Gist()
      .add("P", s.p)
      .add("S", s.s)
      .add("R", s.r)
      .add("T", s.t)
      .add("overall", s.reported_overall)
      .add("status", name(s.operational_status))
      .take();
}

std::string gist(const model::AvailabilityStatement& s) {
  Gist gist;
  if (s.notice_to_move_min) {
    gist.append(fmt::format("notice to move {} min", *s.notice_to_move_min));
  }
  if (s.load_min) {
    gist.append(fmt::format("loading {} min", *s.load_min));
  }
  if (s.available_from) {
    gist.append("from " + whole_seconds(*s.available_from));
  }
  if (s.available_until) {
    gist.append("until " + whole_seconds(*s.available_until));
  }
  return gist.add("pledge level", s.pledge_level).add("at most", s.people_cap).take();
}

std::string gist(const model::SelfSustainmentStatement& s) {
  std::optional<std::uint16_t> least;
  for (const auto& line : s.lines) {
    if (line.days_of_supply) {
      least = std::min(least.value_or(*line.days_of_supply), *line.days_of_supply);
    }
  }
  const auto text = counted(s.lines.size(), "line");
  return least ? fmt::format("{}, least supply {} days", text, *least) : text;
}

std::string gist(const model::TrainingStatement& s) {
  const auto trained = std::count_if(s.tasks.begin(), s.tasks.end(), [](const auto& task) {
    return task.state == model::TrainingState::trained;
  });
  std::string not_trained;
  for (const auto& task : s.tasks) {
    if (task.state != model::TrainingState::trained) {
      not_trained += (not_trained.empty() ? "; not " : " ") + model::to_text(task.task);
    }
  }
  return fmt::format("{} of {} trained{}", trained, counted(s.tasks.size(), "task"), not_trained);
}

std::string gist(const model::RosterStatement& s) {
  auto text = fmt::format("version {} {}", s.version, model::to_text(s.form));
  if (s.form == model::RosterForm::full) {
    return fmt::format("{}, {} people", text, s.upserts.size());
  }
  return fmt::format("{}: {} set, {} removed", text, s.upserts.size(), s.removals.size());
}

/// "from 2022-01-01T00:00:00Z, until 2022-02-01T00:00:00Z", where they are said.
std::string period(const std::optional<model::UtcTime>& from,
                   const std::optional<model::UtcTime>& to) {
  return Gist()
      .append(from ? "from " + whole_seconds(*from) : std::string())
      .append(to ? "until " + whole_seconds(*to) : std::string())
      .take();
}

std::string gist(const model::CaveatStatement& s) {
  return Gist()
      .append(s.caveat_id.view())
      .append(spaced(model::to_text(s.kind)))
      .append(join(s.tasks))
      .append(s.mode)
      .add("at most", s.max_people)
      .append(period(s.from, s.to))
      .append(s.withdrawn_at ? "withdrawn " + whole_seconds(*s.withdrawn_at) : std::string())
      .take();
}

std::string gist(const model::StandbyStatement& s) {
  return Gist()
      .append(spaced(model::to_text(s.role)))
      .append(fmt::format("{} people", s.people))
      .append(period(s.from, s.to))
      .take();
}

std::string gist(const model::ContributionStatement& s) {
  return Gist()
      .append(s.contribution_id.view())
      .append(fmt::format("{} line {}", s.operation.view(), s.sor_line.view()))
      .append(s.people ? fmt::format("{} people", *s.people) : std::string())
      .append(spaced(model::to_text(s.state)))
      .append(period(s.from, s.to))
      .take();
}

std::string gist(const model::OperationStatement& s) {
  return Gist()
      .append(s.operation.view())
      .append(s.name)
      .append(s.host ? fmt::format("host {}", s.host->view()) : std::string())
      .append(join(s.tasks))
      .add("authorised", s.authorised_strength)
      .take();
}

std::string gist(const model::RequirementStatement& s) {
  std::uint64_t people = 0;
  for (const auto& line : s.lines) {
    people += line.people_min;
  }
  return fmt::format("{} version {}, {}, {} people at least", s.operation.view(), s.version,
                     counted(s.lines.size(), "line"), people);
}

std::string gist(const model::DecisionStatement& s) {
  return Gist()
      .append(s.decision_id.view())
      .append(fmt::format("{} by {}", spaced(model::to_text(s.kind)), model::to_text(s.body)))
      .append(s.operation ? s.operation->view() : std::string_view())
      .append(s.contribution_id)
      .append(s.to_state ? "to " + spaced(model::to_text(*s.to_state)) : std::string())
      .append(s.contribution_to ? "to " + spaced(model::to_text(*s.contribution_to))
                                : std::string())
      .add("value", s.value)
      .take();
}

std::string gist(const model::RegistryStatement& s) {
  return Gist()
      .append(counted(s.members.size(), "member"))
      .append(counted(s.nodes.size(), "node"))
      .append(counted(s.unit_transfers.size(), "transfer"))
      .take();
}

std::string gist(const model::UninterpretedStatement&) { return "kept, not read by this build"; }

template <typename Said>
std::string brief_gist(const Said& s) {
  return gist(s);
}

std::string brief_gist(const model::UnitStatement& s) { return what_it_is(s); }

std::string brief_gist(const model::StrengthStatement& s) {
  if (!s.assigned) {
    return gist(s);
  }
  auto assigned = fmt::format("assigned {}", *s.assigned);
  assigned += s.attached_in ? fmt::format(" +{}", *s.attached_in) : "";
  assigned += s.detached_out ? fmt::format(" -{}", *s.detached_out) : "";
  return Gist()
      .add("authorised", s.authorised)
      .append(assigned)
      .add("present", s.present)
      .add("deployable", s.deployable)
      .take();
}

}  // namespace

std::string says(const model::Statement& statement) {
  return std::visit([](const auto& said) { return gist(said); }, statement);
}

std::string says_briefly(const model::Statement& statement) {
  return std::visit([](const auto& said) { return brief_gist(said); }, statement);
}

}  // namespace muster::secretariat
