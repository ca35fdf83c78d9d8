// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <utility>

#include "storage/frame.h"
#include "storage/outbox_position.h"
#include "storage/record.h"
#include "storage/rocksdb_outbox.h"
#include "storage/rocksdb_support.h"

namespace muster::storage {

using model::ErrorCode;
using model::Result;

namespace {

constexpr std::string_view kOutboxFormat = "muster-outbox 1";
// Stored. Never change: one key each for the heads, a prefix and a big-endian seq for the rest.
constexpr std::string_view kSealedHeadKey = "h-sealed";
constexpr std::string_view kAcknowledgedKey = "h-acknowledged";
constexpr char kSealedPrefix = 's';   // And the envelope's last_seq.
constexpr char kWaitingPrefix = 'w';  // And the report's seq.
constexpr std::size_t kBufferBytes = std::size_t{8} << 20;

std::string key_of(char prefix, std::uint64_t seq) {
  const auto digits = big_endian(seq);
  return std::string(1, prefix).append(digits.data(), digits.size());
}

model::Bytes encode_head(std::uint64_t seq, const model::Hash& hash) {
  model::Bytes value;
  begin_frame(Tag::outbox_head, value);
  Writer writer(value);
  writer.u64(seq);
  writer.raw(hash);
  end_frame(value);
  return value;
}

struct OutboxHead {
  std::uint64_t seq = 0;
  model::Hash hash{};
};

Result<OutboxHead> decode_outbox_head(model::ByteView value) {
  MUSTER_TRY(const auto body, open_frame(Tag::outbox_head, value));
  Reader reader(body);
  OutboxHead head;
  head.seq = reader.u64("seq");
  head.hash = reader.hash("hash");
  MUSTER_CHECK(reader.finish());
  return head;
}

rocksdb::WriteOptions write_options(bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  return options;
}

class RocksOutbox final : public Outbox {
 public:
  static Result<std::unique_ptr<Outbox>> open(const OutboxOptions& options);
  RocksOutbox(std::unique_ptr<rocksdb::DB> db, std::shared_ptr<ErrorLatch> latch)
      : latch_(std::move(latch)), db_(std::move(db)) {}

  [[nodiscard]] std::uint64_t next_seq() const override { return at_.next_seq; }
  [[nodiscard]] std::uint64_t sealed_seq() const override { return at_.sealed_seq; }
  [[nodiscard]] model::Hash sealed_hash() const override { return at_.sealed_hash; }
  [[nodiscard]] std::uint64_t acknowledged_seq() const override { return at_.acknowledged_seq; }
  Result<std::uint64_t> push(const std::vector<model::Bytes>& reports) override;
  Result<std::vector<model::Bytes>> waiting(std::size_t count,
                                            std::size_t bytes_max) const override;
  Result<void> seal(const SealedEnvelope& envelope) override;
  Result<std::vector<SealedEnvelope>> sealed(std::uint64_t from_seq,
                                             std::size_t count) const override;
  Result<void> acknowledge(std::uint64_t seq) override;
  Result<void> resume_from(std::uint64_t seq, const model::Hash& hash) override;

 private:
  Result<void> load();
  Result<OutboxHead> load_head(std::string_view key) const;
  Result<std::uint64_t> last_waiting() const;
  std::unique_ptr<rocksdb::Iterator> from(const std::string& key) const;
  Result<void> write_batch(rocksdb::WriteBatch& batch, bool sync) {
    return write(*db_, write_options(sync), batch, *latch_);
  }

  std::shared_ptr<ErrorLatch> latch_;
  std::unique_ptr<rocksdb::DB> db_;
  OutboxPosition at_;
};

Result<std::unique_ptr<Outbox>> RocksOutbox::open(const OutboxOptions& options) {
  auto latch = std::make_shared<ErrorLatch>();
  rocksdb::Options base = base_options(options.env, latch);
  base.write_buffer_size = kBufferBytes;
  MUSTER_CHECK(check_folder(*base.env, options.path));
  const bool is_new = !holds_database(*base.env, options.path);
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::Open(base, options.path, &opened);
  if (!status.ok()) {
    return tl::unexpected(open_error(status, options.path));
  }
  auto outbox =
      std::make_unique<RocksOutbox>(std::unique_ptr<rocksdb::DB>(opened), std::move(latch));
  auto format = check_format(*opened, kOutboxFormat, options.path);
  const bool unfinished = !format && format.error().code == ErrorCode::not_found;
  if (is_new || (unfinished && !outbox->from("")->Valid())) {
    format = write_format(*opened, kOutboxFormat);
  }
  MUSTER_CHECK(format);
  if (auto loaded = outbox->load(); !loaded) {
    return tl::unexpected(model::with_context(std::move(loaded).error(), options.path));
  }
  return std::unique_ptr<Outbox>(std::move(outbox));
}

Result<void> RocksOutbox::load() {
  MUSTER_TRY(const auto sealed, load_head(kSealedHeadKey));
  MUSTER_TRY(const auto acknowledged, load_head(kAcknowledgedKey));
  at_.sealed_seq = sealed.seq;
  at_.sealed_hash = sealed.hash;
  at_.acknowledged_seq = acknowledged.seq;
  MUSTER_TRY(const std::uint64_t last, last_waiting());
  at_.next_seq = std::max(last, sealed.seq) + 1;
  if (acknowledged.seq <= sealed.seq && (last == 0 || last > sealed.seq)) {
    return {};
  }
  return model::fail(ErrorCode::corrupt, fmt::format("acknowledged {}, sealed {}, waiting up to {}",
                                                     acknowledged.seq, sealed.seq, last));
}

Result<OutboxHead> RocksOutbox::load_head(std::string_view key) const {
  std::string value;
  const auto status = db_->Get(rocksdb::ReadOptions(), slice_of(key), &value);
  if (status.IsNotFound()) {
    return OutboxHead{};
  }
  if (!status.ok()) {
    return tl::unexpected(error_of(status, key));
  }
  auto head = decode_outbox_head(model::view_of(value));
  if (!head) {
    return tl::unexpected(model::with_context(std::move(head).error(), key));
  }
  return head;
}

Result<std::uint64_t> RocksOutbox::last_waiting() const {
  const std::unique_ptr<rocksdb::Iterator> last(db_->NewIterator(rocksdb::ReadOptions()));
  last->SeekForPrev(key_of(kWaitingPrefix, ~std::uint64_t{0}));
  if (!last->status().ok()) {
    return tl::unexpected(error_of(last->status(), "waiting reports"));
  }
  if (!last->Valid() || !last->key().starts_with({&kWaitingPrefix, 1})) {
    return std::uint64_t{0};
  }
  return from_big_endian(last->key().ToStringView().substr(1));
}

std::unique_ptr<rocksdb::Iterator> RocksOutbox::from(const std::string& key) const {
  std::unique_ptr<rocksdb::Iterator> found(db_->NewIterator(rocksdb::ReadOptions()));
  found->Seek(key);
  return found;
}

Result<std::uint64_t> RocksOutbox::push(const std::vector<model::Bytes>& reports) {
  MUSTER_CHECK(latch_->check());
  if (reports.empty()) {
    return at_.next_seq;
  }
  rocksdb::WriteBatch batch;
  model::Bytes value;
  std::uint64_t seq = at_.next_seq;
  for (const auto& report : reports) {
    begin_frame(Tag::waiting, value);
    Writer(value).raw(report);
    end_frame(value);
    batch.Put(key_of(kWaitingPrefix, seq++), slice_of(value));
  }
  MUSTER_CHECK(write_batch(batch, true));
  return std::exchange(at_.next_seq, seq);
}

Result<std::vector<model::Bytes>> RocksOutbox::waiting(std::size_t count,
                                                       std::size_t bytes_max) const {
  std::vector<model::Bytes> oldest;
  Portion portion(count, bytes_max);
  const auto reports = from(key_of(kWaitingPrefix, at_.sealed_seq + 1));
  for (std::uint64_t seq = at_.sealed_seq + 1; seq < at_.next_seq; ++seq, reports->Next()) {
    if (!reports->Valid() || reports->key() != rocksdb::Slice(key_of(kWaitingPrefix, seq))) {
      return model::fail(ErrorCode::corrupt, fmt::format("waiting report {} is missing: {}", seq,
                                                         reports->status().ToString()));
    }
    auto body = open_frame(Tag::waiting, view_of(reports->value()));
    if (!body) {
      return tl::unexpected(
          model::with_context(std::move(body).error(), fmt::format("waiting report {}", seq)));
    }
    if (!portion.takes(body->size())) {
      break;
    }
    oldest.emplace_back(body->begin(), body->end());
  }
  return oldest;
}

Result<void> RocksOutbox::seal(const SealedEnvelope& envelope) {
  MUSTER_CHECK(latch_->check());
  MUSTER_CHECK(at_.check_seal(envelope));
  rocksdb::WriteBatch batch;
  for (std::uint64_t seq = envelope.first_seq; seq <= envelope.last_seq; ++seq) {
    batch.Delete(key_of(kWaitingPrefix, seq));
  }
  model::Bytes value;
  encode(envelope, value);
  batch.Put(key_of(kSealedPrefix, envelope.last_seq), slice_of(value));
  batch.Put(slice_of(kSealedHeadKey),
            slice_of(encode_head(envelope.last_seq, envelope.chain_hash)));
  MUSTER_CHECK(write_batch(batch, true));
  at_.sealed_seq = envelope.last_seq;
  at_.sealed_hash = envelope.chain_hash;
  return {};
}

Result<std::vector<SealedEnvelope>> RocksOutbox::sealed(std::uint64_t from_seq,
                                                        std::size_t count) const {
  std::vector<SealedEnvelope> oldest;
  std::uint64_t expected = std::max(from_seq, at_.acknowledged_seq + 1);
  const auto stored = from(key_of(kSealedPrefix, expected));
  for (; expected <= at_.sealed_seq && oldest.size() < count; stored->Next()) {
    if (!stored->Valid() || !stored->key().starts_with({&kSealedPrefix, 1})) {
      return model::fail(ErrorCode::corrupt, fmt::format("the envelope of {} is missing: {}",
                                                         expected, stored->status().ToString()));
    }
    auto envelope = decode_sealed(view_of(stored->value()));
    if (!envelope) {
      return tl::unexpected(model::with_context(std::move(envelope).error(),
                                                fmt::format("the envelope of {}", expected)));
    }
    // The first may begin before the seq that was asked for; each after it follows exactly.
    if (envelope->first_seq > expected || (!oldest.empty() && envelope->first_seq != expected)) {
      return model::fail(ErrorCode::corrupt,
                         fmt::format("the envelope of {} is missing", expected));
    }
    expected = envelope->last_seq + 1;
    oldest.push_back(*std::move(envelope));
  }
  return oldest;
}

Result<void> RocksOutbox::acknowledge(std::uint64_t seq) {
  MUSTER_CHECK(latch_->check());
  MUSTER_CHECK(at_.check_acknowledge(seq));
  if (seq <= at_.acknowledged_seq) {
    return {};
  }
  rocksdb::WriteBatch batch;
  std::uint64_t acknowledged = at_.acknowledged_seq;
  const std::string end = key_of(kSealedPrefix, seq);
  const auto stored = from(key_of(kSealedPrefix, acknowledged + 1));
  for (; stored->Valid() && stored->key().compare(end) <= 0; stored->Next()) {
    batch.Delete(stored->key());
    acknowledged = from_big_endian(stored->key().ToStringView().substr(1));
  }
  batch.Put(slice_of(kAcknowledgedKey), slice_of(encode_head(acknowledged, {})));
  MUSTER_CHECK(write_batch(batch, false));
  at_.acknowledged_seq = acknowledged;
  return {};
}

Result<void> RocksOutbox::resume_from(std::uint64_t seq, const model::Hash& hash) {
  MUSTER_CHECK(latch_->check());
  MUSTER_CHECK(at_.check_resume());
  rocksdb::WriteBatch batch;
  batch.Put(slice_of(kSealedHeadKey), slice_of(encode_head(seq, hash)));
  batch.Put(slice_of(kAcknowledgedKey), slice_of(encode_head(seq, {})));
  MUSTER_CHECK(write_batch(batch, true));
  at_ = {.next_seq = seq + 1, .sealed_seq = seq, .sealed_hash = hash, .acknowledged_seq = seq};
  return {};
}

}  // namespace

Result<std::unique_ptr<Outbox>> open_outbox(const OutboxOptions& options) {
  return RocksOutbox::open(options);
}

Result<std::unique_ptr<Outbox>> open_outbox(const std::string& path) {
  return open_outbox(OutboxOptions{.path = path});
}

}  // namespace muster::storage
