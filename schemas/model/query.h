// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schemas/model/dry_run.h"
#include "schemas/model/finding.h"
#include "schemas/model/force_query.h"
#include "schemas/model/operation_query.h"
#include "schemas/model/readiness.h"
#include "schemas/model/report.h"

/// Questions to the broker and their answers (PROTOCOL.md §7).
namespace muster::model {

// ---- questions
// --------------------------------------------------------------------------------------------------

/// Combined strength. An empty list filters nothing.
struct StrengthQuery {
  std::vector<Dimension> group_by;
  std::vector<Nation> nations;
  std::vector<Component> components;
  std::vector<ElementKind> element_kinds;
  std::vector<Level> levels;  ///< Effective.
  std::vector<ForcePool> pools;
  StrengthBasis basis = StrengthBasis::owner;
};
struct TreeQuery {
  Nation nation;
};
struct UnitQuery {
  UnitId unit;
};
struct ServerInfoQuery {};
/// `count` records from `from_ledger_seq` on, or the last `count`.
struct LedgerTailQuery {
  std::optional<std::uint64_t> from_ledger_seq;
  std::uint32_t count = 20;
};
/// Proof that a node sent exactly this report, and that the ledger holds it.
struct LedgerProofQuery {
  ReportId report;
};
using Query =
    std::variant<StrengthQuery, TreeQuery, UnitQuery, ServerInfoQuery, LedgerTailQuery, ReadyQuery,
                 BuildupQuery, MatrixQuery, RosterQuery, HistoryQuery, DiffQuery, StaleQuery,
                 CaveatsQuery, OverridesQuery, LedgerProofQuery, OperationsQuery, OperationQuery,
                 GapsQuery, AssembleQuery, CommitmentsQuery, OperationBuildupQuery, StandbyQuery,
                 RemainingQuery, SustainmentQuery, WithdrawalQuery, DryRunQuery>;

/// "strength", "tree", "server_info", …: the label of metrics and messages.
std::string_view name_of(const Query& query);

/// A supposition. What is asked with one is answered on a branch of the state that nobody keeps,
/// and every answer repeats it.
struct WhatIf {
  std::vector<Nation> without;  ///< These nations take no part: as if they had said nothing.
  std::optional<Nation> host;   ///< Every operation that is not over takes place there.
  /// These operations go on as well: what is offered to them counts as committed, and a package is
  /// made for their lines too.
  std::vector<Code> also;
  std::optional<std::int32_t> notice_min;  ///< Added to every notice to move, never below 0.
  [[nodiscard]] bool is_set() const {
    return !without.empty() || host || !also.empty() || notice_min;
  }
  friend bool operator==(const WhatIf&, const WhatIf&) = default;
};

/// The moment that a question is asked of, and what is supposed: absent is now, and nothing.
struct Standpoint {
  std::optional<UtcTime> as_of;     ///< Valid time: what was true then.
  std::optional<UtcTime> known_at;  ///< What the broker had received until then.
  WhatIf what_if{};
};
struct Request {
  std::uint64_t id = 0;
  std::uint32_t deadline_ms = 5000;
  std::optional<UtcTime> as_of, known_at;
  Query query;
  WhatIf what_if{};
};

// ---- answers
// ----------------------------------------------------------------------------------------------------

/// Every answer says as of when, on whose word, and what is missing.
struct AnswerHeader {
  UtcTime valid_at{}, known_at{};
  std::uint64_t ledger_seq = 0;
  Realm realm = Realm::exercise;
  std::vector<Nation> nations_reporting, nations_missing, nations_stale;
  std::uint64_t stale_strength = 0;  ///< Deployable people in STALE and EXPIRED units.
  /// Not everything that was reported is released to who asks: what is missing may be withheld.
  bool is_withheld = false;
  WhatIf what_if{};  ///< Not how it is: what was supposed.
  /// True when the answer rests on stale or missing nations, or on nobody: exit code 3.
  [[nodiscard]] bool is_partial() const {
    return !nations_missing.empty() || !nations_stale.empty() || nations_reporting.empty();
  }
};

struct StrengthRow {
  std::vector<std::string> key;  ///< One for each dimension of group_by, as text.
  Figures figures;
  std::optional<UtcTime> oldest_valid_at;
  friend bool operator==(const StrengthRow&, const StrengthRow&) = default;
};
struct StrengthAnswer {
  std::vector<Dimension> group_by;
  std::vector<StrengthRow> rows;
  StrengthRow total;
  StrengthBasis basis =
      StrengthBasis::owner;  ///< Says which figure is the strength: assigned, or on_strength.
  /// Sum of attached_in less sum of detached_out: not 0 when nations count the same people twice or
  /// not at all.
  std::int64_t attachment_balance = 0;
};

struct TreeNode {
  UnitId unit, parent;  ///< `parent` is empty for a root.
  std::uint16_t depth = 0;
  std::string name;
  Component component = Component::military;
  ElementKind element_kind = ElementKind::other;
  Echelon echelon = Echelon::none;
  Level level = kNotMeasured;
  Freshness freshness = Freshness::expired;
  Figures own, rolled_up;
  std::optional<UtcTime> valid_at;
  Levels computed;
  std::uint64_t on_hand = 0, fmc = 0;    ///< Own items, all kinds.
  std::uint32_t critical_shortfall = 0;  ///< Own people lacking in critical specialties.
  // What an older broker does not say; absent or empty, too, where the nation did not.
  std::string short_name{};
  std::string sidc{};  ///< APP-6: 20 or 30 digits.
  std::optional<Lifecycle> lifecycle{};
  std::optional<Reinforcement> reinforcement{};
  std::optional<Place> home{}, current{};
  std::vector<Relation> relations{};  ///< In force at the moment of the question; no CHILD_OF.
  /// People of its slices, ACCEPTED or later and not over.
  std::optional<std::uint64_t> committed{};
  std::vector<Code> operations{};  ///< With a slice of this unit that is not over. Sorted.
};
struct TreeAnswer {
  Nation nation;
  std::vector<TreeNode> nodes;  ///< Parents before their children.
};

struct UnitAnswer {
  UnitId unit;
  NodeId node;
  std::vector<Statement> statements;   ///< The newest accepted of each kind.
  std::vector<StatementStamp> stamps;  ///< One a statement, in the same order.
  Levels computed;
  std::optional<Level> reported_overall;
  Level effective = kNotMeasured;
  Freshness freshness = Freshness::expired;
};

struct NodeInfo {
  NodeId node;
  std::uint64_t head_seq = 0;
  Hash head_hash{};
  std::optional<UtcTime> last_received_at;
  std::uint64_t accepted = 0, refused = 0;  ///< Reports, since the ledger began.
};
struct ServerInfoAnswer {
  std::string software;
  UtcTime started_at{}, server_time{};
  std::uint64_t ledger_seq = 0;
  TreeHead tree_head;
  std::uint32_t units = 0;
  std::vector<NodeInfo> nodes;
};

struct LedgerReport {
  std::uint64_t seq = 0;
  ReportVerdict verdict;
  ReportKind kind = ReportKind::regular;
  UtcTime valid_at{};
  std::uint32_t statements = 0;
};
struct LedgerRow {
  std::uint64_t ledger_seq = 0;
  UtcTime received_at{}, issued_at{};
  NodeId node;
  Hash chain_hash{};
  std::uint32_t envelope_bytes = 0;
  std::vector<LedgerReport> reports;
};
struct LedgerTailAnswer {
  std::vector<LedgerRow> records;  ///< Oldest first.
  std::uint64_t last_ledger_seq = 0;
};
/// Everything that `muster ledger proof` checks without trust in the broker (RFC 6962 §2.1.1).
struct LedgerProofAnswer {
  ReportId report;
  std::uint64_t ledger_seq = 0;
  UtcTime received_at{};
  std::uint32_t index = 0;  ///< Of the report in its envelope, from 0.
  ReportVerdict verdict;
  Bytes envelope;                 ///< As it was received: node, chain and signature are in it.
  std::vector<Verdict> verdicts;  ///< Of all its reports: part of the leaf.
  PublicKey key{};                ///< Of the node, by which the signature verifies.
  std::vector<Hash> audit_path;   ///< From the leaf to the root of `tree_head`.
  TreeHead tree_head;
};
using AnswerBody =
    std::variant<StrengthAnswer, TreeAnswer, UnitAnswer, ServerInfoAnswer, LedgerTailAnswer,
                 ReadyAnswer, BuildupAnswer, MatrixAnswer, RosterAnswer, HistoryAnswer, DiffAnswer,
                 StaleAnswer, CaveatsAnswer, OverridesAnswer, LedgerProofAnswer, OperationsAnswer,
                 OperationAnswer, GapsAnswer, AssembleAnswer, CommitmentsAnswer,
                 OperationBuildupAnswer, StandbyAnswer, RemainingAnswer, SustainmentAnswer,
                 WithdrawalAnswer, DryRunAnswer>;

struct Answer {
  AnswerHeader header;
  AnswerBody body;
};

/// Why a request was not answered.
struct Refusal {
  std::uint64_t id = 0;
  QueryError code = QueryError::malformed;
  std::string message;
};

}  // namespace muster::model
