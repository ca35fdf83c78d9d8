// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "schemas/model/result.h"

/// Files whose changes are on the disk when a call returns. Errors of all: io, naming the path and
/// the reason.
namespace muster::ministry {

using Path = std::filesystem::path;

/// Makes a folder and those above it.
model::Result<void> make_folder(const Path& folder);
/// The same, and proves that files can be made in it.
model::Result<void> make_writable_folder(const Path& folder);

/// Replaces the file at `path` by `text`, whole or not at all.
model::Result<void> write_file(const Path& path, std::string_view text);

/// Adds a line; what an earlier crash left without an end is not mixed with it.
model::Result<void> append_line(const Path& path, std::string_view line);

/// Moves a file within one file system. Succeeds when it was moved before.
model::Result<void> move_file(const Path& from, const Path& to);

/// Nothing stands there, for certain: an error while looking is no proof.
bool is_gone(const Path& path);

/// Succeeds when there is none.
model::Result<void> remove_file(const Path& path);

/// Errors: malformed when the file is larger than `bytes_max`.
model::Result<std::string> read_file(const Path& path, std::uint64_t bytes_max);

}  // namespace muster::ministry
