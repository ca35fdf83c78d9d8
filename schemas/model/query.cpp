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

}  // namespace muster::model
