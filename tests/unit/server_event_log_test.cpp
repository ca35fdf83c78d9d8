// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <vector>

#include "broker/server/event_log.h"

namespace muster::server {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

constexpr auto kNow = model::UtcTime{std::chrono::sys_days{std::chrono::year{2022} / 1 / 7}};

class EventLogTest : public testing::Test {
 protected:
  std::vector<std::string> lines_;
  EventLog log_{[this](const std::string& line) { lines_.push_back(line); }};
};

TEST_F(EventLogTest, WritesAnEventALineWithItsFields) {
  log_.warn(kNow, "refused", {{"code", "CONFLICT"}, {"peer", "KAZ/mod"}, {"message", "was taken"}});

  EXPECT_EQ(lines_.front(),
            "2022-01-07T00:00:00Z level=warning event=refused code=CONFLICT peer=KAZ/mod "
            "message=\"was taken\"");
}

TEST_F(EventLogTest, LetsNobodyWriteALineOfTheirOwn) {
  log_.warn(kNow, "refused", {{"message", "x\"\nlevel=info event=fine"}});

  ASSERT_THAT(lines_, SizeIs(1));
  EXPECT_EQ(lines_.front().find('\n'), std::string::npos);
  EXPECT_THAT(lines_.front(), HasSubstr("message=\"x??level=info event=fine\""));
}

TEST_F(EventLogTest, WritesSoManyLinesASecondAndSaysHowManyItLeftOut) {
  for (std::uint32_t i = 0; i < EventLog::kLinesMax + 5; ++i) {
    log_.warn(kNow, "refused", {});
  }
  EXPECT_THAT(lines_, SizeIs(EventLog::kLinesMax));

  log_.warn(kNow + 1s, "refused", {});

  ASSERT_THAT(lines_, SizeIs(EventLog::kLinesMax + 2));
  EXPECT_THAT(lines_[EventLog::kLinesMax], HasSubstr("event=left_out lines=5"));
}

}  // namespace
}  // namespace muster::server
