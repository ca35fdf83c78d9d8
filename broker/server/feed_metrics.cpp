// SPDX-License-Identifier: Apache-2.0
#include "broker/server/feed_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <string>

namespace muster::server {
namespace {

constexpr std::array kClasses{"all", "member", "partner"};
constexpr std::array kKinds{"snapshot", "delta", "mark"};
constexpr std::array kPlaces{"connection", "node", "broker"};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return text;
}

prometheus::Family<prometheus::Counter>& counter(prometheus::Registry& registry, const char* name,
                                                 const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}
prometheus::Family<prometheus::Gauge>& gauge(prometheus::Registry& registry, const char* name,
                                             const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

}  // namespace

SubscriberClass class_of(const core::Viewer& viewer) {
  if (core::sees_all(viewer)) {
    return SubscriberClass::all;
  }
  const bool is_member = viewer.has(model::Role::publisher) || viewer.has(model::Role::member);
  return is_member ? SubscriberClass::member : SubscriberClass::partner;
}

FeedMetrics::FeedMetrics(prometheus::Registry& registry) {
  auto& subscribers = gauge(registry, "muster_subscribers", "Subscriptions to the feed");
  auto& backlog =
      gauge(registry, "muster_subscriber_backlog_records",
            "Ledger records of which the subscriber that is furthest behind has not heard");
  auto& messages = counter(registry, "muster_feed_messages_total", "Messages sent to subscribers");
  auto& lagged = counter(registry, "muster_feed_lagged_total",
                         "Times that states between were not shown to a subscriber");
  auto& refused = counter(registry, "muster_feed_sends_refused_total",
                          "Messages that the connection of a subscriber had no room for");
  for (std::size_t i = 0; i < kClasses.size(); ++i) {
    const prometheus::Labels who{{"class", kClasses[i]}};
    classes_[i] = {.subscribers = &subscribers.Add(who),
                   .backlog = &backlog.Add(who),
                   .lagged = &lagged.Add(who),
                   .send_refused = &refused.Add(who),
                   .sent = {}};
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
      classes_[i].sent[kind] = &messages.Add({{"class", kClasses[i]}, {"kind", kKinds[kind]}});
    }
  }
  auto& byes = counter(registry, "muster_subscribers_disconnected_total",
                       "Subscriptions that ended or were refused, by reason");
  for (const auto& entry : model::code_names(model::FeedByeReason{})) {
    byes_[static_cast<std::size_t>(entry.value)] =
        &byes.Add({{"reason", lower(std::string(entry.name))}});
  }
  gone_ = &byes.Add({{"reason", "gone"}});
  auto& no_place = counter(registry, "muster_feed_no_place_total",
                           "Subscriptions refused because so many are open, by whose limit it was");
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    no_place_[i] = &no_place.Add({{"limit", kPlaces[i]}});
  }
  journal_ = &gauge(registry, "muster_feed_journal_entries",
                    "Changes that the feed remembers for subscribers that are behind")
                  .Add({});
}

void FeedMetrics::subscribed(SubscriberClass who) { of(who).subscribers->Increment(); }

void FeedMetrics::ended(SubscriberClass who, model::FeedByeReason reason) {
  of(who).subscribers->Decrement();
  refused(reason);
}

void FeedMetrics::gone(SubscriberClass who) {
  of(who).subscribers->Decrement();
  gone_->Increment();
}

void FeedMetrics::refused(model::FeedByeReason reason) {
  byes_[static_cast<std::size_t>(reason)]->Increment();
}

void FeedMetrics::no_place(FeedPlaces of) {
  no_place_[static_cast<std::size_t>(of)]->Increment();
}

void FeedMetrics::sent(SubscriberClass who, FeedKind kind) {
  of(who).sent[static_cast<std::size_t>(kind)]->Increment();
}

void FeedMetrics::lagged(SubscriberClass who) { of(who).lagged->Increment(); }

void FeedMetrics::send_refused(SubscriberClass who) { of(who).send_refused->Increment(); }

void FeedMetrics::backlog(SubscriberClass who, std::uint64_t records) {
  of(who).backlog->Set(static_cast<double>(records));
}

void FeedMetrics::journal(std::size_t entries) { journal_->Set(static_cast<double>(entries)); }

}  // namespace muster::server
