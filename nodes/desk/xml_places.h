// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

/// XML with places, the only way in which this folder reads it. Not for other folders.
namespace muster::desk {

/// A document and where its elements stand.
class XmlText {
 public:
  /// Why it could not be read, and at which line and column.
  struct Trouble {
    std::string where, message;
  };
  /// `content` is UTF-8, with or without a byte order mark. Entities are never expanded, and a
  /// document type is refused. What is wrong is in trouble().
  static XmlText read(std::string_view content);

  [[nodiscard]] const Trouble& trouble() const { return trouble_; }
  [[nodiscard]] bool is_good() const { return trouble_.message.empty(); }
  [[nodiscard]] bool has_bom() const { return has_bom_; }
  /// The outermost element.
  [[nodiscard]] pugi::xml_node root() const { return document_.document_element(); }
  /// "line 118, column 9" of an element.
  [[nodiscard]] std::string where(pugi::xml_node node) const;

 private:
  [[nodiscard]] std::string place_of(std::size_t offset) const;
  [[nodiscard]] std::size_t characters_before(std::size_t offset) const;

  pugi::xml_document document_;
  std::vector<std::size_t> lines_;       // Where each line begins.
  std::vector<std::size_t> characters_;  // How many stand before each stretch of the text.
  std::string text_;
  bool has_bom_ = false;
  Trouble trouble_;
};

/// A name without its prefix: "Unit" of "msdl:Unit".
std::string_view local_name(pugi::xml_node node);
/// The first child element of that local name, or an empty node.
pugi::xml_node child_of(pugi::xml_node node, std::string_view name);
/// The same along a path: "Relations/ForceRelation".
pugi::xml_node descendant_of(pugi::xml_node node, std::string_view path);
/// All text directly inside.
std::string text_of(pugi::xml_node node);
/// The namespace of an element, looked up through its parents; empty when it has none.
std::string_view namespace_of(pugi::xml_node node);

}  // namespace muster::desk
