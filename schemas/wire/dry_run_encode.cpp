// SPDX-License-Identifier: Apache-2.0
// What publishing would do: the question and its answer. Their decoders: dry_run_decode.cpp.
#include "schemas/wire/query_codec.h"
#include "schemas/wire/session_codec.h"

namespace muster::wire {
namespace {

Written<fbs::ReportBytes> write_report(Writer& out, const model::Bytes& from) {
  return fbs::CreateReportBytes(out, out.CreateVector(from));
}

Written<fbs::DryRunVerdict> write_verdict(Writer& out, const model::ReportVerdict& from) {
  const auto findings = write_findings(out, from.findings);
  return fbs::CreateDryRunVerdict(out, static_cast<std::uint8_t>(from.verdict), findings);
}

}  // namespace

Written<void> write_query(Writer& out, const model::DryRunQuery& from) {
  const auto node = write_text(out, from.node.view());
  std::vector<Written<fbs::ReportBytes>> reports;
  reports.reserve(from.reports.size());
  for (const auto& report : from.reports) {
    reports.push_back(write_report(out, report));
  }
  return fbs::CreateDryRunQuery(out, node, out.CreateVector(reports)).Union();
}

Written<void> write_body(Writer& out, const model::DryRunAnswer& from) {
  const auto verdicts = write_list<fbs::DryRunVerdict>(out, from.verdicts, write_verdict);
  const auto difference = write_diff(out, from.difference);
  return fbs::CreateDryRunAnswer(out, verdicts, difference).Union();
}

}  // namespace muster::wire
