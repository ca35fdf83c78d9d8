// SPDX-License-Identifier: Apache-2.0
// What every encoder of this folder shares. Not for other folders.
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/model/time.h"

namespace muster::wire {

using Writer = flatbuffers::FlatBufferBuilder;
template <typename T>
using Written = flatbuffers::Offset<T>;
template <typename T>
using WrittenList = flatbuffers::Offset<flatbuffers::Vector<T>>;

inline model::ByteView written(const Writer& out) {
  return {out.GetBufferPointer(), out.GetSize()};
}

/// A text that must be there.
inline Written<flatbuffers::String> write_text(Writer& out, std::string_view text) {
  return out.CreateString(text.data(), text.size());
}
/// An empty text is not there.
inline Written<flatbuffers::String> write_text_if_any(Writer& out, std::string_view text) {
  return text.empty() ? Written<flatbuffers::String>{} : write_text(out, text);
}

/// A key that is absent is not there.
template <typename Key>
Written<flatbuffers::String> write_key_if_any(Writer& out, const std::optional<Key>& key) {
  return key ? write_text(out, key->view()) : Written<flatbuffers::String>{};
}

inline std::optional<std::int64_t> write_time(const std::optional<model::UtcTime>& time) {
  if (!time) {
    return std::nullopt;
  }
  return model::to_micros(*time);
}

template <typename Fbs, typename Model>
std::optional<Fbs> write_code(const std::optional<Model>& code) {
  if (!code) {
    return std::nullopt;
  }
  return static_cast<Fbs>(*code);
}

/// Numbers of one byte each; an empty list is not there.
template <typename Fbs, typename Model>
WrittenList<Fbs> write_codes(Writer& out, const std::vector<Model>& codes) {
  static_assert(sizeof(Fbs) == 1 && sizeof(Model) == 1);
  if (codes.empty()) {
    return {};
  }
  std::uint8_t* to = nullptr;
  const auto list = out.CreateUninitializedVector(codes.size(), 1, &to);
  for (const Model code : codes) {
    *to++ = static_cast<std::uint8_t>(code);
  }
  return list;
}

/// A list of what `write(entry)` gives; an empty list is not there. Short lists need no memory of
/// their own.
template <typename Entry, typename Model, typename Write>
WrittenList<Written<Entry>> write_list(Writer& out, const std::vector<Model>& from, Write write) {
  if (from.empty()) {
    return {};
  }
  constexpr std::size_t kShort = 16;
  std::array<Written<Entry>, kShort> few;
  std::vector<Written<Entry>> many;
  Written<Entry>* entries = few.data();
  if (from.size() > kShort) {
    many.resize(from.size());
    entries = many.data();
  }
  for (std::size_t i = 0; i < from.size(); ++i) {
    entries[i] = write(out, from[i]);
  }
  return out.CreateVector(entries, from.size());
}

/// A list of the structs of fixed size that `write(entry)` gives; an empty list is not there.
template <typename Entry, typename Model, typename Write>
WrittenList<const Entry*> write_structs(Writer& out, const std::vector<Model>& from, Write write) {
  if (from.empty()) {
    return {};
  }
  Entry* to = nullptr;
  const auto list = out.CreateUninitializedVectorOfStructs(from.size(), &to);
  for (const Model& entry : from) {
    *to++ = write(entry);
  }
  return list;
}

inline WrittenList<Written<flatbuffers::String>> write_texts(Writer& out,
                                                             const std::vector<std::string>& from) {
  return write_list<flatbuffers::String>(
      out, from, [](Writer& to, const std::string& text) { return write_text(to, text); });
}
template <typename Key>
WrittenList<Written<flatbuffers::String>> write_keys(Writer& out, const std::vector<Key>& from) {
  return write_list<flatbuffers::String>(
      out, from, [](Writer& to, const Key& key) { return write_text(to, key.view()); });
}

/// A struct of bytes: a hash, a key, a signature.
template <typename Struct, typename Array>
Struct write_array(const Array& from) {
  return Struct(flatbuffers::span<const std::uint8_t, std::tuple_size_v<Array>>(
      from.data(), std::tuple_size_v<Array>));
}

}  // namespace muster::wire
