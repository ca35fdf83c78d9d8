// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/receipt.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "nodes/ministry/receipt_json.h"

namespace muster::ministry {

using desk::Problem;

namespace {

/// A text in the operator's language, told line by line.
class Page {
 public:
  explicit Page(const words::Words& words) : words_(words) {}

  void line(std::string_view english) { text_ += words_.tell(english) + "\n"; }
  void gap() { text_ += "\n"; }
  /// One line a problem.
  void problems(const std::vector<Problem>& problems) {
    for (std::size_t i = 0; i < std::min(problems.size(), kProblemsListedMax); ++i) {
      text_ += "  - " + words_.tell(describe(problems[i])) + "\n";
    }
    if (problems.size() > kProblemsListedMax) {
      line(fmt::format("… and {} more", problems.size() - kProblemsListedMax));
    }
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  const words::Words& words_;
  std::string text_;
};

std::vector<Problem> with_weight(const std::vector<Problem>& problems, Problem::Weight weight) {
  std::vector<Problem> found;
  std::copy_if(problems.begin(), problems.end(), std::back_inserter(found),
               [&](const auto& one) { return one.weight == weight; });
  return found;
}

/// "2026-11-22 06:30:00 UTC", as a person writes it.
std::string moment(model::UtcTime at) {
  auto text = model::format_time(at);
  text.replace(text.find('T'), 1, " ");
  return text.substr(0, 19) + " UTC";
}

bool was_missed(const Decided& report) {
  return client::is_acknowledged_earlier(report.acknowledged.verdict);
}

std::string report_line(const Decided& report) {
  const auto& told = report.acknowledged;
  if (was_missed(report)) {
    return fmt::format("Report {}: in the ledger; its verdict was missed and is not known here.",
                       told.report.str());
  }
  return is_refused(report)
             ? fmt::format("Report {}: REFUSED, ledger record {}. It does not count.",
                           told.report.str(), told.ledger_seq)
             : fmt::format("Report {}: accepted, ledger record {}", told.report.str(),
                           told.ledger_seq);
}

void add_subject(Page& page, const Subject& subject) {
  page.line(fmt::format("Node: {}", subject.node));
  page.line(fmt::format("When: {}", moment(subject.at)));
  if (!subject.sha256.empty()) {
    page.line(fmt::format("SHA-256 of the file: {}", subject.sha256));
  }
  if (subject.rows > 0) {
    page.line(fmt::format("Rows: {} read, {} refused", subject.rows, subject.rows_refused));
  }
}

std::size_t count_refused(const std::vector<Decided>& reports) {
  return static_cast<std::size_t>(std::count_if(reports.begin(), reports.end(), is_refused));
}

/// What became of the file in one line.
std::string headline(const Subject& subject, const std::vector<Decided>& reports) {
  const auto refused = count_refused(reports);
  const bool is_known = std::none_of(reports.begin(), reports.end(), was_missed);
  if (refused == 0) {
    return is_known
               ? fmt::format("{}: accepted.", subject.file)
               : fmt::format("{}: published. Whether all of it was accepted is not known here.",
                             subject.file);
  }
  return reports.size() == 1
             ? fmt::format("{}: the broker REFUSED this report ({}). It does not count.",
                           subject.file, reports.front().acknowledged.report.str())
             : fmt::format(
                   "{}: the broker REFUSED {} of {} reports. What it refused does not count.",
                   subject.file, refused, reports.size());
}

std::string receipt_text(const Subject& subject, const std::vector<Decided>& reports,
                         const words::Words& words) {
  Page page(words);
  page.line(headline(subject, reports));
  page.gap();
  add_subject(page, subject);
  bool has_flags = false;
  for (const auto& report : reports) {
    page.line(report_line(report));
    has_flags = has_flags || (!is_refused(report) && !report.problems.empty());
  }
  if (has_flags) {
    page.gap();
    page.line("Accepted, and flagged by the broker:");
  }
  for (const auto& report : reports) {
    if (!is_refused(report)) {
      page.problems(report.problems);
    }
  }
  return page.take();
}

std::vector<Problem> problems_of(const std::vector<Decided>& reports) {
  std::vector<Problem> problems;
  for (const auto& report : reports) {
    if (is_refused(report)) {
      problems.insert(problems.end(), report.problems.begin(), report.problems.end());
    }
  }
  return problems;
}

std::string findings_text(const Subject& subject, const std::vector<Decided>& reports,
                          const std::vector<Problem>& left_out, const words::Words& words) {
  Page page(words);
  if (count_refused(reports) > 0) {
    page.line(headline(subject, reports));
    page.gap();
    if (reports.size() > 1) {
      for (const auto& report : reports) {
        page.line(report_line(report));
      }
      page.gap();
    }
    page.problems(problems_of(reports));
    page.gap();
  }
  if (!left_out.empty()) {
    page.line(fmt::format("{}: {} of {} rows were left out and not published.", subject.file,
                          subject.rows_refused, subject.rows));
    page.gap();
    page.problems(left_out);
    page.gap();
  }
  page.line("Mend the file and drop it again.");
  return page.take();
}

}  // namespace

bool is_refused(const Decided& report) {
  return report.acknowledged.verdict.verdict == model::Verdict::refused;
}

std::vector<Paper> decided_papers(const Subject& subject, const std::vector<Decided>& reports,
                                  const std::vector<Problem>& left_out, const words::Words& words) {
  std::vector<Paper> papers{{".receipt.json", receipt_json(subject, reports)},
                            {".receipt.txt", receipt_text(subject, reports, words)}};
  if (count_refused(reports) > 0 || !left_out.empty()) {
    auto problems = problems_of(reports);
    problems.insert(problems.end(), left_out.begin(), left_out.end());
    papers.push_back({".findings.json", findings_json(subject, reports, problems)});
    papers.push_back({".findings.txt", findings_text(subject, reports, left_out, words)});
  }
  return papers;
}

std::vector<Paper> duplicate_papers(const Subject& subject, const std::string& reports,
                                    const words::Words& words) {
  Page page(words);
  page.line(fmt::format("{}: the same content was published before, as {}. It was not sent again.",
                        subject.file, reports));
  page.gap();
  add_subject(page, subject);
  return {{".receipt.json", duplicate_json(subject, reports)}, {".receipt.txt", page.take()}};
}

std::vector<Paper> rejected_papers(const Subject& subject, const std::vector<Problem>& problems,
                                   const words::Words& words) {
  Page page(words);
  page.line(fmt::format("{}: this file was not published.", subject.file));
  page.gap();
  page.problems(with_weight(problems, Problem::Weight::refuse));
  if (const auto notes = with_weight(problems, Problem::Weight::note); !notes.empty()) {
    page.gap();
    page.line("To be known, and no hindrance:");
    page.problems(notes);
  }
  page.gap();
  page.line("Mend the file and drop it again.");
  return {{".findings.json", findings_json(subject, {}, problems)}, {".findings.txt", page.take()}};
}

}  // namespace muster::ministry
