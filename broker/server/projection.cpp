// SPDX-License-Identifier: Apache-2.0
#include "broker/server/projection.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "broker/server/projection_codec.h"

namespace muster::server {
namespace projected {

std::string word_key(const model::UnitId& id, model::StatementKind kind, const core::Word& word) {
  model::Bytes bytes;
  trust::append_bytes(bytes, model::view_of(kWord));
  trust::append_bytes(bytes, model::view_of(id.view()));
  bytes.push_back(0);
  bytes.push_back(static_cast<std::uint8_t>(kind));
  trust::append_big_endian(bytes, model::to_micros(word.valid_at));
  trust::append_big_endian(bytes, word.ledger_seq);
  trust::append_big_endian(bytes, word.seq);
  return std::string(model::text_of(bytes));
}

void write_statement(Writer& out, const core::Stamp& stamp, const core::Release& release,
                     model::Statement statement) {
  model::Report report;
  if (release) {
    report.releasable_to = *release;
  }
  report.statements.push_back(std::move(statement));
  out.stamp(stamp);
  out.report(report);
}

}  // namespace projected

namespace {

using namespace projected;  // NOLINT(google-build-using-namespace): the codec of this very folder.

/// unit = owner statement+, the declaration first.
model::Bytes encode_unit(const core::UnitState& unit) {
  Writer out;
  out.text(unit.owner.view());
  core::for_each_kept(unit, [&](model::StatementKind, const auto& kept) {
    if constexpr (!std::is_same_v<std::decay_t<decltype(kept)>, core::KeptPtr<core::Roster>>) {
      if (kept) {
        write_statement(out, kept->stamp, kept->releasable_to, kept->statement);
      }
    }
  });
  return std::move(out).take();
}

/// roster = statement+: one FULL and what of it does not fit into one report, as DELTAs. A part is
/// measured by its tables, of which a report can hold so many.
model::Bytes encode_roster(const model::UnitId& id, const core::Kept<core::Roster>& kept) {
  constexpr std::size_t kTablesInPart = 10'000;
  Writer out;
  model::RosterStatement part;
  part.unit = id;
  part.version = kept.statement.version;
  std::size_t tables = 0;
  for (const auto& person : kept.statement.people) {
    const auto size = 1 + person->qualifications.size() + person->languages.size();
    if (tables + size > kTablesInPart && !part.upserts.empty()) {
      write_statement(out, kept.stamp, kept.releasable_to, part);
      part.upserts.clear();
      part.form = model::RosterForm::delta;
      tables = 0;
    }
    tables += size;
    part.upserts.push_back(*person);
  }
  write_statement(out, kept.stamp, kept.releasable_to, std::move(part));
  return std::move(out).take();
}

model::Bytes encode_word(const core::State& state, const core::Word& word) {
  Writer out;
  out.text(state.authors->at(word.author).view());
  out.integer(model::to_micros(word.received_at));
  out.integer(model::to_micros(word.replaced_at));
  out.integer(word.place);
  out.integer(word.statement);
  out.integer(static_cast<std::uint8_t>(word.kind));
  for (const auto number : word.brief) {
    out.integer(number);
  }
  return std::move(out).take();
}

model::Bytes encode_said(const core::Said& said) {
  Writer out;
  out.integer(static_cast<std::uint8_t>(said.kind));
  out.text(said.corrects ? said.corrects->node.view() : std::string_view());
  out.integer(said.corrects ? said.corrects->seq : std::uint64_t{0});
  write_statement(out, said.stamp, said.releasable_to, said.statement);
  return std::move(out).take();
}

std::string said_key(const core::Said& said) {
  model::Bytes bytes;
  trust::append_bytes(bytes, model::view_of(kSaid));
  trust::append_big_endian(bytes, said.stamp.ledger_seq);
  trust::append_big_endian(bytes, said.stamp.report.seq);
  trust::append_big_endian(bytes, said.index);
  return std::string(model::text_of(bytes));
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

/// Moves up to kPart entries of `from` to `to`.
template <typename Entry>
void take_some(std::span<const Entry>& from, std::vector<Entry>& to) {
  constexpr std::size_t kPart = 1000;
  const auto some = from.first(std::min(from.size(), kPart));
  to.assign(some.begin(), some.end());
  from = from.subspan(some.size());
}

/// registry = received-at ledger-seq (size report)+: as many reports as its lists need, which grow
/// for as long as the store lives.
model::Bytes encode_registry(const core::RegistryVersion& version) {
  const auto& registry = *version.registry;
  Writer out;
  out.integer(model::to_micros(version.received_at));
  out.integer(version.ledger_seq);
  std::span members(registry.members);
  std::span nodes(registry.nodes);
  std::span transfers(registry.unit_transfers);
  std::span figures(registry.published_figures);
  std::span policies(registry.policies);
  do {
    model::RegistryStatement part{.realm = registry.realm};
    take_some(members, part.members);
    take_some(nodes, part.nodes);
    take_some(transfers, part.unit_transfers);
    take_some(figures, part.published_figures);
    take_some(policies, part.policies);
    model::Report report;
    report.statements.emplace_back(std::move(part));
    out.report(report);
  } while (!members.empty() || !nodes.empty() || !transfers.empty() || !figures.empty() ||
           !policies.empty());
  return std::move(out).take();
}

/// Adds the entries of one step.
class Step {
 public:
  Step(const core::State& state, std::uint64_t since) : state_(state), since_(since) {
    step_.watermark = state.ledger_seq;
  }

  void unit(const model::UnitId& id, const core::UnitState& unit, bool corrected) {
    put(std::string(kUnit) + id.str(), encode_unit(unit));
    if (unit.roster && unit.roster->stamp.ledger_seq > since_) {
      put(std::string(kRoster) + id.str(), encode_roster(id, *unit.roster));
    }
    for (const auto kind : core::kUnitKinds) {
      const auto words = unit.history.of(kind).view();
      // Words come in the order of the ledger, but for corrections and what they replaced.
      const auto is_old = [&](const core::Word& word) {
        return !corrected && word.ledger_seq <= since_ && word.replaced_at == model::UtcTime::max();
      };
      for (auto word = words.rbegin(); word != words.rend() && !is_old(*word); ++word) {
        if (corrected || word->ledger_seq > since_) {
          put(word_key(id, kind, *word), encode_word(state_, *word));
        }
      }
    }
  }
  /// First in the order of keys: words name their authors by number.
  void authors() {
    Writer out;
    for (const auto& author : *state_.authors) {
      out.text(author.view());
    }
    put(std::string(kAuthors), std::move(out).take());
  }
  void agreements() {
    const auto words = state_.agreement_words.view();
    for (auto word = words.rbegin(); word != words.rend() && word->said.stamp.ledger_seq > since_;
         ++word) {
      put(said_key(word->said), encode_said(word->said));
    }
  }
  void registry() {
    const auto& versions = *state_.registry_versions;
    for (std::uint32_t i = 0; i < versions.size(); ++i) {
      if (versions[i].ledger_seq > since_ || since_ == 0) {
        model::Bytes key;
        trust::append_bytes(key, model::view_of(kRegistry));
        trust::append_big_endian(key, i);
        put(std::string(model::text_of(key)), encode_registry(versions[i]));
      }
    }
  }
  void put(std::string key, model::Bytes value) {
    step_.entries.push_back({std::move(key), std::move(value)});
  }
  storage::ProjectionStep take() && { return std::move(step_); }

 private:
  const core::State& state_;
  std::uint64_t since_;
  storage::ProjectionStep step_;
};

}  // namespace

void Touched::add(const core::StatementTaken& taken) {
  if (const auto* unit = model::unit_of(taken.said.statement)) {
    const bool corrected = taken.said.corrects.has_value();
    auto& known = units[*unit];
    known = known || corrected;
  }
}

void Touched::add(const Touched& more) {
  for (const auto& [unit, corrected] : more.units) {
    auto& known = units[unit];
    known = known || corrected;
  }
}

storage::ProjectionStep projection_step(const core::State& state,
                                        const trust::TreeFrontier& frontier, const Touched& touched,
                                        std::uint64_t since) {
  Step step(state, since);
  Writer version;
  version.integer(kLayout);
  step.put(std::string(kVersion), std::move(version).take());
  for (const auto& [id, corrected] : touched.units) {
    if (const auto* unit = state.units.find(id)) {
      step.unit(id, *unit, corrected);
    }
  }
  step.authors();
  step.agreements();
  step.registry();
  for (const auto& [id, node] : *state.nodes) {
    step.put(std::string(kNode) + id.str(), encode_node(node));
  }
  step.put(std::string(kTree), frontier.save());
  return std::move(step).take();
}

}  // namespace muster::server
