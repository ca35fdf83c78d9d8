// SPDX-License-Identifier: Apache-2.0
// Any bytes as the JSON report of a ministry: no crash, and what is read prints as a report that
// reads the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "nodes/desk/draft.h"
#include "schemas/text/report_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto draft = muster::desk::read_draft("a.json", text, {});
  if (draft.is_good() && muster::desk::refuses(draft.problems)) {
    std::abort();
  }
  for (const auto& report : draft.reports) {
    const auto again = muster::text::report_from_json(muster::text::report_to_json(report));
    if (!again.problems.empty() || !(again.report == report)) {
      std::abort();
    }
  }
  return 0;
}
