// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/self_test.h"

#include <fmt/format.h>

#include "schemas/link/dealer.h"
#include "schemas/link/waiter.h"

namespace muster::link {
namespace {

using model::ErrorCode;
using model::fail;
using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

DealerState wait_for_verdict(DealerSocket& stranger, milliseconds wait_max) {
  Waiter waiter;
  waiter.watch(stranger);
  const auto deadline = steady_clock::now() + wait_max;
  while (stranger.poll_events() == DealerState::connecting && steady_clock::now() < deadline) {
    waiter.wait(duration_cast<milliseconds>(deadline - steady_clock::now()) + milliseconds(1));
  }
  return stranger.state();
}

}  // namespace

model::Result<void> unknown_key_is_refused(Context& context, const std::string& endpoint,
                                           const model::PublicKey& server_key,
                                           milliseconds wait_max) {
  const DealerOptions options{.server_key = server_key,
                              .keys = CurveKeyPair::generate(),
                              .ipv6 = endpoint.find('[') != std::string::npos};
  MUSTER_TRY(auto stranger, DealerSocket::connect(context, endpoint, options));
  switch (wait_for_verdict(stranger, wait_max)) {
    case DealerState::denied:
      return {};
    case DealerState::connected:
      return fail(
          ErrorCode::refused,
          fmt::format("{} accepts strangers: it let in a key that nobody has registered, so "
                      "authentication does not work and nothing may be served",
                      endpoint));
    case DealerState::connecting:
      break;
  }
  return fail(ErrorCode::timed_out,
              fmt::format("{} gave a stranger's key no verdict within {} ms ({} handshakes broke "
                          "off): authentication is not running, or this is not its public key",
                          endpoint, wait_max.count(), stranger.broken_handshakes()));
}

}  // namespace muster::link
