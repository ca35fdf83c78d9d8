// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "nodes/desk/interchange.h"
#include "nodes/desk/template.h"
#include "schemas/model/ids.h"
#include "schemas/model/time.h"

/// `muster report …` and `muster force export`, as values.
namespace muster::secretariat {

/// How far a publication goes.
enum class DryRun : std::uint8_t {
  none,    ///< It is published.
  client,  ///< Everything that needs no broker is checked; nothing is sent.
  server,  ///< The broker decides, keeps nothing, and says what it would have changed.
};

/// How files are read; what is absent comes from [desk] of the configuration.
struct DeskArguments {
  std::optional<model::UtcTime> valid_at;
  std::string columns;             ///< File of own headings.
  bool accept_valid_rows = false;
};

/// `muster report publish FILE… [--dry-run=client|server] [--yes] [--accept-valid-rows]`.
struct PublishCommand {
  std::vector<std::string> files;
  std::chrono::milliseconds wait{10'000};
  DryRun dry_run = DryRun::none;
  bool is_confirmed = false;  ///< --yes: do not ask, even on a terminal.
  DeskArguments desk{};
  bool is_marked = false;     ///< --mark: write a marked copy beside each spreadsheet that is refused.
};
struct ValidateCommand {
  std::vector<std::string> files;
  DeskArguments desk{};
  bool is_marked = false;
};
/// `muster report template --kind strength [--out FILE] [--all-columns]`.
struct TemplateCommand {
  desk::TemplateKind kind = desk::TemplateKind::strength;
  std::string out;                       ///< "strength.xlsx" when not given.
  std::optional<model::Nation> nation;   ///< Else the node's own.
  bool has_all_columns = false;          ///< --all-columns: rare ones too.
};
/// `muster report import FILE --format msdl|c2sim|orbat-mapper --nation KAZ [--side NAME]…
/// [--valid-at T] [--draft FILE]`: shows what was met; with --draft the reports are kept as JSON.
struct ImportCommand {
  std::string file;
  desk::OrbatFormat format = desk::OrbatFormat::msdl;
  std::optional<model::Nation> nation;  ///< Else the node's own.
  std::vector<std::string> sides;
  std::optional<model::UtcTime> valid_at;
  std::string draft;  ///< File; of several reports the second is FILE.2.json, and so on.
};
/// `muster force export KAZ --format orbat-mapper|msdl [--out FILE]`: stdout when there is none.
struct ExportCommand {
  model::Nation nation;
  desk::OrbatFormat format = desk::OrbatFormat::orbat_mapper;
  std::string out;
  std::optional<model::UtcTime> as_of, known_at;
};

}  // namespace muster::secretariat
