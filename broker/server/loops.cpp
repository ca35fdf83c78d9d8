// SPDX-License-Identifier: Apache-2.0
#include "broker/server/loops.h"

#include <algorithm>

namespace muster::server {

using namespace std::chrono_literals;

namespace {

/// Nothing waits longer than this for a stop, whatever becomes of a wake.
constexpr auto kIdle = 250ms;
/// What has reached the machine may still be on its way through the I/O thread.
constexpr auto kDrainQuiet = 20ms;
/// What was said last has so long to get through the I/O thread: the socket closes without
/// lingering.
constexpr auto kLastWords = 100ms;
/// Questions that are answered before the feed has its turn.
constexpr int kQuestionsATurn = 16;

void count_refusal(IngestMetrics& metrics, link::SendResult result) {
  if (result != link::SendResult::sent) {
    metrics.send_refused(result == link::SendResult::gone);
  }
}

}  // namespace

IngestLoop::IngestLoop(link::RouterSocket socket, link::Waker waker, Ingest ingest, Clock clock,
                       LoopLimits limits, IngestMetrics& metrics)
    : socket_(std::move(socket)),
      waker_(std::move(waker)),
      ingest_(std::move(ingest)),
      clock_(std::move(clock)),
      limits_(limits),
      metrics_(metrics),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

IngestLoop::~IngestLoop() {
  thread_.request_stop();
  waker_.wake();
  thread_.join();
}

std::future<model::Result<void>> IngestLoop::probe() {
  std::promise<model::Result<void>> promise;
  auto future = promise.get_future();
  {
    const std::lock_guard lock(mutex_);
    probes_.push_back(std::move(promise));
  }
  waker_.wake();
  return future;
}

void IngestLoop::run(const std::stop_token& stop) {
  waiter_.watch(socket_);
  waiter_.watch(waker_);
  while (!stop.stop_requested()) {
    step(kIdle);
  }
  drain();
}

bool IngestLoop::step(std::chrono::milliseconds wait_max) {
  waiter_.wait(wait_max);
  waker_.reset();
  const auto incoming = gather();
  if (!incoming.empty()) {
    std::vector<Inbound> batch;
    batch.reserve(incoming.size());
    for (const auto& message : incoming) {
      batch.push_back({message.from, message.user_id, message.frame.bytes()});
    }
    send(ingest_.take(batch, clock_()));
  }
  answer_probes();
  return !incoming.empty();
}

std::vector<link::Incoming> IngestLoop::gather() {
  std::vector<link::Incoming> incoming;
  std::size_t bytes = 0;
  while (incoming.size() < limits_.batch_messages_max && bytes < limits_.batch_bytes_max) {
    auto message = socket_.receive();
    if (!message) {
      break;
    }
    bytes += message->frame.bytes().size();
    incoming.push_back(std::move(*message));
  }
  metrics_.dropped("ingest", socket_.dropped_malformed(), socket_.dropped_without_identity());
  return incoming;
}

void IngestLoop::send(const std::vector<Outbound>& messages) {
  for (const auto& message : messages) {
    count_refusal(metrics_, socket_.send(message.to, message.message));
  }
}

void IngestLoop::answer_probes() {
  std::vector<std::promise<model::Result<void>>> probes;
  {
    const std::lock_guard lock(mutex_);
    probes.swap(probes_);
  }
  for (auto& probe : probes) {
    probe.set_value(ingest_.probe());
  }
}

void IngestLoop::drain() {
  const auto deadline = std::chrono::steady_clock::now() + limits_.drain_max;
  waker_.reset();  // The wake that ended the loop would look like quiet.
  while (step(kDrainQuiet) && std::chrono::steady_clock::now() < deadline) {
  }
  send(ingest_.farewell(model::ByeReason::drained, "the broker is stopping; connect again"));
  std::this_thread::sleep_for(kLastWords);  // What is lost even so is resent by the nodes.
}

QueryLoop::QueryLoop(link::RouterSocket socket, link::Waker waker, QueryService service,
                     FeedSetup feed, Clock clock, IngestMetrics& metrics)
    : socket_(std::move(socket)),
      waker_(std::move(waker)),
      published_(feed.published),
      service_(std::move(service)),
      feed_({.view = feed.view,
             .metrics = feed.metrics,
             .limits = feed.limits,
             .send = [this](const link::PeerAddress& to,
                            model::ByteView message) { return socket_.send(to, message); },
             .feed_limits = feed.feed_limits,
             .on_bye = std::move(feed.on_bye)}),
      clock_(std::move(clock)),
      metrics_(metrics),
      desk_(service_.planner(), service_.metrics(), [this] { waker_.wake(); }),
      planning_([this](const std::stop_token& stop) {
        while (desk_.wait(stop)) {
          desk_.step(stop);
        }
      }),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

QueryLoop::~QueryLoop() {
  thread_.request_stop();
  waker_.wake();
  thread_.join();
}

void QueryLoop::run(const std::stop_token& stop) {
  link::Waiter waiter;
  waiter.watch(socket_);
  waiter.watch(waker_);
  waiter.watch(published_);
  auto wait_max = std::chrono::milliseconds(kIdle);
  while (!stop.stop_requested()) {
    waiter.wait(wait_max);
    waker_.reset();
    published_.reset();
    metrics_.dropped("query", socket_.dropped_malformed(), socket_.dropped_without_identity());
    deliver();
    take_in(stop);
    wait_max = std::min<std::chrono::milliseconds>(kIdle, feed_.step(clock_()));
  }
  desk_.close();
  const bool has_last_words = deliver() || feed_.subscribers() > 0;
  feed_.farewell();
  if (has_last_words) {
    std::this_thread::sleep_for(kLastWords);
  }
}

/// What is not taken now makes the next wait short.
void QueryLoop::take_in(const std::stop_token& stop) {
  for (int i = 0; i < kQuestionsATurn && !stop.stop_requested(); ++i) {
    const auto message = socket_.receive();
    if (!message) {
      return;
    }
    answer(*message);
    deliver();
  }
}

void QueryLoop::answer(const link::Incoming& message) {
  const auto view = wire::read_message(message.frame.bytes());
  if (view && Feed::takes(view->type)) {
    return feed_.take(message.from, message.user_id, *view, clock_());
  }
  auto reply = service_.ask(message.user_id, message.frame.bytes(), clock_());
  if (auto* job = std::get_if<PlanningJob>(&reply)) {
    desk_.put(message.from, std::move(*job));
  } else {
    send(message.from, std::get<QueryService::Messages>(reply));
  }
}

/// True when there was something.
bool QueryLoop::deliver() {
  const auto deliveries = desk_.collect();
  for (const auto& [to, messages] : deliveries) {
    send(to, messages);
  }
  return !deliveries.empty();
}

void QueryLoop::send(const link::PeerAddress& to, const QueryService::Messages& messages) {
  for (const auto& part : messages) {
    const auto sent = socket_.send(to, part);
    count_refusal(metrics_, sent);
    if (sent != link::SendResult::sent) {
      return;  // The asker reads too slowly, or has gone: it will ask again.
    }
  }
}

}  // namespace muster::server
