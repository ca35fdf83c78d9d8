// SPDX-License-Identifier: Apache-2.0
// Starts that must fail: with the exit code that scripts rely on, and a message that names the
// thing.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <rocksdb/db.h>
#include <sys/socket.h>
#include <unistd.h>

#include "storage/rocksdb_columns.h"
#include "tests/e2e/bus_fixture.h"

namespace muster::e2e {
namespace {

namespace fs = std::filesystem;

/// After sysexits(3), as broker/app/main.cpp has them.
constexpr int kUsage = 64, kNoInput = 66, kUnavailable = 69, kCorrupt = 70, kIo = 74, kNoPerm = 77,
              kConfig = 78;

struct Ending {
  std::optional<int> code;
  std::string output;
};

Ending run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), MUSTER_BROKER);
  Program program(arguments);
  const auto code = program.exit_code();
  return {code, program.output()};
}

/// A port that is taken as long as this lives.
class TakenPort {
 public:
  TakenPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, generic, size) != 0 || ::listen(socket_, 1) != 0 ||
        ::getsockname(socket_, generic, &size) != 0) {
      throw std::runtime_error("no port");
    }
    port_ = ntohs(address.sin_port);
  }
  TakenPort(const TakenPort&) = delete;
  TakenPort& operator=(const TakenPort&) = delete;
  ~TakenPort() { ::close(socket_); }
  [[nodiscard]] std::string number() const { return std::to_string(port_); }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

/// A store that no broker has open, as RocksDB sees it.
class RawStore {
 public:
  explicit RawStore(const fs::path& path) {
    std::vector<rocksdb::ColumnFamilyDescriptor> columns;
    for (const auto name : storage::kColumnNames) {
      columns.emplace_back(std::string(name), rocksdb::ColumnFamilyOptions());
    }
    rocksdb::DB* opened = nullptr;
    const auto status = rocksdb::DB::Open({}, path.string(), columns, &columns_, &opened);
    if (!status.ok()) {
      throw std::runtime_error(status.ToString());
    }
    db_.reset(opened);
  }
  RawStore(const RawStore&) = delete;
  RawStore& operator=(const RawStore&) = delete;
  ~RawStore() {
    for (auto* column : columns_) {
      db_->DestroyColumnFamilyHandle(column);
    }
  }

  std::string ledger(std::uint64_t seq) {
    std::string value;
    check(db_->Get({}, columns_[1], key_of(seq), &value));
    return value;
  }
  void set_ledger(std::uint64_t seq, const std::string& value) {
    check(db_->Put({}, columns_[1], key_of(seq), value));
  }
  void remove_ledger(std::uint64_t seq) { check(db_->Delete({}, columns_[1], key_of(seq))); }
  void set_format(const std::string& format) { check(db_->Put({}, columns_[0], "format", format)); }

 private:
  static std::string key_of(std::uint64_t seq) {
    std::string key(8, '\0');
    for (int i = 7; i >= 0; --i, seq >>= 8) {
      key[static_cast<std::size_t>(i)] = static_cast<char>(seq & 0xff);
    }
    return key;
  }
  static void check(const rocksdb::Status& status) {
    if (!status.ok()) {
      throw std::runtime_error(status.ToString());
    }
  }
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> columns_;
};

/// A broker that was not started yet.
class StartRefusal : public testing::Test {
 protected:
  [[nodiscard]] std::string config() const { return workspace_.broker_config().string(); }
  [[nodiscard]] fs::path data() const { return workspace_.folder / "data"; }
  Ending start(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"--config", config()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  void replace_in_config(const std::string& from, const std::string& to) {
    auto text = read_text(config());
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    write_text(config(), text.replace(at, from.size(), to));
  }
  void expect_refusal(const Ending& ending, int code, const std::string& named) {
    EXPECT_EQ(ending.code, code) << ending.output;
    EXPECT_THAT(ending.output, HasSubstr(named));
    EXPECT_THAT(ending.output, testing::Not(HasSubstr("ready: ")));
  }

  TemporaryFolder folder_;
  exercise::Workspace workspace_ = make_workspace(folder_.path());
};

/// A broker that took three envelopes and was killed, so that all must be read again at a start.
class StoreRefusal : public StartRefusal {
 protected:
  StoreRefusal() {
    BrokerProcess broker(workspace_);
    if (!broker.is_ready()) {
      throw std::runtime_error(broker.program().output());
    }
    const auto context = must(link::Context::create());
    Peer kaz(*context, broker, workspace_, "KAZ/mod");
    kaz.publish({company("KAZ:EX-A")});
    kaz.publish({report({strength("KAZ:EX-A", 90)})});
    kaz.publish({report({strength("KAZ:EX-A", 80)})});
    broker.program().kill();
  }
  [[nodiscard]] fs::path store() const { return data() / "store"; }
};

TEST_F(StartRefusal, SaysWhichConfigurationIsMissing) {
  const auto missing = (workspace_.folder / "no.toml").string();

  expect_refusal(run({"--config", missing}), kNoInput, missing);
}

TEST_F(StartRefusal, AsksForAConfiguration) {
  expect_refusal(run({}), kUsage, "--config");
  expect_refusal(run({"--no-such-option"}), kUsage, "--no-such-option");
}

TEST_F(StartRefusal, SaysWhereAnUnknownKeyStands) {
  write_text(config(), read_text(config()) + "windoww = 1\n");
  const auto text = read_text(config());
  const auto line = std::count(text.begin(), text.end(), '\n');

  expect_refusal(start(), kConfig, config() + ":" + std::to_string(line) + ":1: unknown key");
}

TEST_F(StartRefusal, TellsAllProblemsOfAConfigurationAtOnce) {
  write_text(config(), read_text(config()) + "[flow]\nwindow = 0\ndrain_ms = \"long\"\n");

  const auto ending = start({"--check-config"});

  expect_refusal(ending, kConfig, "flow.window");
  EXPECT_THAT(ending.output, HasSubstr("flow.drain_ms"));
}

TEST_F(StartRefusal, NamesTheIngestPortThatIsInUse) {
  const TakenPort taken;
  replace_in_config("tcp://127.0.0.1:0", "tcp://127.0.0.1:" + taken.number());

  expect_refusal(start(), kUnavailable, "127.0.0.1:" + taken.number());
}

TEST_F(StartRefusal, NamesTheHttpPortThatIsInUse) {
  const TakenPort taken;
  replace_in_config("http_port = 0", "http_port = " + taken.number());

  expect_refusal(start(), kUnavailable, taken.number());
}

TEST_F(StartRefusal, NamesTheDataFolderThatCannotBeWritten) {
  const auto file = workspace_.folder / "a-file";
  write_text(file, "in the way");

  expect_refusal(start({"--data", (file / "data").string()}), kIo, file.string());
  expect_refusal(start({"--data", file.string()}), kIo, file.string());
}

TEST_F(StartRefusal, NamesTheKeyFileThatOthersMayRead) {
  for (const auto* name : {"broker.curve", "broker.sign"}) {
    const auto key = workspace_.folder / "keys" / name;
    fs::permissions(key, fs::perms::group_read | fs::perms::others_read, fs::perm_options::add);

    expect_refusal(start(), kNoPerm, key.string());

    fs::permissions(key, fs::perms::owner_read | fs::perms::owner_write);
  }
}

TEST_F(StartRefusal, NamesTheKeyFileThatIsMissing) {
  const auto key = workspace_.folder / "keys" / "broker.curve";
  fs::remove(key);

  expect_refusal(start(), kNoInput, key.string());
}

TEST_F(StartRefusal, SaysWhereTheGenesisIsWrong) {
  write_text(workspace_.genesis(), "{\n  \"realm\": 7\n}\n");

  expect_refusal(start(), kConfig, workspace_.genesis().string());
}

TEST_F(StartRefusal, LetsOneBrokerHoldAStore) {
  BrokerProcess first(workspace_);
  ASSERT_TRUE(first.is_ready()) << first.program().output();

  expect_refusal(start(), kUnavailable, data().string());

  EXPECT_EQ(get(first.http_port(), "/readyz").status, 200) << "the first one goes on";
}

TEST_F(StoreRefusal, IsNoneForAStoreThatWasKilled) {
  BrokerProcess broker(workspace_);

  EXPECT_TRUE(broker.is_ready()) << broker.program().output();
  EXPECT_THAT(broker.program().output(), HasSubstr("ledger 3"));
}

TEST_F(StoreRefusal, NamesTheFormatOfAnotherVersion) {
  RawStore(store()).set_format("muster-store 2");

  expect_refusal(start(), kConfig, "muster-store 2");
}

TEST_F(StoreRefusal, SaysThatTheGenesisIsAnother) {
  auto genesis = read_text(workspace_.genesis());
  const auto at = genesis.find("EXERCISE");
  ASSERT_NE(at, std::string::npos);
  write_text(workspace_.genesis(), genesis.replace(at, 8, "LIVE"));

  expect_refusal(start(), kConfig, "genesis");
}

TEST_F(StoreRefusal, NamesTheRecordThatIsNotWhatWasStored) {
  {
    RawStore raw(store());
    auto record = raw.ledger(2);
    record[record.size() / 2] = static_cast<char>(record[record.size() / 2] ^ 0x10);
    raw.set_ledger(2, record);
  }

  expect_refusal(start(), kCorrupt, "ledger record 2");
}

TEST_F(StoreRefusal, NamesTheRecordThatIsMissing) {
  RawStore(store()).remove_ledger(2);

  expect_refusal(start(), kCorrupt, "2");
}

TEST_F(StoreRefusal, FindsTheLossOfTheNewestRecord) {
  RawStore(store()).remove_ledger(3);

  expect_refusal(start(), kCorrupt, "but 3 were committed");
}

TEST_F(StoreRefusal, FindsOneRecordInThePlaceOfAnother) {
  {
    RawStore raw(store());
    raw.set_ledger(2, raw.ledger(3));
  }

  expect_refusal(start(), kCorrupt, "record 2");
}

TEST_F(StoreRefusal, FindsTheLossOfTheWholeStore) {
  fs::remove_all(store());

  expect_refusal(start(), kCorrupt, "3");
}

TEST_F(StoreRefusal, FindsAFlippedByteInTheLog) {
  for (const auto& entry : fs::directory_iterator(store())) {
    if (entry.path().extension() == ".log" && fs::file_size(entry.path()) > 0) {
      auto log = read_text(entry.path());
      log[log.size() / 2] = static_cast<char>(log[log.size() / 2] ^ 0x01);
      write_text(entry.path(), log);
    }
  }

  expect_refusal(start(), kCorrupt, store().string());
}

}  // namespace
}  // namespace muster::e2e
