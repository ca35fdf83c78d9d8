// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/quiet_thread.h"

#include <fmt/format.h>
#include <pthread.h>

#include <csignal>
#include <system_error>
#include <utility>

namespace muster::link {
namespace {

/// Blocks every signal in this thread while it lives; a thread started meanwhile inherits that.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace

model::Result<std::jthread> start_quiet_thread(const char* name, std::function<void()> body) {
  const SignalsBlocked blocked;
  try {
    std::jthread thread(std::move(body));
    pthread_setname_np(thread.native_handle(), name);
    return thread;
  } catch (const std::system_error& error) {
    return model::fail(model::ErrorCode::unavailable,
                       fmt::format("cannot start thread {}: {}", name, error.what()));
  }
}

}  // namespace muster::link
