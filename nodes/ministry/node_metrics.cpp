// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/node_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <sstream>

namespace muster::ministry {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::Registry;

namespace {

double seconds(model::UtcTime at) { return static_cast<double>(model::to_micros(at)) / 1e6; }

void add_files(Registry& registry, const DropCounts& drop) {
  auto& files = BuildCounter()
                    .Name("muster_node_drop_files_total")
                    .Help("Files of the drop folder since the start, by what became of them")
                    .Register(registry);
  files.Add({{"result", "processed"}}).Increment(static_cast<double>(drop.processed));
  files.Add({{"result", "rejected"}}).Increment(static_cast<double>(drop.rejected));
  files.Add({{"result", "duplicate"}}).Increment(static_cast<double>(drop.duplicates));
  auto& pending = BuildGauge()
                      .Name("muster_node_drop_pending_files")
                      .Help("Files that are not done, by how far they are")
                      .Register(registry);
  pending.Add({{"stage", "waiting"}}).Set(static_cast<double>(drop.waiting));
  pending.Add({{"stage", "claimed"}}).Set(static_cast<double>(drop.claimed));
  pending.Add({{"stage", "published"}}).Set(static_cast<double>(drop.published));
  BuildGauge()
      .Name("muster_node_drop_oldest_waiting_timestamp_seconds")
      .Help("When the oldest file that is not claimed was first seen; 0 when none waits")
      .Register(registry)
      .Add({})
      .Set(drop.waiting == 0 ? 0 : seconds(drop.oldest_waiting));
}

void add_reports(Registry& registry, const client::PublisherStatus& publisher) {
  BuildGauge()
      .Name("muster_node_outbox_reports")
      .Help("Reports that the broker has not acknowledged")
      .Register(registry)
      .Add({})
      .Set(static_cast<double>(publisher.next_seq) - 1 -
           static_cast<double>(publisher.acknowledged_seq));
  BuildGauge()
      .Name("muster_node_acknowledged_seq")
      .Help("The last report of this node that the broker has acknowledged")
      .Register(registry)
      .Add({})
      .Set(static_cast<double>(publisher.acknowledged_seq));
  BuildCounter()
      .Name("muster_node_reports_refused_total")
      .Help("Reports that the broker has refused since the start")
      .Register(registry)
      .Add({})
      .Increment(static_cast<double>(publisher.refused));
}

void add_session(Registry& registry, const NodeStatus& status) {
  using Session = client::PublisherStatus::Session;
  auto& session = BuildGauge()
                      .Name("muster_node_session")
                      .Help("1 for the state that the session with the broker is in")
                      .Register(registry);
  for (const auto state :
       {Session::connecting, Session::greeted, Session::denied, Session::stopped}) {
    session.Add({{"state", std::string(session_text(state))}})
        .Set(status.publisher.session == state ? 1 : 0);
  }
  BuildGauge()
      .Name("muster_node_last_contact_timestamp_seconds")
      .Help("When the session with the broker was last seen open; 0 before the first time")
      .Register(registry)
      .Add({})
      .Set(seconds(status.last_contact));
}

}  // namespace

std::string metrics_page(const NodeStatus& status, const std::string& version) {
  Registry registry;
  BuildGauge()
      .Name("muster_node_build_info")
      .Help("1, with the version of the program")
      .Register(registry)
      .Add({{"version", version}})
      .Set(1);
  BuildGauge()
      .Name("muster_node_start_timestamp_seconds")
      .Help("When the program was started")
      .Register(registry)
      .Add({})
      .Set(seconds(status.started_at));
  add_files(registry, status.drop);
  add_reports(registry, status.publisher);
  add_session(registry, status);
  std::ostringstream out;
  prometheus::TextSerializer().Serialize(out, registry.Collect());
  return out.str();
}

}  // namespace muster::ministry
