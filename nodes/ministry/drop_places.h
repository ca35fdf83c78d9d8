// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// Names inside a drop folder that its parts share.
namespace muster::ministry {

/// SHA-256 and reports of every accepted content, a line each.
inline constexpr std::string_view kRemembered = ".published";
/// A paper that waits in work/ to be put beside its file: ".NAME.receipt.json.paper". Hidden, so
/// that nobody takes it for a file that was claimed.
inline constexpr std::string_view kPaperEnd = ".paper";

}  // namespace muster::ministry
