// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/publisher.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "nodes/client/dealer_news.h"
#include "nodes/client/dealer_options.h"
#include "nodes/client/intake.h"
#include "nodes/client/report_check.h"
#include "nodes/client/session.h"
#include "schemas/link/quiet_thread.h"
#include "schemas/link/waiter.h"
#include "schemas/model/limits.h"
#include "schemas/trust/envelope.h"
#include "schemas/wire/envelope.h"

namespace muster::client {

using model::ErrorCode;
using model::fail;
using model::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds kBlockedPause{5};  // Before the connection is tried again.
constexpr int kFramesAtOnce = 256;

model::UtcTime utc_now() {
  return std::chrono::floor<model::Duration>(std::chrono::system_clock::now());
}

SessionOptions session_options(const PublisherOptions& options) {
  return {.node = options.node,
          .endpoint = options.connection.ingest_endpoint,
          .key_fingerprint = link::fingerprint(options.connection.curve.public_key),
          .signing_key = options.signing_key.public_key(),
          .resend_after = options.resend_after,
          .ping_every = options.ping_every};
}

Result<SessionStart> session_start(const storage::Outbox& outbox) {
  SessionStart start;
  start.next_seq = outbox.next_seq();
  start.sealed_seq = outbox.sealed_seq();
  start.sealed_hash = outbox.sealed_hash();
  start.acknowledged_seq = outbox.acknowledged_seq();
  const std::uint64_t count = start.sealed_seq - start.acknowledged_seq;
  MUSTER_TRY(start.unacknowledged, outbox.sealed(start.acknowledged_seq + 1, count));
  return start;
}

PublisherStatus::Session shown(Session::Phase phase) {
  switch (phase) {
    case Session::Phase::connecting:
    case Session::Phase::greeting:
      return PublisherStatus::Session::connecting;
    case Session::Phase::open:
      return PublisherStatus::Session::greeted;
    case Session::Phase::stopped:
      return PublisherStatus::Session::stopped;
    case Session::Phase::denied:
      return PublisherStatus::Session::denied;
  }
  return PublisherStatus::Session::stopped;
}

model::ReportVerdict verdict_of(const Settled& settled, std::uint64_t seq,
                                std::vector<model::ReportOutcome>::const_iterator& outcome) {
  if (settled.earlier_session) {
    return acknowledged_earlier();
  }
  if (outcome != settled.outcomes.end() && outcome->seq == seq) {
    return (outcome++)->verdict;
  }
  return {};
}

class ThreadedPublisher final : public Publisher {
 public:
  ThreadedPublisher(link::Context& context, PublisherOptions options,
                    std::unique_ptr<storage::Outbox> outbox, SessionStart start,
                    link::DealerSocket dealer, link::Waker waker, OnAcknowledged on_acknowledged)
      : context_(context),
        options_(std::move(options)),
        on_acknowledged_(std::move(on_acknowledged)),
        waker_(std::move(waker)),
        intake_(std::move(outbox), options_.waiting_max),
        session_(session_options(options_), std::move(start)),
        dealer_(std::move(dealer)) {
    status_.acknowledged_seq = session_.settled_seq();
    status_.problem = session_.problem();
  }
  ~ThreadedPublisher() override {
    stop_ = true;
    waker_.wake();
  }
  Result<void> start_thread() {
    MUSTER_TRY(thread_, link::start_quiet_thread("publisher", [this] { run(); }));
    return {};
  }

  Result<PublishResult> publish(const model::Report& report, std::uint64_t& seq) override;
  Result<PublishResult> publish_encoded(std::vector<model::Bytes> reports,
                                        std::uint64_t& first_seq) override;
  bool wait_until_acknowledged(milliseconds wait_max) override;
  [[nodiscard]] PublisherStatus status() const override;

 private:
  Result<PublishResult> keep(std::vector<model::Bytes> reports, std::uint64_t& first_seq);

  // The publisher's thread.
  void run();
  void wait();
  void take_events(Moment now);
  void take_frames(Moment now);
  void carry_out(Moment now);
  void carry_out_one(const Settled& settled, Moment now);
  void carry_out_one(const ResumeFrom& resume, Moment now);
  void carry_out_one(const Renew&, Moment now);
  void seal_what_fits(Moment now);
  Result<void> seal(const Room& room);
  void send_what_is_due(Moment now);
  void watch();
  void show();

  // Constant after construction.
  link::Context& context_;
  const PublisherOptions options_;
  const OnAcknowledged on_acknowledged_;

  // Any thread.
  link::Waker waker_;
  Intake intake_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> woken_{false};
  mutable std::mutex status_mutex_;
  std::condition_variable status_changed_;
  PublisherStatus status_;  // Under status_mutex_.

  // The publisher's thread.
  Session session_;
  link::DealerSocket dealer_;
  link::Waiter waiter_;
  DealerWatch dealer_watch_;
  bool blocked_ = false;
  std::uint64_t sealed_bytes_ = 0;
  std::string disk_problem_;

  std::jthread thread_;  // Last, so that it ends before what it uses.
};

// ---- any thread ---------------------------------------------------------------------------------

Result<PublishResult> ThreadedPublisher::publish(const model::Report& report, std::uint64_t& seq) {
  MUSTER_TRY(auto encoded, encode_checked(report, options_.node));
  std::vector<model::Bytes> reports;
  reports.push_back(std::move(encoded));
  return keep(std::move(reports), seq);
}

Result<PublishResult> ThreadedPublisher::publish_encoded(std::vector<model::Bytes> reports,
                                                         std::uint64_t& first_seq) {
  for (const auto& report : reports) {
    MUSTER_CHECK(check_size(report));
  }
  return keep(std::move(reports), first_seq);
}

Result<PublishResult> ThreadedPublisher::keep(std::vector<model::Bytes> reports,
                                              std::uint64_t& first_seq) {
  auto kept = intake_.push(std::move(reports), first_seq);
  if (kept && !woken_.exchange(true)) {
    waker_.wake();
  }
  return kept;
}

bool ThreadedPublisher::wait_until_acknowledged(milliseconds wait_max) {
  const std::uint64_t last = intake_.next_seq() - 1;
  std::unique_lock lock(status_mutex_);
  return status_changed_.wait_for(lock, wait_max, [&] { return status_.acknowledged_seq >= last; });
}

PublisherStatus ThreadedPublisher::status() const {
  const std::scoped_lock lock(status_mutex_);
  PublisherStatus status = status_;
  status.next_seq = intake_.next_seq();
  return status;
}

// ---- the publisher's thread ---------------------------------------------------------------------

void ThreadedPublisher::run() {
  watch();
  while (!stop_) {
    wait();
    const auto now = steady_clock::now();
    take_events(now);
    take_frames(now);
    session_.tick(now);
    carry_out(now);
    seal_what_fits(now);
    send_what_is_due(now);
    show();
  }
}

void ThreadedPublisher::watch() {
  waiter_.forget_all();
  waiter_.watch(dealer_);
  waiter_.watch(waker_);
}

void ThreadedPublisher::wait() {
  const auto now = steady_clock::now();
  auto left = std::chrono::ceil<milliseconds>(session_.wake_at(now) - now);
  left = std::clamp(left, milliseconds{0}, milliseconds{1'000});
  waiter_.wait(blocked_ ? kBlockedPause : left);
  waker_.reset();
  woken_.exchange(false);  // Reads what publish() wrote, so its report is seen below.
}

void ThreadedPublisher::take_events(Moment now) {
  const auto news = dealer_watch_.look(dealer_);
  if (news.is_denied) {
    session_.denied(now);
  }
  if (news.is_made) {
    session_.connected(now);
  }
  if (news.is_broken) {
    session_.disconnected(now, dealer_.broken_handshakes());
  }
}

void ThreadedPublisher::take_frames(Moment now) {
  for (int i = 0; i < kFramesAtOnce; ++i) {
    const auto frame = dealer_.receive();
    if (!frame) {
      return;
    }
    session_.received(frame->bytes(), now, utc_now());
  }
}

void ThreadedPublisher::carry_out(Moment now) {
  for (const auto& effect : session_.effects()) {
    std::visit([&](const auto& one) { carry_out_one(one, now); }, effect);
  }
}

/// The owner is told first and the outbox forgets afterwards, so that a crash between the two tells
/// again instead of never.
void ThreadedPublisher::carry_out_one(const Settled& settled, Moment) {
  auto outcome = settled.outcomes.cbegin();
  std::uint64_t refused = 0;
  for (std::uint64_t seq = settled.first_seq; seq <= settled.last_seq; ++seq) {
    Acknowledged report{.report = {.node = options_.node, .seq = seq},
                        .verdict = verdict_of(settled, seq, outcome),
                        .ledger_seq = settled.ledger_seq};
    refused += report.verdict.verdict == model::Verdict::refused ? 1 : 0;
    if (on_acknowledged_) {
      on_acknowledged_(report);
    }
  }
  const auto done = intake_.with_outbox(
      [&](storage::Outbox& outbox) { return outbox.acknowledge(settled.forget_seq); });
  disk_problem_ = done ? std::string() : done.error().message;
  intake_.forgotten(settled.forget_seq);
  const std::scoped_lock lock(status_mutex_);
  status_.acknowledged_seq = settled.last_seq;
  status_.refused += refused;
  status_changed_.notify_all();
}

void ThreadedPublisher::carry_out_one(const ResumeFrom& resume, Moment now) {
  const auto outcome = intake_.with_outbox([&](storage::Outbox& outbox) {
    auto resumed = outbox.resume_from(resume.seq, resume.hash);
    if (resumed) {
      intake_.moved(outbox.next_seq());
    }
    return resumed;
  });
  session_.resumed(outcome, now);
  const std::scoped_lock lock(status_mutex_);
  status_.acknowledged_seq = session_.settled_seq();
}

void ThreadedPublisher::carry_out_one(const Renew&, Moment now) {
  auto renewed = link::DealerSocket::connect(context_, options_.connection.ingest_endpoint,
                                             dealer_options(options_.connection));
  if (!renewed) {
    return session_.denied(now);  // No descriptors left: try again after the next pause.
  }
  waiter_.forget_all();
  dealer_ = *std::move(renewed);
  dealer_watch_ = {};
  watch();
}

void ThreadedPublisher::seal_what_fits(Moment now) {
  session_.reports_wait(intake_.next_seq(), intake_.pushed_bytes() - sealed_bytes_);
  while (const auto room = session_.room(now)) {
    if (const auto sealed = seal(*room); !sealed) {
      disk_problem_ = "the outbox: " + sealed.error().message;
      return;
    }
    disk_problem_.clear();
    session_.reports_wait(intake_.next_seq(), intake_.pushed_bytes() - sealed_bytes_);
  }
}

/// Hashing and signing happen between the two short holds of the outbox: nobody else seals.
Result<void> ThreadedPublisher::seal(const Room& room) {
  MUSTER_TRY(const auto reports, intake_.with_outbox([&](const storage::Outbox& outbox) {
    return outbox.waiting(room.reports, room.bytes);
  }));
  if (reports.empty()) {
    return fail(ErrorCode::corrupt, "reports are counted and not there");
  }
  model::EnvelopeView view;
  view.protocol_version = model::kProtocolVersion;
  view.node = options_.node;
  view.link = {.first_seq = session_.sealed_seq() + 1, .prev_hash = session_.sealed_hash()};
  view.issued_at = utc_now();
  view.reports.assign(reports.begin(), reports.end());
  storage::SealedEnvelope envelope;
  envelope.chain_hash = trust::seal(view, options_.signing_key);
  envelope.first_seq = view.link.first_seq;
  envelope.last_seq = view.last_seq();
  envelope.bytes = wire::encode_envelope(view);
  MUSTER_CHECK(intake_.with_outbox([&](storage::Outbox& outbox) { return outbox.seal(envelope); }));
  for (const auto& report : reports) {
    sealed_bytes_ += report.size();
  }
  // Reports of an earlier process were never counted as pushed.
  sealed_bytes_ = std::min(sealed_bytes_, intake_.pushed_bytes());
  session_.sealed(std::move(envelope));
  return {};
}

void ThreadedPublisher::send_what_is_due(Moment now) {
  blocked_ = false;
  for (auto message = session_.to_send(now); !message.empty(); message = session_.to_send(now)) {
    if (dealer_.send(message) != link::SendResult::sent) {
      blocked_ = true;
      return;
    }
    session_.sent(now);
  }
}

void ThreadedPublisher::show() {
  const auto& problem = disk_problem_.empty() ? session_.problem() : disk_problem_;
  const std::scoped_lock lock(status_mutex_);
  status_.session = shown(session_.phase());
  status_.problem = problem;
}

Result<void> check(const PublisherOptions& options, const storage::Outbox* outbox) {
  if (outbox == nullptr || options.node.empty() || options.waiting_max == 0) {
    return fail(ErrorCode::configuration,
                "a publisher needs an outbox, the name of its node and waiting_max above 0");
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Publisher>> Publisher::start(link::Context& context,
                                                    PublisherOptions options,
                                                    std::unique_ptr<storage::Outbox> outbox,
                                                    OnAcknowledged on_acknowledged) {
  MUSTER_CHECK(check(options, outbox.get()));
  MUSTER_TRY(auto start, session_start(*outbox));
  MUSTER_TRY(auto waker, link::Waker::create());
  MUSTER_TRY(auto dealer, link::DealerSocket::connect(context, options.connection.ingest_endpoint,
                                                      dealer_options(options.connection)));
  auto publisher = std::make_unique<ThreadedPublisher>(
      context, std::move(options), std::move(outbox), std::move(start), std::move(dealer),
      std::move(waker), std::move(on_acknowledged));
  MUSTER_CHECK(publisher->start_thread());
  return std::unique_ptr<Publisher>(std::move(publisher));
}

}  // namespace muster::client
