// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "nodes/secretariat/exit_code.h"
#include "schemas/model/report.h"

/// The commands under `muster operation` that say something: `create`, `decide` and `template`.
/// Those that ask stand elsewhere.
namespace muster::asking {
class ValueReader;
}

namespace muster::secretariat {

class Output;
struct Doors;
struct RawArguments;

/// What was written behind these commands, before anything is checked: a part of RawArguments.
struct RawOperationChange {
  std::string file, operation;  ///< FILE of `create`, OP of `decide`.
  // One act of `decide`.
  std::string to, authorise, commander, decline, approve_caveat, waive, extend, return_home;
  std::vector<std::string> acknowledge, accept;
  // About it.
  std::string body, from_state, reference, id, at, classification = "unclassified";
  std::vector<std::string> releasable_to;
  bool dry_run = false;
  std::string format = "toml";  ///< Of `template`.
};

/// `muster operation create FILE`.
struct CreateOperation {
  std::string file;
  std::optional<model::UtcTime> valid_at;  ///< When it is true; absent: now.
  bool dry_run = false;
  std::chrono::milliseconds wait{10'000};
};
/// `muster operation decide OP …`.
struct DecideOperation {
  model::Code operation;
  /// One, or one for each contribution. Without what is asked of the broker (from_state) and of the
  /// clock: decision_id and decided_at are filled when they are recorded.
  std::vector<model::DecisionStatement> decisions;
  std::optional<model::Code> id;             ///< Of the only decision; absent: one is made.
  std::optional<model::UtcTime> decided_at;  ///< Absent: now.
  model::Classification classification = model::Classification::unclassified;
  /// Beside the secretariat; absent: all nations, for they carry it out.
  std::optional<std::vector<model::Nation>> releasable_to;
  bool dry_run = false;
  std::chrono::milliseconds wait{10'000};
};
/// `muster operation template`.
struct OperationTemplate {
  bool is_json = false;
};
struct OperationChange {
  std::variant<CreateOperation, DecideOperation, OperationTemplate> what;
};

/// Reads the arguments of "operation create", "operation decide" and "operation template": `name`
/// is one of them. What is wrong goes to `values`: no act or more than one, an act without its
/// body, a decline without its reason.
OperationChange read_operation_change(const std::string& name, const RawArguments& raw,
                                      asking::ValueReader& values);

/// Runs the command. 65 when the file or the broker refuses it, with each finding in words; other
/// exit codes as of `report publish`.
ExitCode change_operation(const Output& output, const Doors& doors, const OperationChange& change);

}  // namespace muster::secretariat
