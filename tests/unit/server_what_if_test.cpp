// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "storage/rocksdb_store.h"
#include "tests/unit/link_fixture.h"
#include "tests/unit/server_operation_fixture.h"

// Questions about operations, and questions of what would be if.

namespace muster::server {
namespace {

using namespace std::chrono_literals;
using model::ErrorCode;
using model::WhatIf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tests::BrokerRig;
using tests::code;
using tests::nation;
using tests::request_of;
using tests::TestNode;

WhatIf without(std::vector<model::Nation> nations) { return {.without = std::move(nations)}; }

std::vector<WhatIf> suppositions() {
  return {without({nation("ARM")}),
          {.without = {}, .host = nation("RUS")},
          {.without = {}, .also = {code("EX-2203")}},
          {.without = {}, .notice_min = 1440},
          {.without = {nation("ARM"), nation("BLR")},
           .host = nation("KGZ"),
           .also = {code("EX-2203")},
           .notice_min = -60}};
}

std::uint64_t assigned(const model::Answer& answer) {
  return std::get<model::StrengthAnswer>(answer.body).total.figures.assigned;
}

// ---- nothing of it is kept ----------------------------------------------------------------------

std::string bytes_of(const storage::LedgerRecord& record) {
  auto text =
      fmt::format("{} {} {} {} {} {}", record.ledger_seq, model::format_time(record.received_at),
                  record.node.str(), record.first_seq, model::to_hex(record.chain_hash),
                  model::to_hex(record.envelope));
  for (const auto& verdict : record.verdicts) {
    text += fmt::format(" {}:{}", static_cast<int>(verdict.verdict), verdict.findings.size());
  }
  return text;
}

/// All that a broker keeps, on disk and in memory.
struct Kept {
  std::vector<std::string> ledger, projection;
  std::uint64_t last_ledger_seq = 0, watermark = 0;
  std::vector<storage::NodeHead> heads;
  std::size_t quarantined = 0;
  model::TreeHead tree_head;
  std::string described, published;
  SnapshotPtr snapshot;
  friend bool operator==(const Kept&, const Kept&) = default;
};

/// A broker with an operation that has begun.
class WhatIfTest : public ::testing::Test {
 protected:
  explicit WhatIfTest(std::unique_ptr<storage::Store> store = storage::make_memory_store())
      : rig_(std::move(store)) {
    tests::begin_operation(rig_);
  }

  model::Answer answered(const model::Request& request) {
    return link::test::must(rig_.answer(rig_.sec, request));
  }
  model::Answer answered(model::Query query, WhatIf what_if = {}) {
    return answered(request_of(std::move(query), std::move(what_if)));
  }
  model::Error refused(const model::Request& request) {
    const auto answer = rig_.answer(rig_.sec, request);
    return answer ? model::Error{ErrorCode::io, "it was answered"} : answer.error();
  }
  model::Error refused(model::Query query, WhatIf what_if = {}) {
    return refused(request_of(std::move(query), std::move(what_if)));
  }

  BrokerRig rig_;
};

/// The same on a disk.
class WhatIfOnDisk : private link::test::TemporaryFolder, public WhatIfTest {
 protected:
  WhatIfOnDisk()
      : WhatIfTest(link::test::must(storage::open_store(
            {.path = (static_cast<TemporaryFolder&>(*this) / "store").string()}))) {
    rig_.project();
  }

  [[nodiscard]] Kept kept() {
    const auto& store = rig_.any_store();
    Kept all{.last_ledger_seq = store.last_ledger_seq(),
             .watermark = *store.watermark(),
             .heads = *store.heads(),
             .quarantined = store.quarantined(10)->size(),
             .tree_head = rig_.snapshot()->tree_head,
             .described = core::describe(rig_.state()),
             .published = core::describe(rig_.snapshot()->state),
             .snapshot = rig_.snapshot()};
    link::test::must(
        store.scan_ledger(1, [&](storage::LedgerRecord&& record) -> model::Result<bool> {
          all.ledger.push_back(bytes_of(record));
          return true;
        }));
    link::test::must(store.scan_projection(
        [&](std::string_view key, model::ByteView value) -> model::Result<void> {
          all.projection.push_back(fmt::format("{} = {}", key, model::to_hex(value)));
          return {};
        }));
    return all;
  }
};

TEST_F(WhatIfOnDisk, LeavesLedgerProjectionTreeHeadAndStateAsTheyAre) {
  const auto before = kept();
  const auto state = rig_.state();
  ASSERT_THAT(before.ledger, Not(IsEmpty()));
  ASSERT_THAT(before.projection, Not(IsEmpty()));

  for (const auto& query : tests::supposable_queries()) {
    for (const auto& what_if : suppositions()) {
      for (const bool is_past : {false, true}) {
        auto request = request_of(query, what_if);
        request.as_of = is_past ? std::optional(rig_.now) : std::nullopt;
        SCOPED_TRACE(model::name_of(query));

        const auto answer = rig_.answer(rig_.sec, request);

        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(answer->header.what_if, what_if);
        ASSERT_TRUE(kept() == before);
        ASSERT_TRUE(rig_.state() == state);
      }
    }
  }
}

TEST_F(WhatIfTest, IsAnsweredTheNextTimeAsIfItHadNeverBeenAsked) {
  const auto before = assigned(answered(model::StrengthQuery{}));
  answered(model::StrengthQuery{}, without({nation("KAZ")}));

  const auto after = answered(model::StrengthQuery{});

  EXPECT_EQ(assigned(after), before);
  EXPECT_EQ(after.header.what_if, WhatIf{});
}

TEST_F(WhatIfTest, IsGoneAfterARestart) {
  const auto before = core::describe(rig_.state());
  for (const auto& query : tests::supposable_queries()) {
    ASSERT_TRUE(rig_.answer(rig_.sec, request_of(query, without({nation("ARM")}))));
  }

  link::test::must(rig_.restart());

  EXPECT_EQ(core::describe(rig_.state()), before);
}

// ---- it counts in the answer --------------------------------------------------------------------

TEST_F(WhatIfTest, CountsStrengthWithoutTheNation) {
  const auto all = answered(model::StrengthQuery{});

  const auto fewer = answered(model::StrengthQuery{}, without({nation("ARM")}));

  EXPECT_EQ(assigned(fewer) + 100, assigned(all));
  EXPECT_THAT(all.header.nations_reporting, Contains(nation("ARM")));
  EXPECT_THAT(fewer.header.nations_reporting, Not(Contains(nation("ARM"))));
  EXPECT_THAT(fewer.header.nations_missing, Not(Contains(nation("ARM"))));
}

TEST_F(WhatIfTest, CountsStrengthOfThePastOnABranchToo) {
  auto request = request_of(model::StrengthQuery{}, without({nation("ARM")}));
  request.as_of = rig_.now;
  request.known_at = rig_.now;

  const auto answer = answered(request);

  EXPECT_EQ(assigned(answer) + 100, assigned(answered(model::StrengthQuery{})));
  EXPECT_EQ(answer.header.valid_at, rig_.now);
  EXPECT_EQ(answer.header.what_if, request.what_if);
}

TEST_F(WhatIfTest, KeepsTheMomentOfThePast) {
  auto request = request_of(model::StrengthQuery{}, without({nation("KAZ")}));
  request.as_of = tests::kSampleTime - 1h;  // Before anybody had said anything.

  EXPECT_EQ(assigned(answered(request)), 0U);
}

TEST_F(WhatIfTest, SaysWhatRemainsOfWhatIs) {
  const auto answer = answered(model::RemainingQuery{}, without({nation("ARM")}));

  const auto& rows = std::get<model::RemainingAnswer>(answer.body).rows;
  const auto deployable = std::find_if(rows.begin(), rows.end(),
                                       [](const auto& row) { return row.figure == "deployable"; });
  ASSERT_NE(deployable, rows.end());
  EXPECT_EQ(deployable->now, deployable->then + 90);
}

TEST_F(WhatIfTest, LeavesAHostsOwnPeopleOutOfWhatRemains) {
  const auto answer = answered(model::RemainingQuery{}, {.without = {}, .host = nation("ARM")});

  const auto& rows = std::get<model::RemainingAnswer>(answer.body).rows;
  const auto deployable = std::find_if(rows.begin(), rows.end(),
                                       [](const auto& row) { return row.figure == "deployable"; });
  ASSERT_NE(deployable, rows.end());
  EXPECT_EQ(deployable->now, deployable->then + 90);
  EXPECT_EQ(answer.header.what_if.host, nation("ARM"));
}

// ---- what cannot be supposed --------------------------------------------------------------------

TEST_F(WhatIfTest, RefusesWhatIsAboutTheRecord) {
  const auto unit = tests::unit_id("KAZ:EX-COMBAT-1");
  const auto arm = without({nation("ARM")});
  const std::vector<model::Query> queries = {
      model::HistoryQuery{.unit = unit},
      model::DiffQuery{.from = {rig_.now - 1h, rig_.now}, .to = {rig_.now, rig_.now}},
      model::ServerInfoQuery{}, model::LedgerTailQuery{.count = 1},
      model::LedgerProofQuery{.report = {rig_.kaz.id(), 1}}};
  for (const auto& query : queries) {
    SCOPED_TRACE(model::name_of(query));
    const TestNode& who = rig_.reg;
    ASSERT_TRUE(rig_.answer(who, request_of(query)));

    const auto answer = rig_.answer(who, request_of(query, arm));

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::malformed);
    EXPECT_THAT(answer.error().message, HasSubstr("ask without one"));
  }
}

TEST_F(WhatIfTest, RefusesRemainingWithoutASupposition) {
  const auto error = refused(model::RemainingQuery{});

  EXPECT_EQ(error.code, ErrorCode::malformed);
  EXPECT_THAT(error.message, HasSubstr("say what is supposed"));
}

TEST_F(WhatIfTest, RefusesNationsThatAreNoMembers) {
  const auto absent = refused(model::StrengthQuery{}, without({nation("USA")}));
  const auto host = refused(model::StrengthQuery{}, {.without = {}, .host = nation("USA")});

  EXPECT_EQ(absent.code, ErrorCode::not_found);
  EXPECT_THAT(absent.message, HasSubstr("USA is no member"));
  EXPECT_EQ(host.code, ErrorCode::not_found);
}

TEST_F(WhatIfTest, RefusesToSupposeTheSameTwiceAndTooMuch) {
  const auto twice = refused(model::StrengthQuery{}, without({nation("ARM"), nation("ARM")}));
  const auto many =
      refused(model::StrengthQuery{}, {.without = {}, .also = std::vector(17, code("EX-2203"))});

  EXPECT_EQ(twice.code, ErrorCode::malformed);
  EXPECT_THAT(twice.message, HasSubstr("ARM is named twice"));
  EXPECT_EQ(many.code, ErrorCode::malformed);
  EXPECT_THAT(many.message, HasSubstr("at most 16"));
}

TEST_F(WhatIfTest, RefusesPeriodsOutsideOfTheYearsThatThereAre) {
  const auto standby = refused(model::StandbyQuery{.from = model::UtcTime::max()});
  const auto commitments = refused(model::CommitmentsQuery{.from = model::UtcTime::min()});

  EXPECT_EQ(standby.code, ErrorCode::malformed);
  EXPECT_EQ(commitments.code, ErrorCode::malformed);
}

TEST_F(WhatIfTest, RefusesOperationsThatNobodyKnows) {
  const auto error = refused(model::StrengthQuery{}, {.without = {}, .also = {code("EX-9999")}});

  EXPECT_EQ(error.code, ErrorCode::not_found);
  EXPECT_THAT(error.message, HasSubstr("EX-9999"));
}

TEST_F(WhatIfTest, TellsNobodyOfAnOperationThatHeMayNotSee) {
  auto hidden = tests::full_operation();
  hidden.operation = code("EX-SECRET");
  auto report = tests::report_of({hidden});
  report.releasable_to.clear();
  tests::accept(rig_, rig_.sec, report);
  const auto ask = [&](std::string_view operation) {
    return rig_.answer(
        rig_.arm, request_of(model::StrengthQuery{}, {.without = {}, .also = {code(operation)}}));
  };

  const auto secret = ask("EX-SECRET");
  const auto unknown = ask("EX-NOTHING");

  ASSERT_FALSE(secret);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(secret.error().code, unknown.error().code);
  EXPECT_TRUE(rig_.answer(
      rig_.sec, request_of(model::StrengthQuery{}, {.without = {}, .also = {code("EX-SECRET")}})));
}

// ---- questions about operations -----------------------------------------------------------------

TEST_F(WhatIfTest, AnswersEveryQuestionAboutOperationsAsItIs) {
  for (const auto& query : tests::supposable_queries()) {
    if (std::holds_alternative<model::RemainingQuery>(query)) {
      continue;
    }
    SCOPED_TRACE(model::name_of(query));

    const auto answer = rig_.answer(rig_.sec, request_of(query));

    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_FALSE(answer->header.what_if.is_set());
    EXPECT_THAT(answer->header.nations_reporting, Contains(nation("KAZ")));
    EXPECT_EQ(answer->header.ledger_seq, rig_.state().ledger_seq);
  }
}

TEST_F(WhatIfTest, AnswersWithWhatTheQuestionNames) {
  const auto operation = code("EX-2203");

  const auto gaps = answered(model::GapsQuery{.operation = operation});
  const auto package = answered(model::AssembleQuery{.operation = operation});
  const auto list = answered(model::OperationsQuery{});

  EXPECT_EQ(std::get<model::GapsAnswer>(gaps.body).operation, operation);
  EXPECT_EQ(std::get<model::GapsAnswer>(gaps.body).needed, 900U);
  EXPECT_EQ(std::get<model::AssembleAnswer>(package.body).operation, operation);
  ASSERT_EQ(std::get<model::OperationsAnswer>(list.body).rows.size(), 1U);
  EXPECT_EQ(std::get<model::OperationsAnswer>(list.body).rows[0].operation, operation);
}

TEST_F(WhatIfTest, SaysNotFoundForAnOperationThatNobodyKnows) {
  const auto operation = code("EX-9999");
  const std::vector<model::Query> queries = {model::OperationQuery{operation},
                                             model::GapsQuery{.operation = operation},
                                             model::AssembleQuery{.operation = operation},
                                             model::OperationBuildupQuery{.operation = operation},
                                             model::SustainmentQuery{.operation = operation},
                                             model::WithdrawalQuery{operation}};
  for (const auto& query : queries) {
    SCOPED_TRACE(model::name_of(query));
    EXPECT_EQ(refused(query).code, ErrorCode::not_found);
  }
}

TEST_F(WhatIfTest, LeavesOperationsToThoseWhoMayAskForFigures) {
  for (const auto& query : tests::supposable_queries()) {
    const auto request = request_of(query, without({nation("BLR")}));
    SCOPED_TRACE(model::name_of(query));

    const auto keeper = rig_.answer(rig_.ops, request);
    const auto stranger = rig_.answer(TestNode("KAZ/nobody", 44), request);

    ASSERT_FALSE(keeper);
    EXPECT_EQ(keeper.error().code, ErrorCode::refused);
    ASSERT_FALSE(stranger);
    EXPECT_EQ(stranger.error().code, ErrorCode::refused);
    // A ministry may ask; an operation that is not released to it is not known to it.
    const auto ministry = rig_.answer(rig_.kaz, request);
    EXPECT_TRUE(ministry || ministry.error().code == ErrorCode::not_found);
  }
}

TEST_F(WhatIfTest, RefusesPeriodsThatEndBeforeTheyBegin) {
  const auto reversed = refused(model::CommitmentsQuery{.from = rig_.now, .to = rig_.now - 1h});
  const auto over = refused(model::StandbyQuery{.to = rig_.now - 1h});

  EXPECT_EQ(reversed.code, ErrorCode::malformed);
  EXPECT_THAT(reversed.message, HasSubstr("expected a time after from"));
  EXPECT_EQ(over.code, ErrorCode::malformed);
  EXPECT_TRUE(rig_.answer(rig_.sec, request_of(model::StandbyQuery{.to = rig_.now + 1h})));
}

TEST_F(WhatIfTest, RefusesCommitmentsAndStandbyOfANationThatIsNoMember) {
  EXPECT_EQ(refused(model::CommitmentsQuery{.nations = {nation("USA")}}).code,
            ErrorCode::not_found);
  EXPECT_EQ(refused(model::StandbyQuery{.nations = {nation("USA")}}).code, ErrorCode::not_found);
}

TEST_F(WhatIfTest, RestsOnTheNationsThatCommitmentsAndStandbyAreAskedOf) {
  const auto commitments = answered(model::CommitmentsQuery{.nations = {nation("ARM")}});
  const auto standby = answered(model::StandbyQuery{.nations = {nation("RUS")}});

  EXPECT_THAT(commitments.header.nations_missing, IsEmpty());
  EXPECT_THAT(standby.header.nations_missing, ::testing::ElementsAre(nation("RUS")));
}

}  // namespace
}  // namespace muster::server
