// SPDX-License-Identifier: Apache-2.0
// The feed's messages as they are sent. Their decoders: feed_decode.cpp.
#include "schemas/fbs/feed_generated.h"
#include "schemas/wire/feed.h"
#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query_codec.h"

namespace muster::wire {
namespace {

// What a row takes beside its texts: its own table and those inside it, each with a table of
// offsets that it may share with nobody, padding, and the places that refer to them.
constexpr std::size_t kUnitBytes = 400;
constexpr std::size_t kOperationBytes = 256;
/// A text's length, its final zero, padding, and the place that refers to it.
constexpr std::size_t kTextBytes = 12;

std::size_t text_bytes(std::string_view text) { return text.size() + kTextBytes; }

Written<fbs::FeedFilter> write_filter(Writer& out, const model::FeedFilter& from) {
  const auto nations = write_keys(out, from.nations);
  const auto components = write_codes<fbs::Component>(out, from.components);
  const auto element_kinds = write_codes<fbs::ElementKind>(out, from.element_kinds);
  const auto levels = write_codes<std::uint8_t>(out, from.levels);
  const auto operation = write_key_if_any(out, from.operation);
  return fbs::CreateFeedFilter(out, nations, components, element_kinds, levels, operation);
}

Written<fbs::FeedUnit> write_unit(Writer& out, const model::FeedUnit& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto parent = write_text_if_any(out, from.parent.view());
  const auto name = write_text_if_any(out, from.name);
  const auto computed = write_levels(out, from.computed);
  const auto own = write_figures(out, from.own);
  const auto operations = write_keys(out, from.operations);
  return fbs::CreateFeedUnit(
      out, unit, parent, name, static_cast<fbs::Component>(from.component),
      static_cast<fbs::ElementKind>(from.element_kind), static_cast<fbs::Echelon>(from.echelon),
      static_cast<fbs::Lifecycle>(from.lifecycle), from.level, computed, own, from.committed,
      operations, write_time(from.valid_at), write_time(from.ageing_at), write_time(from.stale_at),
      write_time(from.expires_at), from.ledger_seq);
}

Written<fbs::FeedOperation> write_operation(Writer& out, const model::FeedOperation& from) {
  const auto operation = write_text(out, from.operation.view());
  const auto name = write_text_if_any(out, from.name);
  const auto host = write_key_if_any(out, from.host);
  const auto people = write_promised(out, from.people);
  return fbs::CreateFeedOperation(out, operation, name, host,
                                  static_cast<fbs::OperationState>(from.state),
                                  from.authorised_strength, from.required, from.nations, people);
}

/// The message whose body `write(out)` writes.
template <typename Write>
model::Bytes message_of(MessageType type, Write write) {
  thread_local Writer out(1024);
  out.Clear();
  out.Finish(write(out));
  return make_message(type, written(out));
}

}  // namespace

std::size_t bytes_of(const model::FeedUnit& row) {
  auto bytes = kUnitBytes + text_bytes(row.unit.view()) + text_bytes(row.parent.view()) +
               text_bytes(row.name);
  for (const auto& operation : row.operations) {
    bytes += text_bytes(operation.view());
  }
  return bytes;
}

std::size_t bytes_of(const model::FeedOperation& row) {
  return kOperationBytes + text_bytes(row.operation.view()) + text_bytes(row.name) +
         text_bytes(row.host ? row.host->view() : std::string_view{});
}

model::Bytes subscribe_message(const model::Subscribe& message) {
  return message_of(MessageType::subscribe, [&](Writer& out) {
    const auto filter = write_filter(out, message.filter);
    return fbs::CreateSubscribe(out, message.id, filter, message.from_ledger_seq, message.credits,
                                message.journal);
  });
}

model::Bytes credit_message(const model::Credit& message) {
  return message_of(MessageType::credit, [&](Writer& out) {
    return fbs::CreateCredit(out, message.id, message.credits);
  });
}

model::Bytes unsubscribe_message(const model::Unsubscribe& message) {
  return message_of(MessageType::unsubscribe,
                    [&](Writer& out) { return fbs::CreateUnsubscribe(out, message.id); });
}

model::Bytes snap_begin_message(const model::SnapBegin& message) {
  return message_of(MessageType::snap_begin, [&](Writer& out) {
    const auto header = write_header(out, message.header);
    return fbs::CreateSnapBegin(out, message.id, message.ledger_seq, header, message.journal);
  });
}

model::Bytes snap_rows_message(const model::SnapRows& message) {
  return message_of(MessageType::snap_rows, [&](Writer& out) {
    const auto units = write_list<fbs::FeedUnit>(out, message.units, write_unit);
    const auto operations =
        write_list<fbs::FeedOperation>(out, message.operations, write_operation);
    return fbs::CreateSnapRows(out, message.id, units, operations);
  });
}

model::Bytes snap_end_message(const model::SnapEnd& message) {
  return message_of(MessageType::snap_end, [&](Writer& out) {
    return fbs::CreateSnapEnd(out, message.id, message.ledger_seq, message.units,
                              message.operations);
  });
}

model::Bytes delta_message(const model::Delta& message) {
  return message_of(MessageType::delta, [&](Writer& out) {
    const auto units = write_list<fbs::FeedUnit>(out, message.units, write_unit);
    const auto operations =
        write_list<fbs::FeedOperation>(out, message.operations, write_operation);
    const auto units_gone = write_keys(out, message.units_gone);
    const auto operations_gone = write_keys(out, message.operations_gone);
    return fbs::CreateDelta(out, message.id, message.prev_seq, message.ledger_seq, units,
                            operations, units_gone, operations_gone, message.last);
  });
}

model::Bytes lagged_message(const model::Lagged& message) {
  return message_of(MessageType::lagged, [&](Writer& out) {
    return fbs::CreateLagged(out, message.id, message.from_seq, message.to_seq);
  });
}

model::Bytes mark_message(const model::Mark& message) {
  return message_of(MessageType::mark, [&](Writer& out) {
    return fbs::CreateMark(out, message.id, message.ledger_seq,
                           model::to_micros(message.server_time));
  });
}

model::Bytes feed_bye_message(const model::FeedBye& message) {
  return message_of(MessageType::feed_bye, [&](Writer& out) {
    const auto text = write_text_if_any(out, message.message);
    return fbs::CreateFeedBye(out, message.id, static_cast<fbs::FeedByeReason>(message.reason),
                              text);
  });
}

}  // namespace muster::wire
