// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "schemas/model/result.h"

namespace muster::secretariat {

/// How the program ends. A contract with scripts: never renumber.
enum class ExitCode : std::uint8_t {
  done = 0,
  /// A proof does not hold, a line of a requirement is not met, or a person did not say yes.
  answered_no = 1,
  partial = 3,      ///< Answered, but nations it rests on are missing or stale.
  usage = 64,
  bad_input = 65,  ///< A file or a report was refused.
  no_input = 66,   ///< No such file, unit, nation or operation.
  unreachable = 69,
  our_bug = 70,
  cannot_create = 73,
  io_error = 74,
  try_again = 75,
  refused = 77,
  bad_configuration = 78,
};

/// What the program was doing when it failed: the same error asks for different things.
/// `answering`: the broker is there, and it is the broker that says so.
enum class Stage : std::uint8_t { configuring, keeping, asking, answering };

/// The one place where an error becomes an exit code.
ExitCode exit_code_of(model::ErrorCode code, Stage stage);

/// What to do next, as the last part of a message. Empty when the error itself says so.
std::string_view next_step(model::ErrorCode code, Stage stage);

}  // namespace muster::secretariat
