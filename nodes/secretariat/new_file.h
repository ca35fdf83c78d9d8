// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "schemas/model/result.h"

namespace muster::secretariat {

/// Makes the file at `path`; a file is never replaced, and none is left half written.
/// Errors: already_exists; io, telling why.
model::Result<void> write_new_file(const std::string& path, std::string_view text);

}  // namespace muster::secretariat
