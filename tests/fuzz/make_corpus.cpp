// SPDX-License-Identifier: Apache-2.0
// Writes the valid messages that fuzzing begins with: `make_corpus FOLDER`.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/wire_readers.h"

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  std::size_t number = 0;
  for (const auto& frame : muster::tests::sample_frames()) {
    std::ofstream out(folder / ("valid-" + std::to_string(++number)), std::ios::binary);
    out.write(reinterpret_cast<const char*>(frame.data()),
              static_cast<std::streamsize>(frame.size()));
  }
  return 0;
}
