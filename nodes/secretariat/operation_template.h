// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace muster::secretariat {

/// A file for `operation create`, of a fictional operation, every key explained. A line that begins
/// with '#' and a key, without a space between them, is a key that may be left out.
std::string_view operation_template_toml();

/// The same operation as JSON, which has no place for comments.
std::string operation_template_json();

}  // namespace muster::secretariat
