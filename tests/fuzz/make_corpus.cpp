// SPDX-License-Identifier: Apache-2.0
// Writes the valid messages that fuzzing begins with: `make_corpus FOLDER`.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "schemas/wire/report.h"
#include "tests/support/sample_reports.h"
#include "tests/support/wire_readers.h"

namespace {

void write(const std::filesystem::path& path, muster::model::ByteView bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  std::size_t number = 0;
  for (const auto& frame : muster::tests::sample_frames()) {
    write(folder / ("valid-" + std::to_string(++number)), frame);
  }
  // One report a kind of statement, so that no kind waits for a fuzzer to find its number.
  number = 0;
  for (const auto& statement : muster::tests::full_statements()) {
    auto report = muster::tests::valid_report();
    report.statements = {statement};
    write(folder / ("valid-statement-" + std::to_string(++number)),
          muster::wire::encode_report(report));
  }
  return 0;
}
