// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/zip_parts.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace muster::desk {
namespace {

using model::ErrorCode;
using model::Result;

constexpr zip_int64_t kPartsMax = 4096;
constexpr std::size_t kPieceBytes = 65'536;
// The names of parts are the same whatever their case: 1C writes "SharedStrings.xml" and means
// "sharedStrings.xml".
constexpr zip_flags_t kAnyCase = ZIP_FL_ENC_RAW | ZIP_FL_NOCASE;

using Take = std::function<Result<void>(std::string_view)>;

Result<void> protected_file() {
  return model::fail(ErrorCode::malformed,
                     "the file is protected by a password, or is an old .xls: save it as .xlsx "
                     "without a password");
}

Result<void> damaged() {
  return model::fail(ErrorCode::malformed,
                     "the file is damaged or was not copied whole: copy it again, or save it again "
                     "as .xlsx or .ods");
}

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Result<void> read_part(zip_t* archive, zip_uint64_t index, const Take& take) {
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive, index, 0));
  if (!file) {
    const int why = zip_error_code_zip(zip_get_error(archive));
    const bool is_locked = why == ZIP_ER_NOPASSWD || why == ZIP_ER_ENCRNOTSUPP;
    return is_locked ? protected_file() : damaged();
  }
  std::array<char, kPieceBytes> piece;
  while (true) {
    const zip_int64_t size = zip_fread(file.get(), piece.data(), piece.size());
    if (size < 0) {
      return damaged();
    }
    if (size == 0) {
      return {};
    }
    MUSTER_CHECK(take({piece.data(), static_cast<std::size_t>(size)}));
  }
}

/// Finds words in a stream, also where they lie across two pieces.
class Watch {
 public:
  bool meets(std::string_view piece) {
    constexpr std::string_view kDocumentType = "<!DOCTYPE";
    constexpr std::string_view kEntity = "<!ENTITY";
    kept_.append(piece.substr(0, kDocumentType.size()));
    const bool found = holds(kept_, kDocumentType) || holds(kept_, kEntity) ||
                       holds(piece, kDocumentType) || holds(piece, kEntity);
    const std::size_t tail = std::min(piece.size(), kDocumentType.size());
    kept_.assign(piece.substr(piece.size() - tail));
    return found;
  }

 private:
  static bool holds(std::string_view text, std::string_view word) {
    return text.find(word) != std::string_view::npos;
  }
  std::string kept_;
};

/// Inflates everything once.
Result<void> weigh(zip_t* archive, zip_uint64_t parts, const WorkbookLimits& limits) {
  std::uint64_t total = 0;
  for (zip_uint64_t index = 0; index < parts; ++index) {
    const char* const raw_name = zip_get_name(archive, index, ZIP_FL_ENC_RAW);
    const std::string_view name = raw_name != nullptr ? raw_name : "";
    const bool is_xml = name.ends_with(".xml") || name.ends_with(".rels");
    Watch watch;
    MUSTER_CHECK(read_part(archive, index, [&](std::string_view piece) -> Result<void> {
      total += piece.size();
      if (total > limits.unzipped_bytes) {
        return model::fail(ErrorCode::malformed,
                           fmt::format("the file unpacks to more than {} MiB: it is not read; "
                                       "delete what is not needed, or split it",
                                       limits.unzipped_bytes >> 20));
      }
      if (is_xml && watch.meets(piece)) {
        return model::fail(ErrorCode::malformed,
                           "the file declares a document type or an entity, which no spreadsheet "
                           "needs: save it again with a spreadsheet program");
      }
      return {};
    }));
  }
  return {};
}

Result<void> check_beginning(std::string_view content) {
  if (content.starts_with("\xD0\xCF\x11\xE0")) {
    return protected_file();
  }
  if (!content.starts_with("PK\x03\x04")) {
    return model::fail(ErrorCode::malformed,
                       "the file is no .xlsx or .ods, whatever its name says: open it with a "
                       "spreadsheet program and save it as .xlsx");
  }
  return {};
}

}  // namespace

void ZipParts::Close::operator()(struct zip* archive) const { zip_discard(archive); }

Result<ZipParts> ZipParts::open(std::string_view content, const WorkbookLimits& limits) {
  MUSTER_CHECK(check_beginning(content));
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source = zip_source_buffer_create(content.data(), content.size(), 0, &error);
  ZipParts parts;
  parts.archive_.reset(source != nullptr ? zip_open_from_source(source, ZIP_RDONLY, &error)
                                         : nullptr);
  zip_error_fini(&error);
  if (!parts.archive_) {
    if (source != nullptr) {
      zip_source_free(source);
    }
    MUSTER_CHECK(damaged());
  }
  const zip_int64_t count = zip_get_num_entries(parts.archive_.get(), 0);
  if (count < 0 || count > kPartsMax) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("the file has {} parts; a spreadsheet has at most {}: save it "
                                   "again with a spreadsheet program",
                                   count, kPartsMax));
  }
  MUSTER_CHECK(weigh(parts.archive_.get(), static_cast<zip_uint64_t>(count), limits));
  return parts;
}

bool ZipParts::has(std::string_view name) const {
  return zip_name_locate(archive_.get(), std::string(name).c_str(), kAnyCase) >= 0;
}

std::uint64_t ZipParts::bytes_of(std::string_view name) const {
  zip_stat_t stat;
  zip_stat_init(&stat);
  const bool is_known = zip_stat(archive_.get(), std::string(name).c_str(), kAnyCase, &stat) == 0;
  return is_known && (stat.valid & ZIP_STAT_SIZE) != 0 ? stat.size : 0;
}

Result<void> ZipParts::read(std::string_view name, const Take& take) const {
  const zip_int64_t index = zip_name_locate(archive_.get(), std::string(name).c_str(), kAnyCase);
  if (index < 0) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("the file has no part {}: it is another kind of file, or is "
                                   "damaged; save it again as .xlsx or .ods",
                                   name));
  }
  return read_part(archive_.get(), static_cast<zip_uint64_t>(index), take);
}

}  // namespace muster::desk
