// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/what_if_words.h"

#include <fmt/format.h>

#include <cstdlib>
#include <vector>

#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

constexpr std::int32_t kMinutesAnHour = 60;

/// "+24 h", "-90 min".
std::string shift_words(std::int32_t minutes) {
  return minutes % kMinutesAnHour == 0 ? fmt::format("{:+} h", minutes / kMinutesAnHour)
                                       : fmt::format("{:+} min", minutes);
}

std::string codes_words(const std::vector<model::Code>& codes) {
  std::string joined;
  for (const auto& code : codes) {
    joined += joined.empty() ? "" : ", ";
    joined += code.view();
  }
  return joined;
}

std::vector<std::string> parts_of(const model::WhatIf& what_if) {
  std::vector<std::string> parts;
  if (!what_if.without.empty()) {
    parts.push_back("without " + join(what_if.without));
  }
  if (what_if.host) {
    parts.push_back(fmt::format("host {}", what_if.host->view()));
  }
  if (!what_if.also.empty()) {
    parts.push_back("also " + codes_words(what_if.also));
  }
  if (what_if.notice_min) {
    parts.push_back("notice " + shift_words(*what_if.notice_min));
  }
  return parts;
}

}  // namespace

std::string what_if_words(const model::WhatIf& what_if, std::string_view between) {
  std::string words;
  for (const auto& part : parts_of(what_if)) {
    words += words.empty() ? std::string_view() : between;
    words += part;
  }
  return words;
}

std::string what_if_line(const model::WhatIf& what_if, bool colour) {
  if (!what_if.is_set()) {
    return {};
  }
  const auto text =
      fmt::format("WHAT IF: {} - nothing of this is recorded", what_if_words(what_if));
  return colour ? fmt::format("\033[33m{}\033[0m\n", text) : text + "\n";
}

Sheet with_what_if(Sheet sheet, const model::WhatIf& what_if) {
  if (!what_if.is_set()) {
    return sheet;
  }
  const auto words = what_if_words(what_if, "; ");
  sheet.columns.push_back({"what_if", "WHAT IF", false, Seen::csv_only});
  for (auto& row : sheet.rows) {
    row.cells.push_back(cell(words));
  }
  return sheet;
}

}  // namespace muster::secretariat
