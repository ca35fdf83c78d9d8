// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/session.h"

#include "schemas/wire/session_codec.h"

namespace muster::wire {
namespace {

Written<fbs::Finding> write_finding(Writer& out, const model::Finding& from) {
  const auto field = write_text_if_any(out, from.field);
  const auto found = write_text_if_any(out, from.found);
  const auto expected = write_text_if_any(out, from.expected);
  return fbs::CreateFinding(out, static_cast<std::uint8_t>(from.rule),
                            static_cast<fbs::Severity>(from.severity), from.statement, field, found,
                            expected);
}

Written<fbs::RefusedReport> write_outcome(Writer& out, const model::ReportOutcome& from) {
  const auto findings = write_findings(out, from.verdict.findings);
  return fbs::CreateRefusedReport(out, from.seq, static_cast<std::uint8_t>(from.verdict.verdict),
                                  findings);
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

WrittenList<Written<fbs::Finding>> write_findings(Writer& out,
                                                  const std::vector<model::Finding>& from) {
  return write_list<fbs::Finding>(out, from, write_finding);
}

Written<fbs::TreeHead> write_tree_head(Writer& out, const model::TreeHead& from) {
  const auto root = write_array<fbs::Hash>(from.root);
  const auto signature = write_array<fbs::Signature>(from.signature);
  return fbs::CreateTreeHead(out, from.size, &root, model::to_micros(from.at), &signature);
}

model::Bytes hello_message(const model::Hello& hello) {
  return message_of(MessageType::hello, [&](Writer& out) {
    const auto node = write_text(out, hello.node.view());
    const auto software = write_text_if_any(out, hello.software);
    return fbs::CreateHello(out, hello.protocol_version, node, software);
  });
}

model::Bytes welcome_message(const model::Welcome& welcome) {
  return message_of(MessageType::welcome, [&](Writer& out) {
    const auto tree_head = write_tree_head(out, welcome.tree_head);
    const auto software = write_text_if_any(out, welcome.software);
    const auto head_hash = write_array<fbs::Hash>(welcome.head_hash);
    return fbs::CreateWelcome(
        out, welcome.protocol_version, welcome.head_seq, &head_hash, welcome.window,
        welcome.reports_max, welcome.message_bytes_max, static_cast<fbs::Realm>(welcome.realm),
        model::to_micros(welcome.server_time), welcome.ledger_seq, tree_head, software);
  });
}

model::Bytes publish_message(model::ByteView envelope) {
  return make_message(MessageType::publish, envelope);
}

model::Bytes ack_message(const model::Ack& ack) {
  return message_of(MessageType::ack, [&](Writer& out) {
    const auto reports = write_list<fbs::RefusedReport>(out, ack.reports, write_outcome);
    const auto tree_head = write_tree_head(out, ack.tree_head);
    return fbs::CreateAck(out, ack.up_to_seq, ack.ledger_seq, reports, tree_head);
  });
}

model::Bytes nack_message(const model::Nack& nack) {
  return message_of(MessageType::nack, [&](Writer& out) {
    const auto message = write_text_if_any(out, nack.message);
    const auto findings = write_findings(out, nack.findings);
    const auto head_hash = write_array<fbs::Hash>(nack.head_hash);
    return fbs::CreateNack(out, nack.seq, static_cast<fbs::NackCode>(nack.code), message, findings,
                           nack.retryable, nack.retry_after_ms, nack.head_seq, &head_hash);
  });
}

model::Bytes ping_message(const model::Ping& ping) {
  return message_of(MessageType::ping, [&](Writer& out) {
    return fbs::CreatePing(out, ping.nonce, model::to_micros(ping.sent_at));
  });
}

model::Bytes pong_message(const model::Pong& pong) {
  return message_of(MessageType::pong, [&](Writer& out) {
    return fbs::CreatePong(out, pong.nonce, model::to_micros(pong.sent_at),
                           model::to_micros(pong.server_time), pong.ledger_seq);
  });
}

model::Bytes bye_message(const model::Bye& bye) {
  return message_of(MessageType::bye, [&](Writer& out) {
    const auto message = write_text_if_any(out, bye.message);
    return fbs::CreateBye(out, static_cast<fbs::ByeReason>(bye.reason), message);
  });
}

}  // namespace muster::wire
