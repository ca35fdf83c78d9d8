// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string_view>

#include "tests/crash/node_child.h"

int main(int argc, char** argv) {
  if (argc == 5 && std::string_view(argv[1]) == muster::crash::kNodeChildFlag) {
    try {
      return muster::crash::run_node_child(argv);
    } catch (const std::exception& error) {
      fmt::print(stderr, "node: {}\n", error.what());
      return 1;
    }
  }
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
