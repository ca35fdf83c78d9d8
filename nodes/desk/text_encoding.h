// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schemas/model/result.h"

/// From the bytes of a text file to UTF-8.
namespace muster::desk {

/// A text in UTF-8 without a byte order mark. It owns the text only when it had to be converted:
/// else the bytes it was made of must stay.
class Utf8Text {
 public:
  [[nodiscard]] std::string_view view() const { return owned_ ? *owned_ : borrowed_; }

  /// By its byte order mark; without one UTF-8 when it is that throughout, else windows-1251.
  /// Errors: malformed for bytes that are no text (a NUL), for UTF-16 that is cut or wrong, and for
  /// what is UTF-8 but for a few bytes: read as windows-1251 it would be gibberish.
  static model::Result<Utf8Text> from(std::string_view bytes);

 private:
  std::optional<std::string> owned_;
  std::string_view borrowed_;
};

}  // namespace muster::desk
