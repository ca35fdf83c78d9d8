// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/message.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace muster::wire {
namespace {

using model::ErrorCode;
using model::fail;

constexpr std::array<std::uint8_t, 4> kMagic{'M', 'S', 'T', 'R'};
constexpr std::size_t kVersionAt = 4;
constexpr std::size_t kTypeAt = 5;

std::optional<std::string_view> name_of(MessageType type) {
  switch (type) {
    case MessageType::hello:
      return "HELLO";
    case MessageType::welcome:
      return "WELCOME";
    case MessageType::publish:
      return "PUBLISH";
    case MessageType::ack:
      return "ACK";
    case MessageType::nack:
      return "NACK";
    case MessageType::ping:
      return "PING";
    case MessageType::pong:
      return "PONG";
    case MessageType::bye:
      return "BYE";
    case MessageType::request:
      return "REQUEST";
    case MessageType::chunk:
      return "CHUNK";
    case MessageType::refusal:
      return "REFUSAL";
    case MessageType::subscribe:
      return "SUBSCRIBE";
    case MessageType::credit:
      return "CREDIT";
    case MessageType::unsubscribe:
      return "UNSUBSCRIBE";
    case MessageType::snap_begin:
      return "SNAP_BEGIN";
    case MessageType::snap_rows:
      return "SNAP_ROWS";
    case MessageType::snap_end:
      return "SNAP_END";
    case MessageType::delta:
      return "DELTA";
    case MessageType::lagged:
      return "LAGGED";
    case MessageType::mark:
      return "MARK";
    case MessageType::feed_bye:
      return "FEED_BYE";
  }
  return std::nullopt;
}

bool has_magic(model::ByteView frame) {
  return std::equal(kMagic.begin(), kMagic.end(), frame.begin());
}

}  // namespace

model::Bytes make_message(MessageType type, model::ByteView body) {
  model::Bytes frame;
  frame.reserve(kHeaderBytes + body.size());
  frame.assign(kMagic.begin(), kMagic.end());
  frame.push_back(static_cast<std::uint8_t>(model::kProtocolVersion));
  frame.push_back(static_cast<std::uint8_t>(type));
  frame.resize(kHeaderBytes);
  frame.insert(frame.end(), body.begin(), body.end());
  return frame;
}

model::Result<MessageView> read_message(model::ByteView frame) {
  if (frame.size() < kHeaderBytes || frame.size() > model::kMessageBytesMax) {
    return fail(ErrorCode::malformed,
                fmt::format("message: found {} bytes, expected {} to {}", frame.size(),
                            kHeaderBytes, model::kMessageBytesMax));
  }
  if (!has_magic(frame)) {
    return fail(ErrorCode::malformed, "message: does not begin with MSTR");
  }
  if (frame[kVersionAt] != model::kProtocolVersion) {
    return fail(ErrorCode::unsupported,
                fmt::format("message: found protocol version {}, this build speaks {}",
                            frame[kVersionAt], model::kProtocolVersion));
  }
  if (frame[6] != 0 || frame[7] != 0) {
    return fail(ErrorCode::malformed, "message: bytes 6 and 7 of the header are not zero");
  }
  const auto type = static_cast<MessageType>(frame[kTypeAt]);
  if (!name_of(type)) {
    return fail(ErrorCode::malformed, fmt::format("message: {} is no known type", frame[kTypeAt]));
  }
  return MessageView{type, frame.subspan(kHeaderBytes)};
}

std::string to_text(MessageType type) {
  if (const auto name = name_of(type)) {
    return std::string(*name);
  }
  return fmt::format("UNKNOWN({})", static_cast<unsigned>(type));
}

}  // namespace muster::wire
