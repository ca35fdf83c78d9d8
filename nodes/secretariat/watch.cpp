// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/progress.h"
#include "nodes/secretariat/watch_lines.h"
#include "nodes/secretariat/watch_view.h"

namespace muster::secretariat {
namespace {

using std::chrono::milliseconds;

// Between two looks at the keys, and between two pictures.
constexpr milliseconds kTurn{100};
constexpr int kEndedBySignal = 128;
constexpr auto kDone = static_cast<int>(ExitCode::done);

/// Where changes are told. Both calls give the exit code when there is no more to be told.
class Teller {
 public:
  virtual ~Teller() = default;
  virtual std::optional<int> take(const client::FeedEvent& event, WatchNow now) = 0;
  virtual std::optional<int> turn(WatchNow now) = 0;
};

/// A line of JSON for each event and row, at once.
class LineTeller final : public Teller {
 public:
  LineTeller(const Surroundings& around, std::optional<std::uint64_t> events_max)
      : around_(around), left_(events_max) {}

  std::optional<int> take(const client::FeedEvent& event, WatchNow now) override {
    for (const auto& line : watch_lines(event, now.utc)) {
      around_.out << line << '\n';
      if (left_ && --*left_ == 0) {
        around_.out << std::flush;
        return kDone;
      }
    }
    around_.out << std::flush;
    return turn(now);
  }
  /// A reader who goes, as `head` does, has seen enough.
  std::optional<int> turn(WatchNow /*now*/) override {
    const bool is_over = !around_.out || (around_.out_is_closed && around_.out_is_closed());
    return is_over ? std::optional(kDone) : std::nullopt;
  }

 private:
  const Surroundings& around_;
  std::optional<std::uint64_t> left_;
};

/// A picture on a terminal, from the first whole table on.
class ScreenTeller final : public Teller {
 public:
  ScreenTeller(const Output& output, const Doors& doors, const WatchCommand& command)
      : output_(output),
        doors_(doors),
        left_(command.events_max),
        view_(output.words(), {.wide = output.format() == Format::wide,
                               .colour = wants_colour(output.around(), output.common().colour)}) {}

  std::optional<int> take(const client::FeedEvent& event, WatchNow now) override {
    view_.take(event, now);
    if (left_) {
      const auto lines = watch_lines(event, now.utc).size();
      *left_ -= std::min<std::uint64_t>(*left_, lines);
      if (*left_ == 0) {
        return kDone;
      }
    }
    return now.steady >= paint_at_ ? turn(now) : std::nullopt;
  }
  std::optional<int> turn(WatchNow now) override {
    if (!view_.has_table()) {
      return std::nullopt;
    }
    if (!screen_) {
      auto opened = doors_.open_screen();
      if (!opened) {
        return static_cast<int>(
            report_error(output_, "cannot watch", "muster watch", opened.error(), Stage::keeping));
      }
      screen_ = *std::move(opened);
    }
    for (const auto key : screen_->keys()) {
      if (key == Key::quit) {
        return kDone;
      }
      view_.press(key);
    }
    if (screen_->ended_by() != 0) {
      return kEndedBySignal + screen_->ended_by();
    }
    screen_->paint(view_.picture(screen_->size(), now));
    paint_at_ = now.steady + kTurn;
    return std::nullopt;
  }

 private:
  const Output& output_;
  const Doors& doors_;
  std::optional<std::uint64_t> left_;
  WatchView view_;
  std::unique_ptr<Screen> screen_;
  std::chrono::steady_clock::time_point paint_at_{};
};

bool shows_pictures(const Output& output) {
  const bool is_table = output.format() == Format::table || output.format() == Format::wide;
  return is_table && output.around().out_is_terminal &&
         output.around().environment("TERM").value_or("dumb") != "dumb";
}

/// More time would not help: somebody has to do something first.
bool is_final(const client::FeedLink& link) {
  return link.error == model::ErrorCode::refused || link.error == model::ErrorCode::malformed ||
         link.error == model::ErrorCode::unsupported;
}

class Watching {
 public:
  Watching(const Output& output, const Doors& doors, const WatchCommand& command,
           const client::Connection& connection)
      : output_(output), doors_(doors), connection_(connection) {
    if (shows_pictures(output)) {
      teller_ = std::make_unique<ScreenTeller>(output, doors, command);
    } else {
      teller_ = std::make_unique<LineTeller>(output.around(), command.events_max);
    }
  }
  int run(client::Subscriber& subscriber);

 private:
  [[nodiscard]] WatchNow now() const { return {doors_.steady_now(), doors_.now()}; }
  std::optional<int> take(const client::FeedEvent& event);
  int fail(const client::FeedLink& link);

  const Output& output_;
  const Doors& doors_;
  const client::Connection& connection_;
  std::unique_ptr<Teller> teller_;
  std::optional<Progress> progress_;
  bool was_up_ = false;
  client::FeedLink link_;
};

int Watching::run(client::Subscriber& subscriber) {
  const auto give_up_at = now().steady + output_.common().timeout;
  progress_.emplace(output_,
                    fmt::format("waiting for the broker at {} …", connection_.query_endpoint));
  while (true) {
    const auto event = subscriber.next(kTurn);
    if (const auto code = event ? take(*event) : teller_->turn(now())) {
      return *code;
    }
    if (!was_up_ && now().steady >= give_up_at) {
      return fail(link_);
    }
  }
}

std::optional<int> Watching::take(const client::FeedEvent& event) {
  if (const auto* link = std::get_if<client::FeedLink>(&event)) {
    link_ = *link;
    was_up_ = was_up_ || link->is_up;
  }
  if (was_up_) {
    progress_.reset();
  }
  if (const auto code = teller_->take(event, now())) {
    return code;
  }
  return !link_.is_up && is_final(link_) ? std::optional(fail(link_)) : std::nullopt;
}

/// The terminal is given back before anything is said.
int Watching::fail(const client::FeedLink& link) {
  progress_.reset();
  teller_.reset();
  auto problem = link.problem;
  if (problem.empty()) {
    problem = fmt::format(
        "no word of the broker at {} within {} ms: is it running, and is the "
        "endpoint right?",
        connection_.query_endpoint, output_.common().timeout.count());
  }
  const auto stage = link.reason ? Stage::answering : Stage::asking;
  return static_cast<int>(
      report_error(output_, "cannot watch", "muster watch",
                   {link.error.value_or(model::ErrorCode::unavailable), problem}, stage));
}

}  // namespace

int watch(const Output& output, const Doors& doors, const WatchCommand& command) {
  const auto config = find_config(output, doors);
  if (!config) {
    return static_cast<int>(
        report_error(output, "cannot watch", "muster watch", config.error(), Stage::configuring));
  }
  const auto subscriber = doors.subscribe(config->connection, {.filter = command.filter});
  if (!subscriber) {
    return static_cast<int>(
        report_error(output, "cannot watch", "muster watch", subscriber.error(), Stage::asking));
  }
  return Watching(output, doors, command, config->connection).run(**subscriber);
}

}  // namespace muster::secretariat
