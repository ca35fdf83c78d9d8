// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/waiter.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <zmq.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

namespace muster::link {

model::Result<Waker> Waker::create() {
  const int fd = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (fd < 0) {
    return model::fail(model::ErrorCode::unavailable,
                       fmt::format("cannot make a waker: {}", std::strerror(errno)));
  }
  return Waker(fd);
}

Waker::Waker(Waker&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Waker& Waker::operator=(Waker&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Waker::~Waker() {
  if (fd_ >= 0) {
    ::close(fd_);
  }
}

void Waker::wake() const noexcept {
  const int before = errno;
  const std::uint64_t one = 1;
  // A full counter fails here, and then the loop is awake anyway.
  [[maybe_unused]] const ssize_t written = ::write(fd_, &one, sizeof one);
  errno = before;
}

bool Waker::reset() const noexcept {
  std::uint64_t wakes = 0;
  return ::read(fd_, &wakes, sizeof wakes) == static_cast<ssize_t>(sizeof wakes);
}

/// One watched thing may stand for several poll items: a dealer is its socket and its monitor.
struct Waiter::Impl {
  std::vector<zmq_pollitem_t> items;
  std::vector<Slot> slot_of_item;
  std::vector<bool> ready;  // By slot.

  Slot open_slot() {
    ready.push_back(false);
    return ready.size() - 1;
  }
  void add(Slot slot, void* socket, int fd) {
    items.push_back({.socket = socket, .fd = fd, .events = ZMQ_POLLIN, .revents = 0});
    slot_of_item.push_back(slot);
  }
};

Waiter::Waiter() : impl_(std::make_unique<Impl>()) {}
Waiter::Waiter(Waiter&&) noexcept = default;
Waiter& Waiter::operator=(Waiter&&) noexcept = default;
Waiter::~Waiter() = default;

Waiter::Slot Waiter::watch(const RouterSocket& socket) {
  const Slot slot = impl_->open_slot();
  impl_->add(slot, socket.native(), -1);
  return slot;
}

Waiter::Slot Waiter::watch(const DealerSocket& socket) {
  const Slot slot = impl_->open_slot();
  impl_->add(slot, socket.native(), -1);
  impl_->add(slot, socket.native_monitor(), -1);
  return slot;
}

Waiter::Slot Waiter::watch(const Waker& waker) { return watch_fd(waker.fd()); }

Waiter::Slot Waiter::watch_fd(int fd) {
  const Slot slot = impl_->open_slot();
  impl_->add(slot, nullptr, fd);
  return slot;
}

void Waiter::forget_all() { *impl_ = Impl{}; }

bool Waiter::wait(std::chrono::milliseconds wait_max) {
  impl_->ready.assign(impl_->ready.size(), false);
  const long timeout = static_cast<long>(std::max<std::int64_t>(wait_max.count(), 0));
  auto& items = impl_->items;
  // An interruption by a signal is "nothing yet"; so is anything else the library may say.
  if (zmq_poll(items.data(), static_cast<int>(items.size()), timeout) <= 0) {
    return false;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].revents != 0) {
      impl_->ready[impl_->slot_of_item[i]] = true;
    }
  }
  return true;
}

bool Waiter::is_ready(Slot slot) const { return slot < impl_->ready.size() && impl_->ready[slot]; }

}  // namespace muster::link
