// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "broker/server/projection.h"
#include "broker/server/projection_codec.h"

namespace muster::server {

using model::ErrorCode;
using model::fail;

namespace projected {

model::Result<core::Said> read_statement(Reader& in) {
  core::Said said{.stamp = in.stamp()};
  MUSTER_TRY(auto report, in.report());
  if (report.statements.size() != 1) {
    return fail(ErrorCode::corrupt, "the entry is not one statement");
  }
  if (!report.releasable_to.empty()) {
    said.releasable_to =
        std::make_shared<const std::vector<model::Nation>>(std::move(report.releasable_to));
  }
  said.statement = std::move(report.statements.front());
  return said;
}

}  // namespace projected

namespace {

using namespace projected;  // NOLINT(google-build-using-namespace): the codec of this very folder.

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

/// Gathers entries until all are read, since they come in the order of their keys.
class Loading {
 public:
  model::Result<void> take(std::string_view key, model::ByteView value) {
    if (key == kVersion) {
      return version(value);
    }
    if (key == kAuthors) {
      for (Reader in(value); !in.rest().empty();) {
        core::author_number(into_.state, in.node());
      }
      return {};
    }
    if (key.starts_with(kUnit)) {
      return unit(key.substr(kUnit.size()), value);
    }
    if (key.starts_with(kRoster)) {
      return roster(key.substr(kRoster.size()), value);
    }
    if (key.starts_with(kWord)) {
      return word(key.substr(kWord.size()), value);
    }
    if (key.starts_with(kSaid)) {
      return said(key.substr(kSaid.size()), value);
    }
    if (key.starts_with(kNode)) {
      MUSTER_TRY(const auto id, model::NodeId::parse(key.substr(kNode.size())));
      MUSTER_TRY(nodes_[id], decode_node(value));
      return {};
    }
    if (key.starts_with(kRegistry)) {
      return registry(value);
    }
    if (key == kTree) {
      MUSTER_TRY(into_.frontier, trust::TreeFrontier::load(value));
      return {};
    }
    return fail(ErrorCode::corrupt, "no entry is called that");
  }

  [[nodiscard]] bool is_of_this_layout() const { return layout_ == kLayout; }

  Projected finish(std::uint64_t watermark) && {
    auto& state = into_.state;
    if (!versions_.empty()) {
      state.registry = versions_.back().registry;
    }
    const auto thresholds_at = last_change_of_thresholds();
    auto newest = thresholds_at;
    std::multimap<std::pair<std::uint64_t, std::uint64_t>, model::UnitId> rosters;
    std::vector<std::pair<model::UnitId, std::uint32_t>> units;
    state.registry_versions =
        std::make_shared<const std::vector<core::RegistryVersion>>(std::move(versions_));
    for (auto& [id, unit] : units_) {
      unit.number = static_cast<std::uint32_t>(state.units.size());
      const auto at = std::max(last_received(unit), thresholds_at);
      newest = std::max(newest, at);
      unit.row = core::row_at(id, unit.history, core::kEver);
      core::derive(unit, *state.registry, at);
      if (unit.roster) {
        rosters.emplace(std::pair(unit.roster->stamp.ledger_seq, unit.roster->stamp.report.seq),
                        id);
      }
      units.emplace_back(id, unit.number);
      state.units.set(id, std::move(unit));
    }
    // A person on two rosters is looked for in the one that was said last.
    for (const auto& [said, id] : rosters) {
      for (const auto& person : state.units.find(id)->roster->statement.people) {
        state.people.set({person->person_ref}, id);
      }
    }
    state.overview = core::Overview(*state.registry, newest);
    for (const auto& [id, number] : units) {
      state.overview.put(number, {}, state.units.find(id)->row, *state.registry, newest);
    }
    state.nodes =
        std::make_shared<const std::map<model::NodeId, core::NodeState>>(std::move(nodes_));
    state.ledger_seq = watermark;
    return std::move(into_);
  }

 private:
  model::Result<void> version(model::ByteView value) {
    layout_ = Reader(value).integer<std::uint16_t>();
    return {};
  }

  model::Result<void> statements(const model::UnitId& id, Reader& in) {
    do {
      MUSTER_TRY(const auto read, read_statement(in));
      const auto* about = model::unit_of(read.statement);
      if (about == nullptr || *about != id) {
        return fail(ErrorCode::corrupt, "the entry is about another unit");
      }
      core::keep(units_[id], read);
    } while (!in.rest().empty());
    return {};
  }
  model::Result<void> unit(std::string_view key, model::ByteView value) {
    MUSTER_TRY(const auto id, model::UnitId::parse(key));
    Reader in(value);
    units_[id].owner = in.node();
    return statements(id, in);
  }
  model::Result<void> roster(std::string_view key, model::ByteView value) {
    MUSTER_TRY(const auto id, model::UnitId::parse(key));
    Reader in(value);
    return statements(id, in);
  }

  model::Result<void> word(std::string_view key, model::ByteView value) {
    const auto end = key.find('\0');
    MUSTER_TRY(const auto id, model::UnitId::parse(key.substr(0, end)));
    Reader place(model::view_of(key.substr(std::min(key.size(), end + 1))));
    const auto kind = static_cast<model::StatementKind>(place.integer<std::uint8_t>());
    core::Word word;
    word.valid_at = model::from_micros(place.integer<std::int64_t>());
    word.ledger_seq = place.integer<std::uint64_t>();
    word.seq = place.integer<std::uint64_t>();
    Reader in(value);
    word.author = core::author_number(into_.state, in.node());
    word.received_at = model::from_micros(in.integer<std::int64_t>());
    word.replaced_at = model::from_micros(in.integer<std::int64_t>());
    word.place = in.integer<std::uint64_t>();
    word.statement = in.integer<std::uint16_t>();
    word.kind = static_cast<model::ReportKind>(in.integer<std::uint8_t>());
    for (auto& number : word.brief) {
      number = in.integer<std::uint32_t>();
    }
    if (!in.is_good() || !place.is_good() || !core::unit_kind_index(kind)) {
      return fail(ErrorCode::corrupt, "the entry ends too early");
    }
    units_[id].history.restore(kind, word);
    return {};
  }

  model::Result<void> said(std::string_view key, model::ByteView value) {
    Reader place(model::view_of(key.substr(2 * sizeof(std::uint64_t))));
    Reader in(value);
    const auto kind = static_cast<model::ReportKind>(in.integer<std::uint8_t>());
    const auto corrects_node = in.text();
    const auto corrects_seq = in.integer<std::uint64_t>();
    MUSTER_TRY(auto read, read_statement(in));
    read.index = place.integer<std::uint16_t>();
    read.kind = kind;
    if (!corrects_node.empty()) {
      MUSTER_TRY(const auto node, model::NodeId::parse(corrects_node));
      read.corrects = model::ReportId{node, corrects_seq};
    }
    core::take_agreement_word(into_.state.agreement_words, into_.state.agreements, read);
    return {};
  }

  model::Result<void> registry(model::ByteView value) {
    Reader in(value);
    core::RegistryVersion version{.received_at = model::from_micros(in.integer<std::int64_t>()),
                                  .ledger_seq = in.integer<std::uint64_t>()};
    core::Registry registry;
    do {
      MUSTER_TRY(const auto report, in.report());
      for (const auto& statement : report.statements) {
        if (const auto* part = std::get_if<model::RegistryStatement>(&statement)) {
          registry.take(*part);
        }
      }
    } while (!in.rest().empty());
    version.registry = std::make_shared<const core::Registry>(std::move(registry));
    versions_.push_back(std::move(version));
    return {};
  }

  /// When levels were last computed anew for all units.
  [[nodiscard]] model::UtcTime last_change_of_thresholds() const {
    auto at = model::UtcTime::min();
    const std::vector<model::Policy>* before = nullptr;
    for (const auto& version : versions_) {
      if (before != nullptr && *before != version.registry->policies) {
        at = version.received_at;
      }
      before = &version.registry->policies;
    }
    return at;
  }
  static model::UtcTime last_received(const core::UnitState& unit) {
    auto at = model::UtcTime::min();
    for (const auto kind : core::kUnitKinds) {
      for (const auto& word : unit.history.of(kind).view()) {
        at = std::max(at, word.received_at);
      }
    }
    return at;
  }

  Projected into_;
  std::uint16_t layout_ = 0;
  std::map<model::NodeId, core::NodeState> nodes_;
  std::unordered_map<model::UnitId, core::UnitState> units_;
  std::vector<core::RegistryVersion> versions_;
};

/// A key as far as it is text.
std::string_view shown(std::string_view key) { return key.substr(0, key.find('\0')); }

}  // namespace

model::Result<std::optional<Projected>> load_projection(const storage::Store& store) {
  MUSTER_TRY(const auto watermark, store.watermark());
  if (watermark == 0) {
    return std::optional<Projected>{};
  }
  // A projection of an older layout is no damage: it is built anew.
  Loading loading;
  std::optional<model::Error> first_problem;
  MUSTER_CHECK(store.scan_projection([&](std::string_view key,
                                         model::ByteView value) -> model::Result<void> {
    if (auto read = loading.take(key, value); !read && !first_problem) {
      first_problem =
          model::Error{ErrorCode::corrupt,
                       fmt::format("projection entry {}: {}", shown(key), read.error().message)};
    }
    return {};
  }));
  if (!loading.is_of_this_layout()) {
    return std::optional<Projected>{};
  }
  if (first_problem) {
    return tl::unexpected(*std::move(first_problem));
  }
  return std::optional(std::move(loading).finish(watermark));
}

}  // namespace muster::server
