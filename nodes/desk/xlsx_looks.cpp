// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/xlsx_looks.h"

#include <algorithm>
#include <map>

#include "nodes/desk/cell_number.h"
#include "nodes/desk/xml_stream.h"

namespace muster::desk {
namespace {

using model::Result;

constexpr std::size_t kStylesMax = 100'000;  // Programs write 64,000 at most.

/// Of the formats that have a number and no text: ECMA-376, part 1, 18.8.30, and those of East
/// Asian programs.
NumberLook look_of_number(std::size_t format) {
  const bool is_moment = (format >= 14 && format <= 22) || (format >= 27 && format <= 36) ||
                         (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
  return is_moment                      ? NumberLook::moment
         : format == 9 || format == 10 ? NumberLook::percent
                                        : NumberLook::plain;
}

class StylesHandler final : public XmlHandler {
 public:
  Result<void> open(std::string_view name, const XmlAttributes& attributes) override {
    const auto local = local_name(name);
    if (local == "numFmt") {
      if (const auto number = whole_number_of(attributes.local("numFmtId"));
          number && formats_.size() < kStylesMax) {
        formats_[*number] = look_of_format(attributes.local("formatCode"));
      }
    } else if (local == "cellXfs") {
      is_in_cells_ = true;
    } else if (local == "xf" && is_in_cells_ && looks.size() < kStylesMax) {
      const auto number = whole_number_of(attributes.local("numFmtId")).value_or(0);
      const auto own = formats_.find(number);
      looks.push_back(own != formats_.end() ? own->second : look_of_number(number));
    }
    return {};
  }
  Result<void> close(std::string_view name) override {
    is_in_cells_ = is_in_cells_ && local_name(name) != "cellXfs";
    return {};
  }
  void text(std::string_view) override {}

  std::vector<NumberLook> looks;

 private:
  std::map<std::size_t, NumberLook> formats_;
  bool is_in_cells_ = false;
};

}  // namespace

NumberLook look_of_format(std::string_view code) {
  constexpr std::string_view kOfMoments = "yYmMdDhHsS";
  for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    const char letter = code[at];
    if (letter == '"' || letter == '[') {  // A text; a colour, a country, hours beyond 24.
      at = std::min(code.find(letter == '"' ? '"' : ']', at + 1), code.size());
    } else if (letter == '\\' || letter == '_' || letter == '*') {
      ++at;  // The next one stands for itself.
    } else if (letter == '%') {
      return NumberLook::percent;
    } else if (code.substr(at, 7) == "General") {
      at += 6;
    } else if (kOfMoments.find(letter) != std::string_view::npos) {
      return NumberLook::moment;
    }
  }
  return NumberLook::plain;
}

Result<std::vector<NumberLook>> read_number_looks(const ZipParts& parts, std::string_view part) {
  StylesHandler handler;
  if (parts.has(part)) {
    MUSTER_CHECK(read_xml(parts, part, handler));
  }
  return std::move(handler.looks);
}

}  // namespace muster::desk
