// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/link/http.h"
#include "schemas/model/result.h"

/// The files of the page, in memory: what is not in the folder when it is read cannot be asked for,
/// however an address is written.
namespace muster::gateway {

class WebFiles {
 public:
  static constexpr std::size_t kFilesMax = 2'000;
  static constexpr std::size_t kBytesMax = 64U << 20U;

  WebFiles() = default;
  /// Takes regular files; symbolic links are left out. A.gz and A.br beside A are A, compressed.
  /// Errors: configuration for a folder without index.html, or beyond the bounds; io.
  static model::Result<WebFiles> load(const std::string& folder);

  /// The file at the segments of a path, an empty last one being index.html, or nothing when there
  /// is none. 304 when the asker has it.
  [[nodiscard]] std::optional<link::HttpResponse> find(const std::vector<std::string>& segments,
                                                       const link::HttpRequest& request) const;
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  struct Variant {
    std::string encoding;  // Empty, "gzip" or "br".
    std::string body, etag;
  };
  struct File {
    std::string content_type;
    bool is_immutable = false;
    std::vector<Variant> variants;  // The smallest first, the plain one last.
  };
  model::Result<void> add(const std::string& name, std::string body);

  std::map<std::string, File, std::less<>> files_;  // "assets/app-1f2e3d4c.js"
  std::size_t bytes_ = 0;
};

/// Whether `If-None-Match` names this strong tag.
bool is_known(std::string_view if_none_match, std::string_view etag);

}  // namespace muster::gateway
