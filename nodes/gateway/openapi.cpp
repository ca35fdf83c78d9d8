// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/openapi.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "nodes/gateway/routes.h"
#include "schemas/text/json_tree.h"

namespace muster::gateway {

using asking::RawQuestion;
using text::Json;
using text::json_array;
using text::json_bool;
using text::json_number;
using text::json_object;
using text::json_string;

namespace {

constexpr int kIndent = 2;
constexpr const char* kAbout =
    "What the secretariat asks of the force, read-only: the questions of the command line, with "
    "the "
    "JSON of `-o json` (ops/docs/JSON.md). All data of an exercise are fictional.";

Json list_of(std::initializer_list<std::string_view> texts) {
  auto list = json_array();
  for (const auto text : texts) {
    list.items.push_back(json_string(text));
  }
  return list;
}

Json object_with(std::string_view name, Json value) {
  auto object = json_object();
  object.add(name, std::move(value));
  return object;
}

Json reference(std::string_view to) {
  return object_with("$ref", json_string(fmt::format("#/components/{}", to)));
}

Json type_named(std::string_view name) { return object_with("type", json_string(name)); }

/// What may stand in a parameter.
struct SchemaOf {
  const asking::NumberRange& range;

  Json operator()(std::string RawQuestion::* /*slot*/) const { return type_named("string"); }
  Json operator()(std::vector<std::string> RawQuestion::* /*slot*/) const {
    auto schema = type_named("array");
    schema.add("items", type_named("string"));
    return schema;
  }
  Json operator()(bool RawQuestion::* /*slot*/) const { return type_named("boolean"); }
  template <typename Number>
  Json operator()(Number RawQuestion::* /*slot*/) const {
    return of(range);
  }
  static Json of(const asking::NumberRange& range) {
    auto schema = type_named("integer");
    schema.add("minimum", json_number(range.min)).add("maximum", json_number(range.max));
    return schema;
  }
};

Json parameter(const ParameterRow& row, std::string_view place, bool is_required) {
  auto object = json_object();
  object.add("name", json_string(row.name)).add("in", json_string(place));
  object.add("description", json_string(row.description));
  if (is_required) {
    object.add("required", json_bool(true));
  }
  if (std::holds_alternative<std::vector<std::string> RawQuestion::*>(row.slot)) {
    object.add("style", json_string("form")).add("explode", json_bool(false));
  }
  object.add("schema", std::visit(SchemaOf{row.range}, row.slot));
  return object;
}

/// A parameter that is no part of a question.
Json plain_parameter(std::string_view name, std::string_view description, Json schema) {
  auto object = json_object();
  object.add("name", json_string(name)).add("in", json_string("query"));
  object.add("description", json_string(description)).add("schema", std::move(schema));
  return object;
}

Json language_parameter() {
  auto schema = type_named("string");
  schema.add("enum", list_of({"en", "ru"}));
  return plain_parameter(kLanguageParameter, "Language of texts; en if left out",
                         std::move(schema));
}

Json indent_parameter() {
  return plain_parameter(kIndentParameter, "Spaces that the body is indented by; 0 is one line",
                         SchemaOf::of(kIndents));
}

Json parameters_json(const Route& route) {
  auto list = json_array();
  for (const auto& row : route.objects) {
    list.items.push_back(parameter(row, "path", true));
  }
  for (const auto& row : route.parameters) {
    const bool is_required =
        std::any_of(route.required.begin(), route.required.end(),
                    [&](const Required& required) { return required.name == row.name; });
    list.items.push_back(parameter(row, "query", is_required));
  }
  for (const auto& row : common_parameters(route)) {
    list.items.push_back(reference(fmt::format("parameters/{}", row.name)));
  }
  for (const auto name : {kLanguageParameter, kIndentParameter}) {
    list.items.push_back(reference(fmt::format("parameters/{}", name)));
  }
  return list;
}

/// Those that most questions take, described once.
Json shared_parameters() {
  auto shared = json_object();
  for (const auto& row : common_parameters({})) {
    shared.add(row.name, parameter(row, "query", false));
  }
  shared.add(kLanguageParameter, language_parameter());
  shared.add(kIndentParameter, indent_parameter());
  return shared;
}

Json content(std::string_view type, Json schema) {
  return object_with("content", object_with(type, object_with("schema", std::move(schema))));
}

/// 200 with this body, and the ways in which it is not given.
Json responses(std::string_view description, std::string_view type, Json schema,
               std::initializer_list<std::string_view> refusals) {
  auto good = json_object();
  good.add("description", json_string(description));
  good.items.push_back(content(type, std::move(schema)).items.front());
  auto all = json_object();
  all.add("200", std::move(good));
  for (const auto status : refusals) {
    all.add(status, reference("responses/Problem"));
  }
  return all;
}

Json operation(std::string_view id, std::string_view summary, Json parameters, Json answers) {
  auto get = json_object();
  get.add("operationId", json_string(id)).add("summary", json_string(summary));
  get.add("parameters", std::move(parameters)).add("responses", std::move(answers));
  return object_with("get", std::move(get));
}

Json question_json(const Route& route) {
  std::string id(route.question);
  std::replace(id.begin(), id.end(), ' ', '_');
  auto kind = object_with("const", json_string(route.kind));
  auto schema = json_object();
  auto parts = json_array();
  parts.items.push_back(reference("schemas/Answer"));
  parts.items.push_back(object_with("properties", object_with("kind", std::move(kind))));
  schema.add("allOf", std::move(parts));
  auto answers = responses("The answer, as -o json of the command line", "application/json",
                           std::move(schema), {"400", "403", "404", "502", "503", "504"});
  answers.add("304", object_with("description", json_string("The asker has it: If-None-Match")));
  return operation(id, route.summary, parameters_json(route), std::move(answers));
}

Json events_json() {
  auto parameters = json_array();
  parameters.items.push_back(plain_parameter(
      "last_event_id", "The last id that was seen; or Last-Event-ID", type_named("integer")));
  parameters.items.push_back(language_parameter());
  return operation("events", "What happens now: server-sent events hello, change, broker, resync",
                   std::move(parameters),
                   responses("Events; the id of each is the ledger_seq that it leads to",
                             "text/event-stream", type_named("string"), {"400", "403", "503"}));
}

Json place_json(std::string_view id, std::string_view summary) {
  return operation(id, summary, json_array(),
                   responses("A document", "application/json", type_named("object"), {"403"}));
}

Json paths_json() {
  auto paths = json_object();
  for (const auto& route : routes()) {
    paths.add(path_of(route), question_json(route));
  }
  paths.add("/api/v1/events", events_json());
  paths.add("/api/v1/board",
            place_json("board", "The page's place: marking, nations in their order, identity"));
  paths.add("/api/v1/openapi.json", place_json("openapi", "This document"));
  return paths;
}

Json answer_schema() {
  auto properties = json_object();
  properties.add("apiVersion", object_with("const", json_string("muster/v1")));
  properties.add("kind", type_named("string"));
  properties.add("header", type_named("object"));
  auto schema = type_named("object");
  schema.add("description", json_string("New members may come: ignore those that are unknown"));
  schema.add("required", list_of({"apiVersion", "kind", "header"}));
  schema.add("properties", std::move(properties));
  return schema;
}

Json problem_schema() {
  auto properties = json_object();
  for (const auto* name : {"type", "title"}) {
    properties.add(name, type_named("string"));
  }
  properties.add("status", type_named("integer"));
  properties.add("detail", type_named("string"));
  properties.add("code", type_named("string"));
  auto errors = type_named("array");
  errors.add("items", type_named("string"));
  properties.add("errors", std::move(errors));
  properties.add("since", type_named("string").add("format", json_string("date-time")));
  auto schema = type_named("object");
  schema.add("required", list_of({"type", "title", "status", "detail", "code", "errors"}));
  schema.add("properties", std::move(properties));
  return schema;
}

}  // namespace

std::string openapi_document(const std::string& version) {
  auto info = json_object();
  info.add("title", json_string("Muster gateway")).add("version", json_string(version));
  info.add("description", json_string(kAbout));
  auto schemas = json_object();
  schemas.add("Answer", answer_schema()).add("Problem", problem_schema());
  auto problem = json_object();
  problem.add("description", json_string("Why not (RFC 9457); `code` is for programs"));
  problem.items.push_back(
      content("application/problem+json", reference("schemas/Problem")).items.front());
  auto components = json_object();
  components.add("parameters", shared_parameters());
  components.add("schemas", std::move(schemas));
  components.add("responses", object_with("Problem", std::move(problem)));
  auto document = json_object();
  document.add("openapi", json_string("3.1.0")).add("info", std::move(info));
  document.add("paths", paths_json()).add("components", std::move(components));
  return text::print_json(document, kIndent) + "\n";
}

}  // namespace muster::gateway
