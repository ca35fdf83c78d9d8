// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/exit_code.h"

namespace muster::secretariat {

using model::ErrorCode;

ExitCode exit_code_of(ErrorCode code, Stage stage) {
  if (stage == Stage::configuring) {
    return ExitCode::bad_configuration;
  }
  switch (code) {
    case ErrorCode::malformed:
      return ExitCode::bad_input;
    case ErrorCode::not_found:
      return ExitCode::no_input;
    case ErrorCode::already_exists:
      return ExitCode::cannot_create;
    case ErrorCode::refused:
      return ExitCode::refused;
    case ErrorCode::unsupported:
      return ExitCode::unreachable;  // Such a broker is there, but not for us.
    case ErrorCode::unavailable:
      // An outbox or a broker that is busy frees itself; a broker that is away may not.
      return stage == Stage::asking ? ExitCode::unreachable : ExitCode::try_again;
    case ErrorCode::timed_out:
      return ExitCode::try_again;
    case ErrorCode::corrupt:
    case ErrorCode::io:
      return ExitCode::io_error;
    case ErrorCode::configuration:
      return ExitCode::bad_configuration;
  }
  return ExitCode::our_bug;
}

namespace {

std::string_view next_step_when_asking(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed:
      return "correct the question";
    case ErrorCode::not_found:
      return "see what there is with 'muster force strength', 'muster force tree NATION' and "
             "'muster operation list'";
    case ErrorCode::timed_out:
      return "allow more time with --timeout";
    case ErrorCode::configuration:
      return "correct the configuration";
    case ErrorCode::refused:
    case ErrorCode::unsupported:
    case ErrorCode::unavailable:
      return {};  // The client's own message ends with what to do.
    case ErrorCode::already_exists:
    case ErrorCode::corrupt:
    case ErrorCode::io:
      break;
  }
  return "look at the broker with 'muster server check'";
}

std::string_view next_step_when_keeping(ErrorCode code) {
  switch (code) {
    case ErrorCode::already_exists:
      return "it is not overwritten: name another";
    case ErrorCode::unavailable:
      return "or hand the report to the program that holds it: a drop folder publishes too";
    case ErrorCode::malformed:
      return "correct the file";
    case ErrorCode::unsupported:
      return "upgrade this program";
    case ErrorCode::corrupt:
      return "keep the folder for inspection and name a new one in the configuration";
    case ErrorCode::not_found:
    case ErrorCode::refused:
    case ErrorCode::timed_out:
    case ErrorCode::io:
    case ErrorCode::configuration:
      break;
  }
  return "check the folder, its owner and the free space";
}

}  // namespace

std::string_view next_step(ErrorCode code, Stage stage) {
  switch (stage) {
    case Stage::configuring:
      return "correct the file, or name another with --config";
    case Stage::keeping:
      return next_step_when_keeping(code);
    case Stage::asking:
    case Stage::answering:
      return next_step_when_asking(code);
  }
  return {};
}

}  // namespace muster::secretariat
