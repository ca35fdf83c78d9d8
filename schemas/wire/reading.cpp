// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/reading.h"

#include <fmt/format.h>

#include "schemas/wire/text.h"

namespace muster::wire {
namespace {

constexpr std::size_t kKeyBytesMax = 64;  // The longest key that parses has 49: "KAZ/…24…#…20…".

std::string step_of(const Path& path) {
  if (!path.index) {
    return std::string(path.name);
  }
  if (path.name == kStatementStep) {
    return fmt::format("{} {}", path.name, *path.index);
  }
  return fmt::format("{}[{}]", path.name, *path.index);
}

}  // namespace

std::string Path::str() const {
  if (up == nullptr) {
    return step_of(*this);
  }
  return up->str() + (up->name == kStatementStep ? ", " : ".") + step_of(*this);
}

void Reading::fail(const Path& at, std::string_view what, model::ErrorCode code) {
  if (!error_) {
    error_ = model::Error{code, fmt::format("{}: {}", at.str(), what)};
  }
}

bool Reading::pay(const Path& at, std::size_t bytes) {
  if (bytes > bounds_.budget) {
    fail(at, "more than one message may hold; a table or text is referred to too often");
    return false;
  }
  bounds_.budget -= bytes;
  return true;
}

bool Reading::admit_list(const Path& at, std::size_t entries, std::size_t entry_bytes) {
  if (entries > bounds_.list_max) {
    fail(at, fmt::format("found {} entries, expected at most {}", entries, bounds_.list_max));
    return false;
  }
  return pay(at, entries * entry_bytes);
}

bool Reading::admit_text(const Path& at, std::string_view text) {
  if (text.size() > model::kTextBytesMax) {
    fail(at, fmt::format("found {} bytes of text, expected at most {}", text.size(),
                         model::kTextBytesMax));
    return false;
  }
  if (!is_utf8(text)) {
    fail(at, fmt::format("'{}' is not UTF-8", shown(text)));
    return false;
  }
  return pay(at, text.size());
}

bool Reading::admit_key(const Path& at, const flatbuffers::String* text) {
  if (text == nullptr) {
    fail(at, "is missing");
    return false;
  }
  const auto view = view_of(text);
  if (view.size() > kKeyBytesMax || !is_printable(view)) {
    fail(at, fmt::format("'{}' is not a key", shown(view)));
    return false;
  }
  return true;
}

model::ByteView aligned_copy(model::ByteView bytes, model::Bytes& memory) {
  memory.assign(bytes.begin(), bytes.end());
  return memory;
}

const flatbuffers::Table* SharedTexts::root() {
  const auto offset = verifier_.VerifyOffset(std::size_t{0});
  if (!check(offset != 0)) {
    return nullptr;
  }
  return started(reinterpret_cast<const flatbuffers::Table*>(bytes_.data() + offset));
}

const flatbuffers::Table* SharedTexts::started(const flatbuffers::Table* table) {
  if (!check(table->VerifyTableStart(verifier_))) {
    return nullptr;
  }
  verifier_.EndTable();
  return table;
}

const flatbuffers::Table* SharedTexts::table(const flatbuffers::Table& from,
                                             flatbuffers::voffset_t field) {
  if (!check(from.VerifyOffset(verifier_, field))) {
    return nullptr;
  }
  const auto* found = from.GetPointer<const flatbuffers::Table*>(field);
  return found == nullptr ? nullptr : started(found);
}

std::uint8_t SharedTexts::byte(const flatbuffers::Table& from, flatbuffers::voffset_t field) {
  if (!check(from.VerifyField<std::uint8_t>(verifier_, field, 1))) {
    return 0;
  }
  return from.GetField<std::uint8_t>(field, 0);
}

const SharedTexts::List* SharedTexts::list(const flatbuffers::Table& from,
                                           flatbuffers::voffset_t field) {
  if (!check(from.VerifyOffset(verifier_, field))) {
    return nullptr;
  }
  const auto* found = from.GetPointer<const List*>(field);
  if (found == nullptr || !check(verifier_.VerifyVector(found))) {
    return nullptr;
  }
  return take(found->size()) ? found : nullptr;
}

bool SharedTexts::take(std::size_t entries) {
  if (!check(entries <= left_)) {
    return false;
  }
  left_ -= entries;
  return true;
}

bool SharedTexts::check(bool good) {
  sane_ = sane_ && good;
  return sane_;
}

}  // namespace muster::wire
