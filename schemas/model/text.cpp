// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/text.h"

#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <algorithm>

namespace muster::model {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::optional<std::size_t> find_control(std::string_view text, bool line_feed_allowed) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c0 = byte < 0x20 || byte == 0x7f;
    const bool c1 =
        byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if ((c0 && !(byte == '\n' && line_feed_allowed)) || c1) {
      return i;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> find_byte_order_mark(std::string_view text) {
  const auto at = text.find("\xef\xbb\xbf");
  return at == std::string_view::npos ? std::nullopt : std::optional(at);
}

bool is_nfc(std::string_view text) {
  if (is_ascii(text)) {
    return true;
  }
  UErrorCode error = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) {
    return true;
  }
  const bool normal =
      nfc->isNormalizedUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())),
                            error) != 0;
  return U_FAILURE(error) || normal;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

}  // namespace muster::model
