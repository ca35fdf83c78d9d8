// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/xlsx_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace muster::desk {

using model::ErrorCode;
using model::Result;

namespace {

model::Error cannot_write(const std::string& path, std::string_view reason) {
  return {ErrorCode::io, fmt::format("{} cannot be written: {}", path, reason)};
}

model::Error is_there(const std::string& path) {
  return {ErrorCode::already_exists,
          fmt::format("{} is there already, and it is not replaced", path)};
}

/// Beside `path`, so that a rename suffices; hidden and ending in ".tmp", so that a drop folder
/// passes it over; short, so that no name is too long for it.
std::string part_name(const std::string& path) {
  static std::atomic<unsigned> number{0};
  const auto folder = std::filesystem::path(path).parent_path();
  return (folder / fmt::format(".muster-{}-{}.tmp", ::getpid(), number++)).string();
}

bool sync(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) {
    return false;
  }
  const bool is_synced = ::fsync(file) == 0;
  return ::close(file) == 0 && is_synced;
}

/// Gives `part` the name `path` unless something has it. Some file systems know the first way
/// alone, some the second.
bool name_new(const std::string& part, const std::string& path) {
  if (::renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0) {
    return true;
  }
  if (errno != EINVAL && errno != ENOSYS) {
    return false;
  }
  return ::link(part.c_str(), path.c_str()) == 0 && ::unlink(part.c_str()) == 0;
}

}  // namespace

XlsxFile::XlsxFile(std::string path, std::string part, IfThere if_there, bool is_big)
    : path_(std::move(path)), part_(std::move(part)), if_there_(if_there) {
  lxw_workbook_options options{
      .constant_memory = static_cast<std::uint8_t>(is_big), .tmpdir = nullptr, .use_zip64 = 0};
  book_.reset(workbook_new_opt(part_.c_str(), &options));
}

XlsxFile::XlsxFile(XlsxFile&& other) noexcept
    : path_(std::move(other.path_)),
      part_(std::exchange(other.part_, {})),
      if_there_(other.if_there_),
      book_(std::move(other.book_)) {}

XlsxFile::~XlsxFile() {
  if (!part_.empty()) {
    ::unlink(part_.c_str());
  }
}

Result<XlsxFile> XlsxFile::create(std::string path, IfThere if_there, bool is_big) {
  std::error_code ignored;
  if (if_there == IfThere::fail && std::filesystem::exists(path, ignored)) {
    return tl::unexpected(is_there(path));
  }
  auto part = part_name(path);
  // Made here and not by the library, which tells its errors to the terminal.
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) {
    return tl::unexpected(cannot_write(path, std::strerror(errno)));
  }
  ::close(file);
  XlsxFile made(std::move(path), std::move(part), if_there, is_big);
  if (made.book() == nullptr) {
    return tl::unexpected(cannot_write(made.path_, "there is not enough memory"));
  }
  return made;
}

std::string XlsxFile::sheet_name(std::string_view wanted) const {
  constexpr std::size_t kNameMax = 31;
  auto name = fit_text(wanted, kNameMax);
  std::replace_if(
      name.begin(), name.end(),
      [](char letter) { return std::string_view("[]:*?/\\'").find(letter) != std::string::npos; },
      '_');
  if (name.empty()) {
    name = "1";
  }
  std::string free = name;
  for (int number = 2; workbook_get_worksheet_by_name(book(), free.c_str()) != nullptr; ++number) {
    const auto end = fmt::format(" ({})", number);
    free = fit_text(name, kNameMax - end.size()) + end;
  }
  return free;
}

lxw_worksheet* XlsxFile::add_sheet(const std::string& name) {
  return workbook_add_worksheet(book(), name.c_str());
}

Result<void> XlsxFile::finish() {
  errno = 0;
  const auto error = workbook_close(book_.release());  // Frees it, whatever comes of it.
  if (error != LXW_NO_ERROR) {
    return tl::unexpected(cannot_write(
        path_, errno != 0 ? std::strerror(errno) : static_cast<const char*>(lxw_strerror(error))));
  }
  return settle();
}

Result<void> XlsxFile::settle() {
  if (!sync(part_, O_WRONLY)) {
    return tl::unexpected(cannot_write(path_, std::strerror(errno)));
  }
  const bool is_named = if_there_ == IfThere::fail ? name_new(part_, path_)
                                                   : std::rename(part_.c_str(), path_.c_str()) == 0;
  if (!is_named) {
    return tl::unexpected(errno == EEXIST ? is_there(path_)
                                          : cannot_write(path_, std::strerror(errno)));
  }
  part_.clear();
  const auto folder = std::filesystem::path(path_).parent_path();
  // The file stands whole; only a power cut could now take its name away again.
  static_cast<void>(sync(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY));
  return {};
}

// ---- texts --------------------------------------------------------------------------------------

namespace {

/// Bytes of the character that begins `text`, or 0 for what is no character that XML may hold.
std::size_t character_bytes(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) {
    return lead >= 0x20 || lead == '\n' || lead == '\t' ? 1 : 0;
  }
  const std::size_t bytes = lead >= 0xF5   ? 0
                            : lead >= 0xF0 ? 4
                            : lead >= 0xE0 ? 3
                            : lead >= 0xC2 ? 2
                                           : 0;
  if (bytes == 0 || text.size() < bytes) {
    return 0;
  }
  std::uint32_t code = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80U) {
      return 0;
    }
    code = (code << 6U) | (next & 0x3FU);
  }
  const bool is_too_long = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
  const bool is_forbidden =
      (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF || code == 0xFFFE || code == 0xFFFF;
  return is_too_long || is_forbidden ? 0 : bytes;
}

}  // namespace

std::string fit_text(std::string_view text, std::size_t most) {
  std::string clean;
  clean.reserve(std::min(text.size(), most * 2));
  // Characters beyond the first 65,536 take two places of those that spreadsheets count.
  for (std::size_t places = 0; !text.empty();) {
    const auto bytes = character_bytes(text);
    places += bytes == 4 ? 2 : 1;
    if (places > most) {
      break;
    }
    clean += bytes == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, bytes);
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  return clean;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

std::size_t word_width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = std::min(text.find_first_of(" \n", start), text.size());
    width = std::max(width, width_of(text.substr(start, end - start)));
    start = end + 1;
  }
  return width;
}

std::size_t lines_of(std::string_view text, double width) {
  const auto fits = std::max<std::size_t>(static_cast<std::size_t>(width * 0.88), 1);
  return std::max<std::size_t>((width_of(text) + fits - 1) / fits, 1);
}

double serial_of(model::UtcTime time) {
  constexpr double kMicrosADay = 86'400e6;
  constexpr double kDaysBefore1970 = 25'569;
  return static_cast<double>(model::to_micros(time)) / kMicrosADay + kDaysBefore1970;
}

void write_comment(lxw_worksheet* sheet, CellPlace place, const std::string& text) {
  constexpr std::size_t kLineCharacters = 52;  // In a box of this width and font.
  constexpr std::size_t kLinesMax = 30;
  constexpr std::size_t kLinePixels = 15;
  static std::string author = "Muster";
  std::size_t lines = 1;
  for (std::size_t start = 0; start <= text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    lines += width_of(std::string_view(text).substr(start, end - start)) / kLineCharacters + 1;
    start = end + 1;
  }
  lxw_comment_options options{};
  options.author = author.data();
  options.width = 320;
  options.height = static_cast<std::uint16_t>(std::min(lines, kLinesMax) * kLinePixels + 10);
  options.font_size = 9;
  worksheet_write_comment_opt(sheet, place.row, static_cast<lxw_col_t>(place.column),
                              fit_text(text, 8'000).c_str(), &options);
}

}  // namespace muster::desk
