// SPDX-License-Identifier: Apache-2.0
// The real muster watch beside the real broker.
#include <fmt/format.h>

#include "tests/e2e/bus_fixture.h"

namespace muster::e2e {
namespace {

class Watch : public Bus {
 protected:
  /// `muster watch` as this node, with these further arguments.
  Program watch(std::string_view node, const std::vector<std::string>& arguments = {}) {
    const auto config = workspace_.node_config(must(model::NodeId::parse(node)));
    auto text = read_text(config);
    for (const auto& [key, value] : {std::pair(std::string("ingest = "), broker_->ingest()),
                                     std::pair(std::string("query = "), broker_->query())}) {
      const auto at = text.find(key);
      text.replace(at, text.find('\n', at) - at, fmt::format("{}\"{}\"", key, value));
    }
    write_text(config, text);
    std::vector<std::string> all{MUSTER, "watch", "--config", config.string()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return Program(all);
  }
};

TEST_F(Watch, TellsAChangeAsItIsCommitted) {
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-1", 100)});
  auto program = watch("SEC/officer");
  ASSERT_TRUE(program.line_with(R"("event":"end","ledger_seq":1,"units":1)")) << program.output();
  ASSERT_TRUE(program.line_with(R"("unit":"KAZ:EX-1")"));

  kaz.publish({company("KAZ:EX-2", 50)});

  EXPECT_TRUE(program.line_with(R"("unit":"KAZ:EX-2")")) << program.output();
  EXPECT_TRUE(program.line_with(R"({"event":"mark","ledger_seq":2})")) << program.output();
}

TEST_F(Watch, TellsThatItsBrokerIsGone) {
  auto program = watch("SEC/officer");
  ASSERT_TRUE(program.line_with(R"("event":"end")")) << program.output();

  broker_->program().kill();

  EXPECT_TRUE(program.line_with(R"("event":"link","is_up":false)")) << program.output();
}

TEST_F(Watch, EndsAfterSoManyLines) {
  auto program = watch("SEC/officer", {"--count", "2"});

  EXPECT_EQ(program.exit_code(), 0) << program.output();
  EXPECT_TRUE(program.line_with(R"("event":"begin")"));
}

TEST_F(Watch, SaysThatThereIsNoBroker) {
  broker_->program().kill();
  auto program = watch("SEC/officer", {"--timeout", "1s"});

  EXPECT_EQ(program.exit_code(), 69);
  EXPECT_THAT(program.output(), HasSubstr("no word of the broker at "));
}

}  // namespace
}  // namespace muster::e2e
