// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/unit/desk_books.h"

namespace muster::desk {
namespace {

std::string table(std::string_view rows) {
  return "<table:table table:name=\"Сводка\" table:style-name=\"ta1\">" + std::string(rows) +
         "</table:table>";
}
std::string row(std::string_view cells) {
  return "<table:table-row>" + std::string(cells) + "</table:table-row>";
}
std::string cell(std::string_view attributes, std::string_view inside = {}) {
  return "<table:table-cell " + std::string(attributes) + ">" + std::string(inside) +
         "</table:table-cell>";
}
std::string text_cell(std::string_view text) {
  return cell("office:value-type=\"string\"", "<text:p>" + std::string(text) + "</text:p>");
}

constexpr std::string_view kSheet = "sheet \"Сводка\"\n";

TEST(Ods, ReadsEachKindOfCell) {
  const std::string cells =
      cell(R"(office:value-type="float" office:value="12.5")", "<text:p>12,5</text:p>") +
      cell(R"(office:value-type="percentage" office:value="0.95")", "<text:p>95%</text:p>") +
      cell(R"(office:value-type="currency" office:value="3")", "<text:p>3 T</text:p>") +
      cell(R"(office:value-type="date" office:date-value="2026-11-22")", "<text:p>22.11</text:p>") +
      cell(R"(office:value-type="date" office:date-value="2026-12-31T23:59:59.999999999")") +
      cell(R"(office:value-type="date" office:date-value="2026-11-22T06:30:00.2")") +
      cell(R"(office:value-type="time" office:time-value="PT06H30M00S")",
           "<text:p>06:30</text:p>") +
      cell(R"(office:value-type="boolean" office:boolean-value="true")",
           "<text:p>ИСТИНА</text:p>") +
      cell(R"(office:value-type="string" office:string-value="kept")", "<text:p>shown</text:p>");

  EXPECT_EQ(shown("a.ods", ods_of(table(row(cells)))),
            std::string(kSheet) +
                "A1 number 12.5\nB1 number 0.95\nC1 number 3\nD1 date_time 2026-11-22\n"
                "E1 date_time 2027-01-01T00:00:00\nF1 date_time 2026-11-22T06:30:00\n"
                "G1 text 06:30\nH1 boolean TRUE\nI1 text kept\n");
}

TEST(Ods, ReadsFormulasAndWhatTheyGive) {
  const std::string cells =
      cell(R"(table:formula="of:=1+2" office:value-type="float" office:value="3")") +
      cell(R"(table:formula="of:=A1" office:value-type="string")", "<text:p>ab</text:p>") +
      cell(
          R"(table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value="")") +
      cell(R"(table:formula="of:=A2")") +
      cell(R"(table:formula="of:=A2" office:value-type="float")") +
      cell(
          R"(table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error")",
          "<text:p>#DIV/0!</text:p>") +
      cell(R"(table:formula="of:=1/0" office:value-type="string")", "<text:p>#N/A</text:p>");

  EXPECT_EQ(shown("a.ods", ods_of(table(row(cells)))),
            std::string(kSheet) +
                "A1 number 3\nB1 text ab\nD1 formula of:=A2\nE1 formula of:=A2\n"
                "F1 error #DIV/0!\nG1 error #N/A\n");
}

TEST(Ods, ReadsTextAsItIsShown) {
  const std::string cells =
      text_cell(
          "  a \n b<text:s text:c=\"3\"/>c<text:tab/>d<text:line-break/>e</text:p><text:p>"
          "<text:span>f</text:span> &amp; g") +
      cell("office:value-type=\"string\"",
           "<office:annotation><text:p>a note</text:p></office:annotation>"
           "<draw:frame><text:p>a picture</text:p></draw:frame><text:p>kept</text:p>");

  EXPECT_EQ(shown("a.ods", ods_of(table(row(cells)))),
            std::string(kSheet) + "A1 text a b   c\td\ne\nf & g\nB1 text kept\n");
}

TEST(Ods, LetsWhatIsRepeatedAndEmptyCostNothing) {
  const std::string rows =
      row(text_cell("a") + cell("table:number-columns-repeated=\"16383\"")) +
      "<table:table-row table:number-rows-repeated=\"3\">" +
      cell("table:number-columns-repeated=\"2\"") +
      cell("table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"7\"") +
      "</table:table-row><table:table-row table:number-rows-repeated=\"1048571\">" +
      cell("table:number-columns-repeated=\"16384\"") + "</table:table-row>" +
      row(cell("table:number-columns-repeated=\"16384\""));

  EXPECT_EQ(shown("a.ods", ods_of(table(rows)), {.cells = 20}),
            std::string(kSheet) +
                "A1 text a\nC2 number 7\nD2 number 7\nC3 number 7\nD3 number 7\nC4 number 7\n"
                "D4 number 7\n");
}

TEST(Ods, RefusesWhatIsRepeatedWithoutMeasure) {
  const std::string million = "<table:table-row table:number-rows-repeated=\"1048576\">" +
                              cell(
                                  "table:number-columns-repeated=\"1000\" "
                                  "office:value-type=\"float\" office:value=\"7\"") +
                              "</table:table-row>";
  const std::string wide =
      row(cell("table:number-columns-repeated=\"16384\" "
               "office:value-type=\"float\" office:value=\"7\""));
  const std::string deep = "<table:table-row table:number-rows-repeated=\"99999999999\">" +
                           cell("") + "</table:table-row>" + row(text_cell("a"));

  EXPECT_EQ(shown("a.ods", ods_of(table(million))),
            "malformed: the file has more than 8000000 cells: delete what is not needed, or split "
            "it");
  EXPECT_EQ(shown("a.ods", ods_of(table(wide))),
            "malformed: \"Сводка\", AMK1 is beyond column 1024: a return has no such columns; "
            "delete what stands there");
  EXPECT_EQ(shown("a.ods", ods_of(table(deep))),
            "malformed: \"Сводка\", A16777217 is beyond row 2000000: split the file");
}

TEST(Ods, DoesNotLoseCountOfColumns) {
  std::string cells;
  for (int count = 0; count < 256; ++count) {
    cells += "<table:table-cell table:number-columns-repeated=\"16777216\"/>";
  }

  EXPECT_EQ(shown("a.ods", ods_of(table(row(cells + text_cell("a"))))),
            "malformed: \"Сводка\", AJRNIO1 is beyond column 1024: a return has no such columns; "
            "delete what stands there");
}

TEST(Ods, KnowsMergedAndHidden) {
  const std::string rows =
      row(cell(
              R"(office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="2")",
              "<text:p>merged</text:p>") +
          R"(<table:covered-table-cell office:value-type="float" office:value="9"/>)" +
          text_cell("c")) +
      R"(<table:table-row table:visibility="collapse">)" + text_cell("d") + "</table:table-row>" +
      R"(<table:table-row table:visibility="filter">)" + text_cell("e") + "</table:table-row>" +
      R"(<table:table-row table:visibility="filter" table:number-rows-repeated="9">)" + cell("") +
      "</table:table-row>";
  constexpr std::string_view kStyles =
      R"(<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>)";

  EXPECT_EQ(shown("a.ods", ods_of(table(rows), kStyles)),
            "sheet \"Сводка\" hidden\nmerged A1:B2\nhidden row 2\nhidden row 3\nA1 text merged\n"
            "C1 text c\nA2 text d\nA3 text e\n");
}

TEST(Ods, ReadsGroupedRowsAndNoDeletedOnes) {
  const std::string body =
      "<table:tracked-changes><table:table table:name=\"x\">" + row(text_cell("deleted")) +
      "</table:table></table:tracked-changes>" +
      table("<table:shapes><draw:frame><table:table>" + row(text_cell("in a picture")) +
            "</table:table></draw:frame></table:shapes><table:table-header-rows>" +
            row(text_cell("a")) + "</table:table-header-rows><table:table-row-group>" +
            row(text_cell("b")) + "</table:table-row-group>" + row(text_cell("c")));

  EXPECT_EQ(shown("a.ods", ods_of(body)),
            std::string(kSheet) + "A1 text a\nA2 text b\nA3 text c\n");
}

TEST(Ods, RefusesAFileThatIsProtected) {
  const std::string manifest =
      "<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry "
      "manifest:full-path=\"content.xml\">"
      "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>";

  EXPECT_EQ(
      shown("a.ods", zip_of({{"content.xml", "\x01\x02"}, {"META-INF/manifest.xml", manifest}})),
      "malformed: the file is protected by a password: save it without one");
}

TEST(Ods, RefusesAFileWithoutASheet) {
  EXPECT_EQ(shown("a.ods", ods_of("")), "malformed: the file has no sheet: save it again as .xlsx");
  EXPECT_EQ(shown("a.ods", zip_of({{"mimetype", "x"}})),
            "malformed: the file has no part content.xml: it is another kind of file, or is "
            "damaged; save it again as .xlsx or .ods");
}

}  // namespace
}  // namespace muster::desk
