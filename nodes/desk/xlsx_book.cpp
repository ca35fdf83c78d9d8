// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/xlsx_book.h"

#include <unicode/utf8.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "nodes/desk/xlsx_looks.h"
#include "nodes/desk/xml_stream.h"

namespace muster::desk {
namespace {

using model::ErrorCode;
using model::Result;

/// A part's relations to others: what an id stands for.
struct Relation {
  std::string type, target;
};
using Relations = std::map<std::string, Relation, std::less<>>;

std::string_view folder_of(std::string_view part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : part.substr(0, slash + 1);
}

/// A target is relative to the folder of the part that names it, unless it begins with '/'.
std::string resolve(std::string_view folder, std::string_view target) {
  if (target.starts_with('/')) {
    return std::string(target.substr(1));
  }
  while (target.starts_with("../") || target.starts_with("./")) {
    if (target.starts_with("../")) {
      folder = folder_of(folder.substr(0, folder.empty() ? 0 : folder.size() - 1));
    }
    target.remove_prefix(target.find('/') + 1);
  }
  return std::string(folder) + std::string(target);
}

class RelationsHandler final : public XmlHandler {
 public:
  explicit RelationsHandler(std::string_view folder) : folder_(folder) {}
  Result<void> open(std::string_view name, const XmlAttributes& attributes) override {
    if (local_name(name) == "Relationship" && attributes.local("TargetMode") != "External") {
      relations.insert_or_assign(std::string(attributes.local("Id")),
                                 Relation{.type = std::string(attributes.local("Type")),
                                          .target = resolve(folder_, attributes.local("Target"))});
    }
    return {};
  }
  Result<void> close(std::string_view) override { return {}; }
  void text(std::string_view) override {}

  Relations relations;

 private:
  std::string_view folder_;
};

Result<Relations> relations_of(const ZipParts& parts, std::string_view part) {
  const std::string_view folder = folder_of(part);
  const std::string relations_part =
      std::string(folder) + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
  RelationsHandler handler(folder);
  if (parts.has(relations_part)) {
    MUSTER_CHECK(read_xml(parts, relations_part, handler));
  }
  return std::move(handler.relations);
}

std::string target_of_type(const Relations& relations, std::string_view end_of_type) {
  for (const auto& [id, relation] : relations) {
    if (relation.type.ends_with(end_of_type)) {
      return relation.target;
    }
  }
  return {};
}

class BookHandler final : public XmlHandler {
 public:
  explicit BookHandler(const Relations& relations) : relations_(relations) {}

  Result<void> open(std::string_view name, const XmlAttributes& attributes) override {
    const std::string_view local = local_name(name);
    if (local == "workbookPr") {
      book.counts_from_1904 = is_true(attributes.local("date1904"));
    } else if (local == "calcPr") {
      book.is_uncalculated = is_true(attributes.local("fullCalcOnLoad"));
    } else if (local == "sheet") {
      add_sheet(attributes);
    }
    return {};
  }
  Result<void> close(std::string_view) override { return {}; }
  void text(std::string_view) override {}

  XlsxBook book;

 private:
  void add_sheet(const XmlAttributes& attributes) {
    const auto relation = relations_.find(attributes.local("id"));
    if (relation != relations_.end() && relation->second.type.ends_with("/worksheet")) {
      const std::string_view state = attributes.local("state");
      book.sheets.push_back({.name = std::string(attributes.local("name")),
                             .part = relation->second.target,
                             .is_hidden = state == "hidden" || state == "veryHidden"});
    }
  }

  const Relations& relations_;
};

class StringsHandler final : public XmlHandler {
 public:
  Result<void> open(std::string_view name, const XmlAttributes&) override {
    const std::string_view local = local_name(name);
    local == "si" ? text_.begin() : text_.open(local);
    return {};
  }
  Result<void> close(std::string_view name) override {
    const std::string_view local = local_name(name);
    local == "si" ? strings.add(text_.finish()) : text_.close(local);
    return {};
  }
  void text(std::string_view piece) override { text_.add(piece); }

  SharedStrings strings;

 private:
  RichText text_;
};

/// The character of "_x000D_" at the beginning of `text`.
std::optional<std::uint32_t> escaped_character(std::string_view text) {
  constexpr std::size_t kLength = 7;
  std::uint32_t code = 0;
  if (text.size() < kLength || !text.starts_with("_x") || text[kLength - 1] != '_') {
    return std::nullopt;
  }
  const char* const end = text.data() + kLength - 1;
  const auto [stop, error] = std::from_chars(text.data() + 2, end, code, 16);
  const bool is_character = code != 0 && (code < 0xD800 || code > 0xDFFF);
  return error == std::errc() && stop == end && is_character ? std::optional(code) : std::nullopt;
}

void append_utf8(std::string& text, std::uint32_t character) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, character);
  text.append(bytes, static_cast<std::size_t>(size));
}

}  // namespace

Result<XlsxBook> read_xlsx_book(const ZipParts& parts) {
  MUSTER_TRY(const Relations package, relations_of(parts, ""));
  std::string book_part = target_of_type(package, "/officeDocument");
  if (book_part.empty()) {
    book_part = "xl/workbook.xml";
  }
  MUSTER_TRY(const Relations relations, relations_of(parts, book_part));
  BookHandler handler(relations);
  MUSTER_CHECK(read_xml(parts, book_part, handler));
  handler.book.strings_part = target_of_type(relations, "/sharedStrings");
  MUSTER_TRY(handler.book.looks, read_number_looks(parts, target_of_type(relations, "/styles")));
  if (handler.book.sheets.empty()) {
    return model::fail(ErrorCode::malformed,
                       "the file has no sheet of cells: save it again as .xlsx");
  }
  return std::move(handler.book);
}

std::string_view SharedStrings::at(std::size_t index) const {
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(texts_).substr(begin, ends_[index] - begin);
}

void SharedStrings::add(std::string_view text) {
  texts_.append(text);
  ends_.push_back(texts_.size());
}

Result<SharedStrings> read_shared_strings(const ZipParts& parts, std::string_view part,
                                          Progress& progress) {
  StringsHandler handler;
  MUSTER_CHECK(read_xml(parts, part, handler, &progress));
  return std::move(handler.strings);
}

void RichText::open(std::string_view name) {
  if (name == "rPh") {
    is_phonetic_ = true;
  }
  is_in_text_ = name == "t" && !is_phonetic_;
}

void RichText::close(std::string_view name) {
  if (name == "rPh") {
    is_phonetic_ = false;
  }
  is_in_text_ = false;
}

void RichText::add(std::string_view piece) {
  if (is_in_text_) {
    text_.append(piece);
  }
}

std::string_view RichText::finish() {
  if (text_.find("_x") == std::string::npos) {
    return text_;
  }
  plain_.clear();
  for (std::size_t at = 0; at < text_.size();) {
    if (const auto character = escaped_character(std::string_view(text_).substr(at))) {
      append_utf8(plain_, *character);
      at += 7;
    } else {
      plain_.push_back(text_[at++]);
    }
  }
  return plain_;
}

bool is_true(std::string_view value) { return value == "1" || value == "true"; }

}  // namespace muster::desk
