// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "broker/core/rules_force.h"

namespace muster::core {

using model::Rule;

namespace {

/// V05: operations and what they need are the secretariat's word.
void check_office(Inquiry& inquiry) {
  const auto speaker = inquiry.arrival.report.node.publisher();
  if (speaker != model::secretariat()) {
    inquiry.refuse(Rule::v05, "operation", inquiry.arrival.report.node.str(),
                   "a node of SEC: the secretariat alone speaks of operations");
  }
}

void check_texts(Inquiry& inquiry, std::string_view list, const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    check_text(inquiry, path(list, i), texts[i], inquiry.limits.remark_max);
  }
}

/// V39: a line that can be met.
void check_line(Inquiry& inquiry, const model::RequirementLine& line, std::size_t i) {
  const auto field = [&](std::string_view name) { return path("lines", i, name); };
  const auto number = [&](std::string_view name, std::uint32_t value, std::uint32_t min,
                          std::uint32_t max) {
    check_number(inquiry, field(name), std::optional(value), min, max, true);
  };
  if (line.people_min > line.people_max) {
    inquiry.refuse(Rule::v39, field("people_min"),
                   fmt::format("{}: at least {} people", line.line_id.view(), line.people_min),
                   fmt::format("not more than people_max {}", line.people_max));
  }
  if (line.tasks.empty()) {
    inquiry.refuse(Rule::v39, field("tasks"), fmt::format("{}: none", line.line_id.view()),
                   "one task or more");
  }
  for (const auto task : line.tasks) {
    check_code(inquiry, field("tasks"), task);
  }
  check_code(inquiry, field("element_kind"), line.element_kind);
  number("people_min", line.people_min, 0, inquiry.limits.people_max);
  number("people_max", line.people_max, 0, inquiry.limits.people_max);
  number("needed_within_h", line.needed_within_h, 0, 8760);
  number("weight", line.weight, 1, 100);
  check_number(inquiry, field("capability_type"), line.capability_type, 1, 4, false);
  check_number(inquiry, field("duration_days"), line.duration_days, 1, 3650, false);
  check_equipment_counts(inquiry, fmt::format("lines[{}].equipment", i), line.equipment);
  for (std::size_t j = 0; j < line.self_sustainment.size(); ++j) {
    check_sustainment_line(inquiry, fmt::format("lines[{}].self_sustainment[{}]", i, j),
                           line.self_sustainment[j]);
  }
}

}  // namespace

void check_operation(Inquiry& inquiry, const model::OperationStatement& operation) {
  check_office(inquiry);
  const auto* known = inquiry.agreed().operations.find(operation.operation.str());
  if (known != nullptr && known->said) {
    check_order_after(inquiry, known->said->stamp, operation.operation.str());
  }
  if (operation.name.empty()) {
    inquiry.refuse(Rule::v18, "name", "nothing", "a name");
  }
  if (!operation.host) {
    inquiry.refuse(Rule::v18, "host", "nothing", "the nation in which the operation takes place");
  }
  check_text(inquiry, "name", operation.name, inquiry.limits.name_max);
  check_text(inquiry, "commander", operation.commander, inquiry.limits.name_max);
  check_texts(inquiry, "legal_basis", operation.legal_basis);
  check_texts(inquiry, "mandate_refs", operation.mandate_refs);
  check_code(inquiry, "partner", operation.partner);
  check_codes(inquiry, "tasks", operation.tasks);
  check_area(inquiry, "area", operation.area);
  check_number(inquiry, "authorised_strength", operation.authorised_strength, 0,
               inquiry.limits.people_max, false);
  check_time(inquiry, "decided_at", operation.decided_at);
  check_time(inquiry, "planned_end", operation.planned_end);
  check_figures(inquiry, operation.published_figures);
  inquiry.agree(operation);
}

void check_requirement(Inquiry& inquiry, const model::RequirementStatement& requirement) {
  check_office(inquiry);
  if (requirement.lines.size() > kRequirementLinesMax) {
    inquiry.refuse(Rule::v39, "lines", fmt::format("{} lines", requirement.lines.size()),
                   fmt::format("at most {}", kRequirementLinesMax));
    return inquiry.agree(requirement);
  }
  std::set<model::Code> lines;
  for (std::size_t i = 0; i < requirement.lines.size(); ++i) {
    const auto& line = requirement.lines[i];
    if (!lines.insert(line.line_id).second) {
      inquiry.refuse(Rule::v36, path("lines", i, "line_id"), line.line_id.str() + " a second time",
                     "each line once");
    }
    check_line(inquiry, line, i);
  }
  inquiry.agree(requirement);
}

}  // namespace muster::core
