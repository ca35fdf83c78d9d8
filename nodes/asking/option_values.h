// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/model/codes.h"
#include "schemas/model/ids.h"
#include "schemas/model/statement.h"
#include "schemas/model/time.h"

/// Values of options: what a person may write, and what to say when it is something else.
namespace muster::asking {

/// "1500ms", "5s", "2m", "1h"; nothing when it is none of these or not above zero.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// How a code is written by people: "COMBAT_SUPPORT" becomes "combat-support".
std::string option_name(std::string_view code_name);

/// " - did you mean 'nation'?", or " - one of: …" when nothing is near.
std::string suggestion(std::string_view found, const std::vector<std::string>& names);

/// How the asker writes the names of options: "--as-of" on a command line, "as_of" in an address.
enum class Spelling : std::uint8_t { options, parameters };

/// Reads option values one by one and collects what is wrong with them. Options are named as on
/// the command line; messages name them as the asker does.
class ValueReader {
 public:
  /// `now` is what relative moments count from.
  explicit ValueReader(model::UtcTime now, Spelling spelling = Spelling::options)
      : now_(now), spelling_(spelling) {}

  /// "--as-of" as the asker writes it.
  [[nodiscard]] std::string spelled(std::string_view option) const;
  /// "force ready" as the asker calls it: "muster force ready", or "/api/v1/force/ready".
  [[nodiscard]] std::string called(std::string_view question) const;

  /// What is wrong, one line each: "--by 'natoin' - not known - did you mean 'nation'?".
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

  /// Adds to the problems.
  void problem(std::string text) { problems_.push_back(std::move(text)); }
  /// Adds what is wrong with the value of an option.
  void wrong(std::string_view option, std::string_view found, std::string_view why);

  /// Codes by name, each at most once.
  template <typename E>
  std::vector<E> codes(std::string_view option, const std::vector<std::string>& texts);
  /// One of a list of names, as its index; 0 when it is none of them.
  std::size_t choice(std::string_view option, std::string_view text,
                     const std::vector<std::string>& names);
  std::vector<model::Level> levels(std::string_view option, const std::vector<std::string>& texts);
  std::vector<model::Nation> nations(std::string_view option,
                                     const std::vector<std::string>& texts);
  /// Codes of operations and the like.
  std::vector<model::Code> keys(std::string_view option, const std::vector<std::string>& texts);
  std::chrono::milliseconds duration(std::string_view option, std::string_view text);
  /// A key such as a UnitId. The default value when it is malformed.
  template <typename Id>
  Id id(std::string_view option, const std::string& text);
  /// See parse_moment(), parse_hours(), parse_place(). An empty text is no moment and no place.
  std::optional<model::UtcTime> moment(std::string_view option, const std::string& text);
  std::uint16_t hours(std::string_view option, const std::string& text);
  /// See parse_shift(). An empty text is none.
  std::optional<std::int32_t> shift(std::string_view option, const std::string& text);
  std::optional<model::Place> place(std::string_view option, const std::string& text);
  /// FRESH, AGEING or STALE: a word that has expired counts for nobody. An empty text is none.
  std::optional<model::Freshness> min_freshness(std::string_view option, const std::string& text);
  /// From an earlier moment to a later one: nothing lies between them the other way round.
  /// `from_text` is what was given for --from.
  void expect_in_order(const std::string& from_text, const std::optional<model::UtcTime>& from,
                       const std::optional<model::UtcTime>& to);

 private:
  model::UtcTime now_;
  Spelling spelling_;
  std::vector<std::string> problems_;
};

template <typename E>
std::vector<E> ValueReader::codes(std::string_view option, const std::vector<std::string>& texts) {
  std::vector<std::string> names;
  for (const auto& entry : model::code_names(E{})) {
    names.push_back(option_name(entry.name));
  }
  std::vector<E> values;
  for (const auto& text : texts) {
    const auto before = problems_.size();
    const auto place = choice(option, text, names);
    const auto value = model::code_names(E{})[place].value;
    const bool repeated = std::find(values.begin(), values.end(), value) != values.end();
    if (problems_.size() > before) {
      continue;
    }
    if (repeated) {
      wrong(option, text, "given twice");
    } else {
      values.push_back(value);
    }
  }
  return values;
}

template <typename Id>
Id ValueReader::id(std::string_view option, const std::string& text) {
  auto parsed = Id::parse(text);
  if (!parsed) {
    wrong(option, text, parsed.error().message);
    return {};
  }
  return *std::move(parsed);
}

}  // namespace muster::asking
