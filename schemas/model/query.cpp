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

}  // namespace muster::model
