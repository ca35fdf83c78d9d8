// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/load.h"

#include <fmt/format.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "nodes/client/connection_file.h"
#include "nodes/client/publisher.h"
#include "nodes/exercise/dice.h"

namespace muster::exercise {
namespace {

using Clock = std::chrono::steady_clock;

model::UtcTime now() {
  return std::chrono::floor<model::Duration>(std::chrono::system_clock::now());
}

/// What the acknowledgements of all nodes add up to.
struct Tally {
  std::atomic<std::uint64_t> acknowledged{0}, refused{0};
};

/// One publisher and its units.
class LoadNode {
 public:
  static model::Result<std::unique_ptr<LoadNode>> start(link::Context& context,
                                                        const Workspace& workspace,
                                                        const model::NodeId& id,
                                                        const LoadOptions& options, Tally& tally) {
    MUSTER_TRY(const auto config, client::load_node_config(workspace.node_config(id).string()));
    auto node = std::unique_ptr<LoadNode>(new LoadNode(id, options));
    MUSTER_TRY(
        node->publisher_,
        client::Publisher::start(
            context,
            {.connection = config.connection, .node = id, .signing_key = *config.signing_key},
            storage::make_memory_outbox(),
            [&tally, raw = node.get()](const client::Acknowledged& acknowledged) {
              raw->in_flight_.fetch_sub(1);
              const bool is_refused = acknowledged.verdict.verdict == model::Verdict::refused;
              ++(is_refused ? tally.refused : tally.acknowledged);
            }));
    return node;
  }

  model::Result<bool> publish_units() {
    model::Report report{.valid_at = now(), .statements = {}};
    for (std::size_t i = 0; i < units_; ++i) {
      report.statements.emplace_back(
          model::UnitStatement{.unit = unit(i),
                               .name = fmt::format("Load unit {} (fictional)", i + 1),
                               .component = model::Component::military,
                               .element_kind = model::ElementKind::other,
                               .lifecycle = model::Lifecycle::training,
                               .echelon = model::Echelon::company});
    }
    return publish(report);
  }

  /// A new Strength of some unit. False when the window is full.
  model::Result<bool> publish_strength() {
    const auto people = static_cast<model::Count>(dice_.between(80, 119));
    const auto absent = static_cast<model::Count>(dice_.between(0, 7));
    model::Report report{.valid_at = now(), .statements = {}};
    report.statements.emplace_back(model::StrengthStatement{
        .unit = unit(dice_.between(0, static_cast<std::uint32_t>(units_ - 1))),
        .authorised = 120,
        .assigned = people,
        .attached_in = 0,
        .detached_out = 0,
        .present = people - absent,
        .deployable = people,
        .absences = {{.reason = model::AbsenceReason::leave, .count = absent}}});
    return publish(report);
  }

  bool wait(std::chrono::milliseconds wait_max) {
    return publisher_->wait_until_acknowledged(wait_max);
  }
  [[nodiscard]] std::string problem() const { return publisher_->status().problem; }

 private:
  LoadNode(const model::NodeId& id, const LoadOptions& options)
      : id_(id),
        units_(options.units),
        in_flight_max_(options.in_flight),
        dice_(options.seed, id.view()) {}

  [[nodiscard]] model::UnitId unit(std::size_t index) const {
    return *model::UnitId::parse(fmt::format("{}:EX-LOAD-{}", id_.publisher().view(), index + 1));
  }

  model::Result<bool> publish(const model::Report& report) {
    if (in_flight_.load() >= in_flight_max_) {
      return false;
    }
    in_flight_.fetch_add(1);
    std::uint64_t seq = 0;
    MUSTER_TRY(const auto result, publisher_->publish(report, seq));
    if (result == client::PublishResult::kept) {
      return true;
    }
    in_flight_.fetch_sub(1);
    return false;
  }

  model::NodeId id_;
  std::size_t units_;
  std::size_t in_flight_max_;
  Dice dice_;
  std::atomic<std::size_t> in_flight_{0};
  std::unique_ptr<client::Publisher> publisher_;
};

/// Publishes in turn from all nodes until the time or the count is over.
class Load {
 public:
  Load(std::vector<std::unique_ptr<LoadNode>>& nodes, const LoadOptions& options, Tally& tally,
       const OnLine& on_line)
      : nodes_(nodes), options_(options), tally_(tally), on_line_(on_line) {}

  model::Result<LoadResult> run() {
    for (auto& node : nodes_) {
      MUSTER_TRY(const bool kept, node->publish_units());
      result_.published += kept ? 1 : 0;
    }
    const auto start = Clock::now();
    auto shown = start;
    while (Clock::now() - start < options_.duration && result_.published < options_.reports_max) {
      MUSTER_TRY(const bool any, turn(start));
      if (!any) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
      }
      if (Clock::now() - shown >= std::chrono::seconds(1)) {
        shown = Clock::now();
        on_line_(fmt::format("{} published, {} acknowledged", result_.published,
                             tally_.acknowledged + tally_.refused));
      }
    }
    return finish(start);
  }

 private:
  [[nodiscard]] bool is_due(Clock::time_point start) const {
    const auto seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return options_.rate <= 0 || static_cast<double>(result_.published) <= options_.rate * seconds;
  }

  /// One report at most from each node, while reports are due. The next turn begins behind the node
  /// that was last, so that a rate which leaves one report a turn is shared by all nodes. False
  /// when none could send.
  model::Result<bool> turn(Clock::time_point start) {
    bool any = false;
    for (std::size_t i = 0; i < nodes_.size() && is_due(start); ++i) {
      auto& node = *nodes_[next_node_];
      next_node_ = (next_node_ + 1) % nodes_.size();
      MUSTER_TRY(const bool kept, node.publish_strength());
      result_.published += kept ? 1 : 0;
      any |= kept;
    }
    return any;
  }

  model::Result<LoadResult> finish(Clock::time_point start) {
    for (auto& node : nodes_) {
      if (!node->wait(std::chrono::seconds(30))) {
        return model::fail(model::ErrorCode::timed_out,
                           fmt::format("the broker did not acknowledge everything within 30 s{}{}",
                                       node->problem().empty() ? "" : ": ", node->problem()));
      }
    }
    result_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    result_.acknowledged = tally_.acknowledged;
    result_.refused = tally_.refused;
    return result_;
  }

  std::vector<std::unique_ptr<LoadNode>>& nodes_;
  const LoadOptions& options_;
  Tally& tally_;
  const OnLine& on_line_;
  std::size_t next_node_ = 0;
  LoadResult result_;
};

}  // namespace

model::Result<LoadResult> run_load(const Workspace& workspace, const LoadOptions& options,
                                   const OnLine& on_line) {
  MUSTER_CHECK(check_prepared(workspace));
  MUSTER_TRY(auto context, link::Context::create());
  Tally tally;
  std::vector<std::unique_ptr<LoadNode>> nodes;
  for (const auto& id : workspace_nodes()) {
    if (!id.view().ends_with("/load") || nodes.size() == options.nodes) {
      continue;
    }
    MUSTER_TRY(auto node, LoadNode::start(*context, workspace, id, options, tally));
    nodes.push_back(std::move(node));
  }
  return Load(nodes, options, tally, on_line).run();
}

}  // namespace muster::exercise
