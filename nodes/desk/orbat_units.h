// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "nodes/desk/orbat_kept.h"
#include "nodes/desk/orbat_links.h"
#include "schemas/model/unit_statements.h"

/// From a unit of a scene to what is said of it. Not for other folders.
namespace muster::desk {

/// What is said of one unit at one moment.
struct SaidUnit {
  model::UnitStatement unit;
  std::optional<model::StrengthStatement> strength;
  std::optional<model::EquipmentStatement> equipment;
  std::optional<model::ReadinessStatement> readiness;
};

/// Makes the statements of units, and finds what is odd about each.
class UnitWriter {
 public:
  UnitWriter(const Scene& scene, const Links& links, const ImportOptions& options,
             Findings& findings);

  /// The key of each unit that is taken; others have an empty one. The same file gives the same.
  [[nodiscard]] const std::vector<model::UnitId>& keys() const { return keys_; }

  [[nodiscard]] SaidUnit write(std::size_t unit);
  /// What `change` makes different.
  void apply(std::size_t unit, const SceneChange& change, SaidUnit& said);
  /// An item adds to what its unit holds.
  void add_holding(std::size_t unit, const RawHolding& holding,
                   std::optional<model::EquipmentStatement>& equipment);

 private:
  /// What our export wrote of a unit, when it kept something of it.
  [[nodiscard]] const WrittenUnit* written_of(std::size_t unit) const;
  void take_kept();
  void make_keys();
  void write_identity(std::size_t unit, model::UnitStatement& said);
  void write_symbol(std::size_t unit, const Raw& raw, model::UnitStatement& said);
  void write_letters(std::size_t unit, const Raw& raw, model::UnitStatement& said);
  [[nodiscard]] std::optional<model::Echelon> stated_echelon(std::size_t unit);
  void settle_echelon(std::size_t unit, std::optional<model::Echelon> of_symbol,
                      model::UnitStatement& said);
  void write_reinforcement(std::size_t unit, const Raw& raw, model::UnitStatement& said);
  void write_place(std::size_t unit, const RawLocation& location, model::UnitStatement& said);
  void write_relations(std::size_t unit, model::UnitStatement& said);
  [[nodiscard]] model::RelationType relation_type(std::size_t unit);
  void write_readiness(std::size_t unit, SaidUnit& said);
  void write_status(std::size_t unit, const Raw& raw, SaidUnit& said);
  void write_strength(std::size_t unit, SaidUnit& said);
  std::optional<model::Count> take_count(std::size_t unit, const std::optional<Raw>& raw);

  const Scene& scene_;
  const Links& links_;
  const ImportOptions& options_;
  Findings& findings_;
  std::vector<char> identities_;
  std::vector<model::UnitId> keys_;
  std::vector<std::optional<std::size_t>> kept_at_;  // Index in the two below.
  std::vector<std::size_t> kept_units_;
  std::vector<WrittenUnit> written_;
  std::map<std::pair<std::size_t, model::Code>, std::size_t> holding_at_;  // In its unit's list.
};

/// Checks the symbol of what is no unit: only what is odd is wanted.
void check_symbol(std::size_t unit, const std::string& handle, const Raw& raw, Findings& findings);

}  // namespace muster::desk
