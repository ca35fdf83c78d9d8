// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/feed_readers.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "nodes/client/dealer_options.h"
#include "schemas/link/waiter.h"
#include "schemas/wire/feed.h"
#include "tests/bench/driver.h"
#include "tests/bench/must.h"

namespace muster::bench {

Heard::Heard(std::size_t subscribers, std::size_t changes)
    : subscribers_(subscribers),
      changes_(changes),
      bytes_(subscribers * (changes + 1) * sizeof(std::atomic<std::int64_t>)) {
  void* memory =
      ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    fail("no memory to share");
  }
  cells_ = static_cast<std::atomic<std::int64_t>*>(memory);  // Zeros, as the kernel gives them.
}

Heard::~Heard() { ::munmap(cells_, bytes_); }

namespace {

constexpr std::uint32_t kCredits = 64;

/// One subscriber: what it must do and nothing else, so that a thousand fit on a small machine.
class Reader {
 public:
  Reader(link::Context& context, const client::Connection& connection, std::size_t number)
      : number_(number),
        dealer_(must(link::DealerSocket::connect(context, connection.query_endpoint,
                                                 client::dealer_options(connection)))) {}

  link::DealerSocket& dealer() { return dealer_; }

  void turn(const Heard& heard, std::uint64_t first_seq) {
    if (dealer_.poll_events() == link::DealerState::connected && !is_subscribed_) {
      is_subscribed_ = dealer_.send(wire::subscribe_message({.credits = kCredits})) ==
                       link::SendResult::sent;
    }
    while (const auto frame = dealer_.receive()) {
      take(must(wire::read_message(frame->bytes())), heard, first_seq);
    }
  }

 private:
  void take(const wire::MessageView& message, const Heard& heard, std::uint64_t first_seq) {
    switch (message.type) {
      case wire::MessageType::delta:
        take(must(wire::read_delta(message.body)), heard, first_seq);
        return pay();
      case wire::MessageType::snap_rows:
        return pay();
      case wire::MessageType::snap_end:
        heard.ready(number_).store(steady_ns(), std::memory_order_release);
        return;
      default:
        return;
    }
  }
  /// A delta that covers several changes is when all of them were heard of.
  void take(const model::Delta& delta, const Heard& heard, std::uint64_t first_seq) {
    const auto now = steady_ns();
    for (auto seq = delta.prev_seq + 1; delta.last && seq <= delta.ledger_seq; ++seq) {
      if (seq >= first_seq && seq - first_seq < heard.changes()) {
        heard.at(number_, seq - first_seq).store(now, std::memory_order_release);
      }
    }
  }
  void pay() {
    if (++used_ < kCredits / 2) {
      return;
    }
    if (dealer_.send(wire::credit_message({.id = 1, .credits = used_})) ==
        link::SendResult::sent) {
      used_ = 0;
    }
  }

  std::size_t number_;
  link::DealerSocket dealer_;
  bool is_subscribed_ = false;
  std::uint32_t used_ = 0;
};

[[noreturn]] void read_for_ever(const client::Connection& connection, const Heard& heard,
                                std::size_t first, std::size_t last, std::uint64_t first_seq) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const auto count = static_cast<int>(last - first);
  const auto context = must(link::Context::create(4 * count + 16));
  link::Waiter waiter;
  std::vector<std::unique_ptr<Reader>> readers;
  for (auto number = first; number < last; ++number) {
    readers.push_back(std::make_unique<Reader>(*context, connection, number));
    waiter.watch(readers.back()->dealer());
  }
  while (true) {
    waiter.wait(std::chrono::milliseconds{1000});
    for (std::size_t i = 0; i < readers.size(); ++i) {
      if (waiter.is_ready(i)) {
        readers[i]->turn(heard, first_seq);
      }
    }
  }
}

}  // namespace

FeedReaders::FeedReaders(const client::Connection& connection, const Heard& heard,
                         std::size_t processes, std::uint64_t first_seq) {
  // The last subscriber has a process of its own; the others share the rest evenly.
  const auto shared = heard.subscribers() - 1;
  const auto each = std::max<std::size_t>(1, (shared + processes - 1) / processes);
  std::vector<std::pair<std::size_t, std::size_t>> parts;
  for (std::size_t first = 0; first < shared; first += each) {
    parts.emplace_back(first, std::min(shared, first + each));
  }
  parts.emplace_back(shared, shared + 1);
  for (const auto& [first, last] : parts) {
    const auto child = ::fork();
    if (child == 0) {
      read_for_ever(connection, heard, first, last, first_seq);
    }
    children_.push_back(child);
  }
}

FeedReaders::~FeedReaders() {
  for (const auto child : children_) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
}

}  // namespace muster::bench
