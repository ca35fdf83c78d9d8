// SPDX-License-Identifier: Apache-2.0
#include "storage/high_water.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "storage/checksum.h"
#include "storage/frame.h"

namespace muster::storage {
namespace {

// Stored. Never change: magic 8, seq 8, digest 32, CRC-32C 4.
constexpr std::string_view kMagic = "MUSTERW1";
constexpr std::size_t kSlotBytes = 8 + 8 + 32 + 4;
// A page apart, so that no torn sector can spoil both.
constexpr std::size_t kSlotDistance = 4096;

using Slot = std::array<std::uint8_t, kSlotBytes>;

model::Result<Slot> read_slot(int file, const std::string& path, std::size_t index) {
  Slot slot{};  // What lies beyond the end of the file reads as zeros: never written.
  const auto offset = static_cast<off_t>(index * kSlotDistance);
  if (::pread(file, slot.data(), slot.size(), offset) < 0) {
    return model::fail(model::ErrorCode::io,
                       fmt::format("reading {}: {}", path, std::strerror(errno)));
  }
  return slot;
}

bool is_blank(const Slot& slot) {
  return std::ranges::all_of(slot, [](std::uint8_t byte) { return byte == 0; });
}

std::optional<HighWater> decode_slot(const Slot& slot) {
  const model::ByteView bytes(slot);
  const std::size_t checked = kSlotBytes - 4;
  if (model::text_of(bytes.first(kMagic.size())) != kMagic) {
    return std::nullopt;
  }
  if (little_endian_32(slot.data() + checked) != crc32c(bytes.first(checked))) {
    return std::nullopt;
  }
  Reader reader(bytes.subspan(kMagic.size()));
  HighWater mark;
  mark.seq = reader.u64("seq");
  mark.digest = reader.hash("digest");
  return mark;
}

void encode_slot(const HighWater& mark, model::Bytes& out) {
  out.reserve(kSlotBytes);
  Writer writer(out);
  writer.raw(model::view_of(kMagic));
  writer.u64(mark.seq);
  writer.raw(mark.digest);
  writer.u32(crc32c(out));
}

}  // namespace

model::Result<HighWaterFile> HighWaterFile::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return model::fail(model::ErrorCode::io, fmt::format("opening the high-water file {}: {}", path,
                                                         std::strerror(errno)));
  }
  HighWaterFile opened(path, file);
  MUSTER_TRY(const Slot first, read_slot(file, path, 0));
  MUSTER_TRY(const Slot second, read_slot(file, path, 1));
  const auto seq_in = [](const Slot& slot) { return decode_slot(slot).value_or(HighWater{}).seq; };
  // The slot with the older mark is the next to be overwritten.
  opened.turn_ = seq_in(first) > seq_in(second) ? 1 : 0;
  return opened;
}

HighWaterFile::HighWaterFile(HighWaterFile&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), turn_(other.turn_) {}

HighWaterFile& HighWaterFile::operator=(HighWaterFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(turn_, other.turn_);
  return *this;
}

HighWaterFile::~HighWaterFile() {
  if (file_ >= 0) {
    ::close(file_);
  }
}

model::Result<void> HighWaterFile::record(std::uint64_t seq, const model::Hash& digest) {
  model::Bytes slot;
  encode_slot({.seq = seq, .digest = digest}, slot);
  const auto offset = static_cast<off_t>(turn_ % 2 * kSlotDistance);
  const ssize_t written = ::pwrite(file_, slot.data(), slot.size(), offset);
  if (written != static_cast<ssize_t>(slot.size())) {
    return model::fail(
        model::ErrorCode::io,
        fmt::format("writing {}: {}", path_, written < 0 ? std::strerror(errno) : "cut short"));
  }
  ++turn_;
  return {};
}

model::Result<HighWater> HighWaterFile::read() const {
  MUSTER_TRY(const Slot first, read_slot(file_, path_, 0));
  MUSTER_TRY(const Slot second, read_slot(file_, path_, 1));
  if (is_blank(first) && is_blank(second)) {
    return HighWater{};
  }
  const auto one = decode_slot(first);
  const auto other = decode_slot(second);
  if (!one && !other) {
    return model::fail(model::ErrorCode::corrupt,
                       fmt::format("{} holds no whole mark: compare the ledger with the nodes' "
                                   "receipts before removing it",
                                   path_));
  }
  if (!one || !other) {
    return one ? *one : *other;
  }
  return one->seq >= other->seq ? *one : *other;
}

}  // namespace muster::storage
