// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/xml_places.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::desk {
namespace {

constexpr std::string_view kBom = "\xef\xbb\xbf";

std::vector<std::size_t> lines_of(std::string_view text) {
  std::vector<std::size_t> lines{0};
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    lines.push_back(at + 1);
  }
  return lines;
}

// Characters are counted once for each of these, so that a place in a file of one line costs no
// more.
constexpr std::size_t kStretch = 1024;
// Each element costs pugixml some hundred bytes.
constexpr std::ptrdiff_t kTagsMax = 2'000'000;

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

std::vector<std::size_t> characters_of(std::string_view text) {
  std::vector<std::size_t> characters;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at % kStretch == 0) {
      characters.push_back(count);
    }
    count += starts_character(text[at]) ? 1 : 0;
  }
  return characters;
}

/// pugixml does not look whether its text is UTF-8, and copies NUL bytes.
std::size_t find_bad_byte(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead == 0 || (lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || at + size > text.size()) {
      return at;
    }
    char32_t point = size == 1 ? lead : lead & (0xffU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
      const auto next = static_cast<unsigned char>(text[at + i]);
      if ((next & 0xc0U) != 0x80U) {
        return at;
      }
      point = (point << 6U) | (next & 0x3fU);
    }
    constexpr char32_t kThreeBytes = 0x800;
    constexpr char32_t kFourBytes = 0x10000;
    const bool is_short = (size == 3 && point < kThreeBytes) || (size == 4 && point < kFourBytes);
    if (is_short || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
      return at;
    }
    at += size;
  }
  return std::string_view::npos;
}

bool is_utf16(std::string_view text) {
  return text.substr(0, 2) == "\xff\xfe" || text.substr(0, 2) == "\xfe\xff";
}

}  // namespace

XmlText XmlText::read(std::string_view content) {
  XmlText xml;
  xml.has_bom_ = content.substr(0, kBom.size()) == kBom;
  if (xml.has_bom_) {
    content.remove_prefix(kBom.size());
  }
  xml.text_ = content;
  xml.lines_ = lines_of(xml.text_);
  xml.characters_ = characters_of(xml.text_);
  if (is_utf16(content)) {
    xml.trouble_ = {"line 1, column 1", "the text is UTF-16: save the file as UTF-8"};
    return xml;
  }
  if (const auto bad = find_bad_byte(xml.text_); bad != std::string_view::npos) {
    xml.trouble_ = {xml.place_of(bad), "a byte that is not UTF-8: save the file as UTF-8"};
    return xml;
  }
  if (std::count(xml.text_.begin(), xml.text_.end(), '<') > kTagsMax) {
    xml.trouble_ = {"line 1, column 1", fmt::format("more than {} tags: split the file", kTagsMax)};
    return xml;
  }
  const auto result =
      xml.document_.load_buffer(xml.text_.data(), xml.text_.size(),
                                pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  for (const auto node : xml.document_.children()) {
    if (node.type() == pugi::node_doctype) {
      const auto offset = std::max<std::ptrdiff_t>(node.offset_debug(), 0);
      xml.trouble_ = {xml.place_of(static_cast<std::size_t>(offset)),
                      "document types are not read: remove the DOCTYPE"};
      return xml;
    }
  }
  if (!result) {
    xml.trouble_ = {
        xml.place_of(static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0))),
        result.description()};
  } else if (!xml.root()) {
    xml.trouble_ = {"line 1, column 1", "the document holds no element"};
  }
  return xml;
}

std::string XmlText::where(pugi::xml_node node) const {
  const auto offset = node.offset_debug();
  // Of an element it is where its name stands; people look for the bracket in front of it.
  return place_of(offset <= 0 ? 0 : static_cast<std::size_t>(offset) - 1);
}

std::string XmlText::place_of(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset);
  const auto line = static_cast<std::size_t>(after - lines_.begin());
  const auto start = lines_[line - 1];
  const auto column = 1 + characters_before(offset) - characters_before(start);
  return fmt::format("line {}, column {}", line, column);
}

std::size_t XmlText::characters_before(std::size_t offset) const {
  const auto stretch = offset / kStretch;
  if (stretch >= characters_.size()) {  // Right behind a text that fills its last stretch.
    return offset == 0
               ? 0
               : characters_before(offset - 1) + (starts_character(text_[offset - 1]) ? 1 : 0);
  }
  const auto from = text_.begin() + static_cast<std::ptrdiff_t>(stretch * kStretch);
  const auto to = text_.begin() + static_cast<std::ptrdiff_t>(offset);
  return characters_[stretch] + static_cast<std::size_t>(std::count_if(from, to, starts_character));
}

std::string_view local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_of(pugi::xml_node node, std::string_view name) {
  for (const auto child : node.children()) {
    if (child.type() == pugi::node_element && local_name(child) == name) {
      return child;
    }
  }
  return {};
}

pugi::xml_node descendant_of(pugi::xml_node node, std::string_view path) {
  while (node && !path.empty()) {
    const auto slash = path.find('/');
    node = child_of(node, path.substr(0, slash));
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  }
  return node;
}

std::string text_of(pugi::xml_node node) {
  std::string text;
  for (const auto child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
    }
  }
  return text;
}

std::string_view namespace_of(pugi::xml_node node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  const std::string attribute =
      colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  for (auto at = node; at; at = at.parent()) {
    if (const auto found = at.attribute(attribute.c_str())) {
      return found.value();
    }
  }
  return {};
}

}  // namespace muster::desk
