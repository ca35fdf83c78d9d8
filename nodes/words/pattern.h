// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Texts with places in them, as fmt writes them: "{} of {} rows". Pure; any thread.
namespace muster::words {

/// What may stand at a place, as a translation says: {0:t}, {0:n}, {0:w}; {0} takes anything that
/// has no line end in it.
enum class Part : std::uint8_t {
  any,
  text,    ///< t: a text of ours; it is told in its turn.
  number,  ///< n: a number, else the translation is not this text's.
  word,    ///< w: has no space in it, likewise.
};

/// A place in a text.
struct Place {
  std::size_t index = 0;  ///< Which captured part.
  Part part = Part::any;
};

/// A text cut at its places: literals[0] place[0] literals[1] … . "{{" and "}}" are braces.
struct Pattern {
  std::vector<std::string> literals{""};
  std::vector<Place> places;

  /// Formats such as {:>5} and {:.1f} are places too. A brace that belongs to none is a literal.
  static Pattern parse(std::string_view text);

  /// How many bytes are not places.
  [[nodiscard]] std::size_t literal_bytes() const;
  /// The parts of `text` that stand at the places, by index; nothing when it was not made of this.
  /// Each literal is taken where it first stands; the last one stands at the end.
  [[nodiscard]] std::optional<std::vector<std::string_view>> match(std::string_view text) const;
};

/// Whether `parts` may stand at the places of a translation.
bool fits(const Pattern& translation, const std::vector<std::string_view>& parts);

/// True for "12", "-12", "+1.5" and "12,5".
bool is_number(std::string_view text);

}  // namespace muster::words
