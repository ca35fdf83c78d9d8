// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// Writes a file that nobody looks for yet: its bytes are on the disk, its name is only when
/// something else in its folder was synced.
model::Result<void> write_aside(const Path& path, std::string_view text);
/// The same for a file that a library wrote.
model::Result<void> sync_file(const Path& path);

/// Moves a file within one file system. Succeeds when it was moved before.
model::Result<void> move_file(const Path& from, const Path& to);
/// Several, in this order, with one sync for each folder.
model::Result<void> move_files(const std::vector<std::pair<Path, Path>>& moves);

/// Nothing stands there, for certain: an error while looking is no proof.
bool is_gone(const Path& path);

/// Succeeds when there is none.
model::Result<void> remove_file(const Path& path);

/// The same for several in one folder, in this order, with one sync.
model::Result<void> remove_files(const std::vector<Path>& paths);

/// Reads a regular file that nobody changes meanwhile. Memory: its size, looked at before.
/// Errors: malformed when the file is larger than `bytes_max`, or no regular file; unavailable when
/// it was changed while it was read: somebody still writes it.
model::Result<std::string> read_file(const Path& path, std::uint64_t bytes_max);
/// The file still holds exactly these bytes. Errors: io.
model::Result<bool> still_holds(const Path& path, std::string_view content);

}  // namespace muster::ministry
