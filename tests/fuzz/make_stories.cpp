// SPDX-License-Identifier: Apache-2.0
// Writes the stories that fuzzing a subscriber begins with: `make_subscriber_corpus FOLDER`.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "schemas/wire/feed.h"
#include "schemas/wire/query.h"
#include "tests/fuzz/subscriber_story.h"
#include "tests/support/sample_feed.h"
#include "tests/support/sample_messages.h"

namespace {

using namespace muster;
using fuzz::Step;

class Story {
 public:
  Story& then(Step step) {
    add_length(fuzz::kFirstStep + static_cast<std::size_t>(step));
    return *this;
  }
  Story& hears(const model::Bytes& frame) {
    add_length(frame.size());
    bytes_.insert(bytes_.end(), frame.begin(), frame.end());
    return *this;
  }
  Story& hears_snapshot(std::uint64_t id, std::uint64_t seq) {
    hears(wire::snap_begin_message({.id = id, .ledger_seq = seq, .journal = 17}));
    hears(wire::snap_rows_message({.id = id,
                                   .units = {tests::sample_feed_unit(1), tests::bare_feed_unit()},
                                   .operations = {tests::sample_feed_operation(1)}}));
    return hears(
        wire::snap_end_message({.id = id, .ledger_seq = seq, .units = 2, .operations = 1}));
  }
  Story& hears_delta(std::uint64_t id, std::uint64_t prev, std::uint64_t seq, bool last) {
    auto delta = tests::sample_delta();
    delta.id = id;
    delta.prev_seq = prev;
    delta.ledger_seq = seq;
    delta.last = last;
    return hears(wire::delta_message(delta));
  }
  void write(const std::filesystem::path& path) const {
    std::ofstream out(path, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes_.data()),
              static_cast<std::streamsize>(bytes_.size()));
  }

 private:
  void add_length(std::size_t length) {
    bytes_.push_back(static_cast<std::uint8_t>(length & 0xffU));
    bytes_.push_back(static_cast<std::uint8_t>(length >> 8U));
  }
  model::Bytes bytes_;
};

Story whole() {
  Story story;
  story.then(Step::connected).hears_snapshot(1, 10);
  return story;
}

void write_stories(const std::filesystem::path& folder) {
  whole().hears_delta(1, 10, 12, true).hears(wire::mark_message({.id = 1, .ledger_seq = 13})).write(
      folder / "changes");
  whole()
      .hears(wire::lagged_message({.id = 1, .from_seq = 10, .to_seq = 20}))
      .hears_delta(1, 10, 20, false)
      .hears_delta(1, 10, 20, true)
      .write(folder / "parts");
  whole()
      .hears_delta(1, 10, 20, false)
      .then(Step::disconnected)
      .then(Step::connected)
      .hears_delta(2, 10, 21, true)
      .write(folder / "goes-on");
  whole()
      .hears_delta(1, 11, 12, true)
      .then(Step::time_passes)
      .hears_snapshot(2, 12)
      .write(folder / "gap");
  for (const auto reason : {model::FeedByeReason::slow, model::FeedByeReason::revoked}) {
    whole()
        .hears(wire::feed_bye_message({.id = 1, .reason = reason, .message = "subscribe anew"}))
        .then(Step::time_passes)
        .hears_snapshot(2, 12)
        .write(folder / ("bye-" + std::string(model::to_text(reason))));
  }
  whole().hears(wire::refusal_message(tests::sample_refusal())).write(folder / "refusal");
  whole().then(Step::denied).then(Step::time_passes).then(Step::connected).hears_snapshot(2, 12).write(
      folder / "denied");
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
    return 2;
  }
  std::filesystem::create_directories(arguments[1]);
  write_stories(arguments[1]);
  return 0;
}
