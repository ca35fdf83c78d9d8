// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/model/ids.h"
#include "schemas/model/result.h"
#include "schemas/model/session.h"
#include "schemas/model/time.h"
#include "storage/outbox.h"

/// The publisher's side of the ingest session, without socket, thread, disk or clock: events go in,
/// and what to do comes out. The README has it as a table.
namespace muster::client {

/// Moments are given by whoever drives the session.
using Moment = std::chrono::steady_clock::time_point;

struct SessionOptions {
  model::NodeId node;
  std::string endpoint;            ///< For messages to people.
  std::string key_fingerprint;     ///< Of our CURVE key, likewise.
  model::PublicKey signing_key{};  ///< Tells whether an envelope was sealed with it.
  std::chrono::milliseconds resend_after{
      5'000};  ///< Doubles while nothing is heard, up to 8 times.
  std::chrono::milliseconds ping_every{5'000};
  std::chrono::milliseconds retry_stopped{10'000};
  std::chrono::milliseconds denied_min{1'000}, denied_max{30'000};
};

/// Where the outbox stood when the session began.
struct SessionStart {
  std::uint64_t next_seq = 1;
  std::uint64_t sealed_seq = 0;
  model::Hash sealed_hash{};
  std::uint64_t acknowledged_seq = 0;
  std::vector<storage::SealedEnvelope> unacknowledged;  ///< All that is sealed, oldest first.
};

/// Reports first_seq..last_seq are durable at the broker: tell their owner, then let the outbox
/// forget everything up to `forget_seq`, the end of an envelope.
struct Settled {
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;
  std::uint64_t forget_seq = 0;
  std::uint64_t ledger_seq = 0;
  std::vector<model::ReportOutcome> outcomes;  ///< By seq. Who is not listed was accepted.
  bool earlier_session = false;  ///< The acknowledgement itself was missed: verdicts are unknown.
};
/// A new outbox goes on from the broker's head; answer with resumed().
struct ResumeFrom {
  std::uint64_t seq = 0;
  model::Hash hash{};
};
/// The connection is beyond repair: replace it by a new one.
struct Renew {};
using Effect = std::variant<Settled, ResumeFrom, Renew>;

/// How much to take from the outbox into the next envelope.
struct Room {
  std::size_t reports = 0;
  std::size_t bytes = 0;
};

/// Thread rule: one thread. After each event the owner carries out effects(), then seals while
/// room() says so, then sends while to_send() has something.
class Session {
 public:
  enum class Phase : std::uint8_t {
    connecting,  ///< Nobody at the other end.
    greeting,    ///< HELLO is said or about to be.
    open,        ///< WELCOME came: envelopes flow.
    stopped,     ///< A final answer: nothing is sent until HELLO is tried again, later.
    denied,      ///< The broker does not know our key: a new connection later.
  };

  Session(SessionOptions options, SessionStart start);

  // ---- what happens ---------------------------------------------------------------------------

  void connected(Moment now);
  /// `broken_handshakes` tells a wrong server key from a server that is not there.
  void disconnected(Moment now, std::uint64_t broken_handshakes);
  void denied(Moment now);
  /// Any frame of the broker, known or not. `utc` is what this machine's clock says: envelopes are
  /// stamped with it for ever, so nothing is sealed while it is far from the broker's.
  void received(model::ByteView frame, Moment now, model::UtcTime utc);
  void tick(Moment now);
  /// The outbox's next_seq now, and the bytes that wait in it, if known.
  void reports_wait(std::uint64_t next_seq, std::size_t bytes);
  /// What room() asked for was sealed, durably.
  void sealed(storage::SealedEnvelope envelope);
  void resumed(const model::Result<void>& outcome, Moment now);
  /// What to_send() gave was taken by the connection.
  void sent(Moment now);

  // ---- what to do -----------------------------------------------------------------------------

  std::vector<Effect> effects() { return std::exchange(effects_, {}); }
  /// Nothing while there is a reason to wait for more reports or for an answer.
  [[nodiscard]] std::optional<Room> room(Moment now) const;
  /// The next message, or an empty view. Good until the next event.
  [[nodiscard]] model::ByteView to_send(Moment now);
  /// When to call tick() at the latest.
  [[nodiscard]] Moment wake_at(Moment now) const;

  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] const std::string& problem() const {
    return phase_ == Phase::open && clock_is_wrong() ? clock_problem_ : problem_;
  }
  [[nodiscard]] std::uint64_t settled_seq() const { return settled_; }
  [[nodiscard]] std::uint64_t sealed_seq() const { return sealed_; }
  [[nodiscard]] model::Hash sealed_hash() const { return sealed_hash_; }

 private:
  struct InFlight {
    std::uint64_t first_seq = 0, last_seq = 0;
    model::Hash chain_hash{};
    model::Bytes message;          // PUBLISH, complete.
    std::uint32_t unanswered = 0;  // Copies under way; 0: to be sent.
    std::uint64_t sending = 0;     // Number of the last copy's sending.
    std::uint32_t gaps = 0;        // Answers "gap" without progress.
    [[nodiscard]] std::uint64_t reports() const { return last_seq - first_seq + 1; }
  };

  // session_answers.cpp: what the broker says.
  template <typename Message>
  void take(const model::Result<Message>& message, Moment now);
  void on(const model::Welcome& welcome, Moment now);
  void on(const model::Ack& ack, Moment now);
  void on(const model::Nack& nack, Moment now);
  void on(const model::Pong& pong, Moment now);
  void on(const model::Bye& bye, Moment now);
  void on_gap(const model::Nack& nack, InFlight& envelope, Moment now);
  void open(const model::Welcome& welcome, Moment now);
  void check_clock(model::UtcTime server_time);
  [[nodiscard]] bool clock_is_wrong() const { return !clock_problem_.empty(); }

  void progress(Moment now);
  void greet(Moment at);
  void stop(std::string problem, Moment now);
  void disagree(const std::string& what, Moment now);
  void pause(std::chrono::milliseconds wait, Moment now);
  void settle(Settled settled);
  void append(storage::SealedEnvelope envelope);
  /// What is wrong with the broker's head; empty when it fits this outbox.
  [[nodiscard]] std::string mismatch(const model::Welcome& welcome) const;
  /// What a person can do about a final answer.
  [[nodiscard]] std::string advice_on(const model::Nack& nack);
  [[nodiscard]] std::optional<model::Hash> hash_at(std::uint64_t seq) const;
  [[nodiscard]] bool is_new_outbox() const { return next_ == 1 && sealed_ == 0; }
  InFlight* find(std::uint64_t first_seq);
  InFlight* first_unsent();
  void count_copy(InFlight& envelope);
  void drop_copies(InFlight& envelope);
  void drop_all_copies();
  void tick_open(Moment now);
  [[nodiscard]] bool may_send_envelopes(Moment now) const {
    return phase_ == Phase::open && now >= paused_until_;
  }
  [[nodiscard]] std::size_t envelope_reports_max() const;

  const SessionOptions options_;
  Phase phase_ = Phase::connecting;
  bool connected_ = false;
  std::string problem_;
  std::string clock_problem_;  // Not empty: nothing is sealed.
  bool final_ = false;         // `problem_` stands until an acknowledgement proves it mended.
  bool disagrees_ = false;     // Acknowledgements cannot be believed to be about our bytes.
  std::vector<Effect> effects_;

  // Where the outbox stands.
  std::uint64_t next_;
  std::uint64_t sealed_;
  model::Hash sealed_hash_;
  std::uint64_t settled_;    // Told to the owner; may be inside an envelope.
  std::uint64_t forgotten_;  // The end of the last envelope that is done.
  std::optional<model::Hash> forgotten_hash_;
  std::size_t waiting_bytes_ = 0;
  std::deque<InFlight> flight_;  // Sealed and not done, in order, sent or not.
  std::uint64_t reports_in_flight_ = 0;
  std::size_t bytes_in_flight_ = 0;
  std::uint64_t reports_under_way_ = 0;  // Of those with a copy that is not answered.

  // What the broker allows.
  std::uint64_t window_ = 1;
  std::size_t reports_max_ = 1;

  // Time.
  model::UtcTime utc_{};  // Our clock when the last frame came.
  Moment greet_at_{};     // In greeting: when to say HELLO (again).
  Moment retry_at_{};     // In stopped and denied.
  Moment paused_until_{};
  Moment heard_at_{};
  Moment ping_at_{};
  Moment progress_at_{};
  std::chrono::milliseconds resend_delay_;
  std::chrono::milliseconds denied_delay_;
  std::uint64_t sendings_ = 0;
  std::uint64_t pings_ = 0;
  model::Bytes small_;  // HELLO or PING being sent.
  enum class Sending : std::uint8_t { nothing, hello, ping, envelope };
  Sending sending_ = Sending::nothing;
  ResumeFrom resume_;
};

}  // namespace muster::client
