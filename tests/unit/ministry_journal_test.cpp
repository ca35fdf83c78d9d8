// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/journal.h"

#include <gtest/gtest.h>

namespace muster::ministry {
namespace {

TEST(Journal, IsReadAsItWasWritten) {
  const Journal journal{.name = "Сводка \"1\".json",
                        .stage = Journal::Stage::settled,
                        .seq = 18'446'744'073'709'551'615U,
                        .sha256 = std::string(64, 'a'),
                        .move_to = "processed/2024-05-01/Сводка.json",
                        .writings = {{"a", "line 1\nline 2"}, {"b", ""}},
                        .remember = "KAZ/mod#41"};

  const auto read = journal_from_json(to_json(journal));

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, journal);
}

TEST(Journal, IsCorruptWhenItIsNotOne) {
  for (const auto* text : {"", "{", "[]", "{}", R"({"stage": "sold"})"}) {
    EXPECT_EQ(journal_from_json(text).error().code, model::ErrorCode::corrupt) << text;
  }
}

}  // namespace
}  // namespace muster::ministry
