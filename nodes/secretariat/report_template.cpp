// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "nodes/desk/draft.h"
#include "nodes/desk/untold.h"
#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/progress.h"

namespace muster::secretariat {
namespace {

/// What a broker said of a nation's units.
struct KnownUnits {
  std::vector<desk::TemplateRow> rows;
  bool is_exercise = true;
};

/// Where the units are asked for.
struct Source {
  client::NodeConfig config;
  model::Nation nation;
};

/// The configuration, when there is one. A command that names one needs it to be good; else an
/// empty template is still of use.
model::Result<std::optional<client::NodeConfig>> config_if_any(const Output& output,
                                                               const Doors& doors) {
  auto config = find_config(output, doors);
  if (!config && named_config(output)) {
    return tl::unexpected(std::move(config).error());
  }
  if (!config) {
    output.note(fmt::format("no units can be filled in: {}\n", config.error().message));
    return std::nullopt;
  }
  return *std::move(config);
}

/// The tree knows who a unit is; what the unit itself was said to be is in its answer.
desk::TemplateRow row_of(const model::TreeNode& node) {
  desk::TemplateRow row;
  row.unit.unit = node.unit;
  row.unit.name = node.name;
  return row;
}

void fill(desk::TemplateRow& row, model::UnitAnswer answer) {
  for (const auto& statement : answer.statements) {
    if (const auto* unit = std::get_if<model::UnitStatement>(&statement)) {
      row.unit = *unit;
    }
  }
  row.statements = std::move(answer.statements);
}

template <typename Body>
model::Result<model::Answer> ask_for(client::QueryClient& client, const model::Query& query,
                                     std::chrono::milliseconds wait_max) {
  auto answer = client.ask(query, wait_max);
  if (answer && !std::holds_alternative<Body>(answer->body)) {
    return model::fail(model::ErrorCode::malformed, "the broker answered another question");
  }
  return answer;
}

/// Asks for the tree, then for each unit in it.
model::Result<KnownUnits> ask_units(const Output& output, const Doors& doors,
                                    const Source& source) {
  const auto wait_max = output.common().timeout;
  const Progress progress(output, fmt::format("waiting for the broker at {} …",
                                              source.config.connection.query_endpoint));
  MUSTER_TRY(const auto client, doors.connect(source.config.connection));
  MUSTER_TRY(const auto tree, ask_for<model::TreeAnswer>(
                                  *client, model::TreeQuery{.nation = source.nation}, wait_max));
  KnownUnits known{.rows = {}, .is_exercise = tree.header.realm == model::Realm::exercise};
  for (const auto& node : std::get<model::TreeAnswer>(tree.body).nodes) {
    known.rows.push_back(row_of(node));
    MUSTER_TRY(auto unit,
               ask_for<model::UnitAnswer>(*client, model::UnitQuery{.unit = node.unit}, wait_max));
    fill(known.rows.back(), std::get<model::UnitAnswer>(std::move(unit.body)));
  }
  return known;
}

/// Half of the units would look like all of them: when one cannot be had, none is filled in.
KnownUnits units_or_none(const Output& output, const Doors& doors, const Source& source) {
  auto known = ask_units(output, doors, source);
  if (!known) {
    output.note(fmt::format(
        "no units can be filled in: the broker at {} did not tell those of {}: {}\n",
        source.config.connection.query_endpoint, source.nation.view(), known.error().message));
    return {};
  }
  if (known->rows.empty()) {
    output.note(fmt::format("no units can be filled in: the broker knows none of {}\n",
                            source.nation.view()));
  }
  return *std::move(known);
}

void tell_result(const Output& output, const std::string& path, std::size_t units) {
  if (output.format() == Format::table || output.format() == Format::wide) {
    output.data(output.tell(units == 1
                                ? fmt::format("written: {} (1 unit filled in)\n", path)
                                : fmt::format("written: {} ({} units filled in)\n", path, units)));
    output.note(fmt::format(
        "fill it in, then check it with 'muster report validate {}' and send it with 'muster "
        "report publish {}'\n",
        path, path));
    return;
  }
  auto json = text::json_object();
  json.add("file", text::json_string(path));
  json.add("units", text::json_number(std::uint64_t{units}));
  Sheet sheet;
  sheet.columns = {{"file", "FILE"}, {"units", "UNITS", true}};
  sheet.rows.push_back({.cells = {cell(path), cell(std::to_string(units))}, .parent = {}});
  output.rows("ReportTemplate", sheet, {std::move(json)});
}

/// Reads the workbook back as `report publish` will.
desk::Draft draft_of(const std::string& path, const desk::TemplateRequest& request,
                     const std::optional<client::NodeConfig>& config, model::UtcTime now) {
  std::ifstream file(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  desk::DeskOptions options;
  options.nation = request.rows.front().unit.unit.nation();
  options.valid_at = now;
  if (config) {
    options.columns_toml = config->desk_columns;
    options.columns_path = config->desk_columns_path;
  }
  return desk::read_draft(path, content, options);
}

/// Published unchanged, a workbook must change nothing. What of a unit no cell can hold, such as
/// two spaces in its name, is said here, and not first when it is gone.
void warn_of_untold(const Output& output, const std::string& path, const desk::Draft& draft,
                    const std::vector<desk::TemplateRow>& rows) {
  constexpr std::size_t kUnitsTold = 5;
  std::map<std::string, std::string> fields;
  for (const auto& [unit, field] : desk::untold(rows, draft)) {
    auto& all = fields[unit.str()];
    all += (all.empty() ? "" : ", ") + field;
  }
  std::size_t told = 0;
  for (const auto& [unit, all] : fields) {
    if (++told <= kUnitsTold) {
      output.warn(
          fmt::format("{} cannot hold all that is known of {}: {} - publish that unit as "
                      "JSON, or it changes",
                      path, unit, all));
    }
  }
  if (told > kUnitsTold) {
    output.warn(fmt::format("likewise of units that are not named here: {}", told - kUnitsTold));
  }
  for (const auto& problem : draft.problems) {
    if (problem.weight == desk::Problem::Weight::refuse && problem.cell) {
      output.warn(fmt::format("{} has to be mended before it can be published: {}", path,
                              desk::describe(problem)));
      return;
    }
  }
}

model::Result<desk::ColumnBook> columns_of(const std::optional<client::NodeConfig>& config) {
  return config ? desk::ColumnBook::load(config->desk_columns, config->desk_columns_path)
                : desk::ColumnBook::load({}, {});
}

}  // namespace

ExitCode make_template(const Output& output, const Doors& doors, const TemplateCommand& command) {
  const auto what = "cannot make the template";
  const auto path =
      command.out.empty() ? fmt::format("{}.xlsx", desk::to_text(command.kind)) : command.out;
  const auto config = config_if_any(output, doors);
  if (!config) {
    return report_error(output, what, path, config.error(), Stage::configuring);
  }
  const auto columns = columns_of(*config);
  if (!columns) {
    return report_error(output, what, path, columns.error(), Stage::configuring);
  }
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {  // Said before anybody waits for a broker.
    return report_error(output, what, path,
                        {model::ErrorCode::already_exists, "it is there already"}, Stage::keeping);
  }
  auto known = *config
                   ? units_or_none(output, doors,
                                   {.config = **config,
                                    .nation = command.nation.value_or((*config)->node.publisher())})
                   : KnownUnits{};
  const desk::TemplateRequest request{.kind = command.kind,
                                      .language = output.words().language(),
                                      .node = *config ? (*config)->node.str() : "",
                                      .is_exercise = known.is_exercise,
                                      .has_all_columns = command.has_all_columns,
                                      .rows = std::move(known.rows)};
  if (const auto written = desk::write_template(path, request, *columns); !written) {
    return report_error(output, what, path, written.error(), Stage::keeping);
  }
  tell_result(output, path, request.rows.size());
  if (!request.rows.empty()) {
    warn_of_untold(output, path, draft_of(path, request, *config, doors.now()), request.rows);
  }
  return ExitCode::done;
}

}  // namespace muster::secretariat
