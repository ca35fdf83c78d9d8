// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/force_broker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>

#include "broker/server/broker.h"
#include "broker/server/loops.h"
#include "schemas/link/zap.h"
#include "storage/memory_store.h"
#include "tests/bench/force_book.h"
#include "tests/bench/must.h"

namespace muster::bench {

struct ForceBroker::Keys {
  link::CurveKeyPair broker = link::CurveKeyPair::generate();
  link::CurveKeyPair officer = link::CurveKeyPair::generate();
};

namespace {

using Clock = std::chrono::steady_clock;

model::RegistryStatement genesis(const model::PublicKey& officer) {
  const auto from = model::UtcTime{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
  model::RegistryStatement registry;
  for (std::size_t i = 0; i < kNations.size(); ++i) {
    registry.members.push_back(
        {.nation = *model::Nation::parse(kNations.at(i)), .valid_from = from});
    registry.nodes.push_back(
        {.node_id = ForceBook::node_of(i), .roles = {model::Role::publisher}, .valid_from = from});
  }
  registry.nodes.push_back({.node_id = *model::NodeId::parse("SEC/bench"),
                            .curve_key = officer,
                            .roles = {model::Role::officer},
                            .valid_from = from});
  return registry;
}

/// What this process holds in memory now.
std::uint64_t resident_bytes() {
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

Loaded fill(ForceBook& book, const Force& force) {
  const auto start = Clock::now();
  const auto empty = resident_bytes();
  book.declare(force);
  book.report(force, 0);
  const auto first_day = resident_bytes();
  for (std::uint32_t day = 1; day < force.days; ++day) {
    book.report(force, day);
  }
  const auto full = resident_bytes();
  const auto later_words = std::uint64_t{force.units} * (force.days - 1);
  return {.endpoint = {},
          .words = book.words(),
          .fill_seconds = std::chrono::duration<double>(Clock::now() - start).count(),
          .bytes = full - empty,
          .bytes_per_word = later_words > 0 ? static_cast<double>(full - first_day) /
                                                  static_cast<double>(later_words)
                                            : 0};
}

/// Two processes talk in lines over pipes.
void say(int to, const std::string& line) {
  if (::write(to, line.data(), line.size()) < 0) {
    fail("the bench and its broker cannot talk");
  }
}

std::istringstream heard(int from) {
  std::array<char, 512> text{};
  const auto size = ::read(from, text.data(), text.size());
  if (size <= 1) {
    fail("the broker did not start, or ended");
  }
  return std::istringstream(std::string(text.data(), static_cast<std::size_t>(size)));
}

/// Serves `state`, tells `loaded` once it does, and ends when there is something to hear. What was
/// heard: how many batches of reports to measure.
std::uint32_t serve(core::State state, const Loaded& loaded, const link::CurveKeyPair& curve,
                    int from, int to) {
  const auto context = must(link::Context::create());
  const server::Directory directory(state.registry);
  const auto zap =
      must(link::ZapService::start(*context, directory.zap_table(server::system_now())));
  auto socket =
      must(link::RouterSocket::bind(*context, "tcp://127.0.0.1:0", {.secret = curve.secret}));
  const auto endpoint = socket.endpoint();
  const auto store = storage::make_memory_store();
  server::BrokerMetrics metrics("bench", {});
  const server::View view(
      std::make_shared<const server::Snapshot>(server::Snapshot{std::move(state), {}}));
  const server::QueryLoop loop(std::move(socket), must(link::Waker::create()),
                               server::QueryService({.view = view,
                                                     .store = *store,
                                                     .metrics = metrics.query(),
                                                     .limits = {},
                                                     .software = "bench",
                                                     .started_at = server::system_now()}),
                               server::system_now, metrics.ingest());
  say(to, fmt::format("{} {} {} {} {}\n", endpoint, loaded.words, loaded.fill_seconds, loaded.bytes,
                      loaded.bytes_per_word));
  std::uint32_t batches = 0;
  heard(from) >> batches;
  return batches;
}

struct Pipe {
  int read_end = -1, write_end = -1;
};
Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    fail("no pipe");
  }
  return {ends[0], ends[1]};
}

}  // namespace

ForceBroker::ForceBroker(const Force& force) : keys_(std::make_unique<const Keys>()) {
  const auto there = make_pipe();
  const auto back = make_pipe();
  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // Never outlives the bench.
    ForceBook book(genesis(keys_->officer.public_key));
    const auto loaded = fill(book, force);
    const auto batches = serve(book.state(), loaded, keys_->broker, there.read_end, back.write_end);
    say(back.write_end, fmt::format("{}\n", book.report_cost_ns(force, batches)));
    ::_exit(0);
  }
  ::close(there.read_end);
  ::close(back.write_end);
  to_ = there.write_end;
  from_ = back.read_end;
  heard(from_) >> loaded_.endpoint >> loaded_.words >> loaded_.fill_seconds >> loaded_.bytes >>
      loaded_.bytes_per_word;
}

ForceBroker::~ForceBroker() {
  ::kill(pid_, SIGKILL);  // It has nothing to keep.
  ::waitpid(pid_, nullptr, 0);
  ::close(to_);
  ::close(from_);
}

double ForceBroker::stop_and_report(std::uint32_t batches) {
  say(to_, fmt::format("{}\n", batches));
  double cost_ns = 0;
  heard(from_) >> cost_ns;
  return cost_ns;
}

std::unique_ptr<client::QueryClient> ForceBroker::connect(link::Context& context) const {
  return must(client::QueryClient::connect(context, {.ingest_endpoint = loaded_.endpoint,
                                                     .query_endpoint = loaded_.endpoint,
                                                     .server_key = keys_->broker.public_key,
                                                     .curve = keys_->officer}));
}

model::StrengthAnswer ask(client::QueryClient& client, std::optional<model::UtcTime> as_of) {
  auto answer =
      must(client.ask(question(), {.as_of = as_of, .known_at = {}}, std::chrono::seconds(10)));
  auto* strength = std::get_if<model::StrengthAnswer>(&answer.body);
  if (strength == nullptr) {
    fail("the broker answered another question");
  }
  return std::move(*strength);
}

}  // namespace muster::bench
