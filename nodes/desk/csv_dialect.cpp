// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/csv_dialect.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>

namespace muster::desk {
namespace {

// What is looked at: enough to get past a title and its blank lines.
constexpr std::size_t kSampleBytes = 65'536;
constexpr std::size_t kSampleRows = 60;

bool is_line_end(char letter) { return letter == '\n' || letter == '\r'; }

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

/// False once `value` is longer than it may be; what is beyond that is not kept.
bool append(std::string& value, std::string_view piece, std::size_t bytes_max) {
  value.append(piece.substr(0, bytes_max + 1));
  return value.size() <= bytes_max;
}

/// Reads what stands between quotation marks, the first of which is before `at`. Returns where it
/// stopped: behind the closing mark.
std::size_t read_quoted(std::string_view text, std::size_t at, std::size_t bytes_max,
                        std::string& value, CsvField& field) {
  while (true) {
    const std::size_t mark = text.find('"', at);
    if (mark == std::string_view::npos) {
      field.is_closed = false;
      field.is_too_long = !append(value, text.substr(at), bytes_max);
      return text.size();
    }
    const bool is_doubled = mark + 1 < text.size() && text[mark + 1] == '"';
    const std::size_t end = is_doubled ? mark + 1 : mark;
    field.is_too_long = !append(value, text.substr(at, end - at), bytes_max);
    if (field.is_too_long || !is_doubled) {
      return mark + 1;
    }
    at = mark + 2;
  }
}

/// How evenly a separator splits the sample.
struct Evenness {
  std::size_t rows = 0;    // Not empty ones.
  std::size_t alike = 0;   // Those with the commonest count of fields, more than one.
  std::size_t fields = 0;  // That count.

  /// Compared as fractions without dividing: both have at least one row or nothing alike.
  [[nodiscard]] bool is_better_than(const Evenness& other) const {
    const auto mine = std::uint64_t{alike} * std::max<std::size_t>(other.rows, 1);
    const auto theirs = std::uint64_t{other.alike} * std::max<std::size_t>(rows, 1);
    return mine != theirs ? mine > theirs : fields > other.fields;
  }
};

Evenness evenness_of(std::string_view sample, char delimiter, bool is_whole) {
  Evenness result;
  std::map<std::size_t, std::size_t> counts;
  std::string value;
  for (std::size_t at = 0; at < sample.size() && result.rows < kSampleRows;) {
    std::size_t fields = 1;
    const std::size_t begin = at;
    CsvField field = read_csv_field(sample, at, delimiter, kSampleBytes, value);
    while (field.next < sample.size() && sample[field.next] == delimiter) {
      field = read_csv_field(sample, field.next + 1, delimiter, kSampleBytes, value);
      ++fields;
    }
    if (field.next >= sample.size() && !is_whole && result.rows > 0) {
      break;  // Cut by the end of the sample.
    }
    at = behind_line_end(sample, field.next);
    if (field.next > begin) {
      ++result.rows;
      ++counts[fields];
    }
  }
  for (const auto& [fields, rows] : counts) {
    if (fields > 1 && rows >= result.alike) {
      result.alike = rows;
      result.fields = fields;
    }
  }
  return result;
}

}  // namespace

CsvField read_csv_field(std::string_view text, std::size_t at, char delimiter,
                        std::size_t bytes_max, std::string& value) {
  value.clear();
  CsvField field;
  const bool is_quoted = at < text.size() && text[at] == '"';
  if (is_quoted) {
    at = read_quoted(text, at + 1, bytes_max, value, field);
  }
  const auto stop =
      std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                   [delimiter](char letter) { return letter == delimiter || is_line_end(letter); });
  field.next = static_cast<std::size_t>(stop - text.begin());
  const std::string_view rest = text.substr(at, field.next - at);
  if (!field.is_too_long && !(is_quoted && is_blank(rest))) {
    field.is_too_long = !append(value, rest, bytes_max);
  }
  return field;
}

std::size_t behind_line_end(std::string_view text, std::size_t at) {
  const bool is_pair = at + 1 < text.size() && text[at] == '\r' && text[at + 1] == '\n';
  return at + (is_pair ? 2 : 1);
}

CsvDialect csv_dialect_of(std::string_view text) {
  CsvDialect dialect;
  constexpr std::string_view kSeparators = ";,\t|:";
  if (text.size() >= 5 && (text.starts_with("sep=") || text.starts_with("SEP=")) &&
      kSeparators.find(text[4]) != std::string_view::npos &&
      (text.size() == 5 || is_line_end(text[5]))) {
    dialect.delimiter = text[4];
    dialect.body = std::min(behind_line_end(text, 5), text.size());
    return dialect;
  }
  const std::string_view sample = text.substr(0, kSampleBytes);
  Evenness best;
  for (const char delimiter : std::array{';', '\t', ','}) {
    const Evenness evenness = evenness_of(sample, delimiter, sample.size() == text.size());
    if (evenness.is_better_than(best)) {
      best = evenness;
      dialect.delimiter = delimiter;
    }
  }
  return dialect;
}

}  // namespace muster::desk
