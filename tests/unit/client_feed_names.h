// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>

#include "link_fixture.h"
#include "nodes/client/subscriber.h"
#include "schemas/wire/feed.h"

/// What a subscriber is told and what it says, in words that tests compare.
namespace muster::client {

inline model::FeedUnit unit(const char* id) {
  return {.unit = *model::UnitId::parse(id), .name = "Company (fictional)"};
}

/// "up", "down", "begin 10", "rows 2", "end 10", "delta 10-12 part", "lagged 3-9", "mark 12".
inline std::string name_of(const FeedEvent& event) {
  struct Namer {
    std::string operator()(const FeedLink& link) const { return link.is_up ? "up" : "down"; }
    std::string operator()(const model::SnapBegin& one) const {
      return fmt::format("begin {}", one.ledger_seq);
    }
    std::string operator()(const model::SnapRows& one) const {
      return fmt::format("rows {}", one.units.size());
    }
    std::string operator()(const model::SnapEnd& one) const {
      return fmt::format("end {}", one.ledger_seq);
    }
    std::string operator()(const model::Delta& one) const {
      return fmt::format("delta {}-{}{}", one.prev_seq, one.ledger_seq, one.last ? "" : " part");
    }
    std::string operator()(const model::Lagged& one) const {
      return fmt::format("lagged {}-{}", one.from_seq, one.to_seq);
    }
    std::string operator()(const model::Mark& one) const {
      return fmt::format("mark {}", one.ledger_seq);
    }
  };
  return std::visit(Namer{}, event);
}

/// "SUBSCRIBE 1 all 64", "SUBSCRIBE 2 after 10 of 7 64", "CREDIT 1 32", "UNSUBSCRIBE 1".
inline std::string name_of(model::ByteView bytes) {
  const auto message = link::test::must(wire::read_message(bytes));
  if (message.type == wire::MessageType::subscribe) {
    const auto one = link::test::must(wire::read_subscribe(message.body));
    return fmt::format("SUBSCRIBE {} {} {}", one.id,
                       one.from_ledger_seq
                           ? fmt::format("after {} of {}", *one.from_ledger_seq, one.journal)
                           : "all",
                       one.credits);
  }
  if (message.type == wire::MessageType::credit) {
    const auto one = link::test::must(wire::read_credit(message.body));
    return fmt::format("CREDIT {} {}", one.id, one.credits);
  }
  return fmt::format("UNSUBSCRIBE {}", link::test::must(wire::read_unsubscribe(message.body)).id);
}

}  // namespace muster::client
