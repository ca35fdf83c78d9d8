// SPDX-License-Identifier: Apache-2.0
// From what was decided on a file to a journal that says what becomes of it.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "nodes/desk/read_workbook.h"
#include "nodes/desk/template.h"
#include "nodes/ministry/drop_folder.h"
#include "nodes/ministry/drop_names.h"
#include "schemas/trust/hash.h"

namespace muster::ministry {

using desk::Problem;
using model::Result;

namespace {

/// At its statement and field, for a file that cannot be read again.
Problem plain_problem(const model::Finding& finding) {
  auto where = finding.statement == model::Finding::kWholeReport
                   ? std::string("the whole report")
                   : fmt::format("statements[{}]", finding.statement);
  if (!finding.field.empty()) {
    where += "." + finding.field;
  }
  return {.code = desk::kRuleBroken,
          .where = std::move(where),
          .value = finding.found,
          .expected = finding.expected,
          .rule = std::string(to_text(finding.rule))};
}

std::vector<Problem> refusals_of(const std::vector<Problem>& problems) {
  std::vector<Problem> refusals;
  std::copy_if(problems.begin(), problems.end(), std::back_inserter(refusals),
               [](const auto& one) { return one.weight == Problem::Weight::refuse; });
  return refusals;
}

}  // namespace

// ---- what the broker decided --------------------------------------------------------------------

bool DropFolder::acknowledged(const client::Acknowledged& acknowledged) {
  const std::scoped_lock lock(mutex_);
  const auto seq = acknowledged.report.seq;
  const auto found = pending_.lower_bound(seq);
  if (found == pending_.end() || found->second.journal.first_seq > seq || found->second.has(seq)) {
    return false;  // Told again after a crash; it was settled or kept then.
  }
  auto& pending = found->second;
  pending.told.push_back(acknowledged);
  const bool is_settled_here = pending.is_due() && pending.is_plain();
  if (!is_settled_here) {
    // The broker says it once, and the outbox forgets the report when this returns.
    note(append_line(verdicts_path(pending.journal.name), to_line(acknowledged)));
    at(Step::told);
    return pending.is_due();
  }
  conclude(found, decide(pending));
  return false;
}

/// Those that need a look into their file: it may be large, and nobody has to wait for it.
void DropFolder::settle_due() {
  std::vector<PendingFiles::iterator> due;
  {
    const std::scoped_lock lock(mutex_);
    for (auto pending = pending_.begin(); pending != pending_.end(); ++pending) {
      if (pending->second.is_due()) {
        due.push_back(pending);
      }
    }
  }
  for (const auto pending : due) {
    // A due one is changed and removed by this thread alone.
    const auto decided = decide(pending->second);
    const std::scoped_lock lock(mutex_);
    conclude(pending, decided);
  }
}

Result<Journal> DropFolder::decide(const Pending& pending) {
  auto journal = pending.journal;
  const auto draft = pending.is_plain() ? nullptr : read_again(journal);
  const auto reports = decided_of(pending, draft.get());
  const bool refused = std::any_of(reports.begin(), reports.end(), is_refused);
  const auto left_out = draft != nullptr ? refusals_of(draft->problems) : std::vector<Problem>{};
  auto marked = left_out;
  for (const auto& report : reports) {
    marked.insert(marked.end(), report.problems.begin(), report.problems.end());
  }
  const bool is_marked = refused || !left_out.empty();
  MUSTER_TRY(journal.papers,
             put_papers(journal, decided_papers(subject_of(journal), reports, left_out, words_),
                        is_marked ? marked : std::vector<Problem>{}, draft.get()));
  at(Step::written);
  journal.stage = Journal::Stage::settled;
  journal.move_to = refused ? "rejected" : today();  // The name follows, under the lock.
  if (!refused) {
    journal.remember = range_text(options_.node, journal.first_seq, journal.last_seq);
  }
  return journal;
}

std::vector<Decided> DropFolder::decided_of(const Pending& pending,
                                            const desk::Draft* draft) const {
  std::vector<Decided> reports;
  for (const auto& told : pending.told) {
    reports.push_back({.acknowledged = told, .problems = {}});
  }
  std::sort(reports.begin(), reports.end(), [](const Decided& a, const Decided& b) {
    return a.acknowledged.report.seq < b.acknowledged.report.seq;
  });
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto& verdict = reports[i].acknowledged.verdict;
    if (client::is_acknowledged_earlier(verdict)) {
      continue;
    }
    for (const auto& finding : verdict.findings) {
      auto problem =
          draft != nullptr ? desk::problem_of(finding, *draft, i) : plain_problem(finding);
      problem.weight = finding.severity == model::Severity::flag ? Problem::Weight::note
                                                                 : Problem::Weight::refuse;
      reports[i].problems.push_back(std::move(problem));
    }
  }
  return reports;
}

/// The draft that the reports were made of, so that findings stand at their cells; null when the
/// file is not what it was, or another configuration reads it otherwise.
std::unique_ptr<desk::Draft> DropFolder::read_again(const Journal& journal) {
  const auto content = read_file(work_ / journal.name, desk::WorkbookLimits{}.file_bytes);
  if (content && model::to_hex(trust::sha256(model::view_of(*content))) == journal.sha256) {
    auto draft = std::make_unique<desk::Draft>(draft_of(journal.name, *content));
    if (draft->reports.size() == journal.count()) {
      return draft;
    }
  }
  log(fmt::format("event=no_cells file={} why=\"{}\"", log_value(journal.name),
                  content ? "the file or its configuration was changed" : content.error().message));
  return nullptr;
}

/// The name is chosen under the lock, so that no two files get one.
void DropFolder::conclude(PendingFiles::iterator pending, const Result<Journal>& decided) {
  if (!decided) {
    note(tl::unexpected(decided.error()));
    log("event=disk_refuses problem=\"" + decided.error().message + "\"");
    return;  // It stays due.
  }
  auto journal = *decided;
  journal.move_to = free_name(journal.move_to, journal);
  const auto& last = pending->second.told.back();
  std::size_t findings = 0;
  for (const auto& told : pending->second.told) {
    findings += told.verdict.findings.size();
  }
  log(fmt::format("event=acknowledged file={} report={} verdict={} findings={} ledger_seq={} at={}",
                  log_value(journal.name),
                  range_text(options_.node, journal.first_seq, journal.last_seq),
                  journal.remember.empty() ? "REFUSED" : "ACCEPTED", findings, last.ledger_seq,
                  log_path(journal.move_to)));
  pending_content_.erase(journal.sha256);
  pending_.erase(pending);
  keep_and_finish(std::move(journal));
}

// ---- what needs no broker -----------------------------------------------------------------------

DropFolder::Next DropFolder::settle_duplicate(Journal journal, const std::string& reports) {
  auto papers =
      put_papers(journal, duplicate_papers(subject_of(journal), reports, words_), {}, nullptr);
  const auto event =
      fmt::format("event=duplicate file={} report={}", log_value(journal.name), reports);
  return settle_unsent(std::move(journal), std::move(papers), today(), event);
}

DropFolder::Next DropFolder::reject(Journal journal, const desk::Draft& draft) {
  journal.first_seq = journal.last_seq = 0;
  auto papers = put_papers(journal, rejected_papers(subject_of(journal), draft.problems, words_),
                           draft.problems, &draft);
  const auto event = fmt::format("event=rejected file={} problems={}", log_value(journal.name),
                                 draft.problems.size());
  return settle_unsent(std::move(journal), std::move(papers), "rejected", event);
}

DropFolder::Next DropFolder::settle_unsent(Journal journal, model::Result<std::vector<std::string>> papers,
                                           const std::string& folder, std::string_view event) {
  at(Step::written);
  const std::scoped_lock lock(mutex_);
  if (!papers) {
    note(tl::unexpected(papers.error()));
    return Next::skip;
  }
  journal.papers = *std::move(papers);
  journal.stage = Journal::Stage::settled;
  journal.move_to = free_name(folder, journal);
  log(event);
  keep_and_finish(std::move(journal));
  return Next::done;
}

// ---- both ---------------------------------------------------------------------------------------

Subject DropFolder::subject_of(const Journal& journal) const {
  return {.node = options_.node.str(),
          .file = printable(journal.name),
          .sha256 = journal.sha256,
          .at = hooks_.now(),
          .rows = journal.rows,
          .rows_refused = journal.rows_refused};
}

/// Writes them into work/, and a marked copy of a workbook when something is `marked`. Their names
/// are on the disk once a journal of theirs is.
Result<std::vector<std::string>> DropFolder::put_papers(const Journal& journal,
                                                        const std::vector<Paper>& papers,
                                                        const std::vector<Problem>& marked,
                                                        const desk::Draft* draft) {
  std::vector<std::string> ends;
  for (const auto& paper : papers) {
    MUSTER_CHECK(write_aside(paper_path(journal.name, paper.end), paper.text));
    ends.push_back(paper.end);
  }
  const bool has_sheets = draft != nullptr && draft->workbook;
  if (!has_sheets || marked.empty()) {
    return ends;
  }
  const auto copy = paper_path(journal.name, std::string(kMarkedEnd));
  MUSTER_CHECK(remove_file(copy));  // A copy never replaces a file.
  auto written =
      desk::write_marked_copy(copy.string(), *draft->workbook, marked, options_.language);
  if (written) {
    written = sync_file(copy);
  }
  if (!written) {
    // The findings say the same; a copy is for convenience.
    log(fmt::format("event=no_marked_copy file={} problem=\"{}\"", log_value(journal.name),
                    written.error().message));
    MUSTER_CHECK(remove_file(copy));
    return ends;
  }
  ends.emplace_back(kMarkedEnd);
  return ends;
}

void DropFolder::keep_and_finish(Journal journal) {
  const auto finished = save_and_finish(journal);
  if (!note(finished)) {
    log("event=disk_refuses problem=\"" + finished.error().message + "\"");
    unfinished_.push_back(std::move(journal));  // The verdict must not be lost with the disk.
  }
}

Result<void> DropFolder::save_and_finish(const Journal& journal) {
  MUSTER_CHECK(save(journal));
  if (promised_ == journal.name) {
    promised_.clear();
  }
  at(Step::settled);
  return finish(journal);
}

}  // namespace muster::ministry
