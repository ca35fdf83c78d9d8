// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/cell_people.h"

#include <algorithm>
#include <array>

#include "nodes/desk/cell_text.h"
#include "nodes/desk/problem.h"
#include "schemas/trust/hash.h"

namespace muster::desk {
namespace {

using Read = tl::expected<CellValue, Misread>;

tl::unexpected<Misread> misread(std::string_view expected) {
  return tl::unexpected(Misread{kValueBad, std::string(expected)});
}

}  // namespace

Read read_person(const std::optional<std::string>& text) {
  auto digits = text.value_or(std::string());
  const bool is_uuid = digits.size() == 36 && digits[8] == '-' && digits[13] == '-' &&
                       digits[18] == '-' && digits[23] == '-';
  if (is_uuid) {
    digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
  }
  const auto person = model::parse_hex<model::PersonRef>(digits);
  if (!person || *person == model::PersonRef{}) {
    return misread("32 hexadecimal digits that are not all zero, or a UUID");
  }
  return CellValue(*person);
}

Read read_service_number(const std::optional<std::string>& number, model::ByteView person_key) {
  if (person_key.empty()) {
    return misread(
        "person_ref instead, or a key in the node's configuration "
        "([desk] person_key), under which service numbers become person_ref");
  }
  if (!number) {
    return misread(kDigitsLost);
  }
  return CellValue(person_of_service_number(*number, person_key));
}

model::PersonRef person_of_service_number(std::string_view number, model::ByteView key) {
  constexpr std::size_t kBlock = 64;  // Of SHA-256.
  std::array<std::uint8_t, kBlock> inner{};
  std::copy_n(key.begin(), std::min(key.size(), kBlock), inner.begin());
  auto outer = inner;
  for (std::size_t i = 0; i < kBlock; ++i) {
    inner[i] ^= 0x36;
    outer[i] ^= 0x5c;
  }
  const auto text = service_number_key(number);
  const auto hash = trust::sha256({outer, trust::sha256({inner, model::view_of(text)})});
  model::PersonRef person{};
  std::copy_n(hash.begin(), person.size(), person.begin());
  return person;
}

}  // namespace muster::desk
