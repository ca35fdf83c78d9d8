// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "nodes/secretariat/doors.h"
#include "nodes/secretariat/output.h"
#include "nodes/secretariat/receipts.h"
#include "nodes/secretariat/report_files.h"

/// From reports to receipts.
namespace muster::secretariat {

/// A report that is to be published. It and its draft belong to somebody else, who keeps them.
struct Outgoing {
  std::string file;  ///< Whence it comes, for messages.
  const model::Report* report = nullptr;
  const desk::Draft* draft = nullptr;  ///< Whose report it is; null when it was made otherwise.
  std::size_t index = 0;               ///< In its draft.
};
/// The reports of all files, in their order.
std::vector<Outgoing> outgoing_of(const std::vector<ReportFile>& files);
/// "roster.xlsx", or "roster.xlsx, report 2 of 3".
std::string name_of(const Outgoing& outgoing);

/// What became of reports that were published: the exit code of `report publish`, and one receipt
/// for each report that was kept.
struct Published {
  ExitCode code = ExitCode::done;
  std::vector<Receipt> receipts;
};

/// Keeps the reports in the outbox of the node, waits for their receipts and prints them; says on
/// stderr what stood in the way. `config` must name a signing key. A table leaves the findings out
/// when `are_findings_told` by the caller.
Published publish_reports(const Output& output, const Doors& doors,
                          const client::NodeConfig& config, const std::vector<Outgoing>& reports,
                          std::chrono::milliseconds wait, bool are_findings_told = false);

}  // namespace muster::secretariat
