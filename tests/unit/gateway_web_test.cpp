// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/web_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/gateway_rig.h"

namespace muster::gateway {
namespace {

using rig::header_of;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class Web : public testing::Test {
 protected:
  Web() {
    std::string pattern = (fs::temp_directory_path() / "muster-web-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    fs::create_directories(root_ / "board/assets");
  }
  ~Web() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] WebFiles load() const {
    const auto loaded = WebFiles::load((root_ / "board").string());
    EXPECT_TRUE(loaded) << loaded.error().message;
    return loaded.value_or(WebFiles{});
  }
  static std::optional<link::HttpResponse> get(const WebFiles& web,
                                               std::vector<std::string> segments,
                                               link::HttpHeaders headers = {}) {
    link::HttpRequest request;
    request.headers = std::move(headers);
    return web.find(segments, request);
  }
  fs::path root_;
};

TEST_F(Web, IsServedWithItsTypesAndAges) {
  write("board/index.html", "<html>");
  write("board/icon.svg", "<svg>");
  write("board/assets/app-1f2E_d4-.js", "js");
  write("board/assets/plain.js", "plain");
  write("board/notes.unknown", "?");
  const auto web = load();

  const auto index = get(web, {""});
  ASSERT_TRUE(index);
  EXPECT_EQ(index->body, "<html>");
  EXPECT_EQ(index->content_type, "text/html; charset=utf-8");
  EXPECT_EQ(header_of(*index, "Cache-Control"), "no-cache");
  EXPECT_EQ(get(web, {"index.html"})->body, "<html>");
  EXPECT_EQ(get(web, {"icon.svg"})->content_type, "image/svg+xml");
  EXPECT_EQ(get(web, {"notes.unknown"})->content_type, "application/octet-stream");
  const auto hashed = get(web, {"assets", "app-1f2E_d4-.js"});
  EXPECT_EQ(hashed->content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(header_of(*hashed, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header_of(*get(web, {"assets", "plain.js"}), "Cache-Control"), "no-cache");
}

TEST_F(Web, IsServedCompressedToWhoTakesIt) {
  write("board/index.html", "<html>");
  write("board/assets/a.js", "plain text of a script");
  write("board/assets/a.js.gz", "gzip bytes");
  write("board/assets/a.js.br", "br bytes");
  const auto web = load();
  const auto encoding = [&](const char* accepts) {
    const auto told = get(web, {"assets", "a.js"}, {{"Accept-Encoding", accepts}});
    EXPECT_EQ(told->content_type, "text/javascript; charset=utf-8");
    EXPECT_EQ(header_of(*told, "Vary"), "Accept-Encoding");
    return header_of(*told, "Content-Encoding") + ":" + told->body;
  };

  EXPECT_EQ(encoding("gzip, deflate, br"), "br:br bytes");
  EXPECT_EQ(encoding("gzip;q=0.8 , br;q=0"), "gzip:gzip bytes");
  EXPECT_EQ(encoding("br;q=0.0, gzip;q=0"), ":plain text of a script");
  EXPECT_EQ(encoding("identity"), ":plain text of a script");
  EXPECT_EQ(encoding(""), ":plain text of a script");
  EXPECT_NE(header_of(*get(web, {"assets", "a.js"}, {{"Accept-Encoding", "br"}}), "ETag"),
            header_of(*get(web, {"assets", "a.js"}), "ETag"));
  EXPECT_FALSE(get(web, {"assets", "a.js.gz"})) << "it is no file of its own";
}

TEST_F(Web, IsNotSentAgainToWhoHasIt) {
  write("board/index.html", "<html>");
  const auto web = load();
  const auto etag = header_of(*get(web, {""}), "ETag");

  for (const auto& known : {etag, "\"x\", " + etag, "W/" + etag, std::string("*")}) {
    const auto told = get(web, {""}, {{"If-None-Match", known}});
    EXPECT_EQ(told->status, 304) << known;
    EXPECT_EQ(told->body, "");
  }
  EXPECT_EQ(get(web, {""}, {{"If-None-Match", "\"x\""}})->status, 200);
}

TEST_F(Web, HoldsNothingFromOutsideItsFolder) {
  write("secret", "secret");
  write("board/index.html", "<html>");
  fs::create_symlink(root_ / "secret", root_ / "board/link");
  fs::create_directory_symlink(root_, root_ / "board/up");
  const auto web = load();

  EXPECT_EQ(web.size(), 1U);
  for (const auto& segments : {std::vector<std::string>{"link"},
                               {"up", "secret"},
                               {"..", "secret"},
                               {"../secret"},
                               {"", "index.html"},
                               {root_.string(), "secret"},
                               {"assets"},
                               {"assets", ""}}) {
    EXPECT_FALSE(get(web, segments)) << segments.front();
  }
}

TEST_F(Web, MustHaveAPage) {
  const auto empty = WebFiles::load((root_ / "board").string());
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, model::ErrorCode::configuration);
  EXPECT_EQ(empty.error().message, (root_ / "board").string() + ": has no index.html");
  EXPECT_FALSE(WebFiles::load((root_ / "missing").string()));
}

TEST_F(Web, IsNotTakenWhileItIsHalfBuilt) {
  write("board/index.html",
        R"(<link rel="icon" href="/icon.svg"><link href="./assets/app-1f2e3d4c.css">)"
        R"(<script type="module" src="/assets/app-5a6b7c8d.js?v"></script><a href="assets/)");
  write("board/assets/app-1f2e3d4c.css", "style");
  const auto half = WebFiles::load((root_ / "board").string());
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().code, model::ErrorCode::configuration);
  EXPECT_EQ(half.error().message,
            (root_ / "board").string() +
                ": index.html asks for assets/app-5a6b7c8d.js, which is not there: build the page "
                "whole, with ops/board/make");

  write("board/index.html",
        R"(<link href="./assets/app-1f2e3d4c.css"><script src="/assets/app-5a6b7c8d.js?v">)");
  write("board/assets/app-5a6b7c8d.js", "script");
  EXPECT_TRUE(WebFiles::load((root_ / "board").string()));
}

TEST_F(Web, IsReplacedWholeAndStillServesWhatAnOpenPageLoadsLater) {
  write("board/index.html", "old");
  write("board/assets/map-00000001.js", "old map");
  write("board/assets/plain.js", "old plain");
  rig::Rig rig({}, {{}}, load());
  write("board/index.html", "new");
  write("board/assets/map-00000002.js", "new map");
  fs::remove(root_ / "board/assets/map-00000001.js");
  fs::remove(root_ / "board/assets/plain.js");
  EXPECT_EQ(rig.answer_to("/").body, "old") << "until it is told";
  EXPECT_EQ(rig.answer_to("/assets/map-00000002.js").status, 404);

  rig.service->replace_web(load());

  EXPECT_EQ(rig.answer_to("/").body, "new");
  EXPECT_EQ(rig.answer_to("/assets/map-00000002.js").body, "new map");
  EXPECT_EQ(rig.answer_to("/assets/map-00000001.js").body, "old map");
  EXPECT_EQ(rig.answer_to("/assets/plain.js").status, 404) << "it may have been changed, not kept";

  rig.service->replace_web(load());
  EXPECT_EQ(rig.answer_to("/assets/map-00000001.js").status, 404) << "one page before, no more";
}

}  // namespace
}  // namespace muster::gateway
