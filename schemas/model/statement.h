// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "schemas/model/force_statements.h"
#include "schemas/model/policy.h"
#include "schemas/model/unit_statements.h"

/// The statements of DOMAIN.md §3 as plain values. Those about a unit stand in unit_statements.h,
/// those about the force in force_statements.h, those about who may speak here.
namespace muster::model {

// ---- Registry -----------------------------------------------------------------------------------

/// A nation's membership, dated: the record has members that join, leave and are suspended.
struct Member {
  Nation nation;
  ParticipationStatus participation_status = ParticipationStatus::full;
  UtcTime valid_from{};
  std::optional<UtcTime> valid_to;
  std::vector<ReportInterval> intervals;
  friend bool operator==(const Member&, const Member&) = default;
};
/// A node, its keys and what they may do. The same node with another key is a second entry: keys
/// overlap in rotation.
struct RegisteredNode {
  NodeId node_id;
  PublicKey key{};        ///< Ed25519: checks what the node signs.
  PublicKey curve_key{};  ///< Curve25519: lets it connect.
  std::vector<Role> roles;
  UtcTime valid_from{};
  std::optional<UtcTime> valid_to;
  friend bool operator==(const RegisteredNode&, const RegisteredNode&) = default;
};
struct UnitTransfer {
  UnitId unit;
  NodeId from_node, to_node;
  UtcTime at{};
  friend bool operator==(const UnitTransfer&, const UnitTransfer&) = default;
};
/// Who may speak for whom. Each entry adds or replaces: a member by nation and valid_from, a node
/// by node_id and key, a policy by valid_from.
struct RegistryStatement {
  Realm realm = Realm::exercise;
  std::vector<Member> members;
  std::vector<RegisteredNode> nodes;
  std::vector<UnitTransfer> unit_transfers;
  std::vector<PublishedFigure> published_figures;
  std::vector<Policy> policies;
  friend bool operator==(const RegistryStatement&, const RegistryStatement&) = default;
};

/// A statement of a newer schema: kept in the ledger as it was signed, and not read (V38).
struct UninterpretedStatement {
  StatementKind kind = StatementKind::roster;
  friend bool operator==(const UninterpretedStatement&, const UninterpretedStatement&) = default;
};

using Statement =
    std::variant<UnitStatement, StrengthStatement, EquipmentStatement, SelfSustainmentStatement,
                 TrainingStatement, ReadinessStatement, AvailabilityStatement, RosterStatement,
                 CaveatStatement, StandbyStatement, ContributionStatement, OperationStatement,
                 RequirementStatement, DecisionStatement, RegistryStatement,
                 UninterpretedStatement>;

StatementKind kind_of(const Statement& statement);

/// The unit that a statement speaks of, or null when it speaks of none.
const UnitId* unit_of(const Statement& statement);

}  // namespace muster::model
