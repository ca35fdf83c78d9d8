// SPDX-License-Identifier: Apache-2.0
// From a roster of 100,000 rows to an acknowledged report (P11): makes the files, and measures
// whatever program reads them.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "schemas/model/report.h"
#include "schemas/text/report_json.h"
#include "tests/bench/driver.h"
#include "tests/bench/must.h"

namespace muster::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  // make
  std::uint32_t units = 500, people = 200;
  fs::path dir = ".";
  // run
  std::string rival;
  std::uint32_t run = 1;
  fs::path output = "/dev/null";
  std::vector<std::string> command;
};

// ---- the files ----------------------------------------------------------------------------------

constexpr const char* kHeadings[] = {
    "unit_code", "valid_at",         "person_ref",  "rank_grade",        "specialty",
    "sex",       "person_languages", "duty_status", "deployable_person", "non_deployable_reason"};

/// What the units and the roster are true for: a moment that has passed, and that is not old.
model::UtcTime yesterday() {
  const auto now = std::chrono::system_clock::now();
  return std::chrono::floor<std::chrono::days>(now) - std::chrono::days{1};
}

std::string code_of(std::uint32_t unit) { return fmt::format("EX-P11-{:03}", unit + 1); }

/// Of every twenty people one is on leave and one in hospital, who is the only one not deployable.
bool is_on_leave(std::uint32_t person) { return person % 20 == 3; }
bool is_in_hospital(std::uint32_t person) { return person % 20 == 11; }

model::Count count_of(std::uint32_t people, bool (*is_counted)(std::uint32_t)) {
  model::Count count = 0;
  for (std::uint32_t person = 0; person < people; ++person) {
    count += is_counted(person) ? 1 : 0;
  }
  return count;
}

model::UnitStatement unit_statement(const model::UnitId& unit) {
  model::UnitStatement made;
  made.unit = unit;
  made.name = fmt::format("Unit {} (fictional)", unit.view());
  made.component = model::Component::military;
  made.element_kind = model::ElementKind::combat;
  made.lifecycle = model::Lifecycle::standby;
  made.echelon = model::Echelon::company;
  return made;
}

model::StrengthStatement strength_statement(const model::UnitId& unit, std::uint32_t people) {
  const auto leave = count_of(people, is_on_leave);
  const auto hospital = count_of(people, is_in_hospital);
  model::StrengthStatement made;
  made.unit = unit;
  made.authorised = made.assigned = people;
  made.attached_in = made.detached_out = 0;
  made.present = people - leave - hospital;
  made.absences = {{model::AbsenceReason::leave, leave},
                   {model::AbsenceReason::hospital, hospital}};
  made.deployable = people - hospital;
  made.non_deployable = {{model::NonDeployableReason::medical_temp, hospital}};
  return made;
}

/// The units must be known before their rosters.
void write_units(const Options& options) {
  model::Report report{.kind = model::ReportKind::regular,
                       .valid_at = yesterday(),
                       .classification = model::Classification::unclassified,
                       .releasable_to = {},
                       .corrects = {},
                       .statements = {}};
  for (std::uint32_t unit = 0; unit < options.units; ++unit) {
    const auto id = must(model::UnitId::parse("KAZ:" + code_of(unit)));
    report.statements.emplace_back(unit_statement(id));
    report.statements.emplace_back(strength_statement(id, options.people));
  }
  std::ofstream(options.dir / "units.json") << text::report_to_json(report) << "\n";
}

/// Spreads a number over 64 bits (SplitMix64), as the keyed hash of a ministry would.
std::uint64_t spread(std::uint64_t number) {
  number += 0x9e3779b97f4a7c15ULL;
  number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  number = (number ^ (number >> 27U)) * 0x94d049bb133111ebULL;
  return number ^ (number >> 31U);
}

/// A person of this number: 32 digits, of which none is a service number.
std::string person_ref(std::uint64_t number) {
  return fmt::format("{:016x}{:016x}", spread(2 * number), spread(2 * number + 1));
}

struct Person {
  std::uint32_t unit = 0, in_unit = 0, number = 0;
};

void write_row(lxw_worksheet* sheet, lxw_row_t row, const Person& person, lxw_format* date,
               const std::string& day) {
  const bool is_fit = !is_in_hospital(person.in_unit);
  lxw_datetime moment{};
  std::sscanf(day.c_str(), "%d-%d-%d", &moment.year, &moment.month, &moment.day);
  const auto text = [&](lxw_col_t column, const std::string& value) {
    worksheet_write_string(sheet, row, column, value.c_str(), nullptr);
  };
  text(0, code_of(person.unit));
  worksheet_write_datetime(sheet, row, 1, &moment, date);
  text(2, person_ref(person.number));
  text(3, fmt::format("OR-{}", 1 + person.in_unit % 9));
  text(4, person.in_unit % 3 == 0 ? "SIGNAL" : "INFANTRY");
  text(5, person.in_unit % 10 == 0 ? "F" : "M");
  text(6, "kaz rus");
  text(7, !is_fit ? "HOSPITAL" : is_on_leave(person.in_unit) ? "LEAVE" : "PRESENT");
  text(8, is_fit ? "yes" : "no");
  if (!is_fit) {
    text(9, "MEDICAL_TEMP");
  }
}

void write_roster(const Options& options) {
  const auto path = (options.dir / "roster.xlsx").string();
  auto* book = workbook_new(path.c_str());
  auto* sheet = workbook_add_worksheet(book, "Roster");
  auto* date = workbook_add_format(book);
  format_set_num_format(date, "yyyy-mm-dd");
  lxw_col_t column = 0;
  for (const auto* heading : kHeadings) {
    worksheet_write_string(sheet, 0, column++, heading, nullptr);
  }
  const auto day = model::format_time(yesterday()).substr(0, 10);
  Person person;
  for (person.unit = 0; person.unit < options.units; ++person.unit) {
    for (person.in_unit = 0; person.in_unit < options.people; ++person.in_unit) {
      write_row(sheet, person.number + 1, person, date, day);
      ++person.number;
    }
  }
  if (const auto error = workbook_close(book); error != LXW_NO_ERROR) {
    fail(fmt::format("{}: {}", path, lxw_strerror(error)));
  }
}

// ---- a program, measured ------------------------------------------------------------------------

[[noreturn]] void become(const Options& options) {
  std::vector<char*> arguments;
  for (const auto& word : options.command) {
    arguments.push_back(const_cast<char*>(word.c_str()));  // exec*() takes no constants.
  }
  arguments.push_back(nullptr);
  if (std::freopen(options.output.c_str(), "w", stdout) != nullptr) {
    ::execvp(arguments.front(), arguments.data());
  }
  ::_exit(127);
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

/// Runs the command and prints its time, the most memory that it held, and its exit code.
void run(const Options& options) {
  const auto began = std::chrono::steady_clock::now();
  const auto child = ::fork();
  if (child == 0) {
    become(options);
  }
  int status = 0;
  rusage used{};
  if (child < 0 || ::wait4(child, &status, 0, &used) != child) {
    fail("cannot run " + options.command.front());
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  const nlohmann::ordered_json line{
      {"figure", "P11"},
      {"rival", options.rival},
      {"run", options.run},
      {"seconds", took.count()},
      {"cpu_seconds", seconds_of(used.ru_utime) + seconds_of(used.ru_stime)},
      {"peak_mib", static_cast<double>(used.ru_maxrss) / 1024},  // Linux counts KiB.
      {"code", code}};
  fmt::print("{}\n", line.dump());
  if (code != 0) {
    fail(fmt::format("{} ended with {}", options.command.front(), code));
  }
}

int main(int argc, char** argv) {
  Options options;
  CLI::App app("A roster as a workbook, and what reading it costs a program.");
  app.require_subcommand(1);
  auto* make = app.add_subcommand("make", "Write DIR/roster.xlsx, and DIR/units.json to go before");
  make->add_option("--units", options.units)->check(CLI::Range(1, 999));
  make->add_option("--people", options.people, "In each unit")->check(CLI::Range(1, 1000));
  make->add_option("--dir", options.dir)->required();
  auto* measured = app.add_subcommand("run", "Run COMMAND and print a JSON line about it");
  measured->add_option("--rival", options.rival, "Its name")->required();
  measured->add_option("--run", options.run, "Of the repetition");
  measured->add_option("--output", options.output, "Where its standard output goes");
  measured->add_option("COMMAND", options.command)->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 64;
  }
  if (*make) {
    write_units(options);
    write_roster(options);
  } else {
    run(options);
  }
  return 0;
}

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) { return muster::bench::main(argc, argv); }
