// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "link_fixture.h"
#include "nodes/ministry/drop_folder.h"
#include "schemas/text/json_tree.h"
#include "schemas/wire/report.h"

namespace muster::ministry::test {

using namespace std::chrono_literals;
using link::test::must;

inline const model::NodeId kNode = *model::NodeId::parse("KAZ/mod");

/// An outbox and a broker in one, outliving the process that uses them: what publish() kept stays
/// kept whatever is thrown afterwards.
class FakePublisher final : public client::Publisher {
 public:
  model::Result<client::PublishResult> publish(const model::Report&, std::uint64_t&) override {
    return client::PublishResult::back_pressured;
  }
  model::Result<client::PublishResult> publish_encoded(std::vector<model::Bytes> some,
                                                       std::uint64_t& first_seq) override {
    if (!refusal.message.empty()) {
      return tl::unexpected(refusal);
    }
    if (full) {
      return client::PublishResult::back_pressured;
    }
    first_seq = reports.size() + 1 + skipped;
    for (auto& one : some) {
      reports.push_back(must(wire::decode_report(one)));
    }
    return client::PublishResult::kept;
  }
  bool wait_until_acknowledged(std::chrono::milliseconds) override { return true; }
  [[nodiscard]] client::PublisherStatus status() const override {
    client::PublisherStatus status;
    status.next_seq = reports.size() + 1;
    status.acknowledged_seq = acknowledged;
    return status;
  }

  std::vector<model::Report> reports;
  std::uint64_t acknowledged = 0;
  std::uint64_t skipped = 0;
  bool full = false;
  model::Error refusal;
};

/// kill -9, as far as a test needs it.
struct Killed {};

class Ministry : public testing::Test {
 protected:
  static std::string report(int people = 100) {
    return fmt::format(
        R"({{"kind": "REGULAR", "valid_at": "2024-05-01T06:00:00Z", "classification": "UNCLASSIFIED",
            "statements": [{{"type": "Strength", "unit": "KAZ:AIRMOB-35", "authorised": {},
            "assigned": 90, "attached_in": 0, "detached_out": 0, "present": 90, "deployable": 80}}]}})",
        people);
  }

  /// A new process, with what the former one left.
  void start() {
    open();
    recover();
  }
  void open() {
    drop_.reset();
    DropHooks hooks{.now = [this] { return now_; },
                    .log = [this](std::string_view line) { log_ += std::string(line) + "\n"; },
                    .at =
                        [this](Step step) {
                          if (kill_at_ == step) {
                            kill_at_.reset();
                            throw Killed{};
                          }
                        },
                    .progress = [this] { ++progress_; },
                    .read = read_};
    drop_ = must(DropFolder::open(folder(), options_, std::move(hooks)));
  }
  void recover() {
    const auto status = publisher_.status();
    must(
        drop_->recover({.next_seq = status.next_seq, .acknowledged_seq = status.acknowledged_seq}));
  }
  void drop(const std::string& name, const std::string& content) {
    std::ofstream(path(name)) << content;
  }
  /// Two looks: what was dropped before is at rest at the second.
  void look_twice() {
    must(drop_->look(publisher_));
    must(drop_->look(publisher_));
  }
  /// What the look says that claims what was dropped before.
  model::Result<void> look_until_it_fails() {
    auto looked = drop_->look(publisher_);
    return looked ? drop_->look(publisher_) : looked;
  }
  /// The disk refuses whatever belongs into this folder, until unblock().
  void block(const std::string& name) {
    std::filesystem::remove_all(path(name));
    drop(name, "in the way");
  }
  void unblock(const std::string& name) { std::filesystem::remove(path(name)); }
  /// The broker answers everything that is kept; the owner is told first, as the publisher does.
  void acknowledge(const model::ReportVerdict& verdict = {}) {
    while (publisher_.acknowledged < publisher_.reports.size()) {
      acknowledge_one(verdict);
    }
  }
  void acknowledge_one(const model::ReportVerdict& verdict = {}) {
    const auto seq = publisher_.acknowledged + 1;
    drop_->acknowledged(
        {.report = {.node = kNode, .seq = seq}, .verdict = verdict, .ledger_seq = 70 + seq});
    publisher_.acknowledged = seq;
  }
  static model::ReportVerdict refusal() {
    return {.verdict = model::Verdict::refused,
            .findings = {{.rule = model::Rule::v12,
                          .statement = 0,
                          .field = "present",
                          .found = "352",
                          .expected = "370"}}};
  }
  static model::ReportVerdict flag() {
    return {.verdict = model::Verdict::accepted,
            .findings = {{.rule = model::Rule::v20,
                          .severity = model::Severity::flag,
                          .statement = 0,
                          .field = "deployable",
                          .found = "80",
                          .expected = "more"}}};
  }

  [[nodiscard]] std::string folder() const { return (temporary_ / "drop").string(); }
  [[nodiscard]] Path path(const std::string& name) const { return Path(folder()) / name; }
  [[nodiscard]] bool has(const std::string& name) const { return exists(path(name)); }
  [[nodiscard]] std::string text(const std::string& name) const {
    std::ifstream in(path(name));
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] text::Json json(const std::string& name) const {
    text::Problems problems;
    return text::parse_json(text(name), problems).root;
  }
  /// Files of `folder` but for the papers for people and machines.
  [[nodiscard]] std::vector<std::string> only_files() const {
    auto found = files();
    std::erase_if(found, [](const std::string& name) {
      return name.find(".receipt.") != std::string::npos ||
             name.find(".findings.") != std::string::npos;
    });
    return found;
  }
  /// All files but the hidden ones, from the drop folder on.
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder())) {
      if (entry.is_regular_file() && !entry.path().filename().string().starts_with('.')) {
        found.push_back(relative(entry.path(), folder()).string());
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  link::test::TemporaryFolder temporary_;
  model::UtcTime now_ = *model::parse_time("2024-05-01T06:30:00Z");
  FakePublisher publisher_;
  std::string log_;
  std::optional<Step> kill_at_;
  DropOptions options_{.node = kNode};
  int progress_ = 0;
  /// In place of the desk, when it is set.
  std::function<desk::Draft(std::string_view, std::string_view, const desk::DeskOptions&)> read_;
  std::unique_ptr<DropFolder> drop_;
};

}  // namespace muster::ministry::test
