// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/preview.h"

#include <algorithm>
#include <utility>

#include "schemas/model/limits.h"
#include "schemas/wire/report.h"

namespace muster::secretariat {
namespace {

/// Takes reports from `next` on, as many as one question may hold, and moves `next` behind them.
std::vector<model::Bytes> take_part(const std::vector<Outgoing>& reports, std::size_t& next) {
  std::vector<model::Bytes> part;
  std::size_t bytes = 0;
  while (next < reports.size() && part.size() < model::kReportsPerEnvelopeMax) {
    auto encoded = wire::encode_report(*reports[next].report);
    if (!part.empty() && bytes + encoded.size() > model::kReportBytesMax) {
      break;
    }
    bytes += encoded.size();
    part.push_back(std::move(encoded));
    ++next;
  }
  return part;
}

void add(Preview& preview, model::AnswerHeader header, model::DryRunAnswer answer) {
  std::move(answer.verdicts.begin(), answer.verdicts.end(), std::back_inserter(preview.verdicts));
  std::move(answer.difference.rows.begin(), answer.difference.rows.end(),
            std::back_inserter(preview.changes));
  answer.difference.rows.clear();
  preview.whole = std::move(answer.difference);
  preview.header = std::move(header);
  ++preview.parts;
}

}  // namespace

bool Preview::is_refused() const {
  return std::any_of(verdicts.begin(), verdicts.end(),
                     [](const auto& one) { return one.verdict == model::Verdict::refused; });
}

model::Result<Preview> ask_preview(client::QueryClient& client, const model::NodeId& node,
                                   const std::vector<Outgoing>& reports,
                                   std::chrono::milliseconds wait_max) {
  Preview preview;
  for (std::size_t next = 0; next < reports.size();) {
    const auto first = next;
    model::DryRunQuery query{.node = node, .reports = take_part(reports, next)};
    MUSTER_TRY(auto answer, client.ask(std::move(query), wait_max));
    auto* body = std::get_if<model::DryRunAnswer>(&answer.body);
    if (body == nullptr || body->verdicts.size() != next - first) {
      return model::fail(model::ErrorCode::malformed,
                         "the broker answered something else than it was asked");
    }
    add(preview, std::move(answer.header), std::move(*body));
  }
  return preview;
}

}  // namespace muster::secretariat
