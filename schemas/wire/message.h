// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "schemas/model/bytes.h"
#include "schemas/model/limits.h"
#include "schemas/model/result.h"

/// A message is one frame: an 8-byte header, then a FlatBuffer whose root table the type names
/// (PROTOCOL.md §2).
namespace muster::wire {

/// Numbers travel: never renumber. 0x01-0x1f ingest, 0x20-0x2f query, 0x30-0x3f feed.
enum class MessageType : std::uint8_t {
  hello = 0x01,
  welcome = 0x02,
  publish = 0x03,
  ack = 0x04,
  nack = 0x05,
  ping = 0x06,
  pong = 0x07,
  bye = 0x08,
  request = 0x20,
  chunk = 0x21,
  refusal = 0x22,
  subscribe = 0x30,
  credit = 0x31,
  unsubscribe = 0x32,
  snap_begin = 0x33,
  snap_rows = 0x34,
  snap_end = 0x35,
  delta = 0x36,
  lagged = 0x37,
  mark = 0x38,
  feed_bye = 0x39,
};

inline constexpr std::size_t kHeaderBytes = 8;

/// A message whose header was read and whose body was not.
struct MessageView {
  MessageType type{};
  model::ByteView body;
};

/// Header and body, ready to send.
model::Bytes make_message(MessageType type, model::ByteView body);

/// Reads the header.
/// Errors: malformed when it is short, longer than kMessageBytesMax, has another magic or a type
/// nobody knows; unsupported for another protocol version, naming both.
model::Result<MessageView> read_message(model::ByteView frame);

/// "PUBLISH", for messages and metrics.
std::string to_text(MessageType type);

}  // namespace muster::wire
