// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/split.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "schemas/model/limits.h"
#include "schemas/wire/report.h"

namespace muster::desk {
namespace {

/// What a report takes beside its statements, at most. Parts may share nothing, so the sum of the
/// parts is never less than the whole.
constexpr std::size_t kHeaderBytesMax = 1024;

std::size_t entries_of(const model::Statement& statement) {
  return std::visit(
      [](const auto& one) -> std::size_t {
        if constexpr (requires { one.upserts; }) {
          return one.upserts.size();
        } else if constexpr (requires { one.holdings; }) {
          return one.holdings.size();
        } else if constexpr (requires { one.specialties; }) {
          return one.specialties.size();
        } else if constexpr (requires { one.profile; }) {
          return one.profile.size();
        } else {
          return 0;
        }
      },
      statement);
}

std::size_t bytes_of(const UnitPart& unit, const model::Report& header) {
  auto report = header;
  for (const auto& part : unit.statements) {
    report.statements.push_back(part.statement);
  }
  return wire::encode_report(report).size();
}

/// Why a unit cannot be published at all, or nothing.
std::optional<Problem> too_much(const UnitPart& unit, std::size_t bytes) {
  for (const auto& part : unit.statements) {
    if (const auto entries = entries_of(part.statement); entries > model::kListMax) {
      return Problem{
          .code = kValueBad,
          .value = unit.unit.str(),
          .expected = fmt::format("at most {} rows for one unit; these are {}: divide it "
                                  "into several units",
                                  model::kListMax, entries)};
    }
  }
  if (bytes + kHeaderBytesMax > model::kReportBytesMax) {
    return Problem{
        .code = kValueBad,
        .value = unit.unit.str(),
        .expected = fmt::format("at most {} bytes for one unit in a report; these are {}: "
                                "put parts of it into files of their own",
                                model::kReportBytesMax, bytes)};
  }
  return std::nullopt;
}

/// Fills one report after the other.
class Packer {
 public:
  Packer(const model::Report& header, Draft& draft) : header_(header), draft_(draft) {}

  void add(UnitPart unit, std::size_t bytes) {
    const bool fits = bytes_ + bytes + kHeaderBytesMax <= model::kReportBytesMax &&
                      count_ + unit.statements.size() <= model::kStatementsMax;
    if (draft_.reports.size() == first_ || !fits) {
      draft_.reports.push_back(header_);
      draft_.origins.emplace_back();
      bytes_ = count_ = 0;
    }
    bytes_ += bytes;
    count_ += unit.statements.size();
    for (auto& part : unit.statements) {
      draft_.reports.back().statements.push_back(std::move(part.statement));
      draft_.origins.back().push_back(std::move(part.origin));
    }
  }

 private:
  const model::Report& header_;
  Draft& draft_;
  std::size_t first_ = draft_.reports.size();
  std::size_t bytes_ = 0, count_ = 0;
};

}  // namespace

void split_into_reports(MomentPart moment, const model::Report& header, Draft& draft,
                        ProblemList& problems) {
  auto of_moment = header;
  of_moment.valid_at = moment.valid_at;
  Packer packer(of_moment, draft);
  for (auto& unit : moment.units) {
    const auto bytes = bytes_of(unit, of_moment);
    auto problem = too_much(unit, bytes);
    if (!problem) {
      packer.add(std::move(unit), bytes);
      continue;
    }
    const auto& origin = unit.statements.front().origin;
    const auto& sheet = draft.columns[origin.row.sheet];
    const auto place = sheet.fields.find("unit");
    problem->sheet = sheet.sheet;
    const auto at = place == sheet.fields.end() ? SheetColumns::Place{} : place->second;
    problem->heading = at.heading;
    problems.add(origin.row.sheet, {origin.row.row, at.column}, *std::move(problem));
  }
}

}  // namespace muster::desk
