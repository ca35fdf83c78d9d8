// SPDX-License-Identifier: Apache-2.0
// What gaps and packages say alike of the lines of a requirement.
#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/operation_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

constexpr std::size_t kScreen = 100;
constexpr std::size_t kLackingMax = 24;  // Characters of what lacks, before it takes another row.
constexpr std::size_t kSentenceMin = 24;
constexpr std::string_view kWhy = "why";
constexpr std::string_view kFix = "what closes it";

std::uint64_t lacking_of(const model::EquipmentCover& cover) {
  return cover.needed > cover.counted ? cover.needed - cover.counted : 0;
}

void append(std::string& words, const std::string& text) {
  words += words.empty() ? "" : ", ";
  words += text;
}

/// The fix in plain words, or what is known of it.
std::string fix_words(const std::optional<model::Fix>& fix) {
  if (!fix) {
    return "nothing that is known here would";
  }
  if (!fix->text.empty()) {
    return fix->text;
  }
  return fmt::format("{} {}", spaced(model::to_text(fix->kind)),
                     fix->unit ? fix->unit->str() : fix->subject);
}

/// What stands in the three columns of one line that is not met, row by row.
struct UnmetRows {
  std::vector<std::string> lacking, parts, texts;

  void add(std::string_view part, const std::string& sentence, std::size_t most) {
    for (const auto& text : wrapped(sentence, most)) {
      parts.emplace_back(part);
      texts.push_back(text);
      part = {};
    }
  }
};

std::string why_words(const Unmet& unmet) {
  return unmet.why.empty() ? "no unit that counts brings it" : spaced(unmet.why);
}

/// A line that is not met, in the language of the reader.
struct Sentences {
  std::string line, lacking, why, fix;
};

std::string told(const Layout& layout, std::string_view english) {
  return layout.words == nullptr ? std::string(english) : layout.words->tell(english);
}

std::vector<Sentences> sentences_of(const std::vector<Unmet>& unmet, const Layout& layout) {
  std::vector<Sentences> made;
  for (const auto& one : unmet) {
    made.push_back({.line = one.line,
                    .lacking = told(layout, one.lacking),
                    .why = told(layout, why_words(one)),
                    .fix = told(layout, fix_words(one.fix))});
  }
  return made;
}

/// How wide sentences may be beside the other columns.
std::size_t sentence_room(const std::vector<Sentences>& unmet, const Layout& layout) {
  auto line = characters(told(layout, "LINE"));
  auto lacking = characters(told(layout, "LACKING"));
  for (const auto& one : unmet) {
    line = std::max(line, characters(one.line));
    for (const auto& text : wrapped(one.lacking, kLackingMax)) {
      lacking = std::max(lacking, characters(text));
    }
  }
  const auto taken = line + lacking + characters(told(layout, kFix)) + 6;  // Two between each two columns.
  return taken + kSentenceMin <= kScreen ? kScreen - taken : kSentenceMin;
}

/// Only the first row repeats what its sentences are about.
void add_rows(Sheet& sheet, const Sentences& unmet, std::size_t lacking_max, std::size_t most) {
  UnmetRows rows;
  rows.lacking = wrapped(unmet.lacking, lacking_max);
  rows.add(kWhy, unmet.why, most);
  rows.add(kFix, unmet.fix, most);
  const auto shown = [](const std::vector<std::string>& texts, std::size_t at) {
    const auto text = at < texts.size() ? texts[at] : std::string();
    return Cell{.value = text, .shown = text};
  };
  for (std::size_t i = 0; i < std::max(rows.lacking.size(), rows.texts.size()); ++i) {
    const auto line = i == 0 ? unmet.line : std::string();
    sheet.rows.push_back({.cells = {{.value = line, .shown = line},
                                    shown(rows.lacking, i),
                                    shown(rows.parts, i),
                                    shown(rows.texts, i)},
                          .parent = {}});
  }
}

}  // namespace

std::string lacking_words(std::uint64_t people, const std::vector<model::EquipmentCover>& covers) {
  std::string words = people == 0 ? "" : fmt::format("{} people", people);
  for (const auto& cover : covers) {
    if (const auto lacking = lacking_of(cover); lacking > 0) {
      append(words, fmt::format("{} {}", lacking, spaced(model::to_text(cover.kind))));
    }
  }
  return words;
}

std::string causes_words(const std::vector<model::CausePeople>& causes, std::uint64_t not_offered) {
  std::string words;
  for (const auto& cause : causes) {
    append(words, fmt::format("{} {}", model::to_text(cause.reason), cause.people));
  }
  if (not_offered > 0) {
    append(words, fmt::format("NOT_OFFERED {}", not_offered));
  }
  return words;
}

std::string equipment_words(const std::vector<model::EquipmentCount>& equipment) {
  std::string words;
  for (const auto& items : equipment) {
    append(words, fmt::format("{} {}", model::to_text(items.kind), items.count));
  }
  return words;
}

Annex unmet_annex(const std::vector<Unmet>& unmet, const Layout& layout) {
  Sheet made;
  made.columns = {{"line", "LINE"}, {"lacking", "LACKING"}, {"part", ""}, {"text", ""}};
  const auto sentences = sentences_of(unmet, layout);
  const auto most = layout.is_picture ? sentence_room(sentences, layout) : std::string::npos;
  for (const auto& line : sentences) {
    add_rows(made, line, layout.is_picture ? kLackingMax : std::string::npos, most);
  }
  return {.title = "Not met:\neach line for itself: the same people may be asked for two lines",
          .sheet = std::move(made)};
}

std::vector<Annex> equipment_annex(const std::vector<LineEquipment>& lines) {
  Sheet made;
  made.columns = {{"line", "LINE"},
                  {"kind", "EQUIPMENT"},
                  {"needed", "NEEDED", true},
                  {"counted", "COUNTED", true},
                  {"lacking", "LACKING", true}};
  for (const auto& line : lines) {
    for (const auto& cover : line.covers) {
      made.rows.push_back(
          {.cells = {cell(line.line), code_cell(model::to_text(cover.kind)), cell(cover.needed),
                     cell(cover.counted), lacking_cell(lacking_of(cover))},
           .parent = {}});
    }
  }
  if (made.rows.empty()) {
    return {};
  }
  return {{.title = "Equipment:", .sheet = std::move(made)}};
}

}  // namespace muster::secretariat
