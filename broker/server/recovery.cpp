// SPDX-License-Identifier: Apache-2.0
#include "broker/server/recovery.h"

#include <fmt/format.h>

#include "broker/core/chain.h"
#include "broker/core/decide.h"
#include "broker/server/recollection.h"
#include "schemas/trust/envelope.h"
#include "schemas/trust/hash.h"
#include "schemas/wire/envelope.h"
#include "schemas/wire/report.h"

namespace muster::server {

using model::ErrorCode;
using model::fail;

namespace {

constexpr std::string_view kAdvice =
    "Do not go on with this data folder: keep a copy of it, and restore the last backup or start "
    "with --rebuild.";

tl::unexpected<model::Error> differs(std::string what) {
  return fail(ErrorCode::corrupt, fmt::format("{}. {}", what, kAdvice));
}

/// Folds ledger records into a state, and checks each against the chain and the tree that it
/// continues.
class Replay {
 public:
  Replay(Recovered& into, const storage::Store& store, const storage::HighWater& high_water)
      : into_(into), high_water_(high_water), recollection_(store) {}

  model::Result<void> take(const storage::LedgerRecord& record) {
    if (record.ledger_seq != into_.state.ledger_seq + 1) {
      return differs(
          fmt::format("ledger record {} follows {}", record.ledger_seq, into_.state.ledger_seq));
    }
    auto envelope = wire::DecodedEnvelope::decode(record.envelope);
    if (!envelope) {
      return differs(
          fmt::format("ledger record {}: {}", record.ledger_seq, envelope.error().message));
    }
    MUSTER_CHECK(check_chain(record, envelope->view()));
    MUSTER_CHECK(fold(record, envelope->view()));
    return check_high_water();
  }

  /// The mark may speak of the very record that the projection ends with.
  model::Result<void> check_high_water() {
    if (into_.frontier.size() == high_water_.seq && high_water_.seq != 0 &&
        into_.frontier.root() != high_water_.digest) {
      return differs(fmt::format(
          "the ledger's tree at record {} is not the one that was acknowledged", high_water_.seq));
    }
    return {};
  }

 private:
  model::Result<void> check_chain(const storage::LedgerRecord& record,
                                  const model::EnvelopeView& view) const {
    const auto& head = into_.state.node(record.node);
    const bool fits = view.node == record.node && view.link.first_seq == record.first_seq &&
                      view.reports.size() == record.verdicts.size() &&
                      core::place_in_chain(head, view.link) == core::ChainPlace::next &&
                      trust::chain_hash(trust::signed_bytes(view)) == record.chain_hash;
    if (!fits) {
      return differs(fmt::format("ledger record {} does not continue the chain of {} after {}",
                                 record.ledger_seq, record.node.view(), head.head_seq));
    }
    return {};
  }

  model::Result<void> fold(const storage::LedgerRecord& record, const model::EnvelopeView& view) {
    core::EnvelopeTaken taken{.node = record.node,
                              .last_seq = view.last_seq(),
                              .chain_hash = record.chain_hash,
                              .ledger_seq = record.ledger_seq,
                              .received_at = record.received_at};
    model::Bytes verdicts;
    for (std::size_t i = 0; i < view.reports.size(); ++i) {
      const auto verdict = record.verdicts[i].verdict;
      verdicts.push_back(static_cast<std::uint8_t>(verdict));
      ++(verdict == model::Verdict::accepted ? taken.accepted : taken.refused);
      if (verdict == model::Verdict::accepted) {
        MUSTER_CHECK(fold_report(record, view, i));
      }
    }
    core::evolve(into_.state, taken);
    into_.frontier.append(
        trust::leaf_hash(record.ledger_seq, record.received_at, record.chain_hash, verdicts));
    ++into_.replayed;
    return {};
  }

  model::Result<void> fold_report(const storage::LedgerRecord& record,
                                  const model::EnvelopeView& view, std::size_t index) {
    auto report = wire::decode_report(view.reports[index]);
    if (!report) {
      return differs(
          fmt::format("ledger record {}: {}", record.ledger_seq, report.error().message));
    }
    const core::Arrival arrival{.report = {record.node, record.first_seq + index},
                                .issued_at = view.issued_at,
                                .received_at = record.received_at,
                                .ledger_seq = record.ledger_seq};
    MUSTER_TRY(const auto changes, core::changes_of(into_.state, std::move(*report), arrival,
                                                    [&](const core::Place& place) {
                                                      return recollection_.recall(place);
                                                    }));
    for (const auto& change : changes) {
      core::evolve(into_.state, change);
      into_.touched.add(std::get<core::StatementTaken>(change));
    }
    return {};
  }

  Recovered& into_;
  const storage::HighWater& high_water_;
  Recollection recollection_;
};

/// Compares what the replay gave with what is stored beside the ledger.
model::Result<void> compare(const storage::Store& store, const storage::HighWater& high_water,
                            const Recovered& recovered) {
  const auto& state = recovered.state;
  if (state.ledger_seq != store.last_ledger_seq() ||
      recovered.frontier.size() != state.ledger_seq) {
    return differs(fmt::format("the ledger ends at {}, the state at {}, the tree at {}",
                               store.last_ledger_seq(), state.ledger_seq,
                               recovered.frontier.size()));
  }
  if (high_water.seq > state.ledger_seq) {
    return differs(fmt::format("{} ledger records were acknowledged and {} are there",
                               high_water.seq, state.ledger_seq));
  }
  MUSTER_TRY(const auto heads, store.heads());
  for (const auto& head : heads) {
    const auto& node = state.node(head.node);
    if (node.head_seq != head.seq || node.head_hash != head.hash) {
      return differs(fmt::format("the chain of {} ends at {}, its stored head is {}",
                                 head.node.view(), node.head_seq, head.seq));
    }
  }
  if (heads.size() != state.nodes->size()) {
    return differs(fmt::format("{} nodes have a stored head, the ledger speaks of {}", heads.size(),
                               state.nodes->size()));
  }
  if (const auto broken = core::broken_invariants(state); !broken.empty()) {
    return differs(broken.front());
  }
  return {};
}

}  // namespace

model::Hash genesis_hash(const model::RegistryStatement& genesis) {
  model::Report report;
  report.statements.emplace_back(genesis);
  return trust::sha256(wire::encode_report(report));
}

core::State first_state(const model::RegistryStatement& genesis) {
  core::State state;
  core::evolve(state, core::StatementTaken{.said = {.statement = genesis}});
  return state;
}

model::Result<Recovered> recover(storage::Store& store, const storage::HighWater& high_water,
                                 const model::RegistryStatement& genesis,
                                 const OnProgress& on_progress) {
  MUSTER_CHECK(store.set_genesis(genesis_hash(genesis)));
  auto loaded = load_projection(store);
  if (!loaded) {
    return loaded.error().code == ErrorCode::corrupt ? differs(loaded.error().message)
                                                     : tl::unexpected(loaded.error());
  }
  auto projected = *std::move(loaded);
  MUSTER_TRY(const auto watermark, store.watermark());
  if (!projected && watermark != 0) {
    MUSTER_CHECK(store.drop_projection());  // Of an older layout.
  }
  Recovered recovered;
  recovered.state = projected ? std::move(projected->state) : first_state(genesis);
  if (projected) {
    recovered.frontier = std::move(projected->frontier);
  }

  Replay replay(recovered, store, high_water);
  MUSTER_CHECK(replay.check_high_water());
  const auto last = store.last_ledger_seq();
  const auto scanned = store.scan_ledger(
      recovered.state.ledger_seq + 1, [&](storage::LedgerRecord&& record) -> model::Result<bool> {
        constexpr std::uint64_t kProgressEvery = 4096;
        if (on_progress && record.ledger_seq % kProgressEvery == 0) {
          on_progress(record.ledger_seq, last);
        }
        MUSTER_CHECK(replay.take(record));
        return true;
      });
  if (!scanned) {
    return tl::unexpected(scanned.error());
  }
  MUSTER_CHECK(compare(store, high_water, recovered));
  return recovered;
}

}  // namespace muster::server
