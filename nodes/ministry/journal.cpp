// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/journal.h"

#include <charconv>

#include "schemas/text/json_tree.h"

namespace muster::ministry {

using text::Json;

namespace {

constexpr std::string_view kPushing = "pushing";
constexpr std::string_view kSettled = "settled";

/// Empty when there is no such text.
std::string text_of(const Json& object, std::string_view name) {
  const auto* member = object.find(name);
  return member != nullptr ? member->text : std::string();
}

std::uint64_t number_of(const Json& object, std::string_view name) {
  const auto digits = text_of(object, name);
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

std::string to_json(const Journal& journal) {
  auto writings = text::json_array();
  for (const auto& writing : journal.writings) {
    auto entry = text::json_object();
    entry.add("path", text::json_string(writing.path)).add("text", text::json_string(writing.text));
    writings.items.push_back(std::move(entry));
  }
  auto object = text::json_object();
  const bool pushing = journal.stage == Journal::Stage::pushing;
  object.add("name", text::json_string(journal.name))
      .add("stage", text::json_string(pushing ? kPushing : kSettled))
      .add("seq", text::json_number(journal.seq))
      .add("sha256", text::json_string(journal.sha256))
      .add("move_to", text::json_string(journal.move_to))
      .add("writings", std::move(writings))
      .add("remember", text::json_string(journal.remember));
  return print_json(object, 2);
}

model::Result<Journal> journal_from_json(std::string_view json) {
  text::Problems problems;
  const auto parsed = text::parse_json(json, problems);
  const auto stage = parsed.complete ? text_of(parsed.root, "stage") : std::string();
  if (stage != kPushing && stage != kSettled) {
    return model::fail(
        model::ErrorCode::corrupt,
        "expected a journal with stage 'pushing' or 'settled', found '" + stage + "'");
  }
  Journal journal{.name = text_of(parsed.root, "name"),
                  .stage = stage == kPushing ? Journal::Stage::pushing : Journal::Stage::settled,
                  .seq = number_of(parsed.root, "seq"),
                  .sha256 = text_of(parsed.root, "sha256"),
                  .move_to = text_of(parsed.root, "move_to"),
                  .writings = {},
                  .remember = text_of(parsed.root, "remember")};
  if (const auto* writings = parsed.root.find("writings"); writings != nullptr) {
    for (const auto& entry : writings->items) {
      journal.writings.push_back({text_of(entry, "path"), text_of(entry, "text")});
    }
  }
  return journal;
}

}  // namespace muster::ministry
