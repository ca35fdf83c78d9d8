// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/query.h"

namespace muster::model {

std::string_view name_of(const Query& query) {
  struct Name {
    std::string_view operator()(const StrengthQuery&) const { return "strength"; }
    std::string_view operator()(const TreeQuery&) const { return "tree"; }
    std::string_view operator()(const UnitQuery&) const { return "unit"; }
    std::string_view operator()(const ServerInfoQuery&) const { return "server_info"; }
    std::string_view operator()(const LedgerTailQuery&) const { return "ledger_tail"; }
    std::string_view operator()(const ReadyQuery&) const { return "ready"; }
    std::string_view operator()(const BuildupQuery&) const { return "buildup"; }
    std::string_view operator()(const MatrixQuery&) const { return "matrix"; }
    std::string_view operator()(const RosterQuery&) const { return "roster"; }
    std::string_view operator()(const HistoryQuery&) const { return "history"; }
    std::string_view operator()(const DiffQuery&) const { return "diff"; }
    std::string_view operator()(const StaleQuery&) const { return "stale"; }
    std::string_view operator()(const CaveatsQuery&) const { return "caveats"; }
    std::string_view operator()(const OverridesQuery&) const { return "overrides"; }
    std::string_view operator()(const LedgerProofQuery&) const { return "ledger_proof"; }
    std::string_view operator()(const OperationsQuery&) const { return "operations"; }
    std::string_view operator()(const OperationQuery&) const { return "operation"; }
    std::string_view operator()(const GapsQuery&) const { return "gaps"; }
    std::string_view operator()(const AssembleQuery&) const { return "assemble"; }
    std::string_view operator()(const CommitmentsQuery&) const { return "commitments"; }
    std::string_view operator()(const OperationBuildupQuery&) const { return "operation_buildup"; }
    std::string_view operator()(const StandbyQuery&) const { return "standby"; }
    std::string_view operator()(const RemainingQuery&) const { return "remaining"; }
    std::string_view operator()(const SustainmentQuery&) const { return "sustainment"; }
    std::string_view operator()(const WithdrawalQuery&) const { return "withdrawal"; }
    std::string_view operator()(const DryRunQuery&) const { return "dry_run"; }
  };
  return std::visit(Name{}, query);
}

Figures& Figures::operator+=(const Figures& other) {
  units += other.units;
  authorised += other.authorised;
  assigned += other.assigned;
  on_strength += other.on_strength;
  present += other.present;
  deployable += other.deployable;
  return *this;
}

Assurance& Assurance::operator+=(const Assurance& other) {
  certain += other.certain;
  likely += other.likely;
  claimed += other.claimed;
  return *this;
}

PromisedPeople& PromisedPeople::operator+=(const PromisedPeople& other) {
  offered += other.offered;
  accepted += other.accepted;
  committed += other.committed;
  in_transit += other.in_transit;
  in_place += other.in_place;
  returning += other.returning;
  released += other.released;
  return *this;
}

}  // namespace muster::model
