// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/cell_lists.h"

#include <fmt/format.h>

#include <algorithm>

#include "nodes/desk/cell_text.h"
#include "nodes/desk/problem.h"
#include "schemas/model/text.h"
#include "schemas/text/base64.h"

namespace muster::desk {
namespace {

using Read = tl::expected<CellValue, Misread>;

tl::unexpected<Misread> misread(std::string expected) {
  return tl::unexpected(Misread{kValueBad, std::move(expected)});
}

/// The parts of a text between the signs `between`, cleaned; empty ones left out.
std::vector<std::string> parts_of(std::string_view text, std::string_view between) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find_first_of(between, from), text.size());
    if (auto part = cleaned(text.substr(from, to - from)); !part.empty()) {
      parts.push_back(std::move(part));
    }
    from = to + 1;
  }
  return parts;
}

/// "DRIVER-C", "DRIVER-C until 2027-03-01", "DRIVER-C до 01.03.2027 12:00".
std::optional<model::Qualification> qualification_of(std::string_view text) {
  const auto end = std::min(text.find(' '), text.size());
  const auto code = model::Code::parse(text.substr(0, end));
  if (!code) {
    return std::nullopt;
  }
  if (end == text.size()) {
    return model::Qualification{.code = *code, .valid_until = {}};
  }
  const auto rest = text.substr(end + 1);
  for (const std::string_view word : {"until ", "до "}) {
    const auto moment =
        rest.starts_with(word) ? moment_of_text(rest.substr(word.size())) : std::nullopt;
    if (moment) {
      return model::Qualification{.code = *code, .valid_until = moment};
    }
  }
  return std::nullopt;
}

/// Codes may also stand with spaces alone between them, as in other lists.
std::optional<std::vector<model::Qualification>> qualifications_in(const std::string& text) {
  std::vector<model::Qualification> all;
  for (const auto& part : parts_of(text, ",;\n")) {
    if (const auto one = qualification_of(part)) {
      all.push_back(*one);
      continue;
    }
    for (const auto& word : parts_of(part, " ")) {
      const auto code = model::Code::parse(word);
      if (!code) {
        return std::nullopt;
      }
      all.push_back({.code = *code, .valid_until = {}});
    }
  }
  return all;
}

std::optional<model::Metric> metric_of(const std::string& line) {
  const auto colon = line.rfind(':');
  if (colon == std::string::npos) {
    return std::nullopt;
  }
  model::Metric metric{.name = cleaned(std::string_view(line).substr(0, colon))};
  metric.value = number_of_text(std::string_view(line).substr(colon + 1)).value_or(-1);
  const bool is_good = metric.value >= 0 && !model::find_control(metric.name, false);
  return is_good ? std::optional(std::move(metric)) : std::nullopt;
}

}  // namespace

Read read_qualifications(const std::string& text) {
  auto all = qualifications_in(text);
  if (!all) {
    return misread(
        "codes (1 to 32 of A-Z 0-9 . _ -) separated by commas, each with its last day if it has "
        "one: DRIVER-C until 2027-03-01, MEDIC-2");
  }
  for (auto one = all->begin(); one != all->end(); ++one) {
    if (std::any_of(all->begin(), one,
                    [&](const auto& other) { return other.code == one->code; })) {
      return misread(fmt::format("each code once; {} is there twice", one->code.view()));
    }
  }
  return CellValue(*std::move(all));
}

Read read_metrics(const std::string& text) {
  std::vector<model::Metric> metrics;
  for (const auto& line : parts_of(text, "\r\n")) {
    auto metric = metric_of(line);
    if (!metric) {
      return misread("measures, each on a line of the cell: patrols a day: 12");
    }
    metrics.push_back(*std::move(metric));
  }
  return CellValue(std::move(metrics));
}

Read read_sealed(const std::string& text) {
  auto bytes = text::from_base64(cleaned(text));
  if (!bytes || bytes->empty()) {
    return misread("sealed bytes in base64, as the program that sealed them wrote them");
  }
  return CellValue(*std::move(bytes));
}

}  // namespace muster::desk
