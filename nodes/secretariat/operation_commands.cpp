// SPDX-License-Identifier: Apache-2.0
// The questions under `muster operation`; what changes an operation is declared in
// operation_changes.cpp.
#include "nodes/secretariat/command_options.h"
#include "nodes/asking/moments.h"

namespace muster::secretariat {

using asking::kDays;
using asking::kDepletions;
using asking::kPeople;
using asking::kVersions;

namespace {

void add_version(CLI::App* under, RawArguments& raw) {
  under->add_option("--version", raw.version, "Of the requirement; the highest when left out")
      ->check(CLI::Range(kVersions.min, kVersions.max));
}

/// A question about one operation.
CLI::App* add_question(CLI::App* under, RawArguments& raw, const char* name,
                       const char* description, const char* examples) {
  auto* made = add_command(under, name, description, examples);
  add_operation(made, raw);
  return made;
}

void declare_state(CLI::App* operation, RawArguments& raw) {
  auto* list =
      add_command(operation, "list", "What operations there are, and how far each has come",
                  "  muster operation list\n"
                  "  muster operation list --as-of 2022-01-09 -o csv\n");
  add_what_if(list, raw);
  auto* show = add_question(operation, raw, "show",
                            "All that is known of one: decisions, nations, published figures",
                            "  muster operation show EX-2201\n"
                            "  muster operation show EX-2201 --as-of 2022-01-13T12:00Z\n");
  add_what_if(show, raw);
}

void declare_gaps(CLI::App* operation, RawArguments& raw) {
  auto* gaps = add_question(operation, raw, "gaps",
                            "Which lines are not met, why, and what would close them",
                            "  muster operation gaps EX-2201\n"
                            "  muster operation gaps EX-2201 --without KGZ --notice +24h\n"
                            "  muster operation gaps EX-2201 && echo every line is met\n");
  add_version(gaps, raw);
  add_what_if(gaps, raw);
}

void declare_assemble(CLI::App* operation, RawArguments& raw) {
  auto* assemble = add_question(
      operation, raw, "assemble", "The best force package for the lines of an operation",
      "  muster operation assemble EX-2201\n"
      "  muster operation assemble EX-2201 --goal fewest-nations\n"
      "  muster operation assemble EX-2201 --max-depletion 80 --also "
      "EX-2202\n"
      "\n"
      "A what-if is answered on a copy of what the broker knows, which nobody "
      "keeps, and every\noutput says so: --without and --host change who may "
      "serve, --notice when they are there,\nand --also fills the lines of "
      "both operations together, so that nobody serves in two.\n");
  assemble->add_option("--goal", raw.goal, "earliest, fewest-nations or balanced")
      ->default_str("earliest");
  assemble
      ->add_option("--max-depletion", raw.max_depletion,
                   "Percent of its deployable people that a nation gives at most; that of the "
                   "policy when left out")
      ->check(CLI::Range(kDepletions.min, kDepletions.max));
  assemble->add_option("--min-freshness", raw.min_freshness,
                       "Take nobody whose word is older: fresh, ageing or stale; ageing when left "
                       "out");
  assemble->add_option("--time-limit", raw.time_limit,
                       "How long to search, up to 10m; 10s when left out, and not longer than half "
                       "of a --timeout that is given");
  add_version(assemble, raw);
  add_what_if(assemble, raw);
}

void declare_commitments(CLI::App* operation, RawArguments& raw) {
  auto* commitments =
      add_command(operation, "commitments", "Who is committed where until when, and promised twice",
                  "  muster operation commitments\n"
                  "  muster operation commitments --operation EX-2201 --nation KGZ,TJK\n"
                  "  muster operation commitments --from 2022-01-07 --to 2022-01-20\n");
  commitments->add_option("--operation", raw.operation, "Only this one, such as EX-2201");
  add_nations(commitments, raw);
  add_period(commitments, raw, "Only slices that go on after this moment",
             "Only slices that begin before this moment");
  add_what_if(commitments, raw);
}

void declare_course(CLI::App* operation, RawArguments& raw) {
  auto* buildup = add_question(operation, raw, "buildup",
                               "Who is there at which hour, against what is needed by then",
                               "  muster operation buildup EX-2201\n"
                               "  muster operation buildup EX-2201 --horizon 72h\n");
  buildup->add_option("--horizon", raw.horizon, "Look this far: 72h or 7d")->default_str("168h");
  add_what_if(buildup, raw);
  auto* withdrawal = add_question(operation, raw, "withdrawal",
                                  "Who is still in place, who is on the way back, and until when",
                                  "  muster operation withdrawal EX-2201\n"
                                  "  muster operation withdrawal EX-2201 -o csv\n");
  add_what_if(withdrawal, raw);
  auto* sustainment =
      add_question(operation, raw, "sustainment", "What its units have for so many people and days",
                   "  muster operation sustainment EX-2201\n"
                   "  muster operation sustainment EX-2201 --people 2500 --days "
                   "60\n");
  sustainment
      ->add_option("--people", raw.people, "For so many; the authorised strength when left out")
      ->check(CLI::Range(kPeople.min, kPeople.max));
  sustainment->add_option("--days", raw.days, "For so long")
      ->default_str("30")
      ->check(CLI::Range(kDays.min, kDays.max));
  add_what_if(sustainment, raw);
}

}  // namespace

void declare_operation(CLI::App& app, RawArguments& raw) {
  auto* operation = add_command(&app, "operation", "From a mandate to a force, and home again",
                                "  muster operation gaps EX-2201\n"
                                "  muster operation assemble EX-2201 --without KAZ\n"
                                "  muster operation create ex-2202.toml\n");
  operation->require_subcommand(1);
  declare_state(operation, raw);
  declare_operation_changes(operation, raw);
  declare_gaps(operation, raw);
  declare_assemble(operation, raw);
  declare_commitments(operation, raw);
  declare_course(operation, raw);
}

}  // namespace muster::secretariat
