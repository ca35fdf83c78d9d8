// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/scenario/stage.h"

// Runs each scenario file beside this source: its commands in order, and what came of them compared
// with the transcript. With UPDATE=1 in the environment the transcript is written anew.

namespace muster::tests {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> scenarios() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(MUSTER_SCENARIOS)) {
    if (entry.path().extension() == ".txt" && entry.path().stem() != "CMakeLists") {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

class Scenario : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(Scenario, GoesAsItIsWritten) {
  const auto text = read_file(GetParam());
  auto steps = parse_script(text);
  ASSERT_FALSE(steps.empty());

  Stage stage;
  for (auto& step : steps) {
    step.transcript.clear();
    for (const auto& line : step.commands) {
      step.transcript += stage.run(parse_command(line));
    }
  }
  const auto happened = format_script(steps);

  if (std::getenv("UPDATE") != nullptr) {
    std::ofstream(GetParam()) << happened;
  } else {
    EXPECT_EQ(happened, text) << "UPDATE=1 writes the transcript anew; read the difference first.";
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Scenario, ::testing::ValuesIn(scenarios()),
                         [](const auto& scenario) { return scenario.param.stem().string(); });

}  // namespace
}  // namespace muster::tests
