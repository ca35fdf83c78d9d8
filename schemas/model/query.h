// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schemas/model/finding.h"
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
using Query = std::variant<StrengthQuery, TreeQuery, UnitQuery, ServerInfoQuery, LedgerTailQuery>;

/// "strength", "tree", "unit", "server_info" or "ledger_tail": the label of metrics and messages.
std::string_view name_of(const Query& query);

struct Request {
  std::uint64_t id = 0;
  std::uint32_t deadline_ms = 5000;
  std::optional<UtcTime> as_of, known_at;
  Query query;
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
  /// True when the answer rests on stale or missing nations: exit code 3.
  [[nodiscard]] bool is_partial() const {
    return !nations_missing.empty() || !nations_stale.empty();
  }
};

struct Figures {
  std::uint32_t units = 0;
  std::uint64_t authorised = 0, assigned = 0, on_strength = 0, present = 0, deployable = 0;
  Figures& operator+=(const Figures& other);
  friend bool operator==(const Figures&, const Figures&) = default;
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
};

/// Levels of the four areas and of the whole; 6 is not measured.
struct Levels {
  Level p = kNotMeasured, s = kNotMeasured, r = kNotMeasured, t = kNotMeasured,
        overall = kNotMeasured;
  bool partial = true;  ///< Some area could not be measured: never counted as certain.
  friend bool operator==(const Levels&, const Levels&) = default;
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
};
struct TreeAnswer {
  Nation nation;
  std::vector<TreeNode> nodes;  ///< Parents before their children.
};

/// Whose word a statement is, and since when.
struct StatementStamp {
  StatementKind kind = StatementKind::unit;
  ReportId report;
  UtcTime valid_at{}, issued_at{}, received_at{};
  std::uint64_t ledger_seq = 0;
  Freshness freshness = Freshness::fresh;
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
using AnswerBody =
    std::variant<StrengthAnswer, TreeAnswer, UnitAnswer, ServerInfoAnswer, LedgerTailAnswer>;

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
