// SPDX-License-Identifier: Apache-2.0
// Any story of a broker, told to a subscriber: no crash, what it says can be read, and what it hands
// out fits the table that its owner keeps, whatever the broker says in whatever order.
//
// A story is a row of steps, each a length of two bytes, the greater one last, and so many bytes: a
// frame of the broker. The greatest lengths have no bytes and are what happens to the connection.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "nodes/client/force_table.h"
#include "nodes/client/subscription_session.h"
#include "schemas/wire/feed.h"
#include "tests/fuzz/subscriber_story.h"

namespace {

using namespace std::chrono_literals;
using muster::client::SubscriptionSession;
using muster::fuzz::Step;
using muster::model::ByteView;
using muster::wire::MessageType;

void must(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "not true: %s\n", what);
    std::abort();
  }
}

class Life {
 public:
  void happens(Step step) {
    switch (step) {
      case Step::connected:
        return session_.connected(now_);
      case Step::disconnected:
        return session_.disconnected(now_, {});
      case Step::denied:
        return session_.denied(now_);
      case Step::time_passes:
        now_.steady += 1s;
        now_.utc += 1s;
        return session_.tick(now_);
    }
  }
  void hears(ByteView frame) { session_.received(frame, now_); }

  /// What follows from what happened.
  void goes_on() {
    session_.take_renewal();
    for (auto message = session_.to_send(); !message.empty(); message = session_.to_send()) {
      must(is_said_well(message), "what a subscriber says can be read");
      session_.sent(now_);
    }
    for (const auto& event : session_.events()) {
      must(table_.take(event), "what is handed out fits");
    }
  }

 private:
  static bool is_said_well(ByteView bytes) {
    const auto message = muster::wire::read_message(bytes);
    if (!message) {
      return false;
    }
    switch (message->type) {
      case MessageType::subscribe:
        return muster::wire::read_subscribe(message->body).has_value();
      case MessageType::credit: {
        const auto credit = muster::wire::read_credit(message->body);
        return credit && credit->credits > 0;
      }
      case MessageType::unsubscribe:
        return muster::wire::read_unsubscribe(message->body).has_value();
      default:
        return false;
    }
  }

  SubscriptionSession::Now now_;
  SubscriptionSession session_{{}, {.credits = 4}, now_};
  muster::client::ForceTable table_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteView left(data, size);
  Life life;
  while (left.size() >= 2) {
    const auto length = static_cast<std::size_t>(left[0] | left[1] << 8U);
    left = left.subspan(2);
    if (length >= muster::fuzz::kFirstStep) {
      life.happens(static_cast<Step>((length - muster::fuzz::kFirstStep) % muster::fuzz::kSteps));
    } else {
      const auto taken = std::min(length, left.size());
      life.hears(left.first(taken));
      left = left.subspan(taken);
    }
    life.goes_on();
  }
  return 0;
}
