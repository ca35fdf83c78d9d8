// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/live_feed.h"

#include <algorithm>
#include <utility>

#include "schemas/link/quiet_thread.h"

namespace muster::gateway {

namespace {

/// How long the thread may be deaf to its end.
constexpr std::chrono::milliseconds kTurn{200};

}  // namespace

LiveFeed::LiveFeed(std::unique_ptr<client::Subscriber> subscriber, Now now)
    : subscriber_(std::move(subscriber)), now_(std::move(now)), events_(now_()) {}

LiveFeed::~LiveFeed() { stopping_ = true; }  // The thread is joined with the members.

model::Result<void> LiveFeed::start() {
  MUSTER_TRY(thread_, link::start_quiet_thread("muster-live", [this] {
               while (!stopping_) {
                 step(kTurn);
               }
             }));
  return {};
}

void LiveFeed::step(std::chrono::milliseconds wait_max) {
  if (const auto event = subscriber_->next(wait_max)) {
    const std::lock_guard lock(mutex_);
    tell(events_.take(*event, now_()));
  }
  if (std::chrono::steady_clock::now() - told_at_ >= kHeartbeat) {
    const std::lock_guard lock(mutex_);
    tell(": still here\n\n");
  }
}

void LiveFeed::tell(const std::string& text) {
  if (text.empty()) {
    return;
  }
  told_at_ = std::chrono::steady_clock::now();
  std::erase_if(pages_, [&](const auto& page) { return !page->write(text); });
}

void LiveFeed::open(std::shared_ptr<Page> page, std::optional<std::uint64_t> last_id) {
  // Within one lock, so that nothing is told twice or left out between the two.
  const std::lock_guard lock(mutex_);
  if (page->write(events_.greeting(last_id))) {
    pages_.push_back(std::move(page));
  }
}

LiveFeed::Standing LiveFeed::standing() const {
  const std::lock_guard lock(mutex_);
  return {.is_live = events_.is_live(),
          .is_away = events_.is_away(),
          .since = events_.since(),
          .problem = events_.problem(),
          .ledger_seq = events_.ledger_seq(),
          .realm = events_.realm()};
}

std::size_t LiveFeed::forget_closed(std::vector<std::shared_ptr<Page>>& pages) {
  std::erase_if(pages, [](const auto& page) { return !page->is_open(); });
  return pages.size();
}

std::size_t LiveFeed::pages() const {
  const std::lock_guard lock(mutex_);
  return forget_closed(pages_);
}

}  // namespace muster::gateway
