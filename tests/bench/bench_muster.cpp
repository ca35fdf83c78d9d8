// SPDX-License-Identifier: Apache-2.0
// Muster under the same load as its rivals: a broker in a process of its own, and publishers that
// sign, encrypt and batch as a ministry's node does. Their outbox is in memory, since the rivals
// keep nothing on their side either.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>
#include <memory>
#include <sstream>
#include <vector>

#include "broker/server/broker.h"
#include "nodes/client/publisher.h"
#include "schemas/text/report_json.h"
#include "schemas/wire/report.h"
#include "tests/bench/driver.h"
#include "tests/bench/must.h"

namespace muster::bench {
namespace {

constexpr std::size_t kUnits = 100;

/// All reports are true at one moment: they are sent again and again, and a report may not go back
/// in time (V09).
model::UtcTime valid_at() {
  static const auto kStart = server::system_now();
  return kStart;
}

model::NodeId node_id(std::uint32_t index) {
  return *model::NodeId::parse(fmt::format("KAZ/bench-{}", index));
}
model::UnitId unit_id(std::uint32_t publisher, std::size_t unit) {
  return *model::UnitId::parse(fmt::format("KAZ:B{}-{}", publisher, unit));
}

struct NodeKeys {
  trust::SigningKey signing = trust::SigningKey::generate();
  link::CurveKeyPair curve = link::CurveKeyPair::generate();
};

// ---- the broker's process
// ------------------------------------------------------------------------------------------

void serve(const server::BrokerConfig& config, int answer) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // Never outlives the bench.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  auto broker = must(server::Broker::start(config, server::system_now));
  const auto text = fmt::format("{} {}\n", broker->ingest_endpoint(), broker->http_port());
  if (::write(answer, text.data(), text.size()) < 0) {
    fail("the broker cannot say where it is");
  }
  ::close(answer);
  int signal = 0;
  sigwait(&signals, &signal);
}

/// A page of the broker's, over plain HTTP.
std::string read_page(std::uint16_t port, std::string_view path) {
  const int file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{.sin_family = AF_INET,
                      .sin_port = htons(port),
                      .sin_addr = {htonl(INADDR_LOOPBACK)},
                      .sin_zero = {}};
  if (::connect(file, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    fail("no page of the broker");
  }
  const auto request =
      fmt::format("GET {} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n", path);
  if (::send(file, request.data(), request.size(), 0) < 0) {
    fail("no page of the broker");
  }
  std::string page;
  std::array<char, 4096> part{};
  for (ssize_t size = 0; (size = ::recv(file, part.data(), part.size(), 0)) > 0;) {
    page.append(part.data(), static_cast<std::size_t>(size));
  }
  ::close(file);
  return page;
}

/// A series without labels, by its name.
std::optional<std::uint64_t> metric(const std::string& page, const std::string& name) {
  const auto at = page.find("\n" + name + " ");
  if (at == std::string::npos) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(std::stod(page.substr(at + name.size() + 2)));
}

/// The broker as a child: started before this process has any thread, ended with it.
class BrokerProcess {
 public:
  explicit BrokerProcess(const server::BrokerConfig& config) {
    std::array<int, 2> answer{};
    if (::pipe(answer.data()) != 0) {
      fail("no pipe");
    }
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(answer[0]);
      serve(config, answer[1]);
      ::_exit(0);
    }
    ::close(answer[1]);
    std::array<char, 256> text{};
    const auto size = ::read(answer[0], text.data(), text.size());
    ::close(answer[0]);
    if (size <= 1) {
      fail("the broker did not start");
    }
    std::istringstream(std::string(text.data(), static_cast<std::size_t>(size))) >> ingest_ >>
        http_port_;
  }
  ~BrokerProcess() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  BrokerProcess(const BrokerProcess&) = delete;
  BrokerProcess& operator=(const BrokerProcess&) = delete;

  [[nodiscard]] const std::string& ingest() const { return ingest_; }
  /// What the broker itself counts: reports kept, and the synced commits that kept them.
  [[nodiscard]] ServerUse use() const {
    const auto page = read_page(http_port_, "/metrics");
    return {.cpu_seconds = cpu_seconds_of(pid_),
            .reports = metric(page, "muster_commit_reports_sum"),
            .syncs = metric(page, "muster_commit_reports_count")};
  }

 private:
  pid_t pid_ = -1;
  std::string ingest_;
  std::uint16_t http_port_ = 0;
};

// ---- reports
// -------------------------------------------------------------------------------------------------------

model::Bytes declaration(std::uint32_t publisher) {
  model::Report report{.valid_at = valid_at(), .statements = {}};
  for (std::size_t i = 0; i < kUnits; ++i) {
    report.statements.emplace_back(model::UnitStatement{.unit = unit_id(publisher, i),
                                                        .name = "Bench (fictional)",
                                                        .component = model::Component::military,
                                                        .element_kind = model::ElementKind::combat,
                                                        .lifecycle = model::Lifecycle::standby,
                                                        .echelon = model::Echelon::company});
  }
  return wire::encode_report(report);
}

/// A Strength report of at least `bytes`: specialities are added until it is long enough.
model::Bytes strength(std::uint32_t publisher, std::size_t variant, std::size_t bytes) {
  const auto people = static_cast<model::Count>(100 + variant % 20);
  model::StrengthStatement statement{.unit = unit_id(publisher, variant % kUnits),
                                     .authorised = 120,
                                     .assigned = people,
                                     .attached_in = 0,
                                     .detached_out = 0,
                                     .present = people,
                                     .deployable = people};
  model::Report report{.valid_at = valid_at(), .statements = {statement}};
  auto encoded = wire::encode_report(report);
  for (int i = 0; encoded.size() < bytes; ++i) {
    statement.specialties.push_back(
        {.code = *model::Code::parse(fmt::format("S{}", i)), .required = 4, .qualified = 4});
    report.statements = {statement};
    encoded = wire::encode_report(report);
  }
  return encoded;
}

// ---- a publisher
// ---------------------------------------------------------------------------------------------------

class MusterPublisher final : public Publisher {
 public:
  MusterPublisher(link::Context& context, const NodeKeys& keys, const model::PublicKey& server_key,
                  const std::string& ingest, std::uint32_t index, std::uint32_t bytes) {
    constexpr std::size_t kVariants = 256;
    for (std::size_t i = 0; i < kVariants; ++i) {
      reports_.push_back(strength(index, i, bytes));
    }
    publisher_ = must(client::Publisher::start(
        context,
        {.connection = {.ingest_endpoint = ingest,
                        .query_endpoint = ingest,
                        .server_key = server_key,
                        .curve = keys.curve},
         .node = node_id(index),
         .signing_key = keys.signing,
         .waiting_max = 1'000'000},
        storage::make_memory_outbox(), [this](const client::Acknowledged& acknowledged) {
          if (acknowledged.verdict.verdict == model::Verdict::refused) {
            fail("the broker refused a report: " +
                 model::describe(acknowledged.verdict.findings.front()));
          }
          acknowledged_.fetch_add(1, std::memory_order_release);
          acknowledged_.notify_one();
        }));
    std::uint64_t seq = 0;
    must(publisher_->publish_encoded({declaration(index)}, seq));
    if (!publisher_->wait_until_acknowledged(std::chrono::seconds(10))) {
      fail("no session with the broker: " + publisher_->status().problem);
    }
    taken_ = acknowledged_.load();
  }

  void send(std::string_view) override { waiting_.push_back(reports_[next_++ % reports_.size()]); }

  std::uint64_t wait(std::chrono::milliseconds) override {
    if (!waiting_.empty()) {
      std::uint64_t seq = 0;
      if (must(publisher_->publish_encoded(std::exchange(waiting_, {}), seq)) !=
          client::PublishResult::kept) {
        fail("the outbox is full");
      }
    }
    acknowledged_.wait(taken_, std::memory_order_acquire);
    const auto now = acknowledged_.load(std::memory_order_acquire);
    return now - std::exchange(taken_, now);
  }

 private:
  std::vector<model::Bytes> reports_, waiting_;
  std::size_t next_ = 0;
  std::atomic<std::uint64_t> acknowledged_{0};
  std::uint64_t taken_ = 0;
  std::unique_ptr<client::Publisher> publisher_;  // Last: its thread calls back.
};

// ---- the run
// -------------------------------------------------------------------------------------------------------

server::BrokerConfig configure(const std::filesystem::path& dir, const std::vector<NodeKeys>& nodes,
                               const link::CurveKeyPair& curve) {
  must(link::save_secret_key(dir / "broker.curve", curve.secret));
  must(trust::SigningKey::generate().save(dir / "broker.sign"));
  const auto from = model::UtcTime{std::chrono::sys_days{std::chrono::year{2022} / 1 / 1}};
  model::RegistryStatement registry{
      .members = {{.nation = *model::Nation::parse("KAZ"), .valid_from = from}}};
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    registry.nodes.push_back({.node_id = node_id(i),
                              .key = nodes[i].signing.public_key(),
                              .curve_key = nodes[i].curve.public_key,
                              .roles = {model::Role::publisher},
                              .valid_from = from});
  }
  std::ofstream(dir / "genesis.json") << text::registry_to_json(registry);
  server::BrokerConfig config;
  config.data_folder = dir / "data";
  config.genesis_file = dir / "genesis.json";
  config.curve_key_file = dir / "broker.curve";
  config.signing_key_file = dir / "broker.sign";
  config.ingest_endpoint = config.query_endpoint = "tcp://127.0.0.1:0";
  config.http_port = 0;
  return config;
}

void run(const Options& options) {
  const auto dir = options.dir / fmt::format("muster-{}", ::getpid());
  std::filesystem::create_directories(dir);
  std::vector<NodeKeys> nodes;
  for (std::uint32_t i = 0; i < options.publishers; ++i) {
    nodes.emplace_back();
  }
  const auto curve = link::CurveKeyPair::generate();
  const BrokerProcess broker(configure(dir, nodes, curve));
  {
    const auto context = must(link::Context::create());
    const Rival rival{.name = "muster",
                      .connect =
                          [&](std::uint32_t index) {
                            return std::make_unique<MusterPublisher>(
                                *context, nodes[index], curve.public_key, broker.ingest(), index,
                                options.bytes);
                          },
                      .server_use = [&] { return broker.use(); }};
    measure(rival, options);
  }
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) {
  using namespace muster::bench;
  run(parse_options(argc, argv,
                    "Muster: signed, encrypted, validated, synced before the acknowledgement."));
}
