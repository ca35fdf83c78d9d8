// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/report_check.h"

#include <fmt/format.h>

#include "schemas/model/limits.h"
#include "schemas/wire/report.h"

namespace muster::client {

using model::ErrorCode;
using model::fail;
using model::Result;

Result<void> check_speaker(const model::Report& report, const model::NodeId& node) {
  for (std::size_t i = 0; i < report.statements.size(); ++i) {
    const auto* unit = unit_of(report.statements[i]);
    if (unit != nullptr && unit->nation() != node.publisher()) {
      return fail(
          ErrorCode::malformed,
          fmt::format("statements[{}].unit: found {}, expected a unit of {}: node {} speaks "
                      "for no one else",
                      i, unit->view(), node.publisher().view(), node.view()));
    }
    if (std::holds_alternative<model::RegistryStatement>(report.statements[i]) &&
        node.publisher() != model::registrar()) {
      return fail(
          ErrorCode::malformed,
          fmt::format("statements[{}]: a Registry statement is the registrar's, and node {} "
                      "is not",
                      i, node.view()));
    }
    if (std::holds_alternative<model::UninterpretedStatement>(report.statements[i])) {
      return fail(
          ErrorCode::malformed,
          fmt::format("statements[{}]: a kind of statement that this build cannot write", i));
    }
  }
  return {};
}

Result<void> check_size(model::ByteView report) {
  if (!report.empty() && report.size() <= model::kReportBytesMax) {
    return {};
  }
  return fail(ErrorCode::malformed,
              fmt::format("a report of {} bytes: expected 1 to {}; publish it in parts",
                          report.size(), model::kReportBytesMax));
}

Result<model::Bytes> encode_checked(const model::Report& report, const model::NodeId& node) {
  MUSTER_CHECK(check_speaker(report, node));
  auto encoded = wire::encode_report(report);
  MUSTER_CHECK(check_size(encoded));
  if (const auto decoded = wire::decode_report(encoded); !decoded) {
    return tl::unexpected(decoded.error());
  }
  return encoded;
}

}  // namespace muster::client
