// SPDX-License-Identifier: Apache-2.0
#include "tests/support/wire_readers.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <variant>

#include "schemas/wire/envelope.h"
#include "schemas/wire/feed.h"
#include "schemas/wire/query.h"
#include "schemas/wire/report.h"
#include "schemas/wire/session.h"
#include "tests/support/sample_feed.h"
#include "tests/support/sample_messages.h"
#include "tests/support/sample_reports.h"

namespace muster::tests {
namespace {

using model::Bytes;
using model::ByteView;

void must(bool holds, const char* what) {
  if (holds) {
    return;
  }
  std::fprintf(stderr, "not true: %s\n", what);
  std::abort();
}

bool is_unread(const model::Statement& statement) {
  return std::holds_alternative<model::UninterpretedStatement>(statement);
}

/// Compared as bytes, because a number that is not a number is not equal to itself.
void try_report(ByteView bytes) {
  auto report = wire::decode_report(bytes);
  if (!report) {
    return;
  }
  std::erase_if(report->statements, is_unread);
  if (report->statements.empty()) {
    return;
  }
  const auto once = wire::encode_report(*report);
  const auto again = wire::decode_report(once);
  must(again.has_value() || once.size() > model::kReportBytesMax,
       "a decoded report can be sent on");
  must(!again || wire::encode_report(*again) == once, "a report stays what it was");
}

void try_envelope(ByteView bytes) {
  auto envelope = wire::DecodedEnvelope::decode(bytes);
  if (!envelope) {
    return;
  }
  const auto moved = *std::move(envelope);
  for (const auto report : moved.view().reports) {
    try_report(report);
  }
  const auto once = wire::encode_envelope(moved.view());
  const auto again = wire::DecodedEnvelope::decode(once);
  must(again.has_value(), "a decoded envelope can be sent on");
  must(wire::encode_envelope(again->view()) == once, "an envelope stays what it was");
}

void try_chunk(ByteView body) {
  for (const std::uint64_t id : {std::uint64_t{0}, std::uint64_t{900}}) {
    wire::AnswerAssembler assembler(id);
    const auto answer = assembler.add(body);
    if (answer && *answer) {
      must(!wire::answer_messages(id, **answer).empty(), "it has a chunk");
    }
  }
}

/// `message(read(body))` is a message whose body reads as the same again.
template <typename Read, typename Write>
void try_message(ByteView body, Read read, Write write) {
  const auto value = read(body);
  if (!value) {
    return;
  }
  const Bytes once = write(*value);
  const auto again = read(ByteView(once).subspan(wire::kHeaderBytes));
  must(again.has_value(), "a decoded message can be sent on");
  must(write(*again) == once, "a message stays what it was");
}

void try_session(ByteView body) {
  try_message(body, wire::read_hello, wire::hello_message);
  try_message(body, wire::read_welcome, wire::welcome_message);
  try_message(body, wire::read_ack, wire::ack_message);
  try_message(body, wire::read_nack, wire::nack_message);
  try_message(body, wire::read_ping, wire::ping_message);
  try_message(body, wire::read_pong, wire::pong_message);
  try_message(body, wire::read_bye, wire::bye_message);
  try_message(body, wire::read_request, wire::request_message);
  try_message(body, wire::read_refusal, wire::refusal_message);
}

void try_feed(ByteView body) {
  try_message(body, wire::read_subscribe, wire::subscribe_message);
  try_message(body, wire::read_credit, wire::credit_message);
  try_message(body, wire::read_unsubscribe, wire::unsubscribe_message);
  try_message(body, wire::read_snap_begin, wire::snap_begin_message);
  try_message(body, wire::read_snap_rows, wire::snap_rows_message);
  try_message(body, wire::read_snap_end, wire::snap_end_message);
  try_message(body, wire::read_delta, wire::delta_message);
  try_message(body, wire::read_lagged, wire::lagged_message);
  try_message(body, wire::read_mark, wire::mark_message);
  try_message(body, wire::read_feed_bye, wire::feed_bye_message);
}

void add_reports(std::vector<Bytes>& frames) {
  for (const auto& report : {valid_report(), small_report(), full_report(), registry_report()}) {
    frames.push_back(wire::encode_report(report));
  }
  for (const auto& statement : full_report().statements) {
    auto report = valid_report();
    report.statements = {statement};
    frames.push_back(wire::encode_report(report));
  }
}

void add_session(std::vector<Bytes>& frames) {
  frames.push_back(wire::hello_message(sample_hello()));
  frames.push_back(wire::welcome_message(sample_welcome()));
  frames.push_back(wire::ack_message(sample_ack()));
  frames.push_back(wire::nack_message(sample_nack()));
  frames.push_back(wire::ping_message(sample_ping()));
  frames.push_back(wire::pong_message(sample_pong()));
  frames.push_back(wire::bye_message(sample_bye()));
}

void add_queries(std::vector<Bytes>& frames) {
  for (const auto& request : sample_requests()) {
    frames.push_back(wire::request_message(request));
  }
  for (const auto& answer : sample_answers()) {
    for (auto& chunk : wire::answer_messages(900, answer)) {
      frames.push_back(std::move(chunk));
    }
  }
  frames.push_back(wire::refusal_message(sample_refusal()));
}

void add_feed(std::vector<Bytes>& frames) {
  frames.push_back(wire::subscribe_message(sample_subscribe()));
  frames.push_back(wire::credit_message(sample_credit()));
  frames.push_back(wire::unsubscribe_message(sample_unsubscribe()));
  frames.push_back(wire::snap_begin_message(sample_snap_begin()));
  frames.push_back(wire::snap_rows_message(sample_snap_rows()));
  frames.push_back(wire::snap_end_message(sample_snap_end()));
  frames.push_back(wire::delta_message(sample_delta()));
  frames.push_back(wire::lagged_message(sample_lagged()));
  frames.push_back(wire::mark_message(sample_mark()));
  frames.push_back(wire::feed_bye_message(sample_feed_bye()));
}

}  // namespace

std::vector<Bytes> sample_frames() {
  std::vector<Bytes> frames;
  add_reports(frames);
  const auto one = frames[0];
  const auto two = frames[1];
  frames.push_back(wire::encode_envelope(sample_envelope({one, two})));
  frames.push_back(wire::publish_message(frames.back()));
  add_session(frames);
  add_queries(frames);
  add_feed(frames);
  return frames;
}

void read_everything(ByteView bytes) {
  try_report(bytes);
  try_envelope(bytes);
  const auto message = wire::read_message(bytes);
  const ByteView body = message ? message->body : bytes;
  if (message) {
    must(!wire::to_text(message->type).empty(), "a type has a name");
  }
  try_envelope(body);
  try_session(body);
  try_feed(body);
  try_chunk(body);
}

}  // namespace muster::tests
