// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "schemas/model/report.h"

/// One fictional contingent twice: as a report, and as the table that a ministry would keep of it.
/// Readers of every format must make the first of the second.
namespace muster::tests {

/// 2026-11-20T00:00:00Z: as of when all of it is true.
inline constexpr model::UtcTime kContingentTime =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};

/// Twelve units of KAZ with their strength, holdings, readiness and availability.
model::Report contingent_report();

/// Nothing, a number, a text or a day.
using TableCell = std::variant<std::monostate, double, std::string, model::UtcTime>;
struct Table {
  std::vector<std::string> keys;  ///< Of the columns: "unit_code", "present", "item_code".
  std::vector<std::vector<TableCell>> rows;
};
/// Codes stand as names ("COMPANY"), a second kind of item in a row of its own.
Table contingent_table();

/// The same with headings in a language: `headings` are those of the columns.
using Headings = std::vector<std::string>;

/// As a file: what a ministry's program would write.
std::string as_csv(const Table& table, const Headings& headings);  ///< UTF-8, commas, ISO dates.
/// windows-1251, semicolons, decimal commas, DD.MM.YYYY, CR LF: what Excel writes in Russian.
std::string as_excel_csv(const Table& table, const Headings& headings);
/// A flat OpenDocument spreadsheet, from which LibreOffice makes other kinds.
std::string as_flat_ods(const Table& table, const Headings& headings);
/// By libxlsxwriter, dates as serial numbers with a format.
void write_xlsx(const std::string& path, const Table& table, const Headings& headings);

/// Cyrillic and the signs that Russian texts use; '?' for what windows-1251 has not.
std::string to_windows_1251(const std::string& utf8);

}  // namespace muster::tests
