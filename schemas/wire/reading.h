// SPDX-License-Identifier: Apache-2.0
// What every decoder of this folder shares. Not for other folders.
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/model/limits.h"
#include "schemas/model/result.h"
#include "schemas/model/time.h"

namespace muster::wire {

/// Where a decoder stands: "statement 3, relations[1].unit". Lives on the stack; becomes text only
/// for an error.
struct Path {
  const Path* up = nullptr;
  std::string_view name = {};
  std::optional<std::size_t> index = std::nullopt;
  [[nodiscard]] std::string str() const;
};
/// The outermost step of everything inside one statement.
inline constexpr std::string_view kStatementStep = "statement";

/// One decoding: the first error met, and how much may still be made of the bytes. Tables may be
/// shared inside a buffer, so a small one can describe something huge: whatever is built is paid
/// for from `budget` first.
class Reading {
 public:
  struct Bounds {
    std::size_t list_max = model::kListMax;
    std::size_t budget = 16 * 1024 * 1024;
  };
  Reading() = default;
  explicit Reading(const Bounds& bounds) : bounds_(bounds) {}

  [[nodiscard]] bool ok() const { return !error_; }
  /// Keeps the first error. What is read after it is thrown away.
  void fail(const Path& at, std::string_view what,
            model::ErrorCode code = model::ErrorCode::malformed);
  /// Pays for a list of `entries` of `entry_bytes` each; an error when there are too many.
  bool admit_list(const Path& at, std::size_t entries, std::size_t entry_bytes);
  /// Pays for a text and checks its length and UTF-8.
  bool admit_text(const Path& at, std::string_view text);
  /// Checks that a text can be a key at all, so that parse() never meets a long one.
  bool admit_key(const Path& at, const flatbuffers::String* text);

  template <typename T>
  model::Result<T> result(T value) {
    if (error_) {
      return tl::unexpected(*std::move(error_));
    }
    return model::Result<T>(std::move(value));
  }

 private:
  bool pay(const Path& at, std::size_t bytes);

  Bounds bounds_;
  std::optional<model::Error> error_;
};

/// Copies received bytes to memory that is aligned for every scalar.
model::ByteView aligned_copy(model::ByteView bytes, model::Bytes& memory);

/// The limits of the FlatBuffers verifier. The tables are counted once for each reference to them.
inline constexpr std::uint32_t kDepthMax = 16;
inline constexpr std::uint32_t kTablesMax = 50'000;

/// The root of aligned bytes, or null when they are not a valid buffer of that type.
template <typename Root>
const Root* verified_root(model::ByteView aligned, const char* identifier,
                          std::uint32_t tables_max = kTablesMax) {
  flatbuffers::Verifier verifier(aligned.data(), aligned.size(), kDepthMax, tables_max);
  if (!verifier.VerifyBuffer<Root>(identifier)) {
    return nullptr;
  }
  return flatbuffers::GetRoot<Root>(aligned.data());
}

/// The FlatBuffers verifier looks at each text of a list once for each reference to the list and
/// does not count them, so a shared list makes it slow without bound. Counted beforehand: texts
/// that are not shared need four bytes each.
class SharedTexts {
 public:
  explicit SharedTexts(model::ByteView aligned)
      : bytes_(aligned),
        verifier_(aligned.data(), aligned.size(), kDepthMax, kWalkedMax),
        left_(aligned.size() / sizeof(flatbuffers::uoffset_t)) {}

  /// The root, or null.
  [[nodiscard]] const flatbuffers::Table* root();
  /// The table in a field, or null when there is none or it is not inside the bytes.
  const flatbuffers::Table* table(const flatbuffers::Table& from, flatbuffers::voffset_t field);
  /// The number in a field of one byte, 0 when absent or not inside the bytes.
  std::uint8_t byte(const flatbuffers::Table& from, flatbuffers::voffset_t field);
  /// Calls `visit` with each table of a list, as long as all is well.
  template <typename Visit>
  void each(const flatbuffers::Table& from, flatbuffers::voffset_t field, Visit visit) {
    const auto* entries = list(from, field);
    for (flatbuffers::uoffset_t i = 0; entries != nullptr && i < entries->size() && sane_; ++i) {
      if (const auto* entry = started(entries->Get(i))) {
        visit(*entry);
      }
    }
  }
  /// Counts the texts of a list.
  void texts(const flatbuffers::Table& from, flatbuffers::voffset_t field) { list(from, field); }
  /// False when something lies outside the bytes, or lists promise more than the bytes can hold.
  [[nodiscard]] bool sane() const { return sane_; }

 private:
  using List = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::Table>>;
  static constexpr std::uint32_t kWalkedMax = 0xffffffff;  // take() bounds the walk.

  const flatbuffers::Table* started(const flatbuffers::Table* table);
  const List* list(const flatbuffers::Table& from, flatbuffers::voffset_t field);
  bool take(std::size_t entries);
  bool check(bool good);

  model::ByteView bytes_;
  flatbuffers::Verifier verifier_;
  std::size_t left_;
  bool sane_ = true;
};

// ---- fields
// -----------------------------------------------------------------------------------------------------

inline std::string_view view_of(const flatbuffers::String* text) {
  return text == nullptr ? std::string_view{} : std::string_view{text->c_str(), text->size()};
}

inline void read_text(Reading& in, const Path& at, const flatbuffers::String* from,
                      std::string& to) {
  const auto text = view_of(from);
  if (in.admit_text(at, text)) {
    to.assign(text);
  }
}

template <typename Key>
void read_key(Reading& in, const Path& at, const flatbuffers::String* from, Key& to) {
  if (!in.admit_key(at, from)) {
    return;
  }
  auto key = Key::parse(view_of(from));
  if (!key) {
    return in.fail(at, key.error().message);
  }
  to = *key;
}
/// A key that may be absent stays empty.
template <typename Key>
void read_key_if_any(Reading& in, const Path& at, const flatbuffers::String* from, Key& to) {
  if (from != nullptr) {
    read_key(in, at, from, to);
  }
}
template <typename Key>
void read_key_if_any(Reading& in, const Path& at, const flatbuffers::String* from,
                     std::optional<Key>& to) {
  if (from != nullptr) {
    read_key(in, at, from, to.emplace());
  }
}

inline std::optional<model::UtcTime> read_time(std::optional<std::int64_t> micros) {
  if (!micros) {
    return std::nullopt;
  }
  return model::from_micros(*micros);
}

/// An enumeration value that is not known is kept as it is: rule V38 flags it.
template <typename Model, typename Fbs>
std::optional<Model> read_code(std::optional<Fbs> code) {
  if (!code) {
    return std::nullopt;
  }
  return static_cast<Model>(*code);
}

/// A list of numbers of one byte: codes, tasks, levels.
template <typename Fbs, typename Model>
void read_codes(Reading& in, const Path& at, const flatbuffers::Vector<Fbs>* from,
                std::vector<Model>& to) {
  if (from == nullptr || !in.admit_list(at, from->size(), sizeof(Model))) {
    return;
  }
  to.reserve(from->size());
  for (flatbuffers::uoffset_t i = 0; i < from->size(); ++i) {
    to.push_back(static_cast<Model>(from->Get(i)));
  }
}

/// A list of tables or texts: `read(in, at, entry, out)` for each.
template <typename Entry, typename Model, typename Read>
void read_list(Reading& in, const Path& at,
               const flatbuffers::Vector<flatbuffers::Offset<Entry>>* from, std::vector<Model>& to,
               Read read) {
  if (from == nullptr || !in.admit_list(at, from->size(), sizeof(Model))) {
    return;
  }
  to.reserve(from->size());
  for (flatbuffers::uoffset_t i = 0; i < from->size() && in.ok(); ++i) {
    read(in, Path{at.up, at.name, i}, *from->Get(i), to.emplace_back());
  }
}

/// A list of structs of fixed size: `read(entry)` gives each.
template <typename Entry, typename Model, typename Read>
void read_structs(Reading& in, const Path& at, const flatbuffers::Vector<const Entry*>* from,
                  std::vector<Model>& to, Read read) {
  if (from == nullptr || !in.admit_list(at, from->size(), sizeof(Model))) {
    return;
  }
  to.reserve(from->size());
  for (flatbuffers::uoffset_t i = 0; i < from->size(); ++i) {
    to.push_back(read(*from->Get(i)));
  }
}

inline void read_texts(Reading& in, const Path& at,
                       const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>* from,
                       std::vector<std::string>& to) {
  read_list(in, at, from, to,
            [](Reading& inner, const Path& place, const flatbuffers::String& text,
               std::string& out) { read_text(inner, place, &text, out); });
}
template <typename Key>
void read_keys(Reading& in, const Path& at,
               const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>* from,
               std::vector<Key>& to) {
  read_list(in, at, from, to,
            [](Reading& inner, const Path& place, const flatbuffers::String& text, Key& out) {
              read_key(inner, place, &text, out);
            });
}

/// A struct of bytes: a hash, a key, a signature. Absent is all zero.
template <typename Struct, typename Array>
void read_array(const Struct* from, Array& to) {
  if (from != nullptr) {
    std::copy(from->bytes()->begin(), from->bytes()->end(), to.begin());
  }
}

}  // namespace muster::wire
