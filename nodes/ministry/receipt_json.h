// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "nodes/ministry/receipt.h"

/// The papers for a machine.
namespace muster::ministry {

/// What became of the reports. `verdict` is REFUSED when one is; `complete` is false when an
/// acknowledgement was missed, so that a verdict is not known.
std::string receipt_json(const Subject& subject, const std::vector<Decided>& reports);
std::string duplicate_json(const Subject& subject, const std::string& reports);

/// What is wrong. `reports` is empty for a file that was not published.
std::string findings_json(const Subject& subject, const std::vector<Decided>& reports,
                          const std::vector<desk::Problem>& problems);

}  // namespace muster::ministry
