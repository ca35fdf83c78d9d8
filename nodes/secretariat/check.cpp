// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {

using std::chrono::milliseconds;

namespace {

constexpr int kIndent = 2;

/// The numbers are those of Nagios's plugin interface.
enum class Health : std::uint8_t { fine = 0, warning = 1, critical = 2, unknown = 3 };

std::string_view word_of(Health health) {
  switch (health) {
    case Health::fine:
      return "OK";
    case Health::warning:
      return "WARNING";
    case Health::critical:
      return "CRITICAL";
    case Health::unknown:
      return "UNKNOWN";
  }
  return "UNKNOWN";
}

struct Finding {
  Health health = Health::fine;
  std::string text;
};

struct Checked {
  std::vector<Finding> findings;
  std::string performance;  ///< Nagios's performance data; empty when nothing was measured.
  [[nodiscard]] Health worst() const {
    Health worst = Health::fine;
    for (const auto& finding : findings) {
      worst = std::max(worst, finding.health);
    }
    return worst;
  }
};

Checked only(Health health, std::string text) {
  return {.findings = {{health, std::move(text)}}, .performance = {}};
}

Finding answered(milliseconds took, milliseconds slow) {
  return {took > slow ? Health::warning : Health::fine,
          took > slow
              ? fmt::format("answered in {} ms, slower than {} ms", took.count(), slow.count())
              : fmt::format("answered in {} ms", took.count())};
}

void add_nations(std::vector<Finding>& findings, const model::AnswerHeader& header) {
  const auto reporting = header.nations_reporting.size();
  findings.push_back({Health::fine, fmt::format("{} of {} nations reporting", reporting,
                                                reporting + header.nations_missing.size())});
  if (!header.nations_missing.empty()) {
    findings.push_back({Health::warning, "missing: " + join(header.nations_missing)});
  }
  if (!header.nations_stale.empty()) {
    findings.push_back({Health::warning, "stale: " + join(header.nations_stale)});
  }
}

Checked examine(const model::Answer& answer, milliseconds took, milliseconds slow) {
  Checked checked;
  const auto& header = answer.header;
  checked.findings.push_back(answered(took, slow));
  checked.findings.push_back({Health::fine, fmt::format("ledger {}", header.ledger_seq)});
  add_nations(checked.findings, header);
  checked.performance =
      fmt::format("time={}ms;{};; ledger={} missing={};0;; stale={};0;; stale_strength={}",
                  took.count(), slow.count(), header.ledger_seq, header.nations_missing.size(),
                  header.nations_stale.size(), header.stale_strength);
  return checked;
}

Checked look(const Output& output, const Doors& doors, const CheckCommand& command) {
  const auto config = find_config(output, doors);
  if (!config) {
    return only(Health::unknown, config.error().message);
  }
  const auto client = doors.connect(config->connection);
  if (!client) {
    return only(Health::critical, client.error().message);
  }
  const auto begun = doors.steady_now();
  const auto answer = (*client)->ask(model::ServerInfoQuery{}, output.common().timeout);
  const auto took = std::chrono::ceil<milliseconds>(doors.steady_now() - begun);
  return answer ? examine(*answer, took, command.slow)
                : only(Health::critical, answer.error().message);
}

/// One line; '|' would end the text for Nagios, and a line feed would end the line.
std::string nagios_line(const Checked& checked) {
  std::string text;
  for (const auto& finding : checked.findings) {
    text += (text.empty() ? "" : ", ") + finding.text;
  }
  std::replace(text.begin(), text.end(), '|', '/');
  std::replace(text.begin(), text.end(), '\n', ' ');
  const auto* bar = checked.performance.empty() ? "" : " | ";
  return fmt::format("MUSTER {} - {}{}{}\n", word_of(checked.worst()), text, bar,
                     checked.performance);
}

std::string text_lines(const Output& output, const Checked& checked) {
  std::string text;
  for (const auto& finding : checked.findings) {
    text += fmt::format("{:<8}  {}\n", word_of(finding.health), output.tell(finding.text));
  }
  return text;
}

text::Json json_of(const Finding& finding) {
  auto check = text::json_object();
  check.add("status", text::json_string(word_of(finding.health)));
  check.add("says", text::json_string(finding.text));
  return check;
}

std::string json_text(const Checked& checked) {
  auto checks = text::json_array();
  for (const auto& finding : checked.findings) {
    checks.items.push_back(json_of(finding));
  }
  auto document = json_document("ServerCheck");
  document.add("status", text::json_string(word_of(checked.worst())));
  document.add("checks", std::move(checks));
  return text::print_json(document, kIndent) + "\n";
}

void print_rows(const Output& output, const Checked& checked) {
  Sheet sheet;
  sheet.columns = {{"status", "STATUS"}, {"says", "SAYS"}};
  std::vector<text::Json> json;
  for (const auto& finding : checked.findings) {
    sheet.rows.push_back(
        {.cells = {cell(std::string(word_of(finding.health))), cell(finding.text)}, .parent = {}});
    json.push_back(json_of(finding));
  }
  output.rows("ServerCheck", sheet, std::move(json));
}

void print(const Output& output, const Checked& checked) {
  switch (output.format()) {
    case Format::table:
    case Format::wide:
      return output.data(text_lines(output, checked));
    case Format::json:
      return output.data(json_text(checked));
    case Format::ndjson:
    case Format::csv:
      return print_rows(output, checked);
  }
}

}  // namespace

int check_server(const Output& output, const Doors& doors, const CheckCommand& command) {
  const auto checked = look(output, doors, command);
  if (command.style == CheckCommand::Style::nagios) {
    output.data(nagios_line(checked));
  } else {
    print(output, checked);
  }
  return static_cast<int>(checked.worst());
}

}  // namespace muster::secretariat
