// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/broker_rig.h"

// What holds of the broker whatever the nodes send, in which order and however it falls into
// batches. rapidcheck prints the seed of a failure: RC_PARAMS="seed=…" replays it.

namespace muster::tests {
namespace {

using namespace std::chrono_literals;

/// One report that a node means to send. Small numbers, so that units, times and mistakes meet.
struct Intent {
  int node = 0;  ///< KAZ/mod, KAZ/mod-2 or ARM/mod.
  int unit = 0;  ///< Of four that the node may speak of.
  int assigned = 0;
  int hours_ago = 0;  ///< valid_at; often before what was said already (V09).
  int mistake = 0;    ///< 0 a wrong sum, 1 an unknown parent, 2 a cycle; else none.
};

rc::Gen<Intent> any_intent() {
  return rc::gen::build<Intent>(rc::gen::set(&Intent::node, rc::gen::inRange(0, 3)),
                                rc::gen::set(&Intent::unit, rc::gen::inRange(0, 4)),
                                rc::gen::set(&Intent::assigned, rc::gen::inRange(0, 200)),
                                rc::gen::set(&Intent::hours_ago, rc::gen::inRange(0, 5)),
                                rc::gen::set(&Intent::mistake, rc::gen::inRange(0, 8)));
}

// rapidcheck finds it by this name. NOLINTNEXTLINE(readability-identifier-naming)
void showValue(const Intent& intent, std::ostream& os) {
  os << "{node " << intent.node << " unit " << intent.unit << " assigned " << intent.assigned
     << " -" << intent.hours_ago << "h mistake " << intent.mistake << "}";
}

/// Units of different nodes never meet.
std::string unit_name(const Intent& intent, int unit) {
  const std::string nation = intent.node == 2 ? "ARM" : "KAZ";
  return nation + ":U" + std::to_string(intent.node) + "-" + std::to_string(unit);
}

model::Report report_for(const Intent& intent) {
  const auto people = static_cast<model::Count>(intent.assigned);
  const auto id = unit_name(intent, intent.unit);
  const auto below = intent.mistake == 1 ? "KAZ:NOWHERE" : unit_name(intent, (intent.unit + 1) % 4);
  auto unit = intent.mistake == 1 || intent.mistake == 2 ? unit_of(id, below) : unit_of(id);
  auto strength = strength_of(
      id, {.authorised = people, .assigned = people, .present = people, .deployable = people});
  if (intent.mistake == 0) {
    strength.present = people + 1;
  }
  return report_of({strength, unit}, kSampleTime - std::chrono::hours{intent.hours_ago});
}

/// The broker, and the three nodes by number.
struct Theatre {
  BrokerRig rig;
  TestNode& node(int number) { return number == 0 ? rig.kaz : number == 1 ? rig.kaz2 : rig.arm; }
};

/// The messages of `intents`, each node's in its order. Sealed once, so that every run sends the
/// same bytes.
std::vector<std::pair<int, model::Bytes>> seal(const std::vector<Intent>& intents) {
  Theatre theatre;
  std::vector<std::pair<int, model::Bytes>> sealed;
  for (const auto& intent : intents) {
    sealed.emplace_back(intent.node, theatre.node(intent.node).publish(report_for(intent), kNow));
  }
  return sealed;
}

using Messages = std::vector<std::pair<int, model::Bytes>>;

/// Sends the messages, `batch_size()` at a time, and checks after each batch what must always hold.
void send(Theatre& theatre, const Messages& messages,
          const std::function<std::size_t()>& batch_size) {
  for (std::size_t at = 0; at < messages.size();) {
    std::vector<Sent> batch;
    for (auto left = batch_size(); left > 0 && at < messages.size(); --left, ++at) {
      batch.push_back(sent(theatre.node(messages[at].first), messages[at].second));
    }
    theatre.rig.take(batch);
    RC_ASSERT(core::broken_invariants(theatre.rig.state()).empty());
    RC_ASSERT(theatre.rig.state().ledger_seq == theatre.rig.store().last_ledger_seq());
  }
}
void send_one_by_one(Theatre& theatre, const Messages& messages) {
  send(theatre, messages, [] { return std::size_t{1}; });
}

/// Another order in which each node's messages keep theirs.
Messages interleaved(const Messages& messages) {
  std::vector<int> turns;
  std::map<int, std::vector<model::Bytes>> queues;
  for (const auto& [node, message] : messages) {
    turns.push_back(node);
    queues[node].push_back(message);
  }
  const auto order = *rc::gen::container<std::vector<std::uint32_t>>(
      turns.size(), rc::gen::arbitrary<std::uint32_t>());
  std::vector<std::size_t> places(turns.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    places[i] = i;
  }
  std::stable_sort(places.begin(), places.end(),
                   [&](auto a, auto b) { return order[a] < order[b]; });
  std::map<int, std::size_t> next;
  Messages result;
  for (const auto place : places) {
    const auto node = turns[place];
    result.emplace_back(node, queues[node][next[node]++]);
  }
  return result;
}

std::map<std::string, model::Figures> figures_of(const core::State& state) {
  std::map<std::string, model::Figures> figures;
  state.units.for_each(
      [&](const model::UnitId& id, const core::UnitState& unit) { figures[id.str()] = unit.own; });
  return figures;
}

std::vector<Intent> some_intents() {
  return *rc::gen::container<std::vector<Intent>>(any_intent());
}

RC_GTEST_PROP(Broker, CountsTheSameForAnyOrderBetweenNodes, ()) {
  const auto messages = seal(some_intents());
  Theatre first;
  Theatre second;

  send_one_by_one(first, messages);
  send_one_by_one(second, interleaved(messages));

  RC_ASSERT(figures_of(first.rig.state()) == figures_of(second.rig.state()));
  for (const auto& [id, node] : *first.rig.state().nodes) {
    RC_ASSERT(second.rig.state().node(id).head_hash == node.head_hash);
    RC_ASSERT(second.rig.state().node(id).accepted == node.accepted);
  }
}

RC_GTEST_PROP(Broker, IsNotChangedByResends, ()) {
  const auto messages = seal(some_intents());
  Theatre once;
  Theatre often;
  Messages with_resends;
  for (const auto& message : messages) {
    with_resends.push_back(message);
    // Any that were sent before, as often as it pleases.
    for (const auto index : *rc::gen::container<std::vector<std::size_t>>(
             *rc::gen::inRange(0, 4), rc::gen::inRange<std::size_t>(0, with_resends.size()))) {
      with_resends.push_back(with_resends[index]);
    }
  }

  send_one_by_one(once, messages);
  send(often, with_resends, [] { return *rc::gen::inRange<std::size_t>(1, 6); });

  RC_ASSERT(once.rig.state() == often.rig.state());
  RC_ASSERT(once.rig.frontier() == often.rig.frontier());
}

RC_GTEST_PROP(Broker, DoesNotDependOnTheSizeOfABatch, ()) {
  const auto messages = seal(some_intents());
  Theatre one;
  Theatre many;

  send_one_by_one(one, messages);
  send(many, messages, [] { return *rc::gen::inRange<std::size_t>(1, 20); });

  RC_ASSERT(one.rig.state() == many.rig.state());
  RC_ASSERT(one.rig.frontier().root() == many.rig.frontier().root());
  for (std::uint64_t seq = 1; seq <= one.rig.store().last_ledger_seq(); ++seq) {
    const auto a = *one.rig.store().ledger_record(seq);
    const auto b = *many.rig.store().ledger_record(seq);
    RC_ASSERT(a->node == b->node);
    RC_ASSERT(a->first_seq == b->first_seq);
    RC_ASSERT(a->verdicts == b->verdicts);
    RC_ASSERT(a->envelope == b->envelope);
    RC_ASSERT(a->chain_hash == b->chain_hash);
  }
}

RC_GTEST_PROP(Broker, NeverAppliesHalfAReport, ()) {
  World world;
  for (const auto& intent : some_intents()) {
    const auto before = world.state;
    const auto report = report_for(intent);
    const std::string node = intent.node == 2 ? "ARM/mod" : "KAZ/mod";
    const auto decision = world.take(report, node);
    if (decision.verdict == model::Verdict::refused) {
      RC_ASSERT(decision.changes.empty());
      RC_ASSERT(model::refuses(decision.findings));
      RC_ASSERT(world.state == before);
    } else {
      const auto* unit = world.state.units.find(unit_id(unit_name(intent, intent.unit)));
      RC_ASSERT(decision.changes.size() == report.statements.size());
      RC_ASSERT(unit != nullptr);
      RC_ASSERT(unit->identity->stamp == unit->strength->stamp);
    }
    RC_ASSERT(core::broken_invariants(world.state).empty());
  }
}

RC_GTEST_PROP(Broker, RecoversTheSameFromAProjectionOfAnyAgeAndFromNone, ()) {
  const auto messages = seal(some_intents());
  const auto projected_after = *rc::gen::inRange<std::size_t>(0, messages.size() + 1);
  Theatre theatre;

  const auto middle = messages.begin() + static_cast<std::ptrdiff_t>(projected_after);
  send_one_by_one(theatre, Messages(messages.begin(), middle));
  theatre.rig.project();
  send_one_by_one(theatre, Messages(middle, messages.end()));
  const auto live = theatre.rig.state();

  const auto from_projection = server::recover(theatre.rig.store(), {}, theatre.rig.genesis(), {});
  RC_ASSERT(theatre.rig.store().drop_projection().has_value());
  const auto from_nothing = server::recover(theatre.rig.store(), {}, theatre.rig.genesis(), {});

  RC_ASSERT(from_projection.has_value());
  RC_ASSERT(from_nothing.has_value());
  RC_ASSERT(from_projection->state == live);
  RC_ASSERT(from_nothing->state == live);
  RC_ASSERT(from_projection->frontier == from_nothing->frontier);
  RC_ASSERT(from_nothing->replayed == theatre.rig.store().last_ledger_seq());
}

RC_GTEST_PROP(Broker, DecidesTheSameEachTime, ()) {
  World world;
  for (const auto& intent : some_intents()) {
    const auto arrival = arrival_of(intent.node == 2 ? "ARM/mod" : "KAZ/mod", world.seq + 1);
    const auto first =
        core::decide(world.state, report_for(intent), arrival, model::Limits{}, world.recall());
    const auto again =
        core::decide(world.state, report_for(intent), arrival, model::Limits{}, world.recall());
    RC_ASSERT(first->verdict == again->verdict);
    RC_ASSERT(first->findings == again->findings);
    world.take(report_for(intent), intent.node == 2 ? "ARM/mod" : "KAZ/mod");
  }
}

}  // namespace

}  // namespace muster::tests
