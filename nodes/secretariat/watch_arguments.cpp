// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/watch_arguments.h"

#include "nodes/secretariat/command_options.h"

namespace muster::secretariat {

void declare_watch(CLI::App& app, RawArguments& raw) {
  auto* watch = add_command(&app, "watch",
                            "Changes as they come: a table that is drawn anew, or lines in a pipe",
                            "  muster watch\n"
                            "  muster watch --nation KAZ,TJK --level 3,4\n"
                            "  muster watch --operation EX-2201 -o ndjson | jq .event\n");
  add_nations(watch, raw);
  add_list(watch, "--component", raw.components, "Only military, police, civilian");
  add_list(watch, "--element-kind", raw.element_kinds,
           "Only these kinds of element (combat,rear-support)");
  add_list(watch, "--level", raw.levels, "Only units of these effective levels (1,2)");
  watch->add_option("--operation", raw.operation,
                    "Only units with a part in this operation, and the operation");
  watch->add_option("--count", raw.events_max, "End after so many lines of -o ndjson")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 62U));
}

WatchCommand read_watch(const RawArguments& raw, asking::ValueReader& values) {
  WatchCommand watch{
      .filter = {.nations = values.nations("--nation", raw.nations),
                 .components = values.codes<model::Component>("--component", raw.components),
                 .element_kinds =
                     values.codes<model::ElementKind>("--element-kind", raw.element_kinds),
                 .levels = values.levels("--level", raw.levels),
                 .operation = {}},
      .events_max = {}};
  if (!raw.operation.empty()) {
    watch.filter.operation = values.id<model::Code>("--operation", raw.operation);
  }
  if (raw.events_max > 0) {
    watch.events_max = raw.events_max;
  }
  if (raw.output == "json" || raw.output == "csv") {
    values.wrong("--output", raw.output,
                 "it has an end, and changes have none - take ndjson, or table on a terminal");
  }
  return watch;
}

}  // namespace muster::secretariat
