// SPDX-License-Identifier: Apache-2.0
#include "broker/server/recovery.h"

#include <gmock/gmock.h>

#include "tests/support/broker_rig.h"

// What a broker goes on from, and what it refuses to go on from.

namespace muster::server {
namespace {

using namespace std::chrono_literals;
using model::ErrorCode;
using ::testing::HasSubstr;
using tests::BrokerRig;
using tests::report_of;
using tests::strength_of;
using tests::unit_id;
using tests::unit_of;

/// A MemoryStore whose answers a test may falsify, as a fault of the disk would.
class FalseStore final : public storage::Store {
 public:
  explicit FalseStore(storage::MemoryStore& real) : real_(real) {}

  std::function<void(storage::LedgerRecord&)> falsify_record = [](auto&) {};
  std::function<void(std::vector<storage::NodeHead>&)> falsify_heads = [](auto&) {};
  std::function<void(std::string_view, model::Bytes&)> falsify_entry = [](auto, auto&) {};
  std::optional<std::uint64_t> lost_from;

  model::Result<void> commit(const storage::Commit& c) override { return real_.commit(c); }
  model::Result<void> project(const storage::ProjectionStep& s) override {
    return real_.project(s);
  }
  model::Result<void> drop_projection() override { return real_.drop_projection(); }
  model::Result<void> quarantine(const storage::Quarantined& q) override {
    return real_.quarantine(q);
  }
  [[nodiscard]] std::uint64_t last_ledger_seq() const override {
    return lost_from ? *lost_from - 1 : real_.last_ledger_seq();
  }
  model::Result<std::optional<storage::LedgerRecord>> ledger_record(
      std::uint64_t seq) const override {
    return real_.ledger_record(seq);
  }
  model::Result<void> scan_ledger(
      std::uint64_t from,
      const std::function<model::Result<bool>(storage::LedgerRecord&&)>& visit) const override {
    return real_.scan_ledger(from, [&](storage::LedgerRecord&& record) -> model::Result<bool> {
      if (lost_from && record.ledger_seq >= *lost_from) {
        return false;
      }
      falsify_record(record);
      return visit(std::move(record));
    });
  }
  model::Result<std::optional<storage::ChainEntry>> chain_entry(const model::NodeId& node,
                                                                std::uint64_t seq) const override {
    return real_.chain_entry(node, seq);
  }
  model::Result<std::vector<storage::NodeHead>> heads() const override {
    auto heads = *real_.heads();
    falsify_heads(heads);
    return heads;
  }
  model::Result<std::uint64_t> watermark() const override { return real_.watermark(); }
  model::Result<void> scan_projection(
      const std::function<model::Result<void>(std::string_view, model::ByteView)>& visit)
      const override {
    return real_.scan_projection([&](std::string_view key, model::ByteView value) {
      model::Bytes bytes(value.begin(), value.end());
      falsify_entry(key, bytes);
      return visit(key, bytes);
    });
  }
  model::Result<std::optional<model::Hash>> genesis() const override { return real_.genesis(); }
  model::Result<void> set_genesis(const model::Hash& g) override { return real_.set_genesis(g); }
  model::Result<std::vector<storage::Quarantined>> quarantined(std::size_t count) const override {
    return real_.quarantined(count);
  }
  [[nodiscard]] storage::StoreHealth health() const override { return real_.health(); }

 private:
  storage::MemoryStore& real_;
};

/// Six records: units, a refusal, a transfer, two nodes, several reports an envelope.
class RecoveryTest : public ::testing::Test {
 protected:
  RecoveryTest() {
    auto released = report_of({unit_of("KAZ:A"), strength_of("KAZ:A")});
    released.releasable_to = {tests::nation("ARM"), tests::nation("KGZ")};
    rig_.publish(rig_.kaz, released);
    rig_.publish(rig_.arm, report_of({unit_of("ARM:A"), strength_of("ARM:A")}));
    rig_.take_one(rig_.kaz, rig_.kaz.publish({report_of({unit_of("KAZ:B", "KAZ:A")}),
                                              report_of({strength_of("KAZ:NOBODY")})},
                                             rig_.now));
  }
  void second_half() {
    rig_.publish(rig_.kaz, report_of({strength_of("KAZ:A", {.assigned = 110})}));
    model::RegistryStatement transfer;
    transfer.unit_transfers = {{unit_id("KAZ:B"), rig_.kaz.id(), rig_.kaz2.id(), rig_.now}};
    rig_.publish(rig_.reg, report_of({transfer}));
    rig_.publish(rig_.kaz2, report_of({strength_of("KAZ:B")}));
  }
  [[nodiscard]] storage::HighWater mark() const {
    return {.seq = rig_.frontier().size(), .digest = rig_.frontier().root()};
  }
  void recovers_to_the_live_state(std::uint64_t replayed) {
    const auto recovered = recover(rig_.store(), mark(), rig_.genesis(), {});
    ASSERT_TRUE(recovered) << recovered.error().message;
    EXPECT_TRUE(recovered->state == rig_.state()) << core::describe(recovered->state);
    EXPECT_EQ(recovered->frontier, rig_.frontier());
    EXPECT_EQ(recovered->replayed, replayed);
  }
  void refuses(const storage::Store& store, const storage::HighWater& high_water,
               std::string_view why) {
    const auto recovered =
        recover(const_cast<storage::Store&>(store), high_water, rig_.genesis(), {});
    ASSERT_FALSE(recovered);
    EXPECT_EQ(recovered.error().code, ErrorCode::corrupt);
    EXPECT_THAT(recovered.error().message, HasSubstr(std::string(why)));
  }

  BrokerRig rig_;
};

TEST_F(RecoveryTest, GivesTheLiveStateFromTheLedgerAlone) {
  second_half();

  recovers_to_the_live_state(6);
}

TEST_F(RecoveryTest, GivesTheLiveStateFromTheProjectionAlone) {
  second_half();
  rig_.project();

  recovers_to_the_live_state(0);
}

TEST_F(RecoveryTest, GivesTheLiveStateFromAProjectionAndTheTail) {
  rig_.project();
  second_half();

  recovers_to_the_live_state(3);
}

TEST_F(RecoveryTest, GivesTheLiveStateAfterTheProjectionWasDropped) {
  rig_.project();
  second_half();
  ASSERT_TRUE(rig_.store().drop_projection());

  recovers_to_the_live_state(6);
}

TEST_F(RecoveryTest, StartsWithTheGenesisAndNothingElse) {
  storage::MemoryStore empty;

  const auto recovered = recover(empty, {}, rig_.genesis(), {});

  ASSERT_TRUE(recovered);
  EXPECT_EQ(recovered->state.registry->nodes.size(), 6U);
  EXPECT_EQ(recovered->state.ledger_seq, 0U);
  EXPECT_TRUE(recovered->state == first_state(rig_.genesis()));
}

TEST_F(RecoveryTest, TellsWhichUnitsTheTailChanged) {
  rig_.project();
  second_half();

  const auto recovered = recover(rig_.store(), mark(), rig_.genesis(), {});

  EXPECT_THAT(recovered->touched.units,
              ::testing::UnorderedElementsAre(std::pair(unit_id("KAZ:A"), false),
                                              std::pair(unit_id("KAZ:B"), false)));
}

TEST_F(RecoveryTest, LetsTheVerdictsOfTheLedgerStand) {
  // A ledger of a build that took what this one refuses: its word counts, for ever.
  FalseStore store(rig_.store());
  store.falsify_record = [](storage::LedgerRecord& record) {
    for (auto& verdict : record.verdicts) {
      verdict.findings.clear();
    }
  };

  const auto recovered = recover(store, mark(), rig_.genesis(), {});

  ASSERT_TRUE(recovered) << recovered.error().message;
  EXPECT_TRUE(recovered->state == rig_.state());
}

TEST_F(RecoveryTest, RefusesALostRecordAtTheEnd) {
  FalseStore store(rig_.store());
  store.lost_from = 3;

  refuses(store, mark(), "3 ledger records were acknowledged and 2 are there");
  refuses(store, {}, "KAZ/mod");  // The stored head tells as well.
}

TEST_F(RecoveryTest, RefusesALostRecordInTheMiddle) {
  FalseStore store(rig_.store());
  store.falsify_record = [](storage::LedgerRecord& record) {
    record.ledger_seq += record.ledger_seq >= 2 ? 1U : 0U;
  };

  refuses(store, mark(), "ledger record 3 follows 1");
}

TEST_F(RecoveryTest, RefusesAnAlteredVerdict) {
  FalseStore store(rig_.store());
  store.falsify_record = [](storage::LedgerRecord& record) {
    if (record.ledger_seq == 2) {
      record.verdicts[0].verdict = model::Verdict::refused;
    }
  };

  refuses(store, mark(), "not the one that was acknowledged");
}

TEST_F(RecoveryTest, RefusesAnAlteredTimeOfReceipt) {
  FalseStore store(rig_.store());
  store.falsify_record = [](storage::LedgerRecord& record) { record.received_at += 1us; };

  refuses(store, mark(), "not the one that was acknowledged");
}

TEST_F(RecoveryTest, RefusesAnAlteredEnvelope) {
  FalseStore store(rig_.store());
  store.falsify_record = [](storage::LedgerRecord& record) {
    record.envelope[record.envelope.size() / 2] ^= 1U;
  };

  const auto recovered = recover(store, mark(), rig_.genesis(), {});

  ASSERT_FALSE(recovered);
  EXPECT_EQ(recovered.error().code, ErrorCode::corrupt);
}

TEST_F(RecoveryTest, RefusesARecordUnderAnotherNode) {
  FalseStore store(rig_.store());
  store.falsify_record = [&](storage::LedgerRecord& record) { record.node = rig_.kaz2.id(); };

  refuses(store, mark(), "does not continue the chain");
}

TEST_F(RecoveryTest, RefusesAVerdictTooFew) {
  FalseStore store(rig_.store());
  store.falsify_record = [](storage::LedgerRecord& record) { record.verdicts.pop_back(); };

  refuses(store, mark(), "does not continue the chain");
}

TEST_F(RecoveryTest, RefusesAHeadThatDiffers) {
  FalseStore store(rig_.store());
  store.falsify_heads = [](auto& heads) { heads[0].hash[0] ^= 1U; };
  refuses(store, mark(), "its stored head is");

  store.falsify_heads = [](auto& heads) { heads.pop_back(); };
  refuses(store, mark(), "have a stored head");
}

TEST_F(RecoveryTest, RefusesAHighWaterMarkAheadOfTheLedger) {
  refuses(rig_.store(), {.seq = 4, .digest = {}}, "4 ledger records were acknowledged");
}

TEST_F(RecoveryTest, RefusesAHighWaterMarkOfAnotherTree) {
  auto other = mark();
  other.digest[0] ^= 1U;

  refuses(rig_.store(), other, "not the one that was acknowledged");
  rig_.project();
  refuses(rig_.store(), other, "not the one that was acknowledged");
}

TEST_F(RecoveryTest, AcceptsAMarkThatIsBehind) {
  const auto behind = mark();
  second_half();

  EXPECT_TRUE(recover(rig_.store(), behind, rig_.genesis(), {}));
}

TEST_F(RecoveryTest, RefusesAnotherGenesis) {
  auto other = rig_.genesis();
  other.members.pop_back();

  const auto recovered = recover(rig_.store(), mark(), other, {});

  ASSERT_FALSE(recovered);
  EXPECT_EQ(recovered.error().code, ErrorCode::already_exists);
}

TEST_F(RecoveryTest, RefusesAProjectionAheadOfTheLedger) {
  second_half();
  rig_.project();
  FalseStore store(rig_.store());
  store.lost_from = 5;

  refuses(store, {}, "the ledger ends at 4, the state at 6");
}

TEST_F(RecoveryTest, NamesTheProjectionEntryThatCannotBeRead) {
  rig_.project();
  for (const std::string key : {"unit/KAZ:A", "node/KAZ/mod", "registry/", "tree", "word/KAZ:A"}) {
    FalseStore store(rig_.store());
    store.falsify_entry = [&](std::string_view at, model::Bytes& value) {
      if (at.starts_with(key)) {
        value.resize(value.size() - 3);
      }
    };

    refuses(store, mark(), "projection entry " + key);
    refuses(store, mark(), "--rebuild");
  }
}

// ---- the projection -----------------------------------------------------------------------------

TEST_F(RecoveryTest, ProjectsAndReadsBackTheSame) {
  second_half();
  rig_.project();

  const auto projected = load_projection(rig_.store());

  ASSERT_TRUE(projected && *projected);
  EXPECT_TRUE((*projected)->state == rig_.state());
  EXPECT_EQ((*projected)->frontier, rig_.frontier());
}

TEST_F(RecoveryTest, BuildsAProjectionOfAnotherLayoutAnew) {
  second_half();
  rig_.project();
  FalseStore store(rig_.store());
  store.falsify_entry = [&](std::string_view at, model::Bytes& value) {
    if (at == "version") {
      value.back() = 1;
    }
  };

  const auto recovered = recover(store, mark(), rig_.genesis(), {});

  ASSERT_TRUE(recovered) << recovered.error().message;
  EXPECT_TRUE(recovered->state == rig_.state());
  EXPECT_EQ(recovered->replayed, 6U) << "the ledger was read from its start";
}

TEST_F(RecoveryTest, ReadsNoProjectionWhereThereIsNone) {
  const auto projected = load_projection(rig_.store());

  ASSERT_TRUE(projected);
  EXPECT_FALSE(projected->has_value());
}

TEST_F(RecoveryTest, ProjectsTheReleaseOfEachStatement) {
  rig_.publish(rig_.kaz, report_of({unit_of("KAZ:A")}));  // The declaration alone is secret now.
  rig_.project();

  const auto projected = load_projection(rig_.store());

  const auto& unit = *(*projected)->state.units.find(unit_id("KAZ:A"));
  EXPECT_FALSE(core::is_released_to(unit.identity->releasable_to, tests::nation("ARM")));
  EXPECT_TRUE(core::is_released_to(unit.strength->releasable_to, tests::nation("ARM")));
}

TEST_F(RecoveryTest, ProjectsAWordThatStandsBeforeOneThatWasReplaced) {
  // A typing error puts a word late, its correction moves it back, and the next one lies between.
  using namespace std::chrono_literals;
  rig_.now += 48h;
  rig_.publish(rig_.kaz, report_of({strength_of("KAZ:A", {.assigned = 101})}, rig_.now));
  auto correction = report_of({strength_of("KAZ:A", {.assigned = 102})}, rig_.now - 12h);
  correction.kind = model::ReportKind::correction;
  correction.corrects = model::ReportId{rig_.kaz.id(), rig_.kaz.head_seq};
  rig_.publish(rig_.kaz, correction);
  rig_.project();
  rig_.publish(rig_.kaz, report_of({strength_of("KAZ:A", {.assigned = 103})}, rig_.now - 6h));
  ASSERT_EQ(rig_.state().units.find(unit_id("KAZ:A"))->own.assigned, 103U);
  rig_.project();

  recovers_to_the_live_state(0);
}

TEST_F(RecoveryTest, ProjectsThresholdsAndPublishedFigures) {
  model::RegistryStatement registry;
  registry.policies = {
      {.valid_from = rig_.now, .deployable = {95, 85, 75}, .waivers_allowed = true}};
  registry.published_figures = {
      {"CPF", model::Comparator::over, 3600, rig_.now, "public record (fictional)"}};
  rig_.publish(rig_.reg, report_of({registry}));
  rig_.project();

  recovers_to_the_live_state(0);

  const auto recovered = recover(rig_.store(), mark(), rig_.genesis(), {});
  EXPECT_TRUE(recovered->state.registry->policy(rig_.now).waivers_allowed);
  EXPECT_EQ(recovered->state.registry_versions->size(), rig_.state().registry_versions->size());
}

TEST_F(RecoveryTest, ProjectsARosterWhoseEntriesAreLong) {
  model::RosterStatement roster;
  roster.unit = unit_id("KAZ:A");
  roster.version = 1;
  for (int i = 0; i < 900; ++i) {
    model::RosterEntry entry;
    entry.person_ref = {static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i), 1};
    entry.deployable = true;
    for (int k = 0; k < 20; ++k) {
      entry.qualifications.push_back({tests::code("Q-" + std::to_string(k)), {}});
    }
    roster.upserts.push_back(entry);
  }
  rig_.publish(rig_.kaz, report_of({roster}, rig_.now));
  for (std::uint64_t version = 2; version <= 4; ++version) {
    roster.form = model::RosterForm::delta;
    roster.base_version = version - 1;
    roster.version = version;
    for (auto& entry : roster.upserts) {
      entry.person_ref[2] = static_cast<std::uint8_t>(version);
    }
    rig_.publish(rig_.kaz, report_of({roster}, rig_.now));
  }
  ASSERT_EQ(rig_.state().units.find(unit_id("KAZ:A"))->roster->statement.people.size(), 3600U);
  rig_.project();

  recovers_to_the_live_state(0);
}

TEST_F(RecoveryTest, ProjectsARegistryOfAnySize) {
  for (int part = 0; part < 3; ++part) {
    model::RegistryStatement transfers;
    for (int i = 0; i < 4000; ++i) {
      transfers.unit_transfers.push_back({unit_id("KAZ:U-" + std::to_string(part * 4000 + i)),
                                          rig_.kaz.id(), rig_.kaz2.id(), rig_.now});
    }
    rig_.publish(rig_.reg, report_of({transfers}));
  }
  rig_.project();

  recovers_to_the_live_state(0);
}

TEST_F(RecoveryTest, ProjectsAStatementThatGrowsWhenItIsEncodedAgain) {
  // A sender may share one text among many places of its buffer; encoded again each has its own.
  auto unit = unit_of("KAZ:A");
  unit.capabilities.resize(1);
  unit.capabilities[0].metrics.assign(9'000, {std::string(120, 'm'), 1.0});
  core::State state;
  core::evolve(state, core::StatementTaken{
                          .said = {.statement = unit, .stamp = {.report = {rig_.kaz.id(), 1}}}});
  state.ledger_seq = 1;
  auto step = projection_step(state, {}, {{{unit_id("KAZ:A"), false}}}, 0);
  rig_.publish(rig_.kaz, report_of({unit_of("KAZ:A")}));
  ASSERT_TRUE(rig_.store().project(step));

  const auto loaded = load_projection(rig_.store());

  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ((*loaded)->state.units.find(unit_id("KAZ:A"))->identity->statement, unit);
}

TEST_F(RecoveryTest, ProjectsAUnitThatIsLongerThanAReport) {
  auto equipment = tests::full_equipment();
  equipment.unit = unit_id("KAZ:A");
  auto holding = equipment.holdings[0];
  equipment.holdings.clear();
  for (int i = 0; i < 6000; ++i) {
    holding.item_code = tests::code("ITEM-WITH-A-LONG-NAME-" + std::to_string(i));
    equipment.holdings.push_back(holding);
  }
  auto strength = strength_of("KAZ:A");
  for (int i = 0; i < 9000; ++i) {
    strength.specialties.push_back(
        {tests::code("SPECIALITY-NUMBER-" + std::to_string(i)), 1, 1, false});
  }
  rig_.publish(rig_.kaz, report_of({equipment}));
  rig_.publish(rig_.kaz, report_of({strength}));
  rig_.project();

  recovers_to_the_live_state(0);
}

}  // namespace
}  // namespace muster::server
