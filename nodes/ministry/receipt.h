// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nodes/client/publisher.h"
#include "nodes/desk/problem.h"
#include "nodes/words/words.h"
#include "schemas/model/time.h"

/// What a ministry reads about a file it dropped, for a machine (JSON, English) and for a person
/// (text in the operator's language). Pure functions from values to text.
namespace muster::ministry {

/// More problems of one file than this are counted and not listed.
inline constexpr std::size_t kProblemsListedMax = 10'000;

/// The file that papers are about.
struct Subject {
  std::string node;                          ///< "KAZ/mod".
  std::string file;                          ///< Its name as it was dropped, printable.
  std::string sha256;                        ///< Of its content; empty when it was not read.
  model::UtcTime at{};                       ///< When this was decided.
  std::uint32_t rows = 0, rows_refused = 0;  ///< Of a file of rows.
};

/// One report of the file, and what the broker said.
struct Decided {
  client::Acknowledged acknowledged;
  std::vector<desk::Problem> problems;  ///< Its findings, at their cells. Notes are flags.
};
bool is_refused(const Decided& report);

/// A paper is put beside its file, whose name ends in `end` then.
struct Paper {
  std::string end;  ///< ".receipt.json".
  std::string text;
};
/// ".receipt.json" and ".receipt.txt" of a file whose reports the broker has decided on, and
/// ".findings.json" and ".findings.txt" when it refused one or when rows were left out
/// (`left_out`: their problems).
std::vector<Paper> decided_papers(const Subject& subject, const std::vector<Decided>& reports,
                                  const std::vector<desk::Problem>& left_out,
                                  const words::Words& words);
/// The receipt of a content that was published before, as `reports` ("KAZ/mod#3").
std::vector<Paper> duplicate_papers(const Subject& subject, const std::string& reports,
                                    const words::Words& words);
/// The findings of a file that was not published.
std::vector<Paper> rejected_papers(const Subject& subject,
                                   const std::vector<desk::Problem>& problems,
                                   const words::Words& words);

}  // namespace muster::ministry
