// SPDX-License-Identifier: Apache-2.0
// The RocksDB store on a file system that fails, and on bytes that were changed behind its back.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <rocksdb/db.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "storage/outbox.h"
#include "storage/record.h"
#include "storage/rocksdb_outbox.h"
#include "storage/rocksdb_store.h"
#include "tests/support/faulty_file_system.h"
#include "tests/unit/storage_samples.h"

namespace muster::storage {
namespace {

using model::ErrorCode;
using model::Result;
using support::FaultyEnv;
using testing::HasSubstr;

class StoreFaults : public testing::Test {
 protected:
  StoreOptions options() {
    return {.path = folder_ / "store", .env = faulty_.env.get(), .sync = sync_};
  }
  std::unique_ptr<Store> open() {
    auto opened = open_store(options());
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(opened).value();
  }
  // Commits until one fails or `last` is reached; the last ledger_seq that was promised.
  static std::uint64_t commit_up_to(Store& store, std::uint64_t last) {
    while (store.last_ledger_seq() < last &&
           store.commit(sample_commit(store.last_ledger_seq() + 1))) {
    }
    return store.last_ledger_seq();
  }
  static Result<void> verify(const Store& store) {
    return store.scan_ledger(1, [](LedgerRecord&& record) -> Result<bool> {
      EXPECT_TRUE(same(record, sample_record(record.ledger_seq)));
      return true;
    });
  }
  void cut_power(std::unique_ptr<Store> store) {
    faulty_.files->cut_power();
    store.reset();
    faulty_.files->restore_power();
  }
  // The files of the store whose names end so.
  std::vector<std::filesystem::path> files(const std::string& ending) {
    std::vector<std::filesystem::path> found;
    for (const auto& file : std::filesystem::directory_iterator(folder_ / "store")) {
      if (file.path().string().ends_with(ending) && file.file_size() > 0) {
        found.push_back(file.path());
      }
    }
    return found;
  }
  // What kill -9 leaves: a copy of the folder, made while the store is open.
  StoreOptions killed() {
    std::filesystem::copy(folder_ / "store", folder_ / "killed",
                          std::filesystem::copy_options::recursive);
    std::filesystem::remove(folder_ / "killed/LOCK");
    return {.path = folder_ / "killed"};
  }

  Folder folder_;
  FaultyEnv faulty_;
  bool sync_ = true;
};

void replace_byte(const std::filesystem::path& file, std::uint64_t place) {
  std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekg(static_cast<std::streamoff>(place));
  const char before = static_cast<char>(bytes.get());
  bytes.seekp(static_cast<std::streamoff>(place));
  bytes.put(static_cast<char>(before ^ 0x20));
}

/// Opens the store with RocksDB itself and changes its ledger behind the store's back.
void change_ledger(const std::string& path,
                   const std::function<void(rocksdb::DB&, rocksdb::ColumnFamilyHandle*)>& change) {
  std::vector<std::string> names;
  ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, path, &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> columns;
  for (const auto& name : names) {
    columns.emplace_back(name, rocksdb::ColumnFamilyOptions());
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open({}, path, columns, &handles, &opened).ok());
  const std::unique_ptr<rocksdb::DB> db(opened);
  for (auto* handle : handles) {
    if (handle->GetName() == "ledger") {
      change(*db, handle);
    }
  }
  for (auto* handle : handles) {
    db->DestroyColumnFamilyHandle(handle);
  }
}

std::string ledger_key(std::uint8_t seq) { return std::string(7, '\0') + static_cast<char>(seq); }

TEST_F(StoreFaults, LosesNothingCommittedInAPowerCut) {
  for (std::uint64_t round = 1; round <= 5; ++round) {
    auto store = open();
    ASSERT_EQ(commit_up_to(*store, round * 20), round * 20);
    ASSERT_TRUE(store->project({round * 20, {{"a", model::Bytes{1}}}}));

    cut_power(std::move(store));

    store = open();
    ASSERT_EQ(store->last_ledger_seq(), round * 20);
    ASSERT_TRUE(verify(*store));
    ASSERT_LE(store->watermark().value(), round * 20);
    ASSERT_EQ(store->heads().value().size(), 1U);
  }
}

// The negative control: without the sync the same cut must lose, or the test above proves nothing.
TEST_F(StoreFaults, LosesInAPowerCutWithoutTheSync) {
  open().reset();
  sync_ = false;
  auto store = open();
  ASSERT_EQ(commit_up_to(*store, 20), 20U);

  cut_power(std::move(store));

  EXPECT_LT(open()->last_ledger_seq(), 20U);
}

TEST_F(StoreFaults, StopsWhenTheDiskIsFullAndHalfKeepsNothing) {
  for (std::uint64_t space = 0; space < 3000; space += 601) {
    auto store = open();
    const std::uint64_t promised = commit_up_to(*store, store->last_ledger_seq() + 5);
    faulty_.files->leave_space(space);
    Commit large = sample_commit(promised + 1);
    large.records.push_back(sample_record(promised + 2, 3000));

    const auto committed = store->commit(large);

    ASSERT_FALSE(committed);
    EXPECT_EQ(committed.error().code, ErrorCode::unavailable);
    EXPECT_TRUE(store->health().read_only);
    EXPECT_THAT(store->health().error, HasSubstr("No space"));
    EXPECT_EQ(store->last_ledger_seq(), promised);
    EXPECT_FALSE(store->ledger_record(promised + 1).value());
    faulty_.files->leave_space(support::FaultyFileSystem::kUnlimited);
    EXPECT_FALSE(store->commit(sample_commit(promised + 1))) << "latched until a restart";

    store.reset();
    store = open();
    ASSERT_EQ(store->last_ledger_seq(), promised);
    ASSERT_EQ(commit_up_to(*store, promised + 3), promised + 3);
    ASSERT_TRUE(store->ledger_record(promised));
  }
}

TEST_F(StoreFaults, StopsWhenASyncFailsAndKeepsAllOrNothing) {
  auto store = open();
  const std::uint64_t promised = commit_up_to(*store, 3);
  faulty_.files->fail_syncs(true);

  EXPECT_EQ(store->commit(sample_commit(4)).error().code, ErrorCode::unavailable);

  faulty_.files->fail_syncs(false);
  EXPECT_TRUE(store->health().read_only);
  EXPECT_FALSE(store->commit(sample_commit(4))) << "latched until a restart";
  EXPECT_FALSE(store->project({1, {}}));
  EXPECT_FALSE(store->quarantine({}));
  EXPECT_EQ(store->last_ledger_seq(), promised);
  store.reset();
  store = open();
  ASSERT_TRUE(verify(*store));
  const bool kept = store->last_ledger_seq() == 4;
  EXPECT_EQ(store->chain_entry(node("KAZ/mod"), 4).value().has_value(), kept);
  EXPECT_EQ(store->heads().value().at(0).seq, kept ? 4U : 3U);
}

TEST_F(StoreFaults, OpensAtTheLongestWholePrefixOfATornLog) {
  const auto store = open();
  ASSERT_EQ(commit_up_to(*store, 10), 10U);
  StoreOptions left = killed();
  for (const auto& log : std::filesystem::directory_iterator(left.path)) {
    if (!log.path().string().ends_with(".log") || log.file_size() < 100) {
      continue;
    }
    std::filesystem::resize_file(log.path(), log.file_size() - 100);
  }

  EXPECT_EQ(open_store(left).value()->last_ledger_seq(), 9U);
}

TEST_F(StoreFaults, RefusesAStoreThatLostRecordsAndLeavesItsLogAlone) {
  const auto store = open();
  ASSERT_EQ(commit_up_to(*store, 10), 10U);
  StoreOptions left = killed();
  left.known_last_seq = 10;
  std::filesystem::path log;
  for (const auto& file : std::filesystem::directory_iterator(left.path)) {
    if (file.path().string().ends_with(".log") && file.file_size() > 0) {
      log = file.path();
    }
  }
  replace_byte(log, std::filesystem::file_size(log) / 2);
  const auto size_before = std::filesystem::file_size(log);

  const auto refused = open_store(left);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
  EXPECT_THAT(refused.error().message, HasSubstr("but 10 were committed"));
  ASSERT_TRUE(std::filesystem::exists(log));
  EXPECT_EQ(std::filesystem::file_size(log), size_before);
  replace_byte(log, std::filesystem::file_size(log) / 2);
  EXPECT_EQ(open_store(left).value()->last_ledger_seq(), 10U) << "mended, nothing is lost";
}

TEST_F(StoreFaults, KeepsEachProjectedStepWholeThroughKill) {
  const auto store = open();
  ASSERT_EQ(commit_up_to(*store, 10), 10U);
  for (std::uint64_t mark = 1; mark <= 10; ++mark) {
    const model::Bytes value{static_cast<std::uint8_t>(mark)};
    ASSERT_TRUE(store->project({mark, {{"a", value}, {"b", value}}}));
  }

  const auto reopened = open_store(killed()).value();

  const std::uint64_t mark = reopened->watermark().value();
  ASSERT_LE(mark, 10U);
  std::size_t entries = 0;
  ASSERT_TRUE(reopened->scan_projection([&](auto, model::ByteView value) -> Result<void> {
    ++entries;
    EXPECT_EQ(value[0], mark);
    return {};
  }));
  EXPECT_EQ(entries, mark == 0 ? 0U : 2U);
}

TEST_F(StoreFaults, NamesTheRecordWithAFlippedByte) {
  ASSERT_EQ(commit_up_to(*open(), 5), 5U);
  change_ledger(options().path, [](auto& db, auto* ledger) {
    model::Bytes value = encode(sample_record(3));
    value[50] ^= 1;
    db.Put({}, ledger, ledger_key(3), {reinterpret_cast<char*>(value.data()), value.size()});
    db.Put({}, ledger, ledger_key(4), [&] {
      const model::Bytes other = encode(sample_record(2));
      return std::string(other.begin(), other.end());
    }());
  });

  const auto store = open();

  EXPECT_EQ(store->ledger_record(3).error().code, ErrorCode::corrupt);
  EXPECT_THAT(store->ledger_record(3).error().message, HasSubstr("ledger record 3"));
  EXPECT_THAT(store->ledger_record(4).error().message, HasSubstr("the record of 2 stands"));
  EXPECT_EQ(verify(*store).error().code, ErrorCode::corrupt);
  EXPECT_THAT(verify(*store).error().message, HasSubstr("ledger record 3"));
}

TEST_F(StoreFaults, NamesTheRecordWhoseBlockOnDiskWasFlipped) {
  auto store = open();
  for (std::uint64_t seq = 1; seq <= 20; ++seq) {
    ASSERT_TRUE(store->commit(sample_commit(seq, 20'000)));
  }
  ASSERT_TRUE(store->project({20, {}}));  // A close writes tables when something is not in the log.
  store.reset();
  std::filesystem::path largest;
  for (const auto& file : files(".sst")) {
    if (largest.empty() || file_size(file) > file_size(largest)) {
      largest = file;
    }
  }
  ASSERT_GT(file_size(largest), 400'000U);
  replace_byte(largest, 5 * 20'000 + 9'000);

  const auto scanned = open()->scan_ledger(1, [](LedgerRecord&&) -> Result<bool> { return true; });

  ASSERT_FALSE(scanned);
  EXPECT_EQ(scanned.error().code, ErrorCode::corrupt);
  EXPECT_THAT(scanned.error().message, HasSubstr("ledger record 6"));
}

TEST_F(StoreFaults, FindsAGapInTheLedger) {
  ASSERT_EQ(commit_up_to(*open(), 5), 5U);
  change_ledger(options().path,
                [](auto& db, auto* ledger) { db.Delete({}, ledger, ledger_key(2)); });

  const auto store = open();

  EXPECT_EQ(verify(*store).error().code, ErrorCode::corrupt);
  EXPECT_THAT(verify(*store).error().message, HasSubstr("ledger record 2 is missing"));
  EXPECT_EQ(store->ledger_record(2).error().code, ErrorCode::corrupt);
}

TEST_F(StoreFaults, RefusesAFolderWithoutItsCurrentFile) {
  ASSERT_EQ(commit_up_to(*open(), 5), 5U);
  std::filesystem::remove(folder_ / "store/CURRENT");
  EXPECT_EQ(open_store(options()).error().code, ErrorCode::corrupt);
}

class StoreOpening : public StoreFaults {};

TEST_F(StoreOpening, RefusesAnotherFormatNamingBoth) {
  open().reset();
  change_ledger(options().path, [](auto& db, auto*) { db.Put({}, "format", "muster-store 99"); });

  const auto refused = open_store(options());

  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  EXPECT_THAT(refused.error().message, HasSubstr("'muster-store 99'"));
  EXPECT_THAT(refused.error().message, HasSubstr("'muster-store 1'"));
}

TEST_F(StoreOpening, RefusesAnOutboxAndTheOtherWayRound) {
  ASSERT_TRUE(open_outbox(folder_ / "outbox"));
  open().reset();
  EXPECT_EQ(open_store({.path = folder_ / "outbox"}).error().code, ErrorCode::unsupported);
  EXPECT_FALSE(open_outbox(folder_ / "store"));
}

TEST_F(StoreOpening, NeedsTheParentFolder) {
  const auto refused = open_store({.path = folder_ / "not-mounted/store"});
  EXPECT_EQ(refused.error().code, ErrorCode::io);
  EXPECT_THAT(refused.error().message, HasSubstr("not-mounted does not exist"));
  EXPECT_EQ(open_outbox(folder_ / "not-mounted/outbox").error().code, ErrorCode::io);
}

TEST_F(StoreOpening, SaysWhenTheFolderCannotBeWritten) {
  open().reset();
  faulty_.files->refuse_new_files(true);
  const auto refused = open_store(options());
  EXPECT_EQ(refused.error().code, ErrorCode::io);
  EXPECT_THAT(refused.error().message, HasSubstr("Permission denied"));
}

TEST_F(StoreOpening, SaysWhenItIsOpenInThisProcess) {
  const auto store = open();
  EXPECT_EQ(open_store(options()).error().code, ErrorCode::unavailable);
  const auto outbox = open_outbox(folder_ / "outbox").value();
  EXPECT_EQ(open_outbox(folder_ / "outbox").error().code, ErrorCode::unavailable);
}

// Takes the lock of `path` as another process would, until the returned pipe end is closed.
pid_t lock_in_a_child(const std::string& path, int (&quit)[2]) {
  int ready[2];
  if (::pipe(ready) != 0 || ::pipe(quit) != 0) {
    return -1;
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(quit[1]);
    const int file = ::open((path + "/LOCK").c_str(), O_RDWR);
    struct flock lock{};
    lock.l_type = F_WRLCK;
    char byte = ::fcntl(file, F_SETLK, &lock) == 0 ? 'y' : 'n';
    if (::write(ready[1], &byte, 1) == 1) {
      (void)!::read(quit[0], &byte, 1);
    }
    ::_exit(0);
  }
  char locked = 'n';
  (void)!::read(ready[0], &locked, 1);
  ::close(ready[0]);
  ::close(ready[1]);
  return locked == 'y' ? child : -1;
}

TEST_F(StoreOpening, NamesTheProcessThatHoldsTheLock) {
  open().reset();
  int quit[2];
  const pid_t child = lock_in_a_child(options().path, quit);
  ASSERT_GT(child, 0);

  const auto refused = open_store(options());

  ::close(quit[1]);
  ::waitpid(child, nullptr, 0);
  ::close(quit[0]);
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  EXPECT_THAT(refused.error().message, HasSubstr("process " + std::to_string(child)));
  EXPECT_TRUE(open_store(options()));
}

TEST(OutboxFaults, LosesNothingPushedOrSealedInAPowerCut) {
  const Folder folder;
  FaultyEnv faulty;
  const OutboxOptions options{.path = folder / "outbox", .env = faulty.env.get()};
  auto outbox = open_outbox(options).value();
  ASSERT_EQ(outbox->push({{1}, {2}, {3}}).value(), 1U);
  ASSERT_TRUE(outbox->seal({1, 2, hash_of(2), {1, 2}}));
  ASSERT_TRUE(outbox->acknowledge(2));

  faulty.files->cut_power();
  outbox.reset();
  faulty.files->restore_power();

  outbox = open_outbox(options).value();
  EXPECT_EQ(outbox->next_seq(), 4U);
  EXPECT_EQ(outbox->sealed_seq(), 2U);
  EXPECT_EQ(outbox->sealed_hash(), hash_of(2));
  EXPECT_THAT(outbox->waiting(10, 10).value(), testing::ElementsAre(model::Bytes{3}));
  // The acknowledgement was not synced: the envelope is resent and acknowledged again.
  EXPECT_EQ(outbox->sealed(1, 10).value().size(), outbox->acknowledged_seq() == 0 ? 1U : 0U);
}

TEST(OutboxFaults, KeepsNothingWhenTheDiskIsFull) {
  const Folder folder;
  FaultyEnv faulty;
  const OutboxOptions options{.path = folder / "outbox", .env = faulty.env.get()};
  auto outbox = open_outbox(options).value();
  ASSERT_TRUE(outbox->push({{1}}));
  faulty.files->leave_space(10);

  EXPECT_EQ(outbox->push({{2}}).error().code, ErrorCode::unavailable);

  EXPECT_EQ(outbox->next_seq(), 2U);
  outbox.reset();
  faulty.files->leave_space(support::FaultyFileSystem::kUnlimited);
  outbox = open_outbox(options).value();
  EXPECT_EQ(outbox->next_seq(), 2U);
}

class AnyOutbox : public testing::TestWithParam<bool> {
 protected:
  AnyOutbox()
      : outbox_(GetParam() ? open_outbox(folder_ / "outbox").value() : make_memory_outbox()) {}
  Folder folder_;
  std::unique_ptr<Outbox> outbox_;
};

INSTANTIATE_TEST_SUITE_P(Kinds, AnyOutbox, testing::Bool(),
                         [](const auto& kind) { return kind.param ? "RocksDB" : "Memory"; });

TEST_P(AnyOutbox, GoesOnFromTheBrokersHeadWhenItIsEmpty) {
  ASSERT_TRUE(outbox_->resume_from(41, hash_of(9)));
  EXPECT_EQ(outbox_->sealed_hash(), hash_of(9));
  EXPECT_EQ(outbox_->push({{1}}).value(), 42U);

  EXPECT_EQ(outbox_->resume_from(50, hash_of(1)).error().code, ErrorCode::refused);
  ASSERT_TRUE(outbox_->seal({42, 42, hash_of(2), {1}}));
  EXPECT_EQ(outbox_->resume_from(50, hash_of(1)).error().code, ErrorCode::refused);
  ASSERT_TRUE(outbox_->acknowledge(42));
  EXPECT_TRUE(outbox_->resume_from(50, hash_of(1)));
}

TEST_P(AnyOutbox, SealsOnlyWhatWaitsNext) {
  ASSERT_TRUE(outbox_->push({{1}, {2}}));
  EXPECT_EQ(outbox_->seal({2, 2, {}, {}}).error().code, ErrorCode::refused);
  EXPECT_EQ(outbox_->seal({1, 3, {}, {}}).error().code, ErrorCode::refused);
  EXPECT_EQ(outbox_->seal({1, 0, {}, {}}).error().code, ErrorCode::refused);
  EXPECT_EQ(outbox_->acknowledge(1).error().code, ErrorCode::refused);
}

TEST_P(AnyOutbox, HandsOutOneReportHoweverLargeItIs) {
  ASSERT_TRUE(outbox_->push({model::Bytes(100), model::Bytes(100), model::Bytes(100)}));
  EXPECT_EQ(outbox_->waiting(10, 50).value().size(), 1U);
  EXPECT_EQ(outbox_->waiting(10, 250).value().size(), 2U);
  EXPECT_EQ(outbox_->waiting(2, 1000).value().size(), 2U);
  EXPECT_EQ(outbox_->waiting(0, 1000).value().size(), 0U);
}

}  // namespace
}  // namespace muster::storage
