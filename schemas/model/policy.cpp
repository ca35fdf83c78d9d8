// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/policy.h"

namespace muster::model {

Duration interval_of(const Policy& policy, StatementKind kind) {
  for (const auto& interval : policy.intervals) {
    if (interval.statement == kind) {
      return std::chrono::seconds{interval.seconds};
    }
  }
  return std::chrono::seconds{default_interval(kind)};
}

}  // namespace muster::model
