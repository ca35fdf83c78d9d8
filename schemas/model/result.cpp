// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/result.h"

namespace muster::model {

std::string_view to_text(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed:
      return "malformed";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::not_found:
      return "not found";
    case ErrorCode::already_exists:
      return "already exists";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::timed_out:
      return "timed out";
    case ErrorCode::corrupt:
      return "corrupt";
    case ErrorCode::io:
      return "input/output error";
    case ErrorCode::configuration:
      return "configuration";
  }
  return "unknown";
}

}  // namespace muster::model
