// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "schemas/link/context.h"
#include "schemas/model/bytes.h"
#include "schemas/model/result.h"

namespace muster::link {

/// The start-up test of a serving socket: knocks with a key that nobody has ever seen and succeeds
/// only if the server says no. Run it against each bound RouterSocket before reporting ready, with
/// its endpoint(); it blocks for one handshake, usually a millisecond, and counts once in
/// ZapService::denied(). The RouterSocket's own thread need not run.
/// Errors: refused if the stranger was let in - do not serve; timed_out without a verdict within
/// `wait_max`, for instance because no ZapService runs or `server_key` is not the socket's; those
/// of DealerSocket::connect().
model::Result<void> unknown_key_is_refused(Context& context, const std::string& endpoint,
                                           const model::PublicKey& server_key,
                                           std::chrono::milliseconds wait_max);

}  // namespace muster::link
