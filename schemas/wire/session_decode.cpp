// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/body.h"
#include "schemas/wire/session.h"
#include "schemas/wire/session_codec.h"

namespace muster::wire {
namespace {

void read_finding(Reading& in, const Path& at, const fbs::Finding& from, model::Finding& to) {
  to.rule = static_cast<model::Rule>(from.rule());
  to.severity = static_cast<model::Severity>(from.severity());
  to.statement = from.statement();
  read_text(in, {&at, "field"}, from.field(), to.field);
  read_text(in, {&at, "found"}, from.found(), to.found);
  read_text(in, {&at, "expected"}, from.expected(), to.expected);
}

void read_outcome(Reading& in, const Path& at, const fbs::RefusedReport& from,
                  model::ReportOutcome& to) {
  to.seq = from.seq();
  to.verdict.verdict = static_cast<model::Verdict>(from.verdict());
  read_findings(in, {&at, "findings"}, from.findings(), to.verdict.findings);
}

}  // namespace

void read_findings(Reading& in, const Path& at,
                   const flatbuffers::Vector<flatbuffers::Offset<fbs::Finding>>* from,
                   std::vector<model::Finding>& to) {
  read_list(in, at, from, to, read_finding);
}

model::TreeHead read_tree_head(const fbs::TreeHead* from) {
  model::TreeHead to;
  if (from == nullptr) {
    return to;
  }
  to.size = from->size();
  read_array(from->root(), to.root);
  to.at = model::from_micros(from->at());
  read_array(from->signature(), to.signature);
  return to;
}

model::Result<model::Hello> read_hello(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Hello& from, model::Hello& to) {
    to.protocol_version = from.protocol_version();
    read_key(in, {nullptr, "node"}, from.node(), to.node);
    read_text(in, {nullptr, "software"}, from.software(), to.software);
  };
  return read_body<fbs::Hello, model::Hello>("HELLO", body, read);
}

model::Result<model::Welcome> read_welcome(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Welcome& from, model::Welcome& to) {
    to.protocol_version = from.protocol_version();
    to.head_seq = from.head_seq();
    read_array(from.head_hash(), to.head_hash);
    to.window = from.window();
    to.reports_max = from.reports_max();
    to.message_bytes_max = from.message_bytes_max();
    to.realm = static_cast<model::Realm>(from.realm());
    to.server_time = model::from_micros(from.server_time());
    to.ledger_seq = from.ledger_seq();
    to.tree_head = read_tree_head(from.tree_head());
    read_text(in, {nullptr, "software"}, from.software(), to.software);
  };
  return read_body<fbs::Welcome, model::Welcome>("WELCOME", body, read);
}

model::Result<model::Ack> read_ack(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Ack& from, model::Ack& to) {
    to.up_to_seq = from.up_to_seq();
    to.ledger_seq = from.ledger_seq();
    read_list(in, {nullptr, "reports"}, from.reports(), to.reports, read_outcome);
    to.tree_head = read_tree_head(from.tree_head());
  };
  return read_body<fbs::Ack, model::Ack>("ACK", body, read);
}

model::Result<model::Nack> read_nack(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Nack& from, model::Nack& to) {
    to.seq = from.seq();
    to.code = static_cast<model::NackCode>(from.code());
    read_text(in, {nullptr, "message"}, from.message(), to.message);
    read_findings(in, {nullptr, "findings"}, from.findings(), to.findings);
    to.retryable = from.retryable();
    to.retry_after_ms = from.retry_after_ms();
    to.head_seq = from.head_seq();
    read_array(from.head_hash(), to.head_hash);
  };
  return read_body<fbs::Nack, model::Nack>("NACK", body, read);
}

model::Result<model::Ping> read_ping(model::ByteView body) {
  const auto read = [](Reading&, const fbs::Ping& from, model::Ping& to) {
    to = {from.nonce(), model::from_micros(from.sent_at())};
  };
  return read_body<fbs::Ping, model::Ping>("PING", body, read);
}

model::Result<model::Pong> read_pong(model::ByteView body) {
  const auto read = [](Reading&, const fbs::Pong& from, model::Pong& to) {
    to = {from.nonce(), model::from_micros(from.sent_at()), model::from_micros(from.server_time()),
          from.ledger_seq()};
  };
  return read_body<fbs::Pong, model::Pong>("PONG", body, read);
}

model::Result<model::Bye> read_bye(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Bye& from, model::Bye& to) {
    to.reason = static_cast<model::ByeReason>(from.reason());
    read_text(in, {nullptr, "message"}, from.message(), to.message);
  };
  return read_body<fbs::Bye, model::Bye>("BYE", body, read);
}

}  // namespace muster::wire
