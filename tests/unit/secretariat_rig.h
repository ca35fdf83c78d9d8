// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "nodes/secretariat/commands.h"

/// A world for the command line: a broker that says what the test wants, an environment, and ears
/// at both ends. No network, no clock.
namespace muster::secretariat::rig {

/// What a run of the program left behind.
struct Ran {
  int code = -1;
  std::string out, err;
};

/// How the publisher behaves.
struct PublisherScript {
  client::PublisherStatus::Session session = client::PublisherStatus::Session::greeted;
  std::string problem;
  bool acknowledges = true;
  bool outbox_is_full = false;
  std::vector<model::ReportVerdict> verdicts;  ///< In order; accepted beyond the list.
  std::uint64_t ledger_seq = 184;
};

struct World {
  World();

  /// Runs `muster` with these arguments.
  Ran run(const std::vector<std::string>& arguments);

  // What the broker says; its header repeats what was supposed, as that of a broker does.
  model::Result<model::Answer> answer = model::fail(model::ErrorCode::unavailable, "not set");
  bool broker_is_there = false;  ///< Whether an error is the broker's own word.
  /// Instead of `answer`, when it is set.
  std::function<model::Result<model::Answer>(const model::Query&)> answers;
  std::vector<model::Query> asked;
  std::vector<model::Standpoint> standpoints;  ///< One a question.
  std::chrono::milliseconds answer_takes{12};
  PublisherScript publisher;
  std::vector<model::Report> published;

  // What is around.
  bool is_terminal = false;  ///< stdin and stderr.
  std::string typed;         ///< What the person types.
  std::string typed_ahead;  ///< Typed before a question is shown.
  std::map<std::string, std::string> environment;
  std::vector<std::string> loaded_configs;
  model::Result<client::NodeConfig> config = model::fail(model::ErrorCode::not_found, "not set");
  std::uint64_t outbox_next_seq = 41;
  std::optional<model::Error> outbox_fails;
  std::vector<std::string> opened_outboxes;
  std::chrono::steady_clock::time_point steady{};
  model::UtcTime now{};
};

/// What the program prints of this answer in every format, with stderr and the exit code.
std::string transcript(const std::vector<std::string>& arguments, const model::Answer& answer);

/// Lines that a screen of 100 columns would break.
std::vector<std::string> too_long_lines(const std::string& printed);

/// A folder of its own for a test, removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path(const std::string& name) const;
  /// Writes a file; its path.
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& path);

/// Compares with tests/unit/golden/NAME; UPDATE=1 in the environment rewrites it.
void expect_golden(const std::string& name, const std::string& text);

/// A good report of KAZ as JSON, and one whose second unit is of another nation.
std::string good_report();
std::string two_nations_report();

}  // namespace muster::secretariat::rig
