// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
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
  /// Errors: configuration for a folder without index.html or without what that asks for, as a
  /// page that is just being built, or beyond the bounds; io.
  static model::Result<WebFiles> load(const std::string& folder);

  /// The file at the segments of a path, an empty last one being index.html, or nothing when there
  /// is none. 304 when the asker has it.
  [[nodiscard]] std::optional<link::HttpResponse> find(const std::vector<std::string>& segments,
                                                       const link::HttpRequest& request) const;
  /// The same for a file that its builder named by its content, and for no other.
  [[nodiscard]] std::optional<link::HttpResponse> find_hashed(
      const std::vector<std::string>& segments, const link::HttpRequest& request) const;
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
  [[nodiscard]] model::Result<void> check_index(const std::string& folder) const;
  [[nodiscard]] const File* file_at(const std::vector<std::string>& segments) const;
  static link::HttpResponse response_of(const File& file, const link::HttpRequest& request);

  std::map<std::string, File, std::less<>> files_;  // "assets/app-1f2e3d4c.js"
  std::size_t bytes_ = 0;
};

/// The files that are served at this moment. Any thread.
class ServedWeb {
 public:
  explicit ServedWeb(WebFiles web);
  ServedWeb(const ServedWeb&) = delete;
  ServedWeb& operator=(const ServedWeb&) = delete;

  /// From now on these. Who has the page before may still load what belongs to it: the files that
  /// its builder named by their content.
  void replace(WebFiles web);
  [[nodiscard]] std::optional<link::HttpResponse> find(const std::vector<std::string>& segments,
                                                       const link::HttpRequest& request) const;

 private:
  mutable std::mutex mutex_;  // Guards the two below, which are never null.
  std::shared_ptr<const WebFiles> now_;
  std::shared_ptr<const WebFiles> before_ = std::make_shared<const WebFiles>();
};

/// Whether `If-None-Match` names this strong tag.
bool is_known(std::string_view if_none_match, std::string_view etag);

}  // namespace muster::gateway
