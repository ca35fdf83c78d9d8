// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/model/finding.h"
#include "schemas/model/force_query.h"
#include "schemas/model/ids.h"

namespace muster::model {

/// What the broker would say if `node` published these reports now, in this order, behind all it
/// has published. Nothing is kept: no ledger record, no seq, no change. Asked by the node itself, or
/// by another key of its nation.
struct DryRunQuery {
  NodeId node;
  std::vector<Bytes> reports;  ///< As wire::encode_report() makes them; together at most
                               ///< kReportBytesMax, and at most kReportsPerEnvelopeMax.
};
struct DryRunAnswer {
  std::vector<ReportVerdict> verdicts;  ///< One a report.
  DiffAnswer difference;  ///< What the accepted ones would change, against now.
};

}  // namespace muster::model
