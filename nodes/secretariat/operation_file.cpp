// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/operation_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "nodes/secretariat/report_files.h"
#include "schemas/model/limits.h"
#include "schemas/text/reader.h"

namespace muster::secretariat {
namespace {

using text::TextProblem;

bool is_json(const std::string& path, std::string_view text) {
  if (path.ends_with(".json") || path.ends_with(".toml")) {
    return path.ends_with(".json");
  }
  constexpr std::string_view kNoWord = " \t\r\n\xef\xbb\xbf";
  const auto first = text.find_first_not_of(kNoWord);
  return first != std::string_view::npos && text[first] == '{';
}

/// The tree of the text, and the places of its values.
text::ParsedJson parse(const std::string& path, std::string_view text, text::Problems& problems,
                       FilePlaces& places) {
  if (text.size() > text::kJsonBytesMax) {
    problems.add(text::Path(), fmt::format("more than {} bytes", text::kJsonBytesMax),
                 "an operation and its requirement");
    return {};
  }
  if (!is_json(path, text)) {
    return parse_toml(text, problems, places);
  }
  auto parsed = text::parse_json(text, problems);
  if (parsed.complete) {
    find_json_places(text, places);
  }
  return parsed;
}

/// "line 12, column 7", which is how a text that cannot be parsed names its place.
std::optional<FilePlace> spelled_place(std::string_view where) {
  const auto number_after = [&](std::string_view word) -> std::optional<std::size_t> {
    const auto at = where.find(word);
    std::size_t number = 0;
    const auto* begin = where.data() + (at == std::string_view::npos ? 0 : at + word.size());
    const bool found =
        at != std::string_view::npos &&
        std::from_chars(begin, where.data() + where.size(), number).ec == std::errc{};
    return found ? std::optional(number) : std::nullopt;
  };
  const auto line = number_after("line ");
  const auto column = number_after("column ");
  return line && column ? std::optional(FilePlace{*line, *column}) : std::nullopt;
}

/// Do the two paths name one value, or one of them a part of the other?
bool meet(std::string_view a, std::string_view b) {
  const auto shorter = std::min(a, b, [](auto x, auto y) { return x.size() < y.size(); });
  const auto longer = shorter.data() == a.data() ? b : a;
  return longer.starts_with(shorter) &&
         (longer.size() == shorter.size() || longer[shorter.size()] == '.' ||
          longer[shorter.size()] == '[');
}

/// Findings that rest on nothing which could not be read.
std::vector<TextProblem> sound(std::vector<OperationCheck> checks,
                               const std::vector<TextProblem>& unread) {
  std::vector<TextProblem> kept;
  for (auto& check : checks) {
    const auto is_unread = [&](const std::string& path) {
      return std::any_of(unread.begin(), unread.end(),
                         [&](const TextProblem& problem) { return meet(path, problem.where); });
    };
    if (std::none_of(check.rests_on.begin(), check.rests_on.end(), is_unread) &&
        !is_unread(check.problem.where)) {
      kept.push_back(std::move(check.problem));
    }
  }
  return kept;
}

/// How many people or items may stand in a field: the type that holds them could hold more.
std::optional<std::uint32_t> most_of(std::string_view field) {
  const model::Limits limits;
  for (const std::string_view people :
       {"people_min", "people_max", "covered_people", "authorised_strength"}) {
    if (field.ends_with(people)) {
      return limits.people_max;
    }
  }
  return field.ends_with(".count") ? std::optional(limits.items_max) : std::nullopt;
}

/// The problem as a sentence. What the reader advises stands by itself; anything else is what it
/// expected.
std::string words_of(TextProblem problem) {
  constexpr std::string_view kMissing = "this field must be given";
  constexpr std::string_view kWhole = "a whole number from 0 to ";
  if (problem.expected == kMissing) {
    return fmt::format("{}: {}", problem.where, kMissing);
  }
  if (problem.expected.starts_with("did you mean")) {
    return fmt::format("{}: found {} - {}", problem.where, problem.found, problem.expected);
  }
  if (const auto most = most_of(problem.where); most && problem.expected.starts_with(kWhole)) {
    problem.expected = fmt::format("{}{}", kWhole, *most);
  }
  return text::describe(problem);
}

/// "ops.toml:12:3: line[0].people_mn: found …", in the order of the file.
std::vector<std::string> placed(std::vector<TextProblem> problems, const std::string& path,
                                const FilePlaces& places) {
  std::vector<std::pair<FilePlace, std::string>> lines;
  for (auto& problem : problems) {
    if (const auto spelled = spelled_place(problem.where)) {
      lines.emplace_back(*spelled,
                         fmt::format("{}:{}:{}: found {}, expected {}", path, spelled->line,
                                     spelled->column, problem.found, problem.expected));
    } else {
      lines.emplace_back(places.find(problem.where).value_or(FilePlace{}),
                         fmt::format("{}: {}", places.str(problem.where), words_of(problem)));
    }
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> texts;
  for (auto& line : lines) {
    texts.push_back(std::move(line.second));
  }
  return texts;
}

}  // namespace

ReadOperation read_operation_text(const std::string& path, std::string_view text) {
  ReadOperation read;
  read.places = FilePlaces(path);
  text::Problems problems;
  const auto parsed = parse(path, text, problems, read.places);
  if (parsed.complete) {
    text::read_value(parsed.root, read.file, text::Path{}, problems);
  }
  auto unread = problems.take();
  if (parsed.complete && parsed.root.kind == text::JsonKind::object) {
    auto checks = check_operation_file(read.file);
    read.warnings = placed(sound(std::move(checks.warnings), unread), path, read.places);
    auto contradictions = sound(std::move(checks.problems), unread);
    std::move(contradictions.begin(), contradictions.end(), std::back_inserter(unread));
  }
  read.problems = placed(std::move(unread), path, read.places);
  return read;
}

ReadOperation read_operation_file(const std::string& path) {
  std::string why_not;
  const auto text = read_file_text(path, why_not);
  if (text) {
    return read_operation_text(path, *text);
  }
  ReadOperation read;
  read.unreadable = std::move(why_not);
  return read;
}

}  // namespace muster::secretariat
