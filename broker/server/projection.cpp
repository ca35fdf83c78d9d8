// SPDX-License-Identifier: Apache-2.0
#include "broker/server/projection.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

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
  void report(const model::Report& report) {
    const auto bytes = wire::encode_report(report);
    integer(static_cast<std::uint32_t>(bytes.size()));
    raw(bytes);
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
    for (const auto byte : raw(sizeof(Integer))) {
      value = value << 8 | byte;
    }
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
  /// Errors: corrupt when what was read before, or the report, ends too early; those of
  /// decode_report().
  model::Result<model::Report> report() {
    const auto bytes = raw(integer<std::uint32_t>());
    if (!is_good_) {
      return fail(ErrorCode::corrupt, "the entry ends too early");
    }
    return wire::decode_report(bytes, bytes.size());
  }
  [[nodiscard]] model::ByteView rest() const { return rest_; }
  [[nodiscard]] bool is_good() const { return is_good_; }

 private:
  model::ByteView rest_;
  bool is_good_ = true;
};

/// statement = stamp size report: the report says this one thing, to whom it is released included.
/// One report a statement, since several together may be longer than a report can be.
template <typename S>
bool encode_statement(const core::KeptPtr<S>& kept, Writer& out) {
  if (!kept) {
    return false;
  }
  model::Report report;
  if (kept->releasable_to) {
    report.releasable_to = *kept->releasable_to;
  }
  report.statements.emplace_back(kept->statement);
  out.stamp(kept->stamp);
  out.report(report);
  return true;
}

/// unit = owner statement+, the declaration first.
model::Bytes encode_unit(const core::UnitState& unit) {
  Writer out;
  out.text(unit.owner.view());
  encode_statement(unit.identity, out);
  encode_statement(unit.strength, out);
  encode_statement(unit.equipment, out);
  encode_statement(unit.readiness, out);
  encode_statement(unit.availability, out);
  return std::move(out).take();
}

/// Takes the statement in through evolve(), so that what follows from it is computed in one place.
model::Result<model::UnitId> decode_statement(Reader& in, core::State& state) {
  const auto stamp = in.stamp();
  MUSTER_TRY(auto report, in.report());
  const auto* id = model::unit_of(report.statements.front());
  if (id == nullptr || report.statements.size() != 1) {
    return fail(ErrorCode::corrupt, "the entry is not about a unit");
  }
  const auto unit = *id;
  core::Release release;
  if (!report.releasable_to.empty()) {
    release = std::make_shared<const std::vector<model::Nation>>(std::move(report.releasable_to));
  }
  core::evolve(state,
               core::StatementTaken{std::move(report.statements.front()), stamp, release, {}});
  return unit;
}

model::Result<void> decode_unit(std::string_view key, model::ByteView value, core::State& state) {
  Reader in(value);
  const auto owner = in.node();
  do {
    MUSTER_TRY(const auto id, decode_statement(in, state));
    if (id.view() != key) {
      return fail(ErrorCode::corrupt, "the entry is about another unit");
    }
    auto unit = *state.units.find(id);
    unit.owner = owner;  // Who declared it first, which its newest declaration need not be.
    state.units.set(id, std::move(unit));
  } while (!in.rest().empty());
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
  if (!in.is_good()) {
    return fail(ErrorCode::corrupt, "the entry ends too early");
  }
  return node;
}

/// Moves up to kPart entries of `from` to `to`.
template <typename Entry>
void take_some(std::span<const Entry>& from, std::vector<Entry>& to) {
  constexpr std::size_t kPart = 1000;
  const auto some = from.first(std::min(from.size(), kPart));
  to.assign(some.begin(), some.end());
  from = from.subspan(some.size());
}

/// registry = (size report)+: as many reports as its lists need, which grow for as long as the
/// store lives.
model::Bytes encode_registry(const core::Registry& registry) {
  Writer out;
  std::span members(registry.members);
  std::span nodes(registry.nodes);
  std::span transfers(registry.unit_transfers);
  do {
    model::RegistryStatement part{.realm = registry.realm};
    take_some(members, part.members);
    take_some(nodes, part.nodes);
    take_some(transfers, part.unit_transfers);
    model::Report report;
    report.statements.emplace_back(std::move(part));
    out.report(report);
  } while (!members.empty() || !nodes.empty() || !transfers.empty());
  return std::move(out).take();
}

model::Result<void> decode_registry(model::ByteView value, core::State& state) {
  Reader in(value);
  do {
    MUSTER_TRY(auto report, in.report());
    for (auto& statement : report.statements) {
      core::evolve(state, core::StatementTaken{std::move(statement), {}, nullptr, {}});
    }
  } while (!in.rest().empty());
  return {};
}

model::Result<void> read_entry(std::string_view key, model::ByteView value, Projected& into,
                               std::map<model::NodeId, core::NodeState>& nodes) {
  if (key.starts_with(kUnit)) {
    return decode_unit(key.substr(kUnit.size()), value, into.state);
  }
  if (key.starts_with(kNode)) {
    MUSTER_TRY(const auto id, model::NodeId::parse(key.substr(kNode.size())));
    MUSTER_TRY(nodes[id], decode_node(value));
    return {};
  }
  if (key == kRegistry) {
    return decode_registry(value, into.state);
  }
  if (key == kTree) {
    MUSTER_TRY(into.frontier, trust::TreeFrontier::load(value));
    return {};
  }
  return fail(ErrorCode::corrupt, "no entry is called that");
}

}  // namespace

storage::ProjectionStep projection_step(const core::State& state,
                                        const trust::TreeFrontier& frontier,
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
  if (watermark == 0) {
    return std::optional<Projected>{};
  }
  Projected projected;
  std::map<model::NodeId, core::NodeState> nodes;
  MUSTER_CHECK(store.scan_projection(
      [&](std::string_view key, model::ByteView value) -> model::Result<void> {
        if (auto read = read_entry(key, value, projected, nodes); !read) {
          return fail(ErrorCode::corrupt,
                      fmt::format("projection entry {}: {}", key, read.error().message));
        }
        return {};
      }));
  projected.state.nodes =
      std::make_shared<const std::map<model::NodeId, core::NodeState>>(std::move(nodes));
  projected.state.ledger_seq = watermark;
  return projected;
}

}  // namespace muster::server
