// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/secretariat_rig.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "nodes/secretariat/bars.h"
#include "schemas/text/report_json.h"
#include "tests/support/sample_reports.h"

namespace muster::secretariat::rig {

namespace fs = std::filesystem;
using model::Result;

namespace {

class ScriptedClient final : public client::QueryClient {
 public:
  explicit ScriptedClient(World& world) : world_(world) {}
  Result<model::Answer> ask(const model::Query& query, const model::Standpoint& standpoint,
                            std::chrono::milliseconds) override {
    world_.asked.push_back(query);
    world_.standpoints.push_back(standpoint);
    world_.steady += world_.answer_takes;
    auto answer = world_.answers ? world_.answers(query) : world_.answer;
    if (answer) {
      answer->header.what_if = standpoint.what_if;
    }
    return answer;
  }
  [[nodiscard]] bool is_connected() const override { return world_.broker_is_there; }

 private:
  World& world_;
};

class ScriptedPublisher final : public client::Publisher {
 public:
  ScriptedPublisher(World& world, model::NodeId node, std::uint64_t next_seq,
                    client::OnAcknowledged on_acknowledged)
      : world_(world),
        node_(node),
        next_seq_(next_seq),
        on_acknowledged_(std::move(on_acknowledged)) {}

  Result<client::PublishResult> publish(const model::Report& report, std::uint64_t& seq) override {
    if (world_.publisher.outbox_is_full) {
      return client::PublishResult::back_pressured;
    }
    world_.published.push_back(report);
    seq = next_seq_++;
    waiting_.push_back(seq);
    return client::PublishResult::kept;
  }
  Result<client::PublishResult> publish_encoded(std::vector<model::Bytes>,
                                                std::uint64_t&) override {
    return model::fail(model::ErrorCode::unsupported, "not used");
  }
  bool wait_until_acknowledged(std::chrono::milliseconds wait_max) override {
    if (!world_.publisher.acknowledges) {
      world_.steady += wait_max;
      return false;
    }
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      const auto& verdicts = world_.publisher.verdicts;
      on_acknowledged_({.report = {node_, waiting_[i]},
                        .verdict = i < verdicts.size() ? verdicts[i] : model::ReportVerdict{},
                        .ledger_seq = world_.publisher.ledger_seq});
    }
    return true;
  }
  [[nodiscard]] client::PublisherStatus status() const override {
    // A look at the status is what passes the time while nobody answers.
    world_.steady += std::chrono::milliseconds{1};
    client::PublisherStatus status;
    status.session = world_.publisher.session;
    status.next_seq = next_seq_;
    status.problem = world_.publisher.problem;
    return status;
  }

 private:
  World& world_;
  const model::NodeId node_;
  std::uint64_t next_seq_;
  const client::OnAcknowledged on_acknowledged_;
  std::vector<std::uint64_t> waiting_;
};

/// An outbox whose node has published before.
std::unique_ptr<storage::Outbox> outbox_at(std::uint64_t next_seq) {
  auto outbox = storage::make_memory_outbox();
  if (next_seq > 1) {
    EXPECT_TRUE(outbox->resume_from(next_seq - 1, model::Hash{1}));
  }
  return outbox;
}

Doors doors_of(World& world) {
  Doors doors;
  doors.load_config = [&world](const std::string& path) {
    world.loaded_configs.push_back(path);
    return world.config;
  };
  doors.connect =
      [&world](const client::Connection&) -> Result<std::unique_ptr<client::QueryClient>> {
    return std::make_unique<ScriptedClient>(world);
  };
  doors.open_outbox =
      [&world](const std::string& path) -> Result<std::unique_ptr<storage::Outbox>> {
    world.opened_outboxes.push_back(path);
    if (world.outbox_fails) {
      return tl::unexpected(*world.outbox_fails);
    }
    return outbox_at(world.outbox_next_seq);
  };
  doors.start_publisher =
      [&world](const client::PublisherOptions& options,
               const std::unique_ptr<storage::Outbox>& outbox,
               client::OnAcknowledged told) -> Result<std::unique_ptr<client::Publisher>> {
    return std::make_unique<ScriptedPublisher>(world, options.node, outbox->next_seq(),
                                               std::move(told));
  };
  doors.now = [&world] { return world.now; };
  doors.steady_now = [&world] { return world.steady; };
  return doors;
}

client::NodeConfig node_config() {
  client::NodeConfig config;
  config.path = "kaz.toml";
  config.connection.ingest_endpoint = "tcp://127.0.0.1:7610";
  config.connection.query_endpoint = "tcp://127.0.0.1:7611";
  config.node = tests::node_id("KAZ/mod");
  config.signing_key = trust::SigningKey::from_seed({1, 2, 3});
  config.outbox = "outbox";
  return config;
}

}  // namespace

World::World() : config(node_config()), now(tests::kSampleTime) {
  environment["MUSTER_CONFIG"] = "kaz.toml";
}

Ran World::run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in(typed_ahead + typed);
  const Surroundings around{
      .out = out,
      .err = err,
      .out_is_terminal = false,
      .err_is_terminal = is_terminal,
      .in = &in,
      .in_is_terminal = is_terminal,
      .forget_typed = [&] { in.ignore(static_cast<std::streamsize>(typed_ahead.size())); },
      .environment = [this](const std::string& name) -> std::optional<std::string> {
        const auto found = environment.find(name);
        return found == environment.end() ? std::nullopt : std::optional(found->second);
      }};
  const int code = run_muster(arguments, around, doors_of(*this));
  return {.code = code, .out = out.str(), .err = err.str()};
}

std::string transcript(const std::vector<std::string>& arguments, const model::Answer& answer) {
  World world;
  world.answer = answer;
  std::string printed;
  for (const std::string format : {"table", "wide", "csv", "ndjson", "json"}) {
    auto with_format = arguments;
    with_format.insert(with_format.end(), {"-o", format});
    const auto ran = world.run(with_format);
    printed += "==== -o " + format + "\n" + ran.out + "---- stderr\n" + ran.err + "---- exit " +
               std::to_string(ran.code) + "\n";
  }
  return printed;
}

std::vector<std::string> too_long_lines(const std::string& printed) {
  constexpr std::size_t kScreen = 100;
  std::vector<std::string> found;
  std::istringstream lines(printed);
  for (std::string line; std::getline(lines, line);) {
    if (characters(line) > kScreen) {
      found.push_back(line);
    }
  }
  return found;
}

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "muster-XXXXXX").string();
  EXPECT_NE(::mkdtemp(name.data()), nullptr);
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Folder::path(const std::string& name) const { return (path_ / name).string(); }

std::string Folder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path(name), std::ios::binary) << text;
  return path(name);
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void expect_golden(const std::string& name, const std::string& text) {
  const auto path = fs::path(__FILE__).parent_path() / "golden" / name;
  if (const char* update = std::getenv("UPDATE"); update != nullptr && std::string(update) == "1") {
    std::ofstream(path, std::ios::binary) << text;
  }
  EXPECT_EQ(text, read_file(path)) << "UPDATE=1 rewrites " << path;
}

std::string good_report() { return text::report_to_json(tests::valid_report()); }

std::string two_nations_report() {
  auto report = tests::valid_report();
  auto other = tests::plain_strength();
  other.unit = tests::unit_id("RUS:EX-COMBAT-1");
  report.statements.emplace_back(other);
  return text::report_to_json(report);
}

}  // namespace muster::secretariat::rig
