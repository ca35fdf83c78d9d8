// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/ids.h"

#include <fmt/format.h>

#include <charconv>

namespace muster::model {
namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_code_char(char c) {
  return is_capital(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
}
bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; }

template <typename Predicate>
bool all_of(std::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

bool is_nation(std::string_view text) { return text.size() == 3 && all_of(text, is_capital); }
bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 32 && all_of(text, is_code_char);
}

tl::unexpected<Error> not_a(std::string_view what, std::string_view text,
                            std::string_view expected) {
  return fail(ErrorCode::malformed,
              fmt::format("'{}' is not a {}: expected {}", text, what, expected));
}

}  // namespace

Result<Nation> Nation::parse(std::string_view text) {
  if (!is_nation(text)) {
    return not_a("nation", text, "three capital letters such as KAZ");
  }
  return Nation(text);
}

Nation secretariat() { return *Nation::parse("SEC"); }
Nation registrar() { return *Nation::parse("REG"); }

Result<NodeId> NodeId::parse(std::string_view text) {
  const bool well_formed = text.size() >= 5 && text.size() <= 28 && is_nation(text.substr(0, 3)) &&
                           text[3] == '/' && all_of(text.substr(4), is_name_char);
  if (!well_formed) {
    return not_a("node", text, "a publisher, '/' and 1 to 24 of a-z 0-9 -, such as KAZ/mod");
  }
  return NodeId(text);
}

Nation NodeId::publisher() const {
  return empty() ? Nation{} : *Nation::parse(view().substr(0, 3));
}

Result<UnitId> UnitId::parse(std::string_view text) {
  const bool well_formed =
      text.size() >= 5 && is_nation(text.substr(0, 3)) && text[3] == ':' && is_code(text.substr(4));
  if (!well_formed) {
    return not_a("unit key", text,
                 "a publisher, ':' and 1 to 32 of A-Z 0-9 . _ -, such as KAZ:AIRMOB-35");
  }
  return UnitId(text);
}

Nation UnitId::nation() const { return empty() ? Nation{} : *Nation::parse(view().substr(0, 3)); }
std::string_view UnitId::code() const { return empty() ? view() : view().substr(4); }

Result<Code> Code::parse(std::string_view text) {
  if (!is_code(text)) {
    return not_a("code", text, "1 to 32 of A-Z 0-9 . _ -");
  }
  return Code(text);
}

Result<ReportId> ReportId::parse(std::string_view text) {
  const auto hash = text.rfind('#');
  if (hash == std::string_view::npos) {
    return not_a("report", text, "node#number such as KAZ/mod#41");
  }
  MUSTER_TRY(const auto node, NodeId::parse(text.substr(0, hash)));
  std::uint64_t seq = 0;
  const auto digits = text.substr(hash + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seq);
  if (error != std::errc{} || end != digits.data() + digits.size() || seq == 0) {
    return not_a("report", text, "a number from 1 behind '#'");
  }
  return ReportId{node, seq};
}

std::string ReportId::str() const { return fmt::format("{}#{}", node.view(), seq); }

}  // namespace muster::model
