// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tests/unit/desk_books.h"

namespace muster::desk {
namespace {

constexpr std::string_view kProtected =
    "malformed: the file is protected by a password, or is an old .xls: save it as .xlsx without a "
    "password";
constexpr std::string_view kDamaged =
    "malformed: the file is damaged or was not copied whole: copy it again, or save it again as "
    ".xlsx or .ods";
constexpr std::string_view kNoWorkbook =
    "malformed: the file is no .xlsx or .ods, whatever its name says: open it with a spreadsheet "
    "program and save it as .xlsx";
constexpr std::string_view kDeclares =
    "malformed: the file declares a document type or an entity, which no spreadsheet needs: save "
    "it "
    "again with a spreadsheet program";
constexpr std::string_view kOtherKind =
    "unsupported: files of this kind are not read as workbooks: save it as .xlsx, .ods or .csv";

const XlsxText kOneCell{.rows = "<row><c><v>1</v></c></row>"};
constexpr std::string_view kOneCellShown = "sheet \"Сводка\"\nA1 number 1\n";

TEST(HostileWorkbook, IsRefusedForItsKind) {
  for (const std::string_view name : {"a.xls", "a.json", "a", "a.pdf", ""}) {
    EXPECT_EQ(shown(name, "x"), kOtherKind) << name;
  }
  EXPECT_EQ(shown("a.xlsx", "<html><table></table></html>"), kNoWorkbook);
  EXPECT_EQ(shown("a.ods", "PK"), kNoWorkbook);
  EXPECT_EQ(shown("a.xlsx", ods_of("")),
            "malformed: the file has no part xl/workbook.xml: it is another kind of file, or is "
            "damaged; save it again as .xlsx or .ods");
}

TEST(HostileWorkbook, IsRefusedWhenProtected) {
  EXPECT_EQ(shown("a.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on"), kProtected);
  EXPECT_EQ(shown("a.xlsx", zip_of(xlsx_parts(kOneCell), "secret")), kProtected);
}

TEST(HostileWorkbook, IsRefusedWhenCutAnywhere) {
  const std::string whole = xlsx_of(kOneCell);
  ASSERT_EQ(shown("a.xlsx", whole), kOneCellShown);

  for (std::size_t length = 4; length < whole.size(); ++length) {
    EXPECT_EQ(shown("a.xlsx", whole.substr(0, length)), kDamaged) << length;
  }
}

TEST(HostileWorkbook, NeverCrashesWhateverByteIsWrong) {
  const std::string whole = xlsx_of(kOneCell);
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    std::string broken = whole;
    broken[random() % broken.size()] = static_cast<char>(random());
    const std::string answer = shown("a.xlsx", broken);
    EXPECT_TRUE(answer.starts_with("sheet") || answer.starts_with("malformed: ")) << answer;
  }
}

TEST(HostileWorkbook, IsRefusedWhenItsXmlIsCutAnywhere) {
  auto parts = xlsx_parts(kOneCell);
  const std::string sheet = parts.back().second;
  for (std::size_t length = 0; length < sheet.size(); ++length) {
    parts.back().second = sheet.substr(0, length);
    const std::string answer = shown("a.xlsx", zip_of(parts));
    EXPECT_TRUE(
        answer.starts_with("malformed: part xl/worksheets/sheet1.xml of the file is damaged ("))
        << answer;
  }
  parts.back().second = "<worksheet><sheetData></worksheet>";
  EXPECT_EQ(shown("a.xlsx", zip_of(parts)),
            "malformed: part xl/worksheets/sheet1.xml of the file is damaged (mismatched tag, line "
            "1): save it again with a spreadsheet program");
}

TEST(HostileWorkbook, IsRefusedWhenItUnpacksToTooMuch) {
  auto parts = xlsx_parts(kOneCell);
  parts.emplace_back("xl/media/image1.bin", std::string(9 << 20, '\0'));
  const std::string bomb = zip_of(parts);
  ASSERT_LT(bomb.size(), 20'000U);

  EXPECT_EQ(shown("a.xlsx", bomb, {.unzipped_bytes = 8 << 20}),
            "malformed: the file unpacks to more than 8 MiB: it is not read; delete what is not "
            "needed, or split it");
  EXPECT_EQ(shown("a.xlsx", bomb), kOneCellShown);
}

TEST(HostileWorkbook, IsRefusedWhenItsDeclaredSizesLie) {
  std::string bomb = zip_of({{"xl/workbook.xml", std::string(1 << 20, ' ')}});
  const std::string size("\x00\x00\x10\x00", 4);
  for (std::size_t at = bomb.find(size); at != std::string::npos; at = bomb.find(size, at)) {
    bomb.replace(at, 4, std::string("\x10\x00\x00\x00", 4));
  }

  const std::string answer = shown("a.xlsx", bomb, {.unzipped_bytes = 1000});
  EXPECT_TRUE(answer == kDamaged || answer.find("unpacks to more than") != std::string::npos)
      << answer;
}

TEST(HostileWorkbook, IsRefusedWhenItDeclaresEntities) {
  constexpr std::string_view kBomb =
      "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>";
  for (const std::size_t padding : {0U, 65'520U, 65'530U, 65'540U, 131'070U}) {
    auto parts = xlsx_parts(kOneCell);
    parts.back().second = std::string(padding, ' ') + std::string(kBomb) + parts.back().second;
    EXPECT_EQ(shown("a.xlsx", zip_of(parts)), kDeclares) << padding;
  }
  auto beside = xlsx_parts(kOneCell);
  beside.emplace_back("docProps/core.xml", "<a/><!ENTITY % x SYSTEM \"file:///etc/passwd\">");
  EXPECT_EQ(shown("a.xlsx", zip_of(beside)), kDeclares);
}

TEST(HostileWorkbook, IsRefusedWhenItDeclaresADocumentTypeInUtf16) {
  auto parts = xlsx_parts(kOneCell);
  std::string wide = "\xFF\xFE";
  for (const char letter : "<!DOCTYPE w [<!ENTITY a \"ha\">]>" + parts.back().second) {
    wide += letter;
    wide += '\0';
  }
  parts.back().second = wide;

  EXPECT_EQ(
      shown("a.xlsx", zip_of(parts)),
      "malformed: part xl/worksheets/sheet1.xml of the file is damaged (it declares a document "
      "type, line 1): save it again with a spreadsheet program");
}

TEST(HostileWorkbook, IsRefusedWhenItsXmlIsWithoutMeasure) {
  std::string deep;
  for (int depth = 0; depth < 300; ++depth) {
    deep += "<a>";
  }
  auto nested = xlsx_parts({.behind = deep});
  auto tag = xlsx_parts({.behind = "<a b=\"" + std::string(5 << 20, 'x') + "\"/>"});

  EXPECT_EQ(shown("a.xlsx", zip_of(nested)),
            "malformed: part xl/worksheets/sheet1.xml of the file is damaged (elements are nested "
            "too deeply, line 1): save it again with a spreadsheet program");
  EXPECT_EQ(
      shown("a.xlsx", zip_of(tag)),
      "malformed: part xl/worksheets/sheet1.xml of the file is damaged (one tag is too large, "
      "line 1): save it again with a spreadsheet program");
}

TEST(HostileWorkbook, IsRefusedForTooManyPartsAndSheets) {
  auto parts = xlsx_parts(kOneCell);
  for (int number = 0; number < 4096; ++number) {
    parts.emplace_back("x" + std::to_string(number), "");
  }
  std::string tables;
  for (int number = 0; number < 5; ++number) {
    tables += "<table:table table:name=\"x\"/>";
  }

  EXPECT_EQ(
      shown("a.xlsx", zip_of(parts)),
      "malformed: the file has 4100 parts; a spreadsheet has at most 4096: save it again with "
      "a spreadsheet program");
  EXPECT_EQ(shown("a.ods", ods_of(tables), {.sheets = 4}),
            "malformed: the file has more than 4 sheets: delete those that are not needed");
}

TEST(HostileWorkbook, IsRefusedForTooMuchText) {
  EXPECT_EQ(
      shown("a.xlsx", xlsx_of({.rows = "<row><c t=\"s\"><v>0</v></c></row>",
                               .shared = "<si><t>" + std::string(33'000, 'x') + "</t></si>"})),
      "malformed: \"Сводка\", A1 holds 33000 bytes of text; at most 32768 are read: shorten "
      "it");
}

TEST(HostileWorkbook, IsRefusedForMergedCellsWithoutMeasure) {
  std::string merged = "<mergeCells>";
  for (int count = 0; count < 100'001; ++count) {
    merged += "<mergeCell ref=\"A1:B2\"/>";
  }

  EXPECT_EQ(shown("a.xlsx", xlsx_of({.behind = merged + "</mergeCells>"})),
            "malformed: sheet \"Сводка\" has too many merged cells: take the merging away");
}

TEST(HostileWorkbook, IsRefusedForMergedCellsThatAreRepeatedBeyondTheSheet) {
  constexpr std::string_view kMany = " table:number-rows-repeated=\"16777216\"";
  std::string body = fmt::format(
      "<table:table table:name=\"x\"><table:table-row{}/><table:table-row{}>", kMany, kMany);
  for (int count = 0; count < 1000; ++count) {
    body += "<table:table-cell table:number-columns-spanned=\"2\"/>";
  }

  EXPECT_EQ(shown("a.ods", ods_of(body + "</table:table-row></table:table>")),
            "malformed: sheet \"x\" has too many merged cells: take the merging away");
}

TEST(HostileWorkbook, IsRefusedWhenItsCellsShareTooMuchText) {
  std::string rows;
  for (int row = 0; row < 9; ++row) {
    rows += "<row>";
    for (int column = 0; column < 1000; ++column) {
      rows += "<c t=\"s\"><v>0</v></c>";
    }
    rows += "</row>";
  }
  const auto book =
      xlsx_of({.rows = rows, .shared = "<si><t>" + std::string(1'000, 'x') + "</t></si>"});

  EXPECT_EQ(shown("a.xlsx", book, {.unzipped_bytes = 8 << 20}),
            "malformed: the cells of the file hold more than 8 MiB of text: delete what is not "
            "needed, or split it");
}

TEST(HostileWorkbook, IsRefusedWhenASheetIsThereTwice) {
  auto parts = xlsx_parts(kOneCell);
  auto& book = parts[2].second;
  const std::string sheet =
      book.substr(book.find("<sheet "), book.find("</sheets>") - book.find("<sheet "));
  book.insert(book.find("</sheets>"), sheet);

  EXPECT_EQ(shown("a.xlsx", zip_of(parts)),
            "malformed: the file says that sheet \"Сводка\" is another sheet: save it again with a "
            "spreadsheet program");
}

TEST(HostileWorkbook, IsRefusedWhenTellingTheProgressFails) {
  const auto book = read_workbook("a.xlsx", xlsx_of(kOneCell), {},
                                  [](double) { throw std::runtime_error("nobody listens"); });

  ASSERT_FALSE(book);
  EXPECT_EQ(book.error().message, "the file cannot be read: nobody listens");
}

}  // namespace
}  // namespace muster::desk
