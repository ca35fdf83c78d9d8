// SPDX-License-Identifier: Apache-2.0
// A nation's units as a file of another system.
#include <fmt/format.h>

#include <array>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/new_file.h"
#include "nodes/secretariat/progress.h"

namespace muster::secretariat {
namespace {

constexpr std::string_view kWhat = "cannot export";

std::string name_of(model::Nation nation) {
  constexpr std::array kNames{std::pair{std::string_view("ARM"), std::string_view("Armenia")},
                              std::pair{std::string_view("BLR"), std::string_view("Belarus")},
                              std::pair{std::string_view("KAZ"), std::string_view("Kazakhstan")},
                              std::pair{std::string_view("KGZ"), std::string_view("Kyrgyzstan")},
                              std::pair{std::string_view("RUS"), std::string_view("Russia")},
                              std::pair{std::string_view("TJK"), std::string_view("Tajikistan")}};
  for (const auto& [code, name] : kNames) {
    if (nation.view() == code) {
      return std::string(name);
    }
  }
  return nation.str();
}

/// What the broker said, of one moment.
struct Answered {
  std::vector<model::UnitStatement> units;
  std::size_t unsaid = 0;  ///< Units of which nothing but their name is told to us.
  model::AnswerHeader header;
};

template <typename Body>
model::Result<Body> body_of(model::Answer answer) {
  if (auto* const body = std::get_if<Body>(&answer.body)) {
    return std::move(*body);
  }
  return model::fail(model::ErrorCode::malformed, "the broker answered another question");
}

class Asker {
 public:
  Asker(client::QueryClient& client, const ExportCommand& command,
        std::chrono::milliseconds wait_max)
      : client_(client), command_(command), wait_max_(wait_max) {}

  /// The tree, then each unit in it, all of the moment of the tree.
  model::Result<Answered> ask() {
    model::Standpoint standpoint{.as_of = command_.as_of, .known_at = command_.known_at};
    MUSTER_TRY(auto answer,
               client_.ask(model::TreeQuery{.nation = command_.nation}, standpoint, wait_max_));
    Answered answered;
    answered.header = answer.header;
    MUSTER_TRY(const auto tree, body_of<model::TreeAnswer>(std::move(answer)));
    for (const auto& node : tree.nodes) {
      MUSTER_TRY(auto unit_answer,
                 client_.ask(model::UnitQuery{.unit = node.unit}, standpoint, wait_max_));
      MUSTER_TRY(const auto unit, body_of<model::UnitAnswer>(std::move(unit_answer)));
      add(unit, answered);
    }
    return answered;
  }

 private:
  static void add(const model::UnitAnswer& answer, Answered& answered) {
    for (const auto& statement : answer.statements) {
      if (const auto* const unit = std::get_if<model::UnitStatement>(&statement)) {
        answered.units.push_back(*unit);
        return;
      }
    }
    ++answered.unsaid;
  }

  client::QueryClient& client_;
  const ExportCommand& command_;
  const std::chrono::milliseconds wait_max_;
};

std::string marking_of(const model::AnswerHeader& header) {
  return header.realm == model::Realm::exercise ? "EXERCISE - FICTIONAL DATA" : "LIVE DATA";
}

ExitCode write(const Output& output, const ExportCommand& command, const Answered& answered) {
  const auto text = desk::export_order_of_battle(answered.units, command.format,
                                                 {.nation = command.nation,
                                                  .nation_name = name_of(command.nation),
                                                  .valid_at = answered.header.valid_at,
                                                  .marking = marking_of(answered.header)});
  if (!text) {
    output.error(
        fmt::format("cannot export: {} - {}", command.nation.view(), text.error().message));
    return text.error().code == model::ErrorCode::unsupported ? ExitCode::usage
                                                              : ExitCode::bad_input;
  }
  if (command.out.empty()) {
    output.data(*text);
  } else if (const auto written = write_new_file(command.out, *text); !written) {
    if (written.error().code == model::ErrorCode::already_exists) {
      output.error(
          fmt::format("cannot export: {} - it exists and is never replaced - choose another --out",
                      command.out));
      return ExitCode::cannot_create;
    }
    return report_error(output, kWhat, command.out, written.error(), Stage::keeping);
  } else {
    output.note(fmt::format("written: {}, {} units of {}\n", command.out, answered.units.size(),
                            command.nation.view()));
  }
  if (answered.unsaid > 0) {
    output.warn(fmt::format("{} units are left out: nobody has said, or told us, who they are",
                            answered.unsaid));
  }
  return ExitCode::done;
}

}  // namespace

ExitCode export_units(const Output& output, const Doors& doors, const ExportCommand& command) {
  const auto config = find_config(output, doors);
  const auto object = command.nation.str();
  if (!config) {
    return report_error(output, kWhat, object, config.error(), Stage::configuring);
  }
  const auto client = doors.connect(config->connection);
  if (!client) {
    return report_error(output, kWhat, object, client.error(), Stage::asking);
  }
  const auto answered = [&] {
    const Progress progress(output,
                            fmt::format("asking the broker at {} for the units of {} …",
                                        config->connection.query_endpoint, command.nation.view()));
    return Asker(**client, command, output.common().timeout).ask();
  }();
  if (!answered) {
    return report_error(output, kWhat, object, answered.error(), stage_of(**client));
  }
  if (answered->units.empty()) {
    output.error(
        fmt::format("cannot export: {} - the broker knows no unit of it - see what there is "
                    "with 'muster force tree {}'",
                    command.nation.view(), command.nation.view()));
    return ExitCode::no_input;
  }
  return write(output, command, *answered);
}

}  // namespace muster::secretariat
