// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/status_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "schemas/text/json_tree.h"

namespace muster::ministry {

using text::json_number;
using text::json_string;

namespace {

constexpr std::string_view kKind = "NodeStatus";

std::uint64_t in_outbox(const client::PublisherStatus& publisher) {
  return publisher.next_seq - 1 - std::min(publisher.acknowledged_seq, publisher.next_seq - 1);
}

std::uint64_t pending_files(const DropCounts& drop) {
  return drop.waiting + drop.claimed + drop.published;
}

/// Empty text when it is not known.
std::string moment_or_nothing(model::UtcTime at) {
  return at == model::UtcTime{} ? std::string() : model::format_time(at);
}

}  // namespace

bool is_status_file(const Path& path) {
  // A pipe of that name would be waited for.
  std::error_code ignored;
  if (path.filename() != kStatusName ||
      !is_regular_file(std::filesystem::symlink_status(path, ignored))) {
    return false;
  }
  std::ifstream in(path, std::ios::binary);
  std::string head(256, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  return head.find(fmt::format("\"kind\": \"{}\"", kKind)) != std::string::npos;
}

std::string_view session_text(client::PublisherStatus::Session session) {
  switch (session) {
    case client::PublisherStatus::Session::connecting:
      return "connecting";
    case client::PublisherStatus::Session::greeted:
      return "greeted";
    case client::PublisherStatus::Session::denied:
      return "denied";
    case client::PublisherStatus::Session::stopped:
      return "stopped";
  }
  return "stopped";
}

std::string summary(const NodeStatus& status) {
  const auto files = pending_files(status.drop);
  const auto reports = in_outbox(status.publisher);
  if (!status.publisher.problem.empty()) {
    return fmt::format("Not publishing: {}. Files under way: {}, reports in the outbox: {}.",
                       status.publisher.problem, files, reports);
  }
  return fmt::format("Publishing. Files under way: {}, reports in the outbox: {}.", files, reports);
}

std::string status_json(const NodeStatus& status, std::string_view line, model::UtcTime now) {
  const auto& drop = status.drop;
  const auto waited = drop.waiting == 0 ? model::Duration{}
                                        : std::max(now - drop.oldest_waiting, model::Duration{});
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(waited).count();
  auto files = text::json_object();
  files.add("waiting", json_number(drop.waiting))
      .add("claimed", json_number(drop.claimed))
      .add("published", json_number(drop.published))
      .add("processed", json_number(drop.processed))
      .add("rejected", json_number(drop.rejected))
      .add("duplicates", json_number(drop.duplicates))
      .add("oldest_waiting_seconds", json_number(std::int64_t{seconds}));
  auto object = text::json_object();
  object.add("apiVersion", json_string("muster/v1"))
      .add("kind", json_string(kKind))
      .add("node", json_string(status.node))
      .add("summary", json_string(line))
      .add("session", json_string(session_text(status.publisher.session)))
      .add("problem", json_string(status.publisher.problem))
      .add("acknowledged_seq", json_number(status.publisher.acknowledged_seq))
      .add("in_outbox", json_number(in_outbox(status.publisher)))
      .add("reports_refused", json_number(status.publisher.refused))
      .add("files", std::move(files))
      .add("last_receipt", json_string(drop.last_receipt))
      .add("last_problem", json_string(drop.last_problem))
      .add("started_at", json_string(model::format_time(status.started_at)))
      .add("last_contact", json_string(moment_or_nothing(status.last_contact)))
      .add("updated_at", json_string(model::format_time(now)));
  return print_json(object, 2) + "\n";
}

model::Result<void> StatusFile::update(const NodeStatus& status, model::UtcTime now) {
  // What moves by itself does not count as a change.
  auto still = status;
  still.last_contact = {};
  still.drop.oldest_waiting = now;
  const auto line = words_.tell(summary(status));
  const auto content = status_json(still, line, {});
  const bool is_fresh = now >= written_at_ && now - written_at_ < kEvery;
  if (content == written_ && is_fresh) {
    return {};
  }
  if (!is_gone(path_) && !is_status_file(path_)) {
    return {};
  }
  MUSTER_CHECK(write_file(path_, status_json(status, line, now)));
  written_ = content;
  written_at_ = now;
  return {};
}

}  // namespace muster::ministry
