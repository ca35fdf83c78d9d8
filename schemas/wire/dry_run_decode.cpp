// SPDX-License-Identifier: Apache-2.0
// What publishing would do: the question and its answer. Their encoders: dry_run_encode.cpp.
#include <fmt/format.h>

#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query_codec.h"
#include "schemas/wire/session_codec.h"

namespace muster::wire {
namespace {

using Reports = flatbuffers::Vector<flatbuffers::Offset<fbs::ReportBytes>>;

/// Whether so much may be copied. Reports may be shared inside a buffer: a small one can describe
/// many large ones.
bool admit_reports(Reading& in, const Path& at, const Reports& from) {
  if (from.size() == 0 || from.size() > model::kReportsPerEnvelopeMax) {
    in.fail(at, fmt::format("found {} reports, expected 1 to {}", from.size(),
                            model::kReportsPerEnvelopeMax));
    return false;
  }
  std::size_t bytes = 0;
  for (flatbuffers::uoffset_t i = 0; i < from.size(); ++i) {
    const auto size = from.Get(i)->bytes()->size();
    if (size == 0) {
      in.fail({at.up, at.name, i}, "found 0 bytes, expected a report");
      return false;
    }
    bytes += size;
  }
  if (bytes > model::kReportBytesMax) {
    in.fail(at, fmt::format("found {} bytes in {} reports, expected at most {}: ask about fewer",
                            bytes, from.size(), model::kReportBytesMax));
    return false;
  }
  return true;
}

void read_verdict(Reading& in, const Path& at, const fbs::DryRunVerdict& from,
                  model::ReportVerdict& to) {
  to.verdict = static_cast<model::Verdict>(from.verdict());
  read_findings(in, {&at, "findings"}, from.findings(), to.findings);
}

}  // namespace

void read_query(Reading& in, const fbs::DryRunQuery& from, model::DryRunQuery& to) {
  read_key(in, {&kQuery, "node"}, from.node(), to.node);
  if (!admit_reports(in, {&kQuery, "reports"}, *from.reports())) {
    return;
  }
  to.reports.reserve(from.reports()->size());
  for (const auto* report : *from.reports()) {
    to.reports.emplace_back(report->bytes()->begin(), report->bytes()->end());
  }
}

void read_body(Reading& in, const fbs::DryRunAnswer& from, model::DryRunAnswer& to) {
  read_list(in, {&kBody, "verdicts"}, from.verdicts(), to.verdicts, read_verdict);
  read_diff(in, {&kBody, "difference"}, *from.difference(), to.difference);
}

}  // namespace muster::wire
