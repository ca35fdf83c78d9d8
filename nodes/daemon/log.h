// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// Lines on standard error: "2024-05-01T06:00:00.000Z level=info event=kept file=x.json". Fields
/// only, never strengths and never a secret. Any thread.
namespace muster::daemon {

void log_info(std::string_view fields);
void log_warning(std::string_view fields);
void log_error(std::string_view fields);

}  // namespace muster::daemon
