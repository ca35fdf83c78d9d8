// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "nodes/desk/columns.h"
#include "nodes/desk/workbook.h"
#include "schemas/model/bytes.h"
#include "schemas/model/unit_statements.h"

/// From a cell to the value that it says. Nothing is rounded, guessed or mended beyond white space:
/// what is not exactly a value of its column is a problem. Pure; any thread; never throws.
namespace muster::desk {

/// A count, a number, a yes or no, a moment, a text or the name of a code, several of them, a unit,
/// a person or a UUID, qualifications, measures of a capability, sealed bytes.
using CellValue = std::variant<std::uint64_t, double, bool, model::UtcTime, std::string,
                               std::vector<std::string>, model::UnitId, model::PersonRef,
                               std::vector<model::Qualification>, std::vector<model::Metric>,
                               model::Bytes>;

/// Why a cell is not taken: a code of problem.h, and what is wanted.
struct Misread {
  std::string_view code;
  std::string expected;
};

/// Words near to those that are not known, each looked for once. Of a file that is wrong from end
/// to end only the first kWordsMax different ones are, for each is held against the whole list.
class NearWords {
 public:
  static constexpr std::size_t kWordsMax = 100;
  /// ColumnBook::nearest_word(), or nothing once there were too many.
  std::string of(const ColumnBook& book, std::string_view list, std::string_view word);

 private:
  std::map<std::string, std::string, std::less<>> found_;  // By list and word.
};

struct CellContext {
  const ColumnBook& book;
  std::optional<model::Nation> nation;  ///< Of codes that stand without one.
  bool counts_from_1904 = false;
  model::ByteView person_key;  ///< Empty: service numbers cannot be read.
  NearWords* near_words = nullptr;  ///< Of the whole file; null looks for each word anew.
};

/// Nothing is in the cell, or white space alone.
bool is_empty_cell(const CellView& cell);

/// The value of a cell that is not empty.
tl::expected<CellValue, Misread> read_cell(const CellView& cell, const Column& column,
                                           const CellContext& context);

/// A number as people write it: 51.1605 or 51,1605, with a minus in front. Nothing for any other
/// text.
std::optional<double> number_of_text(std::string_view text);

/// A moment as people write it: 2026-11-22, 22.11.2026, either with 06:30 or 06:30:15 behind a
/// space or a `T`, and RFC 3339 with a zone. Without a zone it is UTC. Nothing for any other text,
/// for a day that does not exist and for years that are typing mistakes.
std::optional<model::UtcTime> moment_of_text(std::string_view text);

/// A moment as a spreadsheet counts it, in days; taken to the second, for its fractions are not
/// exact. Nothing when it is no plausible moment.
std::optional<model::UtcTime> moment_of_serial(double days, bool counts_from_1904);

/// Who a service number is: the first 16 bytes of HMAC-SHA-256 (RFC 2104) of service_number_key()
/// under the ministry's key. The same number and key give the same person for ever. `key` has at
/// most 64 bytes.
model::PersonRef person_of_service_number(std::string_view number, model::ByteView key);

}  // namespace muster::desk
