// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/report_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "nodes/desk/columns.h"
#include "nodes/desk/read_workbook.h"
#include "nodes/desk/template.h"
#include "nodes/secretariat/progress.h"

namespace muster::secretariat {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunk = std::size_t{1} << 20U;
constexpr std::size_t kColumnsBytesMax = 1024UL * 1024;

/// An open file. Closed when it ends.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

/// Reads until the end or beyond `bytes_max`; nothing when the disk refuses.
std::optional<std::string> read_all(int descriptor, std::size_t bytes_max) {
  std::string text;
  for (std::size_t size = 0; size <= bytes_max;) {
    text.resize(size + kChunk);
    const auto read = ::read(descriptor, text.data() + size, kChunk);
    if (read < 0 && errno != EINTR) {
      return std::nullopt;
    }
    size += static_cast<std::size_t>(std::max<::ssize_t>(read, 0));
    text.resize(size);
    if (read == 0) {
      break;
    }
  }
  return text;
}

bool is_same(const struct ::stat& before, const struct ::stat& after) {
  return before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
         before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
}

/// What the reader is told about the kind of a file. JSON needs no name that says so.
std::string name_for_reader(const std::string& path, const std::string& text) {
  const auto name = fs::path(path).filename().string();
  const auto first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool is_json = first == std::string::npos || text[first] == '{' || text[first] == '[';
  return !desk::file_kind_of(name) && is_json ? name + ".json" : name;
}

std::size_t bytes_max_of(const std::string& path) {
  const auto kind = desk::file_kind_of(path);
  return !kind || *kind == desk::FileKind::json ? text::kJsonBytesMax
                                                : desk::WorkbookLimits{}.file_bytes;
}

/// The configuration holds the text; --columns names a file that is still to be read.
model::Result<void> take_columns(const DeskArguments& arguments, desk::DeskOptions& options) {
  if (!arguments.columns.empty()) {
    std::string why_not;
    auto text = read_file_text(arguments.columns, why_not, kColumnsBytesMax);
    if (!text) {
      return model::fail(model::ErrorCode::configuration,
                         fmt::format("--columns {}: {}", arguments.columns, why_not));
    }
    options.columns_toml = *std::move(text);
    options.columns_path = arguments.columns;
  }
  if (options.columns_toml.empty()) {
    return {};
  }
  if (const auto book = desk::ColumnBook::load(options.columns_toml, options.columns_path); !book) {
    return tl::unexpected(book.error());
  }
  return {};
}

}  // namespace

std::optional<std::string> read_file_text(const std::string& path, std::string& why_not,
                                          std::size_t bytes_max) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    why_not = "is a folder";
    return std::nullopt;
  }
  const Descriptor file(path);
  struct ::stat before {};
  struct ::stat after {};
  if (file.number() < 0 || ::fstat(file.number(), &before) != 0) {
    why_not = std::strerror(errno);
    return std::nullopt;
  }
  auto text = read_all(file.number(), bytes_max);
  if (!text || ::fstat(file.number(), &after) != 0) {
    why_not = std::strerror(errno);
    return std::nullopt;
  }
  if (!is_same(before, after)) {
    why_not = "it changed while it was read: wait until it is whole";
    return std::nullopt;
  }
  return text;
}

model::Result<desk::DeskOptions> desk_options_of(const DeskArguments& arguments,
                                                 const client::NodeConfig* config) {
  desk::DeskOptions options;
  if (config != nullptr) {
    options.nation = config->node.publisher();
    options.classification = config->classification;
    options.releasable_to = config->releasable_to;
    options.columns_toml = config->desk_columns;
    options.columns_path = config->desk_columns_path;
    options.person_key = config->person_key;
  }
  options.valid_at = arguments.valid_at;
  options.accept_valid_rows = arguments.accept_valid_rows;
  MUSTER_CHECK(take_columns(arguments, options));
  return options;
}

ReportFile read_report_file(const std::string& path, const desk::DeskOptions& options) {
  ReportFile file{.path = path, .unreadable = {}, .draft = {}};
  const auto text = read_file_text(path, file.unreadable, bytes_max_of(path));
  if (text) {
    file.draft = desk::read_draft(name_for_reader(path, *text), *text, options);
  }
  return file;
}

std::vector<ReportFile> read_report_files(const Output& output,
                                          const std::vector<std::string>& paths,
                                          const desk::DeskOptions& options) {
  std::vector<ReportFile> files;
  for (const auto& path : paths) {
    Progress progress(output, fmt::format("reading {}", fs::path(path).filename().string()));
    auto with_progress = options;
    with_progress.progress = [&](double done) { progress.share(done); };
    files.push_back(read_report_file(path, with_progress));
  }
  return files;
}

std::string marked_path(const std::string& path) {
  return fs::path(path).replace_extension(".marked.xlsx").string();
}

void mark(const Output& output, const ReportFile& file,
          const std::vector<desk::Problem>& problems) {
  if (!file.draft.workbook || problems.empty()) {
    return;
  }
  const auto path = marked_path(file.path);
  const auto written =
      desk::write_marked_copy(path, *file.draft.workbook, problems, output.words().language());
  if (!written) {
    output.error(
        fmt::format("cannot write the marked copy: {} - {}", path, written.error().message));
    return;
  }
  output.note(fmt::format("muster: {}: the wrong cells are marked in {}\n", file.path, path));
}

}  // namespace muster::secretariat
