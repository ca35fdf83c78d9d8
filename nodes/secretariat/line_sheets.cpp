// SPDX-License-Identifier: Apache-2.0
// What gaps and packages say alike of the lines of a requirement.
#include <fmt/format.h>

#include "nodes/secretariat/operation_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

constexpr std::size_t kSentenceMax = 62;  // Characters beside the other columns on a screen of 100.

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

/// One sentence in as many rows as it takes; only the first repeats what the sentence is about.
void add_sentence(Sheet& sheet, const Unmet& unmet, const char* lead, const std::string& sentence,
                  const Layout& layout) {
  const auto lines =
      layout.is_picture ? wrapped(sentence, kSentenceMax) : std::vector<std::string>{sentence};
  const bool is_first = std::string_view(lead) == "why";
  const auto shown = [](bool is_seen, const std::string& text) {
    return Cell{.value = text, .shown = is_seen ? text : std::string()};
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    sheet.rows.push_back(
        {.cells = {shown(is_first && i == 0, unmet.line), shown(is_first && i == 0, unmet.lacking),
                   shown(i == 0, lead), cell(lines[i])},
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
  for (const auto& line : unmet) {
    add_sentence(made, line, "why",
                 line.why.empty() ? "no unit that counts brings it" : spaced(line.why), layout);
    add_sentence(made, line, "what closes it", fix_words(line.fix), layout);
  }
  return {.title = "Not met:", .sheet = std::move(made)};
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
