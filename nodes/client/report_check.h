// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "schemas/model/ids.h"
#include "schemas/model/report.h"
#include "schemas/model/result.h"
#include "schemas/text/report_json.h"

/// What is refused before a report takes a seq, because the broker's refusal of its envelope would
/// stop the node's chain for good. One wording for all programs that publish.
namespace muster::client {

/// Reads a report from the text of a file. Beside text::report_from_json(), says what an empty file
/// and a bare `null` are.
text::ParsedReport read_report(std::string_view file);

/// Every unit is of one nation (of `nation`, when it is given), the Registry is the registrar's,
/// and each statement is one that this build can write. All problems, with their places.
std::vector<text::TextProblem> speaker_problems(const model::Report& report,
                                                std::optional<model::Nation> nation);

/// The same, and when there is none: that the report fits a message and the broker can read it.
std::vector<text::TextProblem> report_problems(const model::Report& report,
                                               std::optional<model::Nation> nation);

/// An encoded report fits a message. Errors: malformed.
model::Result<void> check_size(model::ByteView report);

/// The report as bytes that the broker can read. Errors: malformed, naming the place.
model::Result<model::Bytes> encode_checked(const model::Report& report, const model::NodeId& node);

}  // namespace muster::client
