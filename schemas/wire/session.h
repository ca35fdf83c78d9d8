// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/session.h"
#include "schemas/wire/message.h"

/// Complete messages (header and body) of the ingest socket. The read_… functions take a body that
/// read_message() gave. Errors of all of them: malformed, naming the field and what was found.
namespace muster::wire {

model::Bytes hello_message(const model::Hello& hello);
model::Bytes welcome_message(const model::Welcome& welcome);
model::Bytes publish_message(model::ByteView envelope);
model::Bytes ack_message(const model::Ack& ack);
model::Bytes nack_message(const model::Nack& nack);
model::Bytes ping_message(const model::Ping& ping);
model::Bytes pong_message(const model::Pong& pong);
model::Bytes bye_message(const model::Bye& bye);

model::Result<model::Hello> read_hello(model::ByteView body);
model::Result<model::Welcome> read_welcome(model::ByteView body);
model::Result<model::Ack> read_ack(model::ByteView body);
model::Result<model::Nack> read_nack(model::ByteView body);
model::Result<model::Ping> read_ping(model::ByteView body);
model::Result<model::Pong> read_pong(model::ByteView body);
model::Result<model::Bye> read_bye(model::ByteView body);

}  // namespace muster::wire
