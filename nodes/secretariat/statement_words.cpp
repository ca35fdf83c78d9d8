// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/statement_words.h"

#include <fmt/format.h>

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

std::string gist(const model::UnitStatement& s) {
  return Gist()
      .append(s.name)
      .append(name(s.component).value_or(""))
      .append(name(s.element_kind).value_or(""))
      .append(name(s.echelon).value_or(""))
      .append(name(s.lifecycle).value_or(""))
      .take();
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
  return counted(s.holdings.size(), "holding");
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

std::string gist(const model::RegistryStatement& s) {
  return Gist()
      .append(counted(s.members.size(), "member"))
      .append(counted(s.nodes.size(), "node"))
      .append(counted(s.unit_transfers.size(), "transfer"))
      .take();
}

std::string gist(const model::UninterpretedStatement&) { return "kept, not read by this build"; }

}  // namespace

std::string says(const model::Statement& statement) {
  return std::visit([](const auto& said) { return gist(said); }, statement);
}

}  // namespace muster::secretariat
