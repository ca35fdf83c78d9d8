// SPDX-License-Identifier: Apache-2.0
#include "broker/server/authentic.h"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/trust/signing.h"
#include "schemas/wire/report.h"

namespace muster::server {

using model::NackCode;

namespace {

bool has_role(const model::RegisteredNode& peer, model::Role role) {
  return std::find(peer.roles.begin(), peer.roles.end(), role) != peer.roles.end();
}

/// Who may say a statement: the nation of its unit, or the registrar.
model::Nation speaker_of(const model::Statement& statement, const model::NodeId& node) {
  if (const auto* unit = model::unit_of(statement)) {
    return unit->nation();
  }
  if (std::holds_alternative<model::RegistryStatement>(statement)) {
    return model::registrar();
  }
  return node.publisher();
}

}  // namespace

bool may_publish(const model::RegisteredNode& peer, const model::EnvelopeView& envelope,
                 model::Nack& refusal) {
  if (!has_role(peer, model::Role::publisher) && !has_role(peer, model::Role::planner) &&
      !has_role(peer, model::Role::registrar)) {
    refusal.code = NackCode::unauthorised;
    refusal.message = fmt::format("{} has no role that may publish", peer.node_id.view());
    return false;
  }
  if (envelope.node != peer.node_id) {
    refusal.code = NackCode::wrong_node;
    refusal.message = fmt::format("an envelope of {} came with the key of {}", envelope.node.view(),
                                  peer.node_id.view());
    return false;
  }
  return true;
}

bool is_signed_by(const core::Registry& registry, const model::EnvelopeView& envelope,
                  model::ByteView signed_bytes, model::Duration skew, model::Nack& refusal) {
  auto keys = registry.keys_of(envelope.node, envelope.issued_at);
  if (keys.empty() && envelope.issued_at < model::kTimeMax) {
    keys = registry.keys_of(envelope.node, envelope.issued_at + skew);
  }
  for (const auto* entry : keys) {
    if (trust::verify(entry->key, signed_bytes, envelope.signature)) {
      return true;
    }
  }
  const auto issued_at = model::format_time(envelope.issued_at);
  if (keys.empty()) {
    refusal.code = NackCode::key_expired;
    refusal.message =
        fmt::format("{} had no valid signing key at {}", envelope.node.view(), issued_at);
    return false;
  }
  std::string fingerprints;
  for (const auto* entry : keys) {
    fingerprints += " " + trust::fingerprint(entry->key);
  }
  refusal.code = NackCode::bad_signature;
  refusal.message = fmt::format(
      "the signature of {}#{} does not verify with a key of the node that was valid at {}:{}",
      envelope.node.view(), envelope.link.first_seq, issued_at, fingerprints);
  return false;
}

std::vector<model::Finding> foreign_statements(const model::Report& report,
                                               const model::NodeId& node) {
  std::vector<model::Finding> findings;
  for (std::size_t i = 0; i < report.statements.size(); ++i) {
    const auto speaker = speaker_of(report.statements[i], node);
    if (speaker == node.publisher()) {
      continue;
    }
    const auto* unit = model::unit_of(report.statements[i]);
    findings.push_back({.rule = model::Rule::v04,
                        .severity = model::Severity::refuse,
                        .statement = static_cast<std::uint32_t>(i),
                        .field = unit != nullptr ? "unit" : "type",
                        .found = fmt::format(
                            "{} from {}", unit != nullptr ? unit->view() : "Registry", node.view()),
                        .expected = fmt::format("only {} speaks of it", speaker.view())});
    constexpr std::size_t kShownMax = 20;
    if (findings.size() == kShownMax) {
      break;
    }
  }
  return findings;
}

std::optional<std::vector<model::Report>> decode_reports(const model::EnvelopeView& envelope,
                                                         model::Nack& refusal) {
  std::vector<model::Report> reports;
  reports.reserve(envelope.reports.size());
  for (std::size_t i = 0; i < envelope.reports.size(); ++i) {
    const model::ReportId id{envelope.node, envelope.link.first_seq + i};
    auto report = wire::decode_report(envelope.reports[i]);
    if (!report) {
      refusal.code = NackCode::malformed;
      refusal.message = fmt::format("{}: {}", id.str(), report.error().message);
      return std::nullopt;
    }
    if (auto foreign = foreign_statements(*report, envelope.node); !foreign.empty()) {
      refusal.code = NackCode::wrong_nation;
      refusal.message = fmt::format("{} speaks for another publisher", id.str());
      refusal.findings = std::move(foreign);
      return std::nullopt;
    }
    reports.push_back(std::move(*report));
  }
  return reports;
}

}  // namespace muster::server
