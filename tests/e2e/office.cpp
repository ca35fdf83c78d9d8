// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/office.h"

#include <stdexcept>

#include "tests/e2e/program.h"

namespace muster::e2e {

namespace fs = std::filesystem;

namespace {
constexpr auto kOffice = "/usr/bin/soffice";
}  // namespace

bool Office::is_there() { return fs::exists(kOffice); }

fs::path Office::convert(const std::string& kind, const std::vector<fs::path>& files) {
  const auto results = folder_ / ("converted-" + std::to_string(++runs_));
  fs::create_directories(results);
  // timeout(1) ends the whole group: soffice is a script that starts others.
  std::vector<std::string> arguments{
      "/usr/bin/timeout",
      "--kill-after=5",
      "120",
      "/usr/bin/env",
      "HOME=" + folder_.string(),
      "LC_ALL=C.UTF-8",
      kOffice,
      "-env:UserInstallation=file://" + (folder_ / "profile").string(),
      "--headless",
      "--norestore",
      "--convert-to",
      kind,
      "--outdir",
      results.string()};
  for (const auto& file : files) {
    arguments.push_back(file.string());
  }
  Program office(arguments);
  const auto code = office.exit_code(std::chrono::seconds{130});
  const auto made = std::distance(fs::directory_iterator(results), fs::directory_iterator());
  if (code != 0 || static_cast<std::size_t>(made) != files.size()) {
    throw std::runtime_error("soffice --convert-to " + kind + " failed: " + office.output());
  }
  return results;
}

}  // namespace muster::e2e
