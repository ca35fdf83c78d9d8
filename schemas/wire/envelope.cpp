// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/envelope.h"

#include <fmt/format.h>

#include <limits>

#include "schemas/fbs/envelope_generated.h"
#include "schemas/model/limits.h"
#include "schemas/wire/message.h"
#include "schemas/wire/reading.h"
#include "schemas/wire/writing.h"

namespace muster::wire {
namespace {

using model::ErrorCode;

constexpr std::size_t kEnvelopeBytesMax = model::kMessageBytesMax - kHeaderBytes;

WrittenList<Written<fbs::ReportBytes>> write_reports(Writer& out,
                                                     const std::vector<model::ByteView>& from) {
  std::vector<Written<fbs::ReportBytes>> reports;
  reports.reserve(from.size());
  for (const auto report : from) {
    reports.push_back(fbs::CreateReportBytes(out, out.CreateVector(report.data(), report.size())));
  }
  return out.CreateVector(reports);
}

void read_report_bytes(Reading& in, const Path& at, const fbs::ReportBytes& from,
                       model::ByteView& to) {
  to = {from.bytes()->data(), from.bytes()->size()};
  if (to.empty() || to.size() > model::kReportBytesMax) {
    in.fail(at, fmt::format("found {} bytes, expected 1 to {}", to.size(), model::kReportBytesMax));
  }
}

/// One report may fill a message; several may not fill more than a node batches.
void check_sizes(Reading& in, const std::vector<model::ByteView>& reports) {
  const Path at{nullptr, "reports"};
  if (reports.empty()) {
    return in.fail(at, "found 0, expected 1 to 256");
  }
  std::size_t bytes = 0;
  for (const auto report : reports) {
    bytes += report.size();
  }
  if (reports.size() > 1 && bytes > model::kEnvelopeReportBytesMax) {
    in.fail(at, fmt::format("found {} bytes in {} reports, expected at most {} unless a report "
                            "travels alone",
                            bytes, reports.size(), model::kEnvelopeReportBytesMax));
  }
}

void check_version(Reading& in, std::uint16_t version) {
  if (version == model::kProtocolVersion) {
    return;
  }
  in.fail({nullptr, "protocol_version"},
          fmt::format("found {}, this build speaks {}", version, model::kProtocolVersion),
          ErrorCode::unsupported);
}

void check_numbers(Reading& in, const model::EnvelopeView& view) {
  const auto room = std::numeric_limits<std::uint64_t>::max() - view.reports.size();
  if (view.link.first_seq == 0 || view.link.first_seq > room) {
    in.fail({nullptr, "first_seq"},
            fmt::format("found {}, expected 1 or more", view.link.first_seq));
  }
}

void read_envelope(Reading& in, const fbs::Envelope& from, model::EnvelopeView& to) {
  to.protocol_version = from.protocol_version();
  check_version(in, to.protocol_version);
  read_key(in, {nullptr, "node"}, from.node(), to.node);
  to.link.first_seq = from.first_seq();
  read_array(from.prev_hash(), to.link.prev_hash);
  to.issued_at = model::from_micros(from.issued_at());
  read_list(in, {nullptr, "reports"}, from.reports(), to.reports, read_report_bytes);
  read_array(from.signature(), to.signature);
  check_sizes(in, to.reports);
  check_numbers(in, to);
}

}  // namespace

model::Bytes encode_envelope(const model::EnvelopeView& envelope) {
  thread_local Writer out(4096);
  out.Clear();
  const auto node = write_text(out, envelope.node.view());
  const auto reports = write_reports(out, envelope.reports);
  const auto prev_hash = write_array<fbs::Hash>(envelope.link.prev_hash);
  const auto signature = write_array<fbs::Signature>(envelope.signature);
  out.Finish(
      fbs::CreateEnvelope(out, envelope.protocol_version, node, envelope.link.first_seq, &prev_hash,
                          model::to_micros(envelope.issued_at), reports, &signature),
      fbs::EnvelopeIdentifier());
  const auto bytes = written(out);
  return {bytes.begin(), bytes.end()};
}

model::Result<DecodedEnvelope> DecodedEnvelope::decode(model::ByteView bytes) {
  if (bytes.size() > kEnvelopeBytesMax) {
    return fail(ErrorCode::malformed, fmt::format("envelope: found {} bytes, expected at most {}",
                                                  bytes.size(), kEnvelopeBytesMax));
  }
  DecodedEnvelope envelope;
  const auto* root =
      verified_root<fbs::Envelope>(aligned_copy(bytes, envelope.bytes_), fbs::EnvelopeIdentifier());
  if (root == nullptr) {
    return fail(ErrorCode::malformed,
                fmt::format("envelope: {} bytes are not an Envelope buffer (MSEN)", bytes.size()));
  }
  Reading in({.list_max = model::kReportsPerEnvelopeMax});
  read_envelope(in, *root, envelope.view_);
  return in.result(std::move(envelope));
}

}  // namespace muster::wire
