// SPDX-License-Identifier: Apache-2.0
// `muster watch`: its lines, its picture, and how it ends.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <deque>
#include <sstream>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/screen_text.h"
#include "nodes/secretariat/watch_lines.h"
#include "nodes/secretariat/watch_view.h"

namespace muster::secretariat {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

const model::UtcTime kNoon = *model::parse_time("2026-11-20T12:00:00Z");

model::FeedUnit unit(const std::string& id, std::uint64_t present = 97) {
  model::FeedUnit row{.unit = *model::UnitId::parse(id),
                      .name = "Пример, рота (fictional)",
                      .element_kind = model::ElementKind::combat,
                      .level = 1};
  row.own = {.units = 1,
             .authorised = 120,
             .assigned = 100,
             .on_strength = 100,
             .present = present,
             .deployable = 93};
  row.valid_at = kNoon - 3h;
  row.ageing_at = kNoon + 9h;
  row.stale_at = kNoon + 33h;
  row.expires_at = kNoon + 100h;
  row.ledger_seq = 26;
  return row;
}
std::vector<client::FeedEvent> snapshot(std::vector<model::FeedUnit> units) {
  model::SnapBegin begin{.ledger_seq = 26};
  begin.header.ledger_seq = 26;
  begin.header.valid_at = begin.header.known_at = kNoon;
  begin.header.nations_reporting = {*model::Nation::parse("KAZ")};
  begin.header.nations_missing = {*model::Nation::parse("TJK")};
  const auto count = units.size();
  return {client::FeedLink{.is_up = true, .since = kNoon}, begin,
          model::SnapRows{.units = std::move(units), .operations = {}},
          model::SnapEnd{.ledger_seq = 26, .units = count}};
}
model::Delta change(std::vector<model::FeedUnit> units, std::vector<model::UnitId> gone = {}) {
  return {
      .prev_seq = 26, .ledger_seq = 27, .units = std::move(units), .units_gone = std::move(gone)};
}

/// Lines need a locale that knows UTF-8.
class Utf8 : public testing::Environment {
 public:
  void SetUp() override { use_utf8_locale(); }
};
const auto* const kUtf8 = testing::AddGlobalTestEnvironment(new Utf8);

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

// ---- lines --------------------------------------------------------------------------------------

TEST(WatchLines, TellEachEventAndRowAsOneObject) {
  auto row = unit("KAZ:EX-1");
  row.operations = {*model::Code::parse("EX-2201")};
  row.committed = 40;

  EXPECT_THAT(watch_lines(client::FeedLink{.is_up = true, .since = kNoon}, kNoon),
              ElementsAre(R"({"event":"link","is_up":true,"since":"2026-11-20T12:00:00Z"})"));
  EXPECT_THAT(watch_lines(client::FeedLink{.is_up = false,
                                           .since = kNoon,
                                           .problem = "the broker stops",
                                           .reason = model::FeedByeReason::drained},
                          kNoon),
              ElementsAre(R"({"event":"link","is_up":false,"since":"2026-11-20T12:00:00Z",)"
                          R"("problem":"the broker stops","reason":"DRAINED"})"));
  EXPECT_THAT(
      watch_lines(model::SnapRows{.units = {row}, .operations = {}}, kNoon + 10h),
      ElementsAre(
          R"-({"event":"unit","unit":"KAZ:EX-1","name":"Пример, рота (fictional)",)-"
          R"("component":"MILITARY","element_kind":"COMBAT","echelon":"NONE","level":1,)"
          R"("freshness":"AGEING","own":{"units":1,"authorised":120,"assigned":100,)"
          R"("on_strength":100,"present":97,"deployable":93},"valid_at":"2026-11-20T09:00:00Z",)"
          R"("computed":{"P":6,"S":6,"R":6,"T":6,"overall":6,"partial":true},)"
          R"("lifecycle":"STANDBY","committed":40,"operations":["EX-2201"],)"
          R"("ageing_at":"2026-11-20T21:00:00Z","stale_at":"2026-11-21T21:00:00Z",)"
          R"("expires_at":"2026-11-24T16:00:00Z","ledger_seq":26})"));
  EXPECT_THAT(watch_lines(model::SnapEnd{.ledger_seq = 26, .units = 2, .operations = 1}, kNoon),
              ElementsAre(R"({"event":"end","ledger_seq":26,"units":2,"operations":1})"));
  EXPECT_THAT(watch_lines(model::Lagged{.from_seq = 3, .to_seq = 9}, kNoon),
              ElementsAre(R"({"event":"lagged","from_seq":3,"to_seq":9})"));
  EXPECT_THAT(watch_lines(model::Mark{.ledger_seq = 9, .server_time = kNoon}, kNoon),
              ElementsAre(R"({"event":"mark","ledger_seq":9,)"
                          R"("server_time":"2026-11-20T12:00:00Z"})"));
}

TEST(WatchLines, TellWhatIsGoneAndUpToWhereTheTableIsTrue) {
  model::Delta delta = change({}, {*model::UnitId::parse("KAZ:EX-1")});
  delta.operations = {{.operation = *model::Code::parse("EX-2201"), .required = 100}};
  delta.operations_gone = {*model::Code::parse("EX-2202")};

  EXPECT_THAT(
      watch_lines(delta, kNoon),
      ElementsAre(R"({"event":"operation","operation":"EX-2201","state":"DRAFT","required":100,)"
                  R"("nations":0,"people":{"offered":0,"accepted":0,"committed":0,"in_transit":0,)"
                  R"("in_place":0,"returning":0,"released":0}})",
                  R"({"event":"gone","unit":"KAZ:EX-1"})",
                  R"({"event":"gone","operation":"EX-2202"})",
                  R"({"event":"mark","ledger_seq":27})"));
  delta.last = false;
  EXPECT_THAT(watch_lines(delta, kNoon), Not(Contains(HasSubstr("mark")))) << "more is to come";
}

TEST(WatchLines, BeginWithTheHeaderOfAnAnswer) {
  EXPECT_THAT(
      watch_lines(snapshot({})[1], kNoon),
      ElementsAre(R"({"event":"begin","ledger_seq":26,"header":{"valid_at":"2026-11-20T12:00:00Z",)"
                  R"("known_at":"2026-11-20T12:00:00Z","ledger_seq":26,"realm":"EXERCISE",)"
                  R"("notice":"EXERCISE - FICTIONAL DATA","nations_reporting":["KAZ"],)"
                  R"("nations_missing":["TJK"],"nations_stale":[],"stale_strength":0}})"));
}

// ---- what fits a screen -------------------------------------------------------------------------

TEST(ScreenText, IsCutToPlacesAndNotToBytes) {
  EXPECT_EQ(cut("рота", 4), "рота");
  EXPECT_EQ(cut("рота", 3), "ро…");
  EXPECT_EQ(cut("рота", 0), "");
  EXPECT_EQ(cut("\033[33mрота\033[0m", 4), "\033[33mрота\033[0m");
  EXPECT_EQ(cut("\033[33mрота\033[0m", 2), "\033[33mр…\033[0m");
  EXPECT_EQ(places("\033[33m汉字\033[0m"), 4U) << "such a character takes two places";
  EXPECT_EQ(cut("汉字", 3), "汉…");
  EXPECT_EQ(harmless("a\033[2Jb\xff\n"), "a [2Jb? ");
}

class WatchViewTest : public testing::Test {
 protected:
  void take(const std::vector<client::FeedEvent>& events) {
    for (const auto& event : events) {
      view_.take(event, now_);
    }
  }
  std::vector<std::string> picture(std::size_t columns, std::size_t lines) {
    const auto made = lines_of(view_.picture({.columns = columns, .lines = lines}, now_));
    EXPECT_LE(made.size(), lines);
    for (const auto& line : made) {
      EXPECT_LE(places(line), columns) << line;
    }
    return made;
  }
  void pass(std::chrono::seconds time) {
    now_.steady += time;
    now_.utc += time;
  }

  WatchNow now_{.steady = {}, .utc = kNoon};
  WatchView view_{words::Words::of(words::Language::english), {}};
};

TEST_F(WatchViewTest, ShowsTheWholeOnAWideScreen) {
  take(snapshot({unit("KAZ:EX-1"), unit("KAZ:EX-2", 88)}));

  EXPECT_THAT(
      picture(130, 24),
      ElementsAre(
          "As of 2026-11-20T12:00:00Z · ledger 26 · 1 of 2 nations reporting · EXERCISE - "
          "FICTIONAL "
          "DATA",
          "Missing: TJK.",
          "   NATION  UNIT  NAME                      KIND    LEVEL  PRESENT  DEPLOYABLE  COMMITTED"
          "  AGE        SINCE",
          "   KAZ     EX-1  Пример, рота (fictional)  COMBAT  1 █         97          93          -"
          "  FRESH 3 h  2026-11-20T09:00Z",
          "   KAZ     EX-2  Пример, рота (fictional)  COMBAT  1 █         88          93          -"
          "  FRESH 3 h  2026-11-20T09:00Z",
          "2 units · present 185 · deployable 186 · committed 0", "No change yet",
          "● live · ledger 26" + std::string(106, ' ') + "q ends"));
}

TEST_F(WatchViewTest, LeavesOutWhatMattersLeastOfANarrowScreen) {
  take(snapshot({unit("KAZ:EX-COMPANY-01")}));

  const auto narrow = picture(80, 24);

  EXPECT_THAT(narrow, Contains("   NAT  UNIT           NAME                   LVL  PRES  DEPL  "
                               "COMM  AGE"));
  EXPECT_THAT(picture(40, 24), SizeIs(narrow.size() + 1)) << "the first line is folded";
  EXPECT_THAT(picture(3, 3), SizeIs(3));
  EXPECT_THAT(picture(1, 1), SizeIs(1));
}

TEST_F(WatchViewTest, MarksWhatChangedForSomeSecondsAndSaysWhat) {
  take(snapshot({unit("KAZ:EX-1"), unit("KAZ:EX-2"), unit("KAZ:EX-3")}));
  pass(60s);
  auto moved = unit("KAZ:EX-1", 92);
  moved.level = 2;

  view_.take(change({moved, unit("KAZ:EX-4")}, {*model::UnitId::parse("KAZ:EX-2")}), now_);
  pass(3s);
  const auto marked = picture(130, 24);

  EXPECT_THAT(marked, Contains(StartsWith("»  KAZ     EX-1 ")));
  EXPECT_THAT(marked, Contains(StartsWith("   KAZ     EX-3 ")));
  EXPECT_THAT(marked, Contains(StartsWith("+  KAZ     EX-4 ")));
  EXPECT_THAT(marked, Not(Contains(HasSubstr("EX-2 "))));
  EXPECT_THAT(marked, Contains("3 s ago KAZ:EX-1: level 1 → 2, present 97 → 92 and 2 more"));
  EXPECT_THAT(marked.back(), StartsWith("● live · ledger 27 "));

  pass(kMarkedFor);
  EXPECT_THAT(picture(130, 24), Not(Contains(StartsWith("»"))));
  pass(60s);
  EXPECT_THAT(picture(130, 24),
              Contains("12:01:00Z KAZ:EX-1: level 1 → 2, present 97 → 92 and 2 more"));
}

TEST_F(WatchViewTest, KeepsTheLastPictureAndSaysThatItIsOld) {
  take(snapshot({unit("KAZ:EX-1")}));
  pass(10s);
  view_.take(
      client::FeedLink{.is_up = false, .since = now_.utc, .problem = "cannot\033[2Jreach it"},
      now_);
  pass(600s);

  const auto alone = picture(130, 24);
  EXPECT_THAT(alone.front(), StartsWith("As of 2026-11-20T12:00:00Z ")) << "the last word";
  EXPECT_THAT(alone, Contains(HasSubstr("EX-1 ")));
  EXPECT_EQ(alone.back(),
            "✖ no broker since 12:00:10Z, showing what was last known · cannot "
            "[2Jreach it" +
                std::string(47, ' ') + "q ends");

  auto again = snapshot({unit("KAZ:EX-1", 90)});
  view_.take(again[0], now_);
  view_.take(again[1], now_);
  EXPECT_THAT(picture(130, 24), Contains(HasSubstr(" 97 "))) << "until the new one is whole";
  EXPECT_THAT(picture(130, 24).back(),
              StartsWith("○ a new picture comes, showing what was last known"));
  view_.take(again[2], now_);
  view_.take(again[3], now_);
  EXPECT_THAT(picture(130, 24), Contains("0 s ago KAZ:EX-1: present 97 → 90"));
}

TEST_F(WatchViewTest, ShowsAChangeThatComesInPartsWhenItIsWhole) {
  take(snapshot({unit("KAZ:EX-1"), unit("KAZ:EX-2")}));
  const auto before = picture(130, 24);
  pass(10s);
  auto part = change({unit("KAZ:EX-1", 90)});
  part.operations = {{.operation = *model::Code::parse("EX-2201")}};
  part.last = false;

  view_.take(part, now_);
  view_.take(model::Lagged{.from_seq = 26, .to_seq = 27}, now_);
  const auto between = picture(130, 24);
  view_.take(change({}, {*model::UnitId::parse("KAZ:EX-2")}), now_);

  EXPECT_EQ(between, before) << "not half of it, nor its time, nor its place in the ledger";
  const auto after = picture(130, 24);
  EXPECT_THAT(after.front(), StartsWith("As of 2026-11-20T12:00:10Z · ledger 27 "));
  EXPECT_THAT(after, Contains("1 unit · present 90 · deployable 93 · committed 0"));
  EXPECT_THAT(after, Contains("Operations: EX-2201 DRAFT"));
  EXPECT_THAT(after, Contains(HasSubstr("0 s ago KAZ:EX-1: present 97 → 90 and 1 more")));
}

TEST_F(WatchViewTest, ShowsAPartOfManyRowsAndMovesIt) {
  std::vector<model::FeedUnit> units;
  for (int i = 100; i < 200; ++i) {
    units.push_back(unit(fmt::format("KAZ:EX-{}", i)));
  }
  take(snapshot(units));
  const auto rows = [&] {
    std::vector<std::string> codes;
    for (const auto& line : picture(100, 10)) {
      if (line.find("EX-1") != std::string::npos) {
        codes.push_back(line.substr(line.find("EX-1"), 6));
      }
    }
    return fmt::format("{} to {}", codes.front(), codes.back());
  };

  EXPECT_EQ(rows(), "EX-100 to EX-104");
  EXPECT_THAT(picture(100, 10).back(), HasSubstr("rows 1 to 5 of 100, arrows move · q ends"));
  view_.press(Key::down);
  EXPECT_EQ(rows(), "EX-101 to EX-105");
  view_.press(Key::page_down);
  EXPECT_EQ(rows(), "EX-106 to EX-110");
  view_.press(Key::end);
  EXPECT_EQ(rows(), "EX-195 to EX-199");
  view_.press(Key::up);
  EXPECT_EQ(rows(), "EX-194 to EX-198");
  view_.press(Key::home);
  view_.press(Key::up);
  view_.press(Key::page_up);
  EXPECT_EQ(rows(), "EX-100 to EX-104");
}

TEST_F(WatchViewTest, SaysHowMuchRestsOnOldWords) {
  take(snapshot({unit("KAZ:EX-1"), unit("TJK:EX-1")}));
  EXPECT_THAT(picture(130, 24).front(), HasSubstr("2 of 2 nations reporting"))
      << "who has rows reports";
  pass(48h);

  const auto old = picture(130, 24);

  EXPECT_THAT(old, Contains("Words on 2 units are stale or expired: KAZ, TJK."));
  EXPECT_THAT(old, Contains(HasSubstr("STALE 51 h !")));
}

TEST_F(WatchViewTest, SaysThatNothingIsInFocus) {
  take(snapshot({}));

  EXPECT_THAT(picture(80, 24), Contains("(no units in focus)"));
}

TEST(WatchViewLanguage, SpeaksRussianInAlignedColumns) {
  WatchView view(words::Words::of(words::Language::russian), {});
  const WatchNow now{.steady = {}, .utc = kNoon};
  for (const auto& event : snapshot({unit("KAZ:EX-1"), unit("KAZ:EX-2")})) {
    view.take(event, now);
  }
  view.take(change({unit("KAZ:EX-1", 92)}), now);

  const auto lines = lines_of(view.picture({.columns = 130, .lines = 24}, now));

  EXPECT_THAT(lines, Contains(HasSubstr("СТРАНА")));
  EXPECT_THAT(lines, Contains(AllOf(HasSubstr("KAZ:EX-1"), HasSubstr("налицо 97 → 92"))));
  EXPECT_THAT(lines, Contains(HasSubstr("3 ч")));
  std::string text;
  for (const auto& line : lines) {
    text += line + "\n";
  }
  for (const auto* english : {"present", "live", "ends", "units", "ago"}) {
    EXPECT_THAT(text, Not(HasSubstr(english)));
  }
}

// ---- the command --------------------------------------------------------------------------------

/// Tells what the test wants; then time passes.
class ScriptedSubscriber final : public client::Subscriber {
 public:
  ScriptedSubscriber(std::deque<client::FeedEvent>& events, std::chrono::milliseconds& time)
      : events_(events), time_(time) {}
  std::optional<client::FeedEvent> next(std::chrono::milliseconds wait_max) override {
    if (events_.empty()) {
      time_ += wait_max;
      return std::nullopt;
    }
    auto event = std::move(events_.front());
    events_.pop_front();
    return event;
  }
  [[nodiscard]] std::uint64_t ledger_seq() const override { return 0; }
  [[nodiscard]] bool is_up() const override { return false; }

 private:
  std::deque<client::FeedEvent>& events_;
  std::chrono::milliseconds& time_;
};

struct Painted {
  std::vector<std::string> pictures;
  std::vector<Key> keys;  ///< Typed after the first picture.
  int ended_by = 0;       ///< Likewise.
  bool is_given_back = false;
};
class ScriptedScreen final : public Screen {
 public:
  explicit ScriptedScreen(Painted& painted) : painted_(painted) {}
  ~ScriptedScreen() override { painted_.is_given_back = true; }
  [[nodiscard]] ScreenSize size() const override { return {.columns = 100, .lines = 24}; }
  void paint(const std::string& picture) override { painted_.pictures.push_back(picture); }
  std::vector<Key> keys() override {
    return painted_.pictures.empty() ? std::vector<Key>{} : painted_.keys;
  }
  [[nodiscard]] int ended_by() const override {
    return painted_.pictures.empty() ? 0 : painted_.ended_by;
  }

 private:
  Painted& painted_;
};

class WatchCommandTest : public testing::Test {
 protected:
  int run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "watch");
    const Surroundings around{
        .out = out_,
        .err = err_,
        .out_is_terminal = is_terminal_,
        .out_is_closed = [this] { return is_closed_ && !out_.str().empty(); },
        .environment = [](const std::string& name) -> std::optional<std::string> {
          return name == "TERM" || name == "MUSTER_CONFIG" ? std::optional(name) : std::nullopt;
        }};
    return run_muster(arguments, around, doors());
  }
  Doors doors() {
    Doors doors;
    doors.load_config = [](const std::string&) -> model::Result<client::NodeConfig> {
      client::NodeConfig config;
      config.connection.query_endpoint = "tcp://127.0.0.1:7611";
      return config;
    };
    doors.subscribe = [this](const client::Connection&, client::SubscriberOptions options)
        -> model::Result<std::unique_ptr<client::Subscriber>> {
      options_ = std::move(options);
      return std::make_unique<ScriptedSubscriber>(events_, time_);
    };
    doors.open_screen = [this]() -> model::Result<std::unique_ptr<Screen>> {
      return std::make_unique<ScriptedScreen>(painted_);
    };
    doors.now = [this] { return kNoon + time_; };
    doors.steady_now = [this] { return std::chrono::steady_clock::time_point(time_); };
    return doors;
  }
  void broker_says(const std::vector<client::FeedEvent>& events) {
    events_.insert(events_.end(), events.begin(), events.end());
  }
  [[nodiscard]] std::vector<std::string> printed() const { return lines_of(out_.str()); }

  std::ostringstream out_, err_;
  bool is_terminal_ = false, is_closed_ = false;
  std::chrono::milliseconds time_{0};
  std::deque<client::FeedEvent> events_;
  client::SubscriberOptions options_;
  Painted painted_;
};

TEST_F(WatchCommandTest, AsksForWhatTheOptionsSay) {
  run({"--nation", "KAZ,TJK", "--component", "police", "--element-kind", "combat", "--level", "1,2",
       "--operation", "EX-2201"});

  EXPECT_EQ(
      options_.filter,
      (model::FeedFilter{.nations = {*model::Nation::parse("KAZ"), *model::Nation::parse("TJK")},
                         .components = {model::Component::police},
                         .element_kinds = {model::ElementKind::combat},
                         .levels = {1, 2},
                         .operation = *model::Code::parse("EX-2201")}));
}

TEST_F(WatchCommandTest, PrintsLinesIntoAPipeAndEndsAfterSoMany) {
  broker_says(snapshot({unit("KAZ:EX-1"), unit("KAZ:EX-2")}));

  EXPECT_EQ(run({"--count", "4"}), 0);

  EXPECT_THAT(printed(), ElementsAre(HasSubstr("\"link\""), HasSubstr("\"begin\""),
                                     HasSubstr("KAZ:EX-1"), HasSubstr("KAZ:EX-2")));
  EXPECT_EQ(err_.str(), "");
}

TEST_F(WatchCommandTest, EndsWellWhenNobodyReadsAnyMore) {
  broker_says(snapshot({unit("KAZ:EX-1")}));
  is_closed_ = true;

  EXPECT_EQ(run({}), 0);
  EXPECT_EQ(err_.str(), "");
}

TEST_F(WatchCommandTest, GivesUpWhenThereIsNoBroker) {
  EXPECT_EQ(run({"--timeout", "1500ms"}), 69);
  EXPECT_EQ(time_, 1500ms);
  EXPECT_EQ(err_.str(),
            "muster: cannot watch: muster watch - no word of the broker at tcp://127.0.0.1:7611 "
            "within 1500 ms: is it running, and is the endpoint right?\n");
}

TEST_F(WatchCommandTest, SaysWhatIsKnownOfWhyThereIsNoBroker) {
  broker_says({client::FeedLink{.problem = "handshakes break off",
                                .error = model::ErrorCode::unavailable}});

  EXPECT_EQ(run({}), 69);
  EXPECT_EQ(time_, 5s);
  EXPECT_EQ(err_.str(), "muster: cannot watch: muster watch - handshakes break off\n");
}

TEST_F(WatchCommandTest, EndsAtOnceWhenItIsRefused) {
  broker_says(snapshot({unit("KAZ:EX-1")}));
  broker_says({client::FeedLink{.problem = "your key was revoked",
                                .reason = model::FeedByeReason::revoked,
                                .error = model::ErrorCode::refused}});

  EXPECT_EQ(run({}), 77);
  EXPECT_THAT(printed().back(), HasSubstr("\"reason\":\"REVOKED\""));
  EXPECT_EQ(err_.str(), "muster: cannot watch: muster watch - your key was revoked\n");
}

TEST_F(WatchCommandTest, GoesOnWithoutTheBrokerOnceItWasThere) {
  broker_says(snapshot({}));
  broker_says({client::FeedLink{.problem = "gone", .error = model::ErrorCode::unavailable}});
  broker_says(snapshot({unit("KAZ:EX-1")}));

  EXPECT_EQ(run({"--count", "7"}), 0);
  EXPECT_THAT(printed(), SizeIs(7));
}

TEST_F(WatchCommandTest, RefusesFormatsThatHaveAnEndAndMoments) {
  EXPECT_EQ(run({"-o", "csv", "--as-of", "yesterday"}), 64);
  EXPECT_EQ(err_.str(),
            "muster: cannot read the arguments: --output 'csv' - it has an end, and changes have "
            "none - take ndjson, or table on a terminal - see 'muster watch --help'\n"
            "muster: cannot read the arguments: --as-of 'yesterday' - this command asks for no "
            "moment - see 'muster watch --help'\n");
  EXPECT_EQ(run({"-o", "json"}), 64);
  EXPECT_EQ(run({"--count", "0"}), 64);
}

TEST_F(WatchCommandTest, DrawsOnATerminalUntilAPersonEndsIt) {
  is_terminal_ = true;
  broker_says(snapshot({unit("KAZ:EX-1")}));
  painted_.keys = {Key::down, Key::quit};

  EXPECT_EQ(run({}), 0);

  ASSERT_THAT(painted_.pictures, SizeIs(1));
  EXPECT_THAT(painted_.pictures.front(), HasSubstr("KAZ"));
  EXPECT_TRUE(painted_.is_given_back);
  EXPECT_EQ(out_.str(), "") << "the screen alone is painted";
}

TEST_F(WatchCommandTest, EndsAsASignalEndsAProgram) {
  is_terminal_ = true;
  broker_says(snapshot({unit("KAZ:EX-1")}));
  painted_.ended_by = SIGINT;

  EXPECT_EQ(run({}), 130);
  EXPECT_TRUE(painted_.is_given_back);
}

TEST_F(WatchCommandTest, GivesTheTerminalBackBeforeItSaysThatItIsRefused) {
  is_terminal_ = true;
  broker_says(snapshot({unit("KAZ:EX-1")}));
  broker_says({client::FeedLink{.problem = "no", .error = model::ErrorCode::refused}});

  EXPECT_EQ(run({}), 77);
  EXPECT_TRUE(painted_.is_given_back);
  EXPECT_EQ(err_.str(), "muster: cannot watch: muster watch - no\n");
}

TEST_F(WatchCommandTest, PrintsLinesOnATerminalWhenItIsToldTo) {
  is_terminal_ = true;
  broker_says(snapshot({unit("KAZ:EX-1")}));

  EXPECT_EQ(run({"-o", "ndjson", "--count", "4"}), 0);
  EXPECT_THAT(painted_.pictures, IsEmpty());
  EXPECT_THAT(printed(), SizeIs(4));
}

}  // namespace
}  // namespace muster::secretariat
