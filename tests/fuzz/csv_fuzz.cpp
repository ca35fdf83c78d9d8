// SPDX-License-Identifier: Apache-2.0
// Any bytes as the CSV file of a ministry, strictly and with what is right in it taken: no crash,
// and a file that is good has reports without a problem that refuses.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "nodes/desk/draft.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  muster::desk::DeskOptions options;
  options.nation = *muster::model::Nation::parse("KAZ");
  options.valid_at = *muster::model::parse_time("2026-11-01T06:00:00Z");
  const auto draft = muster::desk::read_draft("a.csv", text, options);
  if (draft.is_good() && muster::desk::refuses(draft.problems)) {
    std::abort();
  }
  options.accept_valid_rows = true;
  muster::desk::read_draft("a.csv", text, options);
  return 0;
}
