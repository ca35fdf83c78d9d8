// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "broker/core/state.h"
#include "schemas/trust/big_endian.h"
#include "schemas/wire/report.h"

/// How values of the projection are laid out (storage/FORMAT.md, "current"). Internal to the
/// projection.
namespace muster::server::projected {

// Stored. Never change.
inline constexpr std::string_view kVersion = "version";
inline constexpr std::string_view kAuthors = "authors";
inline constexpr std::string_view kUnit = "unit/";
inline constexpr std::string_view kRoster = "roster/";
inline constexpr std::string_view kWord = "word/";
inline constexpr std::string_view kSaid = "said/";
inline constexpr std::string_view kNode = "node/";
inline constexpr std::string_view kRegistry = "registry/";
inline constexpr std::string_view kTree = "tree";
/// Of these keys and values. A projection of another version is built anew from the ledger.
inline constexpr std::uint16_t kLayout = 2;

/// Writes values one after the other, integers big-endian, text with its length in front.
class Writer {
 public:
  template <typename Integer>
  void integer(Integer value) {
    trust::append_big_endian(bytes_, value);
  }
  void text(std::string_view value) {
    integer(static_cast<std::uint16_t>(value.size()));
    raw(model::view_of(value));
  }
  void raw(model::ByteView value) { trust::append_bytes(bytes_, value); }
  void stamp(const core::Stamp& stamp) {
    text(stamp.report.node.view());
    integer(stamp.report.seq);
    integer(model::to_micros(stamp.valid_at));
    integer(model::to_micros(stamp.issued_at));
    integer(model::to_micros(stamp.received_at));
    integer(stamp.ledger_seq);
  }
  void report(const model::Report& report) {
    const auto bytes = wire::encode_report(report);
    integer(static_cast<std::uint32_t>(bytes.size()));
    raw(bytes);
  }
  model::Bytes take() && { return std::move(bytes_); }

 private:
  model::Bytes bytes_;
};

/// Reads what Writer wrote. After a read beyond the end everything is zero and is_good() is false.
class Reader {
 public:
  explicit Reader(model::ByteView bytes) : rest_(bytes) {}
  template <typename Integer>
  Integer integer() {
    std::uint64_t value = 0;
    for (const auto byte : raw(sizeof(Integer))) {
      value = value << 8 | byte;
    }
    return static_cast<Integer>(value);
  }
  model::ByteView raw(std::size_t size) {
    if (size > rest_.size()) {
      is_good_ = false;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  std::string_view text() { return model::text_of(raw(integer<std::uint16_t>())); }
  model::NodeId node() {
    auto parsed = model::NodeId::parse(text());
    is_good_ = is_good_ && parsed.has_value();
    return parsed ? *parsed : model::NodeId{};
  }
  core::Stamp stamp() {
    core::Stamp stamp;
    stamp.report.node = node();
    stamp.report.seq = integer<std::uint64_t>();
    stamp.valid_at = model::from_micros(integer<std::int64_t>());
    stamp.issued_at = model::from_micros(integer<std::int64_t>());
    stamp.received_at = model::from_micros(integer<std::int64_t>());
    stamp.ledger_seq = integer<std::uint64_t>();
    return stamp;
  }
  /// Errors: corrupt when what was read before, or the report, ends too early; those of
  /// decode_report().
  model::Result<model::Report> report() {
    const auto bytes = raw(integer<std::uint32_t>());
    if (!is_good_) {
      return model::fail(model::ErrorCode::corrupt, "the entry ends too early");
    }
    return wire::decode_report(bytes, bytes.size());
  }
  [[nodiscard]] model::ByteView rest() const { return rest_; }
  [[nodiscard]] bool is_good() const { return is_good_; }

 private:
  model::ByteView rest_;
  bool is_good_ = true;
};

/// The key of a word: sorted by unit, kind and the order in which words count.
std::string word_key(const model::UnitId& id, model::StatementKind kind, const core::Word& word);

/// One statement in a report of its own, to whom it is released included: several together may be
/// longer than a report can be.
void write_statement(Writer& out, const core::Stamp& stamp, const core::Release& release,
                     model::Statement statement);

/// What write_statement() wrote. Errors: corrupt, and those of decode_report().
model::Result<core::Said> read_statement(Reader& in);

}  // namespace muster::server::projected
