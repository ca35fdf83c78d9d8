// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "schemas/model/result.h"

namespace muster::secretariat {

struct ScreenSize {
  std::size_t columns = 80, lines = 24;
};

/// What a person wants of a picture that is longer than the screen.
enum class Key : std::uint8_t { quit, up, down, page_up, page_down, home, end };

/// A terminal that is painted again and again. It is given back as it was when this goes, also by a
/// signal that ends the program.
class Screen {
 public:
  virtual ~Screen() = default;

  /// As it is now: a window may have been resized since.
  [[nodiscard]] virtual ScreenSize size() const = 0;
  /// Shows this picture: lines without the last line feed, none longer than the screen is wide.
  virtual void paint(const std::string& picture) = 0;
  /// What was typed since the last call.
  virtual std::vector<Key> keys() = 0;
  /// The signal that asked the program to end (Ctrl-C is SIGINT), or 0.
  [[nodiscard]] virtual int ended_by() const = 0;
};

/// The terminal at standard output; keys are read from standard input if that is one too.
/// Errors: io when the terminal does not do what is asked of it.
model::Result<std::unique_ptr<Screen>> open_terminal();

}  // namespace muster::secretariat
