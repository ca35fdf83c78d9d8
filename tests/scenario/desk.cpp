// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/desk.h"

#include <fmt/format.h>

#include <sstream>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/sheet.h"

namespace muster::tests {
namespace {

/// Asks the broker of the rig, through the same messages as over a socket.
class DeskClient final : public client::QueryClient {
 public:
  DeskClient(BrokerRig& broker, const TestNode& who) : broker_(broker), who_(who) {}
  model::Result<model::Answer> ask(const model::Query& query, const model::Standpoint& standpoint,
                                   std::chrono::milliseconds) override {
    model::Request request;
    request.id = ++last_id_;
    request.as_of = standpoint.as_of;
    request.known_at = standpoint.known_at;
    request.what_if = standpoint.what_if;
    request.query = query;
    return broker_.answer(who_, request);
  }

 private:
  BrokerRig& broker_;
  const TestNode& who_;
  std::uint64_t last_id_ = 0;
};

secretariat::Doors doors_to(BrokerRig& broker, const TestNode& who) {
  secretariat::Doors doors;
  doors.load_config = [](const std::string&) -> model::Result<client::NodeConfig> {
    return client::NodeConfig{};
  };
  doors.connect =
      [&](const client::Connection&) -> model::Result<std::unique_ptr<client::QueryClient>> {
    return std::make_unique<DeskClient>(broker, who);
  };
  doors.now = [&broker] { return broker.now; };
  doors.steady_now = [] { return std::chrono::steady_clock::time_point{}; };
  return doors;
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) {
    words.push_back(word);
  }
  words.erase(words.begin());
  return words;
}

/// An empty line would end the transcript.
std::string without_empty_lines(const std::string& text) {
  std::istringstream in(text);
  std::string kept;
  for (std::string line; std::getline(in, line);) {
    kept += line.empty() ? "" : line + "\n";
  }
  return kept;
}

}  // namespace

std::string run_at_desk(BrokerRig& broker, const TestNode& who, const std::string& line) {
  secretariat::use_utf8_locale();
  std::ostringstream out;
  std::ostringstream err;
  const secretariat::Surroundings around{
      .out = out, .err = err, .environment = [](const std::string& name) {
        return name == "MUSTER_CONFIG" ? std::optional<std::string>("desk.toml") : std::nullopt;
      }};
  const auto code = secretariat::run_muster(words_of(line), around, doors_to(broker, who));
  auto text = without_empty_lines(out.str()) + without_empty_lines(err.str());
  return code == 0 ? text : text + fmt::format("exit code {}\n", code);
}

}  // namespace muster::tests
