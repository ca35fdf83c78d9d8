// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "nodes/desk/draft.h"
#include "nodes/desk/layout.h"
#include "nodes/desk/problem_list.h"

/// From rows to statements: several rows of one unit make one statement with a list, and no row
/// says again what another one says.
namespace muster::desk {

struct RowCell {
  enum class State : std::uint8_t {
    empty,
    good,  ///< `value` is what it says.
    bad,   ///< Filled, and a problem says what is wrong with it.
  };
  State state = State::empty;
  CellValue value;
};

/// What one row says. Its cells stand as the columns of its layout do.
struct RowFacts {
  const Layout* layout = nullptr;
  std::uint32_t row = 0;
  std::optional<model::UnitId> unit;       ///< Nothing when its cell is bad.
  std::optional<model::UtcTime> valid_at;  ///< Likewise.
  std::vector<RowCell> cells;
  bool is_refused = false;
};

struct DraftStatement {
  model::Statement statement;
  Origin origin;
};
struct UnitPart {
  model::UnitId unit;
  std::vector<DraftStatement> statements;
};
/// What is said of one moment.
struct MomentPart {
  model::UtcTime valid_at;
  std::vector<UnitPart> units;
};

/// A problem at the cell of a column; says nothing of its weight.
void add_problem(ProblemList& problems, const RowFacts& row, const LayoutColumn& column,
                 std::string_view code, std::string value, std::string expected);

class StatementsOfRows {
 public:
  explicit StatementsOfRows(ProblemList& problems) : problems_(problems) {}

  /// Takes a row in, and refuses it when it says something twice or lacks what is mandatory.
  void add(RowFacts& row);

  /// All statements that no refused row speaks of, oldest moment first.
  std::vector<MomentPart> take();

 private:
  using Kind = model::StatementKind;
  static constexpr std::size_t kKinds = 9;  // Unit to Roster are 1 to 8.

  /// A statement that rows are adding to.
  struct Growing {
    model::Statement statement;
    Origin origin;
    std::vector<std::pair<const Column*, CellValue>> said;  // Its single values.
    std::unordered_map<std::string, RowPlace> keys;         // Of its entries.
    bool has_singles = false, has_entries = false;
  };
  struct GrowingUnit {
    model::UnitId unit;
    std::array<std::unique_ptr<Growing>, kKinds> by_kind;
  };
  struct Moment {
    std::vector<GrowingUnit> units;
    std::unordered_map<model::UnitId, std::size_t> index;
  };
  /// Which cells of a row speak of one kind of statement.
  struct Group {
    std::vector<std::size_t> singles, entries;
    [[nodiscard]] bool empty() const { return singles.empty() && entries.empty(); }
  };
  using Groups = std::array<Group, kKinds>;

  static Groups groups_of(const RowFacts& row);
  GrowingUnit& unit_of(const RowFacts& row);
  void refuse(RowFacts& row, std::size_t cell, std::string_view code, std::string expected);
  void check_mandatory(RowFacts& row, const Groups& groups, const GrowingUnit* unit);
  void check_companions(RowFacts& row);
  void check_rivals(RowFacts& row, const Group& group);
  void add_to(Growing& growing, RowFacts& row, const Group& group);
  void add_singles(Growing& growing, RowFacts& row, const Group& group);
  void add_entries(Growing& growing, RowFacts& row, const Group& group);
  void check_once(Growing& growing, RowFacts& row, const Group& group);
  void set(Growing& growing, RowFacts& row, std::size_t cell, bool starts_entry);
  void leave_out(const RowFacts& row, const Groups& groups);

  ProblemList& problems_;
  std::map<model::UtcTime, Moment> moments_;
  std::set<std::pair<model::UnitId, Kind>> left_out_;
  std::set<Kind>
      left_out_everywhere_;  // A row of a list speaks of it, and of which unit is unknown.
};

}  // namespace muster::desk
