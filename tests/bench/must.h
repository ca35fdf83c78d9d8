// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "schemas/model/result.h"
#include "tests/bench/driver.h"

namespace muster::bench {

/// A value, or the end of the run.
template <typename T>
T must(model::Result<T> result) {
  if (!result) {
    fail(result.error().message);
  }
  return std::move(*result);
}
inline void must(const model::Result<void>& result) {
  if (!result) {
    fail(result.error().message);
  }
}

}  // namespace muster::bench
