// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/web_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "nodes/gateway/answers.h"

namespace muster::gateway {

using model::ErrorCode;
using model::fail;
using model::Result;
namespace fs = std::filesystem;

namespace {

struct Type {
  std::string_view extension, content_type;
};
constexpr std::array kTypes{Type{".html", "text/html; charset=utf-8"},
                            Type{".js", "text/javascript; charset=utf-8"},
                            Type{".mjs", "text/javascript; charset=utf-8"},
                            Type{".css", "text/css; charset=utf-8"},
                            Type{".json", "application/json"},
                            Type{".svg", "image/svg+xml"},
                            Type{".png", "image/png"},
                            Type{".ico", "image/x-icon"},
                            Type{".webp", "image/webp"},
                            Type{".woff2", "font/woff2"},
                            Type{".txt", "text/plain; charset=utf-8"},
                            Type{".webmanifest", "application/manifest+json"},
                            Type{".xlsx",
                                 "application/vnd.openxmlformats-officedocument."
                                 "spreadsheetml.sheet"}};

std::string content_type_of(std::string_view name) {
  for (const auto& [extension, type] : kTypes) {
    if (name.ends_with(extension)) {
      return std::string(type);
    }
  }
  return "application/octet-stream";
}

/// What the builder named by its content never changes: "assets/app-1f2e3d4c.js".
bool is_hashed(std::string_view name) {
  constexpr std::size_t kHashSize = 8;
  const auto dash = name.rfind('-', name.rfind('.') - 1);
  const auto dot = name.find('.', name.rfind('/') + 1);
  if (!name.starts_with("assets/") || dot == std::string_view::npos || dot < kHashSize + 1) {
    return false;
  }
  const auto hash = name.substr(dot - kHashSize, kHashSize);
  return dash != std::string_view::npos && name[dot - kHashSize - 1] == '-' &&
         std::all_of(hash.begin(), hash.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Whether one element of the list, without what stands behind ';', passes.
template <typename Passes>
bool any_element(std::string_view list, Passes passes) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    if (passes(trimmed(list.substr(0, end)))) {
      return true;
    }
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

bool is_accepted(std::string_view accept_encoding, std::string_view encoding) {
  return any_element(accept_encoding, [&](std::string_view element) {
    const auto mark = element.find(';');
    const auto name = trimmed(element.substr(0, mark));
    const auto weight =
        mark == std::string_view::npos ? std::string_view() : trimmed(element.substr(mark + 1));
    const bool is_never =
        weight.starts_with("q=0") && weight.find_first_of("123456789") == std::string_view::npos;
    return name == encoding && !is_never;
  });
}

Result<std::string> read_file(const fs::path& path, std::size_t bytes_max) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error || size > bytes_max) {
    return fail(
        error ? ErrorCode::io : ErrorCode::configuration,
        fmt::format("{}: {}", path.string(), error ? error.message() : "the page is too large"));
  }
  std::ifstream in(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in.good() && !in.eof()) {
    return fail(ErrorCode::io, fmt::format("{}: cannot be read", path.string()));
  }
  return text;
}

/// What a page loads at once, as names of files: "assets/app-1f2e3d4c.js" of
/// src="/assets/app-1f2e3d4c.js".
std::vector<std::string> assets_of(std::string_view html) {
  constexpr std::string_view kFolder = "assets/";
  std::vector<std::string> names;
  for (const std::string_view attribute : {" src=\"", " href=\""}) {
    for (auto at = html.find(attribute); at != std::string_view::npos;
         at = html.find(attribute, at)) {
      at += attribute.size();
      auto value = html.substr(at, html.find('"', at) - at);
      value.remove_prefix(value.starts_with("./") ? 2 : value.starts_with('/') ? 1 : 0);
      if (value.starts_with(kFolder)) {
        names.emplace_back(value.substr(0, value.find_first_of("?#")));
      }
    }
  }
  return names;
}

}  // namespace

bool is_known(std::string_view if_none_match, std::string_view etag) {
  return any_element(if_none_match, [&](std::string_view element) {
    // A proxy may have weakened it; the bytes are the same.
    return element == "*" || element == etag ||
           (element.starts_with("W/") && element.substr(2) == etag);
  });
}

Result<void> WebFiles::add(const std::string& name, std::string body) {
  bytes_ += body.size();
  const bool is_gzip = name.ends_with(".gz");
  const bool is_brotli = name.ends_with(".br");
  const auto plain = is_gzip || is_brotli ? name.substr(0, name.size() - 3) : name;
  auto& file = files_[plain];
  file.content_type = content_type_of(plain);
  file.is_immutable = is_hashed(plain);
  auto etag = etag_of(body);
  file.variants.push_back({is_brotli ? "br" : is_gzip ? "gzip" : "", std::move(body), etag});
  if (files_.size() > kFilesMax || bytes_ > kBytesMax) {
    return fail(ErrorCode::configuration,
                fmt::format("the page has more than {} files or {} bytes", kFilesMax, kBytesMax));
  }
  return {};
}

Result<WebFiles> WebFiles::load(const std::string& folder) {
  WebFiles web;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->symlink_status().type() != fs::file_type::regular) {
      continue;
    }
    MUSTER_TRY(auto body, read_file(it->path(), kBytesMax - web.bytes_));
    MUSTER_CHECK(web.add(it->path().lexically_relative(folder).generic_string(), std::move(body)));
  }
  if (error) {
    return fail(ErrorCode::io, fmt::format("{}: {}", folder, error.message()));
  }
  for (auto it = web.files_.begin(); it != web.files_.end();) {
    auto& variants = it->second.variants;
    std::sort(variants.begin(), variants.end(), [](const Variant& a, const Variant& b) {
      return std::pair(a.encoding.empty(), a.body.size()) <
             std::pair(b.encoding.empty(), b.body.size());
    });
    // What is there compressed alone is no file of the page.
    it = variants.back().encoding.empty() ? std::next(it) : web.files_.erase(it);
  }
  MUSTER_CHECK(web.check_index(folder));
  return web;
}

/// A folder that is being built anew has an index.html of one build and the files of another.
Result<void> WebFiles::check_index(const std::string& folder) const {
  const auto index = files_.find("index.html");
  if (index == files_.end()) {
    return fail(ErrorCode::configuration, fmt::format("{}: has no index.html", folder));
  }
  for (const auto& name : assets_of(index->second.variants.back().body)) {
    if (!files_.contains(name)) {
      return fail(ErrorCode::configuration,
                  fmt::format("{}: index.html asks for {}, which is not there: build the page "
                              "whole, with ops/board/make",
                              folder, name));
    }
  }
  return {};
}

const WebFiles::File* WebFiles::file_at(const std::vector<std::string>& segments) const {
  const std::string name = fmt::format("{}", fmt::join(segments, "/"));
  const auto found = files_.find(name.empty() ? "index.html" : name);
  return found == files_.end() ? nullptr : &found->second;
}

std::optional<link::HttpResponse> WebFiles::find(const std::vector<std::string>& segments,
                                                 const link::HttpRequest& request) const {
  const auto* file = file_at(segments);
  return file == nullptr ? std::nullopt : std::optional(response_of(*file, request));
}

std::optional<link::HttpResponse> WebFiles::find_hashed(const std::vector<std::string>& segments,
                                                        const link::HttpRequest& request) const {
  const auto* file = file_at(segments);
  return file == nullptr || !file->is_immutable ? std::nullopt
                                                : std::optional(response_of(*file, request));
}

link::HttpResponse WebFiles::response_of(const File& file, const link::HttpRequest& request) {
  const auto accepts = request.header("Accept-Encoding");
  const auto variant =
      std::find_if(file.variants.begin(), std::prev(file.variants.end()),
                   [&](const Variant& one) { return is_accepted(accepts, one.encoding); });
  link::HttpResponse response{.content_type = file.content_type, .body = {}};
  response.headers = {
      {"Cache-Control", file.is_immutable ? "public, max-age=31536000, immutable" : "no-cache"},
      {"ETag", variant->etag},
      {"Vary", "Accept-Encoding"}};
  if (is_known(request.header("If-None-Match"), variant->etag)) {
    response.status = 304;
    return response;
  }
  if (!variant->encoding.empty()) {
    response.headers.emplace_back("Content-Encoding", variant->encoding);
  }
  response.body = variant->body;
  return response;
}

ServedWeb::ServedWeb(WebFiles web) : now_(std::make_shared<const WebFiles>(std::move(web))) {}

void ServedWeb::replace(WebFiles web) {
  auto made = std::make_shared<const WebFiles>(std::move(web));
  const std::lock_guard lock(mutex_);
  before_ = std::exchange(now_, std::move(made));
}

std::optional<link::HttpResponse> ServedWeb::find(const std::vector<std::string>& segments,
                                                  const link::HttpRequest& request) const {
  std::shared_ptr<const WebFiles> now;
  std::shared_ptr<const WebFiles> before;
  {
    const std::lock_guard lock(mutex_);
    now = now_;
    before = before_;
  }
  auto file = now->find(segments, request);
  return file ? std::move(file) : before->find_hashed(segments, request);
}

}  // namespace muster::gateway
