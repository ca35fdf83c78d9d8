// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "schemas/link/self_test.h"
#include "tests/unit/link_fixture.h"

namespace muster::link {
namespace {

using namespace std::chrono_literals;
using model::ErrorCode;
using model::text_of;
using model::view_of;
using test::Bus;
using test::eventually;
using test::must;
using test::next;
using test::reaches;
using testing::HasSubstr;

/// A peer without our manners: a plain library socket of its own context.
class RawSocket {
 public:
  explicit RawSocket(int type) : socket_(zmq_socket(context_, type)) {
    const int none = 0;
    zmq_setsockopt(socket_, ZMQ_LINGER, &none, sizeof none);
  }
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;
  ~RawSocket() {
    zmq_close(socket_);
    zmq_ctx_term(context_);
  }
  [[nodiscard]] void* get() const { return socket_; }
  void set(int option, model::ByteView value) const {
    ASSERT_EQ(zmq_setsockopt(socket_, option, value.data(), value.size()), 0);
  }
  void send(std::string_view text, int flags = 0) const {
    ASSERT_GE(zmq_send(socket_, text.data(), text.size(), flags), 0);
  }

 private:
  void* context_ = zmq_ctx_new();
  void* socket_;
};

void become_client(const RawSocket& socket, const model::PublicKey& server,
                   const CurveKeyPair& keys) {
  socket.set(ZMQ_CURVE_SERVERKEY, server);
  socket.set(ZMQ_CURVE_PUBLICKEY, keys.public_key);
  socket.set(ZMQ_CURVE_SECRETKEY, keys.secret.reveal());
}

/// The mistake that the self-test is there to find: a CURVE server that asks nobody.
std::string become_open_server(const RawSocket& socket, const CurveKeyPair& keys) {
  const int one = 1;
  EXPECT_EQ(zmq_setsockopt(socket.get(), ZMQ_CURVE_SERVER, &one, sizeof one), 0);
  socket.set(ZMQ_CURVE_SECRETKEY, keys.secret.reveal());
  socket.set(ZMQ_ZAP_DOMAIN, view_of("muster"));
  EXPECT_EQ(zmq_bind(socket.get(), "tcp://127.0.0.1:*"), 0);
  std::array<char, 256> endpoint{};
  std::size_t size = endpoint.size();
  EXPECT_EQ(zmq_getsockopt(socket.get(), ZMQ_LAST_ENDPOINT, endpoint.data(), &size), 0);
  return endpoint.data();
}

std::uint16_t port_of(const std::string& endpoint) {
  return static_cast<std::uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1)));
}

/// Connects, says `bytes` and leaves.
void shout_at(std::uint16_t port, std::string_view bytes) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  [[maybe_unused]] const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  ::close(fd);
}

TEST_F(Bus, CarriesAMessageUnderTheNameItsKeyHas) {
  start_zap();
  auto router = bind();
  auto dealer = connect(router, kaz_);

  ASSERT_TRUE(test::send(dealer, "report"));
  const auto incoming = next(router);

  ASSERT_TRUE(incoming);
  EXPECT_EQ(incoming->user_id, "KAZ/mod");
  EXPECT_EQ(text_of(incoming->frame.bytes()), "report");
  EXPECT_EQ(zap_->allowed(), 1U);
  EXPECT_EQ(zap_->denied(), 0U);
}

TEST_F(Bus, CarriesTheAnswerBack) {
  start_zap();
  auto router = bind();
  auto dealer = connect(router, kaz_);
  ASSERT_TRUE(test::send(dealer, ""));
  const auto incoming = next(router);
  ASSERT_TRUE(incoming);
  ASSERT_TRUE(incoming->frame.bytes().empty());

  EXPECT_EQ(router.send(incoming->from, view_of("ack")), SendResult::sent);

  EXPECT_EQ(next(dealer), "ack");
}

TEST_F(Bus, RefusesAStrangerAndTellsHim) {
  start_zap();
  auto router = bind();
  auto stranger = connect(router, CurveKeyPair::generate());

  EXPECT_TRUE(reaches(stranger, DealerState::denied));

  EXPECT_EQ(stranger.send(view_of("let me in")), SendResult::would_block);
  EXPECT_FALSE(router.receive());
  EXPECT_EQ(zap_->denied(), 1U);
  EXPECT_EQ(zap_->allowed(), 0U);
}

TEST_F(Bus, LetsInWhoIsAddedLaterWhenHeAsksAnew) {
  start_zap();
  auto router = bind();
  const auto kgz = CurveKeyPair::generate();
  auto dealer = connect(router, kgz);
  ASSERT_TRUE(reaches(dealer, DealerState::denied));

  zap_->replace(test::table_of(kgz.public_key, "KGZ/mod"));
  dealer = connect(router, kgz);

  ASSERT_TRUE(test::send(dealer, "hello"));
  EXPECT_EQ(next(router)->user_id, "KGZ/mod");
}

TEST_F(Bus, RefusesNewHandshakesOfARevokedKeyAndKeepsTheOldConnection) {
  start_zap();
  auto router = bind();
  auto before = connect(router, kaz_);
  ASSERT_TRUE(reaches(before, DealerState::connected));

  zap_->replace(std::make_shared<const ZapTable>());
  auto after = connect(router, kaz_);

  EXPECT_TRUE(reaches(after, DealerState::denied));
  // Why each message is authorised again by whoever reads it.
  ASSERT_TRUE(test::send(before, "still here"));
  EXPECT_EQ(next(router)->user_id, "KAZ/mod");
}

TEST_F(Bus, RefusesAllWhenTheTableIsMissing) {
  start_zap();
  auto router = bind();

  zap_->replace(nullptr);
  auto dealer = connect(router, kaz_);

  EXPECT_TRUE(reaches(dealer, DealerState::denied));
}

TEST_F(Bus, ComesBackWhenTheServerDoes) {
  start_zap();
  auto router = std::make_optional(bind());
  auto dealer = connect(*router, kaz_);
  ASSERT_TRUE(reaches(dealer, DealerState::connected));
  const std::string endpoint = router->endpoint();

  router.reset();
  ASSERT_TRUE(reaches(dealer, DealerState::connecting));
  ASSERT_TRUE(
      eventually([&] { return dealer.send(view_of("to nobody")) == SendResult::would_block; }));
  ASSERT_TRUE(eventually([&] {
    auto again = RouterSocket::bind(*context_, endpoint, router_options());
    if (again) {
      router = *std::move(again);
    }
    return router.has_value();
  }));

  ASSERT_TRUE(reaches(dealer, DealerState::connected));
  EXPECT_EQ(dealer.connections(), 2U);
  ASSERT_TRUE(test::send(dealer, "back"));
  EXPECT_EQ(text_of(next(*router)->frame.bytes()), "back");
}

TEST_F(Bus, AcceptsOneZapServiceOnly) {
  start_zap();

  const auto second = ZapService::start(*context_, nullptr);

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::already_exists);
}

TEST_F(Bus, AcceptsNobodyWithoutZap) {
  auto router = bind();
  auto dealer = connect(router, kaz_);

  ASSERT_TRUE(eventually([&] {
    dealer.poll_events();
    return dealer.broken_handshakes() >= 3;
  }));

  EXPECT_EQ(dealer.connections(), 0U);
  EXPECT_FALSE(router.receive());
}

TEST_F(Bus, AcceptsNobodyOnceZapHasEnded) {
  start_zap();
  // Who comes while the service is ending waits for its answer, and then for this long.
  RouterOptions options = router_options();
  options.handshake_max = 50ms;
  auto router = must(RouterSocket::bind(*context_, "tcp://127.0.0.1:0", options));
  auto first = connect(router, kaz_);
  ASSERT_TRUE(reaches(first, DealerState::connected));

  zap_.reset();
  auto second = connect(router, kaz_);

  ASSERT_TRUE(eventually([&] {
    second.poll_events();
    return second.broken_handshakes() >= 3;
  }));
  EXPECT_EQ(second.connections(), 0U);
}

TEST_F(Bus, GivesNoConnectionToAServerWithAnotherKey) {
  start_zap();
  auto router = bind();
  auto options = dealer_options(kaz_);
  options.server_key = CurveKeyPair::generate().public_key;
  auto dealer = must(DealerSocket::connect(*context_, router.endpoint(), options));

  ASSERT_TRUE(eventually([&] {
    dealer.poll_events();
    return dealer.broken_handshakes() >= 2;
  }));

  EXPECT_EQ(dealer.connections(), 0U);
  EXPECT_EQ(zap_->allowed() + zap_->denied(), 0U);
}

TEST_F(Bus, SaysThatAPeerIsGone) {
  start_zap();
  auto router = bind();
  auto dealer = std::make_optional(connect(router, kaz_));
  ASSERT_TRUE(test::send(*dealer, "hello"));
  const auto incoming = next(router);

  dealer.reset();

  EXPECT_TRUE(
      eventually([&] { return router.send(incoming->from, view_of("x")) == SendResult::gone; }));
  EXPECT_EQ(router.send(PeerAddress(), view_of("x")), SendResult::gone);
  EXPECT_EQ(router.send(PeerAddress("never seen"), view_of("x")), SendResult::gone);
}

std::string numbered(int number, std::size_t size) {
  std::string text = std::to_string(number) + " ";
  text.resize(std::max(size, text.size()), '.');
  return text;
}

struct Tally {
  int tried = 0;
  int sent = 0;
  int would_block = 0;
};

/// More than the two queues of ten hold, so that the connection between them is full as well.
constexpr int kMoreThanQueued = 21;

/// Tries until the path has been full for a while. Each message that is sent bears the next number.
template <typename Send>
Tally overfill(Send send_bytes) {
  Tally tally;
  auto last_sent = std::chrono::steady_clock::now();
  eventually([&] {
    ++tally.tried;
    const SendResult result = send_bytes(numbered(tally.sent, 16 * 1024));
    tally.would_block += result == SendResult::would_block ? 1 : 0;
    if (result == SendResult::sent) {
      ++tally.sent;
      last_sent = std::chrono::steady_clock::now();
    }
    return tally.sent >= kMoreThanQueued && std::chrono::steady_clock::now() - last_sent > 30ms;
  });
  return tally;
}

TEST_F(Bus, TellsOfAPeerThatDoesNotReadAndLosesNothing) {
  start_zap();
  RouterOptions options = router_options();
  options.sndhwm = 10;
  auto router = must(RouterSocket::bind(*context_, "tcp://127.0.0.1:0", options));
  auto slow_options = dealer_options(kaz_);
  slow_options.rcvhwm = 10;
  auto slow = must(DealerSocket::connect(*context_, router.endpoint(), slow_options));
  ASSERT_TRUE(test::send(slow, "hello"));
  const auto incoming = next(router);

  const Tally tally =
      overfill([&](const std::string& text) { return router.send(incoming->from, view_of(text)); });

  EXPECT_EQ(tally.sent + tally.would_block, tally.tried);
  EXPECT_GE(tally.sent, kMoreThanQueued);
  EXPECT_GT(tally.would_block, 0);
  for (int i = 0; i < tally.sent; ++i) {
    ASSERT_EQ(next(slow), numbered(i, 16 * 1024));
  }
  EXPECT_TRUE(eventually(
      [&] { return router.send(incoming->from, view_of("room again")) == SendResult::sent; }));
  EXPECT_EQ(next(slow), "room again");
}

TEST_F(Bus, SlowsDownANodeWhoseMessagesAreNotTakenAndLosesNothing) {
  start_zap();
  RouterOptions options = router_options();
  options.rcvhwm = 10;
  auto router = must(RouterSocket::bind(*context_, "tcp://127.0.0.1:0", options));
  auto node_options = dealer_options(kaz_);
  node_options.sndhwm = 10;
  auto node = must(DealerSocket::connect(*context_, router.endpoint(), node_options));
  ASSERT_TRUE(reaches(node, DealerState::connected));

  const Tally tally = overfill([&](const std::string& text) { return node.send(view_of(text)); });

  EXPECT_EQ(tally.sent + tally.would_block, tally.tried);
  EXPECT_GE(tally.sent, kMoreThanQueued);
  EXPECT_GT(tally.would_block, 0);
  for (int i = 0; i < tally.sent; ++i) {
    const auto incoming = next(router);
    ASSERT_TRUE(incoming);
    ASSERT_EQ(text_of(incoming->frame.bytes()), numbered(i, 16 * 1024));
  }
  EXPECT_FALSE(router.receive());
}

TEST_F(Bus, DisconnectsWhoSendsTooMuchAtOnce) {
  start_zap();
  auto router = bind();
  auto options = dealer_options(kaz_);
  options.message_bytes_max = 8 << 20;
  auto dealer = must(DealerSocket::connect(*context_, router.endpoint(), options));
  ASSERT_TRUE(reaches(dealer, DealerState::connected));

  ASSERT_TRUE(test::send(dealer, std::string(kMessageBytesMax + 1, 'x')));
  ASSERT_TRUE(eventually([&] {
    dealer.poll_events();
    return dealer.connections() == 2;
  }));

  ASSERT_TRUE(test::send(dealer, "small"));
  EXPECT_EQ(text_of(next(router)->frame.bytes()), "small");
}

TEST_F(Bus, CarriesTheLargestMessageAndSendsNoneLarger) {
  start_zap();
  auto router = bind();
  auto dealer = connect(router, kaz_);
  const std::string largest(kMessageBytesMax, 'x');
  ASSERT_TRUE(test::send(dealer, largest));
  const auto incoming = next(router);
  ASSERT_TRUE(incoming);
  EXPECT_EQ(incoming->frame.bytes().size(), largest.size());

  EXPECT_EQ(router.send(incoming->from, view_of(largest)), SendResult::sent);
  EXPECT_EQ(next(dealer).size(), largest.size());
  EXPECT_EQ(dealer.send(view_of(largest + "x")), SendResult::too_large);
  EXPECT_EQ(router.send(incoming->from, view_of(largest + "x")), SendResult::too_large);
}

TEST_F(Bus, DropsMessagesOfSeveralFramesAndCountsThem) {
  start_zap();
  auto router = bind();
  const RawSocket rude(ZMQ_DEALER);
  become_client(rude, server_.public_key, kaz_);
  ASSERT_EQ(zmq_connect(rude.get(), router.endpoint().c_str()), 0);

  for (int i = 0; i < 200; ++i) {
    rude.send("one", ZMQ_SNDMORE);
    rude.send("two", ZMQ_SNDMORE);
    rude.send("three");
  }
  rude.send("alone");
  const auto incoming = next(router);

  ASSERT_TRUE(incoming);
  EXPECT_EQ(text_of(incoming->frame.bytes()), "alone");
  EXPECT_EQ(router.dropped_malformed(), 200U);
}

/// Answers one handshake with 200 and no user id, as a wrong handler would.
void allow_anonymously(void* handler) {
  std::vector<std::string> request;
  ASSERT_TRUE(eventually([&] {
    std::array<char, 256> frame{};
    const int size = zmq_recv(handler, frame.data(), frame.size(), ZMQ_DONTWAIT);
    if (size >= 0) {
      request.emplace_back(frame.data(), static_cast<std::size_t>(size));
    }
    return request.size() == 7;
  }));
  for (const std::string& frame :
       {std::string("1.0"), request[1], std::string("200"), std::string("OK"), std::string()}) {
    zmq_send(handler, frame.data(), frame.size(), ZMQ_SNDMORE);
  }
  zmq_send(handler, "", 0, 0);
}

TEST_F(Bus, DropsWhatHasNoIdentityAndCountsIt) {
  const NativeSocket handler(zmq_socket(context_->native(), ZMQ_REP));
  ASSERT_EQ(zmq_bind(handler.handle(), "inproc://zeromq.zap.01"), 0);
  auto router = bind();
  auto dealer = connect(router, kaz_);
  allow_anonymously(handler.handle());

  ASSERT_TRUE(test::send(dealer, "who am I"));

  EXPECT_TRUE(
      eventually([&] { return !router.receive() && router.dropped_without_identity() == 1; }));
  EXPECT_EQ(router.dropped_malformed(), 0U);
}

TEST_F(Bus, SurvivesWhatIsNotItsProtocol) {
  start_zap();
  auto router = bind();
  const std::uint16_t port = port_of(router.endpoint());
  std::string plain_greeting("\xFF\0\0\0\0\0\0\0\x01\x7F\x03\0NULL", 16);
  plain_greeting.resize(64, '\0');
  std::string curve_greeting("\xFF\0\0\0\0\0\0\0\x01\x7F\x03\0CURVE", 17);
  curve_greeting.resize(64, '\0');

  for (const std::string& bytes :
       {std::string(), std::string("GET / HTTP/1.1\r\n\r\n"), std::string(100'000, '\xFF'),
        std::string(64, '\0'), plain_greeting + std::string(40, '\x04'), plain_greeting,
        curve_greeting + "\x04\xFF" + std::string(300, 'A'),
        curve_greeting + "\x04\xC8\x05HELLO" + std::string(194, '\x01'),
        curve_greeting + "\x06\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF" + std::string(50, 'B')}) {
    shout_at(port, bytes);
  }

  auto dealer = connect(router, kaz_);
  ASSERT_TRUE(test::send(dealer, "still there"));
  EXPECT_EQ(text_of(next(router)->frame.bytes()), "still there");
  EXPECT_EQ(zap_->allowed(), 1U);
}

/// What a server that was killed leaves behind.
void leave_stale_socket_file(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.string().copy(address.sun_path, sizeof address.sun_path - 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ::close(fd);
  ASSERT_TRUE(std::filesystem::exists(path));
}

TEST_F(Bus, WorksOverALocalPath) {
  const test::TemporaryFolder folder;
  const std::string endpoint = "ipc://" + (folder / "bus").string();
  start_zap();
  leave_stale_socket_file(folder / "bus");
  auto router = must(RouterSocket::bind(*context_, endpoint, router_options()));
  auto dealer = connect(router, kaz_);

  ASSERT_TRUE(test::send(dealer, "local"));

  EXPECT_EQ(next(router)->user_id, "KAZ/mod");
}

TEST_F(Bus, RefusesAnEndpointInUse) {
  const test::TemporaryFolder folder;
  const auto first = bind();
  const auto local =
      must(RouterSocket::bind(*context_, "ipc://" + (folder / "bus").string(), router_options()));

  for (const std::string& endpoint : {first.endpoint(), local.endpoint()}) {
    const auto second = RouterSocket::bind(*context_, endpoint, router_options());

    ASSERT_FALSE(second) << endpoint;
    EXPECT_EQ(second.error().code, ErrorCode::unavailable);
    EXPECT_THAT(second.error().message, HasSubstr(endpoint));
  }
}

TEST_F(Bus, RefusesEndpointsItDoesNotKnow) {
  for (const std::string endpoint :
       {"", "tcp://", "inproc://x", "udp://127.0.0.1:1", "127.0.0.1:7610", "tcp://127.0.0.1",
        "tcp://127.0.0.1:99999", "tcp://192.0.2.1:0"}) {
    const auto router = RouterSocket::bind(*context_, endpoint, router_options());

    ASSERT_FALSE(router) << endpoint;
    EXPECT_EQ(router.error().code, ErrorCode::configuration) << router.error().message;
  }
  EXPECT_EQ(DealerSocket::connect(*context_, "inproc://x", dealer_options(kaz_)).error().code,
            ErrorCode::configuration);
}

TEST_F(Bus, RefusesAServerThatIsSetUpWrongly) {
  const auto code_of = [&](auto change) {
    RouterOptions options = router_options();
    change(options);
    const auto router = RouterSocket::bind(*context_, "tcp://127.0.0.1:0", options);
    return router ? std::nullopt : std::make_optional(router.error().code);
  };

  EXPECT_EQ(code_of([](auto& o) { o.secret = SecretKey(); }), ErrorCode::configuration);
  EXPECT_EQ(code_of([](auto& o) { o.zap_domain.clear(); }), ErrorCode::configuration);
  EXPECT_EQ(code_of([](auto& o) { o.sndhwm = 0; }), ErrorCode::configuration);
  EXPECT_EQ(code_of([](auto& o) { o.rcvhwm = -1; }), ErrorCode::configuration);
  EXPECT_EQ(code_of([](auto& o) { o.message_bytes_max = 0; }), ErrorCode::configuration);
  EXPECT_EQ(code_of([](auto& o) { o.heartbeat_timeout = 65'600ms; }), ErrorCode::configuration);
}

TEST_F(Bus, RefusesAConnectionWithoutKeys) {
  DealerOptions keyless = dealer_options(kaz_);
  keyless.keys = CurveKeyPair();
  DealerOptions trusting = dealer_options(kaz_);
  trusting.server_key = {};

  for (const DealerOptions& options : {keyless, trusting}) {
    const auto dealer = DealerSocket::connect(*context_, "tcp://127.0.0.1:1", options);

    ASSERT_FALSE(dealer);
    EXPECT_EQ(dealer.error().code, ErrorCode::configuration);
  }
}

TEST_F(Bus, PassesItsSelfTest) {
  start_zap();
  const auto router = bind();

  const auto tested = unknown_key_is_refused(*context_, router.endpoint(), server_.public_key, 5s);

  EXPECT_TRUE(tested) << tested.error().message;
  EXPECT_EQ(zap_->denied(), 1U);
}

TEST_F(Bus, FailsItsSelfTestOnAServerThatAsksNobody) {
  const RawSocket open(ZMQ_ROUTER);
  const std::string endpoint = become_open_server(open, server_);

  const auto tested = unknown_key_is_refused(*context_, endpoint, server_.public_key, 5s);

  ASSERT_FALSE(tested);
  EXPECT_EQ(tested.error().code, ErrorCode::refused);
  EXPECT_THAT(tested.error().message, HasSubstr("accepts strangers"));
}

TEST_F(Bus, FailsItsSelfTestWithoutAVerdict) {
  const auto without_zap = bind();

  const auto tested =
      unknown_key_is_refused(*context_, without_zap.endpoint(), server_.public_key, 150ms);

  ASSERT_FALSE(tested);
  EXPECT_EQ(tested.error().code, ErrorCode::timed_out);
}

}  // namespace
}  // namespace muster::link
