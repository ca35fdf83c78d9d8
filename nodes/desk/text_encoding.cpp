// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/text_encoding.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

namespace muster::desk {
namespace {

using model::ErrorCode;
using model::Result;

std::size_t line_of(std::string_view bytes, std::size_t at) {
  return 1 + static_cast<std::size_t>(
                 std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// What a reader of UTF-8 meets beyond ASCII.
struct Census {
  std::size_t letters = 0;  // Sequences of several bytes that are right.
  std::size_t wrong = 0;
  std::size_t first_wrong = 0;
};

/// How many bytes the letter at the beginning of `bytes` takes, and whether it is a right one.
struct Letter {
  std::size_t size = 1;
  bool is_right = false;
};
// NOLINTNEXTLINE(readability-function-cognitive-complexity): it is the macro of ICU that is.
Letter first_letter(std::string_view bytes) {
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto length = static_cast<std::int32_t>(std::min<std::size_t>(bytes.size(), U8_MAX_LENGTH));
  std::int32_t used = 0;
  UChar32 letter = 0;
  U8_NEXT(data, used, length, letter);
  return {.size = static_cast<std::size_t>(used), .is_right = letter >= 0};
}

Census census_of(std::string_view bytes) {
  Census census;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const Letter letter = first_letter(bytes.substr(at));
    if (!letter.is_right && census.wrong == 0) {
      census.first_wrong = at;
    }
    ++(letter.is_right ? census.letters : census.wrong);
    at += letter.size;
  }
  return census;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// Opened so that it stops at what it cannot read.
Converter open_converter(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &status));
  if (converter) {
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
  }
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

Result<std::string> convert(std::string_view bytes, const char* encoding) {
  const Converter from = open_converter(encoding);
  const Converter to = open_converter("UTF-8");
  if (!from || !to) {
    return model::fail(
        ErrorCode::unavailable,
        fmt::format("this machine's ICU cannot convert {}: install libicu72", encoding));
  }
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 2);
  std::array<UChar, 4096> pivot;
  std::array<char, 16384> piece;
  UChar* pivot_from = pivot.data();
  UChar* pivot_to = pivot.data();
  const char* source = bytes.data();
  UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
  for (bool is_first = true; status == U_BUFFER_OVERFLOW_ERROR; is_first = false) {
    status = U_ZERO_ERROR;
    char* target = piece.data();
    ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source,
                   bytes.data() + bytes.size(), pivot.data(), &pivot_from, &pivot_to,
                   pivot.data() + pivot.size(), is_first, true, &status);
    text.append(piece.data(), target);
  }
  if (U_FAILURE(status)) {
    return model::fail(
        ErrorCode::malformed,
        fmt::format("the file is no right {} text near line {}: save it again as CSV in UTF-8",
                    encoding, line_of(text, text.size())));
  }
  return text;
}

Result<void> check_no_nul(std::string_view text) {
  const std::size_t at = text.find('\0');
  if (at == std::string_view::npos) {
    return {};
  }
  return model::fail(ErrorCode::malformed,
                     fmt::format("the file is no text: there is a NUL byte in line {}; save it as "
                                 "CSV in UTF-8",
                                 line_of(text, at)));
}

}  // namespace

Result<Utf8Text> Utf8Text::from(std::string_view bytes) {
  Utf8Text text;
  text.borrowed_ = bytes;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    const bool is_little = bytes.front() == '\xFF';
    MUSTER_TRY(text.owned_, convert(bytes.substr(2), is_little ? "UTF-16LE" : "UTF-16BE"));
    MUSTER_CHECK(check_no_nul(text.view()));
    return text;
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    text.borrowed_.remove_prefix(3);
  }
  MUSTER_CHECK(check_no_nul(text.view()));
  const Census census = census_of(text.view());
  if (census.wrong == 0) {
    return text;
  }
  // In Russian as windows-1251 hardly two letters in a row look like UTF-8.
  const bool has_mark = text.borrowed_.size() != bytes.size();
  if (has_mark || census.letters > census.wrong) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("the file is UTF-8 with wrong bytes in line {}: save it again "
                                   "as CSV in UTF-8",
                                   line_of(text.view(), census.first_wrong)));
  }
  MUSTER_TRY(text.owned_, convert(bytes, "windows-1251"));
  return text;
}

}  // namespace muster::desk
