// SPDX-License-Identifier: Apache-2.0
#include "nodes/words/words.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>
#include <vector>

#include "nodes/words/catalogue.h"
#include "nodes/words/pattern_index.h"

namespace muster::words {
namespace {

using Parts = std::vector<std::string_view>;

/// Texts that are longer are told line by line; longer lines stay as they are.
constexpr std::size_t kTextMax = 16'384;
/// How deep parts stand in parts, and how many of them one text may have.
constexpr int kDepthMax = 16;
constexpr int kPartsMax = 1'024;
/// At how many colons a text may be cut.
constexpr int kCutsMax = 8;
constexpr std::string_view kColon = ": ";
constexpr std::string_view kSpaces = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(kSpaces);
  return from == std::string_view::npos
             ? std::string_view()
             : text.substr(from, text.find_last_not_of(kSpaces) + 1 - from);
}

/// Without what joins a text to the one before or behind it: ", as known {}", "Left out:". Sources
/// join texts by such pieces; told parts of them stand alone.
std::string_view bare(std::string_view text) {
  constexpr std::string_view kDot = "·", kDash = "—";
  for (bool goes_on = true; goes_on;) {
    goes_on = false;
    for (const auto joint : {kDot, kDash, std::string_view("-"), std::string_view(","),
                             std::string_view(";"), std::string_view("."), std::string_view(" ")}) {
      if (text.starts_with(joint)) {
        text.remove_prefix(joint.size());
        goes_on = true;
      }
    }
  }
  return text.ends_with(':') ? text.substr(0, text.size() - 1) : text;
}

/// One for each line; spaces around a line are left out.
std::vector<Pattern> lines_of(const Pattern& pattern) {
  std::vector<Pattern> lines(1);
  for (std::size_t i = 0; i < pattern.literals.size(); ++i) {
    std::string_view rest = pattern.literals[i];
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      lines.back().literals.back() += rest.substr(0, end);
      lines.emplace_back();
      rest.remove_prefix(end + 1);
    }
    lines.back().literals.back() += rest;
    if (i < pattern.places.size()) {
      lines.back().places.push_back(pattern.places[i]);
      lines.back().literals.emplace_back();
    }
  }
  for (auto& line : lines) {
    auto& first = line.literals.front();
    first.erase(0, std::min(first.find_first_not_of(' '), first.size()));
  }
  return lines;
}

/// Gives the places of a line the numbers from 0 on, and those of its translation likewise. False
/// when the translation has a part of another line, or the line says nothing.
bool renumber(Pattern& line, Pattern& told) {
  for (auto& place : told.places) {
    const auto at = std::find_if(line.places.begin(), line.places.end(),
                                 [&](const Place& one) { return one.index == place.index; });
    if (at == line.places.end()) {
      return false;
    }
    place.index = static_cast<std::size_t>(at - line.places.begin());
  }
  for (std::size_t i = 0; i < line.places.size(); ++i) {
    line.places[i].index = i;
  }
  constexpr std::size_t kLeast = 4;  // Bytes; less would match what was never meant.
  return line.literal_bytes() >= kLeast;
}

/// A text of the catalogue that has places, or one form of it.
struct Template {
  Pattern pattern;
  const SourceText* source = nullptr;
  Pattern told;  ///< Unused when the number chooses a form.
};

/// The first part that is a whole number.
std::optional<std::uint64_t> number_in(const Parts& parts) {
  for (const auto part : parts) {
    std::uint64_t number = 0;
    const auto* end = part.data() + part.size();
    const auto [at, error] = std::from_chars(part.data(), end, number);
    if (error == std::errc() && at == end) {
      return number;
    }
  }
  return std::nullopt;
}

/// Nothing but texts, and a sign or two between them.
bool is_joint(const Pattern& told) {
  constexpr std::size_t kMost = 5;  // " — " in bytes.
  return told.literal_bytes() <= kMost &&
         std::all_of(told.places.begin(), told.places.end(),
                     [](const Place& place) { return place.part == Part::text; });
}

/// Whether it begins with letters of its own, and not with a place.
bool is_anchored(const Template& one) { return !one.pattern.literals.front().empty(); }

/// Most literal bytes first, so that the text that says most wins; equal ones by the alphabet.
bool is_before(const Template& left, const Template& right) {
  const auto left_bytes = left.pattern.literal_bytes();
  const auto right_bytes = right.pattern.literal_bytes();
  return left_bytes != right_bytes ? left_bytes > right_bytes : left.source->id < right.source->id;
}

}  // namespace

/// Everything is made once and only read afterwards.
struct Words::Impl {
  explicit Impl(Language spoken)
      : language(spoken),
        catalogue("ru", spoken == Language::russian ? russian_catalogue()
                                                    : std::span<const unsigned char>()) {
    for (const auto& text : catalogue.texts()) {
      add(text);
    }
    std::sort(templates.begin(), templates.end(), is_before);
    std::vector<const Pattern*> patterns;
    for (const auto& one : templates) {
      patterns.push_back(&one.pattern);
    }
    index = PatternIndex(patterns);
  }

  /// A text without places that speaks of a number is told as of one, or of many.
  void add(const SourceText& text) {
    add_form(text, text.id, 1);
    if (!text.plural.empty() && text.plural != text.id) {
      constexpr std::uint64_t kMany = 5;
      add_form(text, text.plural, kMany);
    }
  }

  void add_form(const SourceText& text, std::string_view form, std::uint64_t usual) {
    const auto told = text.plural.empty() ? catalogue.told(text) : catalogue.told(text, usual);
    add_pair(text, trimmed(form), trimmed(told));
    const auto piece = bare(trimmed(form));
    if (text.plural.empty() && piece != trimmed(form)) {
      add_pair(text, piece, bare(trimmed(told)));
    }
  }

  /// A text without places is found whole.
  void add_pair(const SourceText& text, std::string_view form, std::string_view told) {
    add_pattern(text, Pattern::parse(form), Pattern::parse(told));
    // Texts are printed behind each other: a line of one may stand where the others do not.
    auto lines = lines_of(Pattern::parse(form));
    auto told_lines = lines_of(Pattern::parse(told));
    if (lines.size() > 1 && lines.size() == told_lines.size() && text.plural.empty()) {
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (renumber(lines[i], told_lines[i])) {
          add_pattern(text, std::move(lines[i]), std::move(told_lines[i]));
        }
      }
    }
  }

  void add_pattern(const SourceText& text, Pattern pattern, Pattern told) {
    if (pattern.places.empty()) {
      whole.emplace(pattern.literals.front(), told.literals.front());
    } else {
      templates.push_back({std::move(pattern), &text, std::move(told)});
    }
  }

  Language language;
  Catalogue catalogue;
  std::map<std::string, std::string, std::less<>> whole;
  std::vector<Template> templates;
  PatternIndex index;
};

namespace {

/// Tells one text and its parts.
class Teller {
 public:
  Teller(const std::map<std::string, std::string, std::less<>>& whole,
         const std::vector<Template>& templates, const PatternIndex& index,
         const Catalogue& catalogue)
      : whole_(whole), templates_(templates), index_(index), catalogue_(catalogue) {}

  std::string tell(std::string_view text, int depth) {
    const auto core = trimmed(text);
    if (core.empty() || depth > kDepthMax || --left_ < 0) {
      return std::string(text);
    }
    const auto before = static_cast<std::size_t>(core.data() - text.data());
    std::string made(text.substr(0, before));
    made += tell_once(core, depth);
    return made.append(text.substr(before + core.size()));
  }

 private:
  /// Templates that do not apply in the end have told their parts already.
  std::string tell_once(std::string_view core, int depth) {
    if (const auto found = told_.find(core); found != told_.end()) {
      return found->second;
    }
    auto made = tell_core(core, depth);
    told_.emplace(core, made);
    return made;
  }

  std::string tell_core(std::string_view core, int depth) {
    if (const auto found = whole_.find(core); found != whole_.end()) {
      return found->second;
    }
    constexpr std::string_view kListed = "- ";
    if (core.starts_with(kListed) && bytes_of_ours(core) == 0) {
      return std::string(kListed) + tell(core.substr(kListed.size()), depth + 1);
    }
    if (core.size() <= kTextMax) {
      std::optional<Split> split;
      for (const auto at : index_.candidates(core)) {
        const auto& one = templates_[at];
        if (!is_anchored(one) && !split) {
          split = split_of(core);
        }
        if (!is_anchored(one) && is_better(*split, one, core)) {
          return tell_cut(core, split->at, depth);
        }
        if (auto told = try_template(one, core, depth)) {
          return *std::move(told);
        }
      }
    }
    return core.find('\n') == std::string_view::npos ? std::string(core) : tell_lines(core);
  }

  /// Where a text is cut into a place and what is said of it: "a.xlsx: the file is empty".
  struct Split {
    std::size_t at = 0;
    std::size_t bytes = 0;  ///< Of ours from the cut on; 0 when nothing is.
  };

  /// The cut with the most behind it that is known from its first letter on. A template that begins
  /// with a place would take such a text in the middle: "{}, by {}" is in many sentences.
  [[nodiscard]] Split split_of(std::string_view core) const {
    Split best;
    int cuts = 0;
    for (auto at = core.find(kColon); at != std::string_view::npos && cuts < kCutsMax;
         at = core.find(kColon, at + 1), ++cuts) {
      const auto bytes = bytes_of_ours(core.substr(at + kColon.size()));
      if (bytes > 0 && bytes + kColon.size() > best.bytes) {
        best = {at, bytes + kColon.size()};
      }
    }
    return best;
  }

  /// Of two joints the first one counts: "Company - Alpha: (no rows)" is cut at the dash.
  static bool is_better(const Split& split, const Template& one, std::string_view core) {
    return split.bytes >= one.pattern.literal_bytes() &&
           (!is_joint(one.told) || split.at < core.find(one.pattern.literals[1]));
  }

  /// A text that a template knows from its first letter on needs no cut.
  std::string tell_cut(std::string_view core, std::size_t cut, int depth) {
    for (const auto at : index_.candidates(core)) {
      if (is_anchored(templates_[at])) {
        if (auto told = try_template(templates_[at], core, depth)) {
          return *std::move(told);
        }
      }
    }
    return tell(core.substr(0, cut), depth + 1) + std::string(kColon) +
           tell(core.substr(cut + kColon.size()), depth + 1);
  }

  [[nodiscard]] std::size_t bytes_of_ours(std::string_view text) const {
    if (whole_.contains(text)) {
      return text.size();
    }
    for (const auto at : index_.candidates(text)) {
      const auto& one = templates_[at];
      if (!is_anchored(one)) {
        continue;
      }
      const auto parts = one.pattern.match(text);
      if (parts && (!one.source->plural.empty() || fits(one.told, *parts))) {
        return one.pattern.literal_bytes();
      }
    }
    return 0;
  }

  std::optional<std::string> try_template(const Template& one, std::string_view core, int depth) {
    const auto parts = one.pattern.match(core);
    if (!parts) {
      return std::nullopt;
    }
    if (one.source->plural.empty()) {
      if (!fits(one.told, *parts) || (is_joint(one.told) && !tells_any(*parts, depth))) {
        return std::nullopt;
      }
      return filled(one.told, *parts, depth);
    }
    const auto number = number_in(*parts);
    if (!number) {
      return std::nullopt;
    }
    const auto form = Pattern::parse(trimmed(catalogue_.told(*one.source, *number)));
    return fits(form, *parts) ? std::optional(filled(form, *parts, depth)) : std::nullopt;
  }

  /// What joins texts is of ours only when one of them is: names may hold a dash as well.
  bool tells_any(const Parts& parts, int depth) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return tell(part, depth + 1) != part; });
  }

  std::string filled(const Pattern& form, const Parts& parts, int depth) {
    auto made = form.literals.front();
    for (std::size_t i = 0; i < form.places.size(); ++i) {
      const auto& place = form.places[i];
      const auto part = place.index < parts.size() ? parts[place.index] : std::string_view();
      made += place.part == Part::text ? tell(part, depth + 1) : std::string(part);
      made += form.literals[i + 1];
    }
    return made;
  }

  /// Each line has parts of its own: a long list is told to its end.
  std::string tell_lines(std::string_view core) {
    std::string made;
    while (!core.empty()) {
      const auto end = core.find('\n');
      left_ = kPartsMax;
      made += tell(core.substr(0, end), 0);
      made += end == std::string_view::npos ? "" : "\n";
      core.remove_prefix(end == std::string_view::npos ? core.size() : end + 1);
    }
    return made;
  }

  const std::map<std::string, std::string, std::less<>>& whole_;
  const std::vector<Template>& templates_;
  const PatternIndex& index_;
  const Catalogue& catalogue_;
  std::map<std::string_view, std::string> told_;  // Parts of the text that is told.
  int left_ = kPartsMax;
};

}  // namespace

Words::Words(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Words::~Words() = default;

const Words& Words::of(Language language) {
  static const Words english(std::make_unique<Impl>(Language::english));
  if (language == Language::english) {
    return english;
  }
  static const Words russian(std::make_unique<Impl>(Language::russian));
  return russian;
}

Language Words::language() const { return impl_->language; }

std::string Words::tell(std::string_view english) const {
  if (impl_->whole.empty() && impl_->templates.empty()) {
    return std::string(english);
  }
  return Teller(impl_->whole, impl_->templates, impl_->index, impl_->catalogue).tell(english, 0);
}

}  // namespace muster::words
