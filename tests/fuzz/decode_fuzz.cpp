// SPDX-License-Identifier: Apache-2.0
// Any bytes, to every decoder: none may crash, and what decodes can be sent on unchanged.
#include <cstddef>
#include <cstdint>

#include "tests/support/wire_readers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  muster::tests::read_everything({data, size});
  return 0;
}
