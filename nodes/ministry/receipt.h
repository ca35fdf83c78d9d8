// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nodes/client/publisher.h"
#include "schemas/model/time.h"
#include "schemas/text/report_json.h"

/// What a ministry reads about a file it dropped. Pure functions from values to text.
namespace muster::ministry {

/// The file a paper is about.
struct Subject {
  std::string file;     ///< Its name as it was dropped.
  std::string sha256;   ///< Of its content.
  model::UtcTime at{};  ///< When this was decided.
};

/// For a machine: what became of a report. `complete` is false when the acknowledgement was missed,
/// so that the verdict is not known.
std::string receipt_json(const Subject& subject, const client::Acknowledged& acknowledged);
/// The same content was published before, as `report`.
std::string duplicate_json(const Subject& subject, const std::string& report);

/// Why a report was refused, for a machine and for a person.
std::string findings_json(const Subject& subject, const client::Acknowledged& acknowledged);
std::string findings_text(const Subject& subject, const client::Acknowledged& acknowledged);

/// Why a file could not be read, likewise.
std::string problems_json(const Subject& subject, const std::vector<text::TextProblem>& problems);
std::string problems_text(const Subject& subject, const std::vector<text::TextProblem>& problems);

}  // namespace muster::ministry
