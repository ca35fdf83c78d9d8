// SPDX-License-Identifier: Apache-2.0
#include "broker/server/projection.h"

#include <fmt/format.h>

#include "broker/core/readiness.h"
#include "schemas/trust/big_endian.h"
#include "schemas/wire/report.h"

namespace muster::server {

using model::ErrorCode;
using model::fail;

namespace {

// Stored. Never change.
constexpr std::string_view kUnit = "unit/";
constexpr std::string_view kNode = "node/";
constexpr std::string_view kRegistry = "registry";
constexpr std::string_view kTree = "tree";

/// Writes values one after the other, integers big-endian, text with its length in front.
class Writer {
 public:
  template <typename Integer>
  void integer(Integer value) {
    trust::append_big_endian(bytes_, value);
  }
  void text(std::string_view value) {
    integer(static_cast<std::uint16_t>(value.size()));
    raw(model::view_of(value));
  }
  void raw(model::ByteView value) { trust::append_bytes(bytes_, value); }
  void stamp(const core::Stamp& stamp) {
    text(stamp.report.node.view());
    integer(stamp.report.seq);
    integer(model::to_micros(stamp.valid_at));
    integer(model::to_micros(stamp.issued_at));
    integer(model::to_micros(stamp.received_at));
    integer(stamp.ledger_seq);
  }
  model::Bytes take() && { return std::move(bytes_); }

 private:
  model::Bytes bytes_;
};

/// Reads what Writer wrote. After a read beyond the end everything is zero and is_good() is false.
class Reader {
 public:
  explicit Reader(model::ByteView bytes) : rest_(bytes) {}
  template <typename Integer>
  Integer integer() {
    std::uint64_t value = 0;
    for (const auto byte : raw(sizeof(Integer))) { value = value << 8 | byte; }
    return static_cast<Integer>(value);
  }
  model::ByteView raw(std::size_t size) {
    if (size > rest_.size()) {
      is_good_ = false;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  std::string_view text() { return model::text_of(raw(integer<std::uint16_t>())); }
  model::NodeId node() {
    auto parsed = model::NodeId::parse(text());
    is_good_ = is_good_ && parsed.has_value();
    return parsed ? *parsed : model::NodeId{};
  }
  core::Stamp stamp() {
    core::Stamp stamp;
    stamp.report.node = node();
    stamp.report.seq = integer<std::uint64_t>();
    stamp.valid_at = model::from_micros(integer<std::int64_t>());
    stamp.issued_at = model::from_micros(integer<std::int64_t>());
    stamp.received_at = model::from_micros(integer<std::int64_t>());
    stamp.ledger_seq = integer<std::uint64_t>();
    return stamp;
  }
  model::ByteView rest() { return rest_; }
  [[nodiscard]] bool is_good() const { return is_good_; }

 private:
  model::ByteView rest_;
  bool is_good_ = true;
};

template <typename S>
void collect(const core::KeptPtr<S>& kept, model::Report& report, std::vector<core::Stamp>& stamps) {
  if (!kept) { return; }
  report.statements.emplace_back(kept->statement);
  stamps.push_back(kept->stamp);
}

/// unit = owner count stamp* report: the stamps of the statements in the report, in their order.
model::Bytes encode_unit(const core::UnitState& unit) {
  model::Report report;
  std::vector<core::Stamp> stamps;
  collect(unit.identity, report, stamps);
  collect(unit.strength, report, stamps);
  collect(unit.equipment, report, stamps);
  collect(unit.readiness, report, stamps);
  collect(unit.availability, report, stamps);
  if (unit.releasable_to) { report.releasable_to = *unit.releasable_to; }
  Writer out;
  out.text(unit.owner.view());
  out.integer(static_cast<std::uint8_t>(stamps.size()));
  for (const auto& stamp : stamps) { out.stamp(stamp); }
  out.raw(wire::encode_report(report));
  return std::move(out).take();
}

/// Takes the statements in through evolve(), so that what follows from them is computed in one place.
model::Result<void> decode_unit(model::ByteView value, core::State& state) {
  Reader in(value);
  const auto owner = in.node();
  std::vector<core::Stamp> stamps(in.integer<std::uint8_t>());
  for (auto& stamp : stamps) { stamp = in.stamp(); }
  if (!in.is_good()) { return fail(ErrorCode::corrupt, "the entry ends too early"); }
  MUSTER_TRY(auto report, wire::decode_report(in.rest()));
  if (report.statements.size() != stamps.size() || stamps.empty()) {
    return fail(ErrorCode::corrupt, "the entry's stamps do not fit its statements");
  }
  std::shared_ptr<const std::vector<model::Nation>> releasable_to;
  if (!report.releasable_to.empty()) {
    releasable_to = std::make_shared<const std::vector<model::Nation>>(report.releasable_to);
  }
  const auto* id = model::unit_of(report.statements.front());
  if (id == nullptr) { return fail(ErrorCode::corrupt, "the entry is about no unit"); }
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    core::evolve(state, core::StatementTaken{report.statements[i], stamps[i], releasable_to});
  }
  auto unit = *state.units.find(*id);
  unit.owner = owner;  // Who declared it first, which its newest declaration need not be.
  state.units.set(*id, std::move(unit));
  return {};
}

model::Bytes encode_node(const core::NodeState& node) {
  Writer out;
  out.integer(node.head_seq);
  out.raw(node.head_hash);
  out.integer(node.last_ledger_seq);
  out.integer(model::to_micros(node.last_received_at));
  out.integer(node.accepted);
  out.integer(node.refused);
  return std::move(out).take();
}

model::Result<core::NodeState> decode_node(model::ByteView value) {
  Reader in(value);
  core::NodeState node;
  node.head_seq = in.integer<std::uint64_t>();
  const auto hash = in.raw(node.head_hash.size());
  std::copy(hash.begin(), hash.end(), node.head_hash.begin());
  node.last_ledger_seq = in.integer<std::uint64_t>();
  node.last_received_at = model::from_micros(in.integer<std::int64_t>());
  node.accepted = in.integer<std::uint64_t>();
  node.refused = in.integer<std::uint64_t>();
  if (!in.is_good()) { return fail(ErrorCode::corrupt, "the entry ends too early"); }
  return node;
}

model::Bytes encode_registry(const core::Registry& registry) {
  model::Report report;
  report.statements.emplace_back(model::RegistryStatement{.realm = registry.realm,
                                                          .members = registry.members,
                                                          .nodes = registry.nodes,
                                                          .unit_transfers = registry.unit_transfers});
  return wire::encode_report(report);
}

model::Result<void> decode_registry(model::ByteView value, core::State& state) {
  MUSTER_TRY(auto report, wire::decode_report(value));
  for (auto& statement : report.statements) {
    core::evolve(state, core::StatementTaken{std::move(statement), {}, nullptr});
  }
  return {};
}

model::Result<void> read_entry(std::string_view key, model::ByteView value, Projected& into,
                               std::map<model::NodeId, core::NodeState>& nodes) {
  if (key.starts_with(kUnit)) { return decode_unit(value, into.state); }
  if (key.starts_with(kNode)) {
    MUSTER_TRY(const auto id, model::NodeId::parse(key.substr(kNode.size())));
    MUSTER_TRY(nodes[id], decode_node(value));
    return {};
  }
  if (key == kRegistry) { return decode_registry(value, into.state); }
  if (key == kTree) {
    MUSTER_TRY(into.frontier, trust::TreeFrontier::load(value));
    return {};
  }
  return fail(ErrorCode::corrupt, "no entry is called that");
}

}  // namespace

storage::ProjectionStep projection_step(const core::State& state, const trust::TreeFrontier& frontier,
                                        const std::vector<model::UnitId>& changed) {
  storage::ProjectionStep step{.watermark = state.ledger_seq, .entries = {}};
  for (const auto& id : changed) {
    if (const auto* unit = state.units.find(id)) {
      step.entries.push_back({std::string(kUnit) + id.str(), encode_unit(*unit)});
    }
  }
  for (const auto& [id, node] : *state.nodes) {
    step.entries.push_back({std::string(kNode) + id.str(), encode_node(node)});
  }
  step.entries.push_back({std::string(kRegistry), encode_registry(*state.registry)});
  step.entries.push_back({std::string(kTree), frontier.save()});
  return step;
}

model::Result<std::optional<Projected>> load_projection(const storage::Store& store) {
  MUSTER_TRY(const auto watermark, store.watermark());
  if (watermark == 0) { return std::optional<Projected>{}; }
  Projected projected;
  std::map<model::NodeId, core::NodeState> nodes;
  MUSTER_CHECK(store.scan_projection([&](std::string_view key, model::ByteView value) -> model::Result<void> {
    if (auto read = read_entry(key, value, projected, nodes); !read) {
      return fail(ErrorCode::corrupt, fmt::format("projection entry {}: {}", key, read.error().message));
    }
    return {};
  }));
  projected.state.nodes = std::make_shared<const std::map<model::NodeId, core::NodeState>>(std::move(nodes));
  projected.state.ledger_seq = watermark;
  return projected;
}

}  // namespace muster::server
