// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace muster::model {

/// Why an operation failed. One enumerator for each thing a caller can do about it.
enum class ErrorCode : std::uint8_t {
  malformed,       ///< The bytes or the text are not what they should be: mend the input.
  unsupported,     ///< Well formed, but of a version or kind this build does not know: upgrade.
  not_found,       ///< No such thing.
  already_exists,  ///< There is one, and it must not be replaced.
  refused,         ///< Understood and not allowed: ask who grants it.
  unavailable,     ///< Not now: try again later.
  timed_out,       ///< No answer in time: what became of it is unknown.
  corrupt,         ///< What is stored is not what was stored: stop and look.
  io,              ///< The machine's file system or network said no.
  configuration,   ///< The configuration is wrong: mend the file.
};

/// What to tell a person: `message` says what, where, the value met and what to do. Never parsed.
struct Error {
  ErrorCode code = ErrorCode::malformed;
  std::string message;
};

std::string_view to_text(ErrorCode code);

/// A T or an Error. Ignoring one does not compile (tl::expected alone is not [[nodiscard]]).
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};
template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
 public:
  using tl::expected<void, Error>::expected;
};

/// `return fail(ErrorCode::malformed, "…");` from any function that returns a Result.
inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected(Error{code, std::move(message)});
}

/// The same error, with where it happened put in front: "while reading node.toml: …".
inline Error with_context(Error error, std::string_view where) {
  error.message.insert(0, std::string(where) + ": ");
  return error;
}

}  // namespace muster::model

#define MUSTER_CONCAT_INNER(a, b) a##b
#define MUSTER_CONCAT(a, b) MUSTER_CONCAT_INNER(a, b)

/// `MUSTER_TRY(const auto report, wire::decode_report(bytes));` returns the error to the caller.
#define MUSTER_TRY(declaration, expression)                                         \
  auto MUSTER_CONCAT(muster_try_, __LINE__) = (expression);                         \
  if (!MUSTER_CONCAT(muster_try_, __LINE__)) {                                      \
    return tl::unexpected(std::move(MUSTER_CONCAT(muster_try_, __LINE__)).error()); \
  }                                                                                 \
  declaration = *std::move(MUSTER_CONCAT(muster_try_, __LINE__))

/// The same for a Result<void>: `MUSTER_CHECK(store.commit(batch));`
#define MUSTER_CHECK(expression)                              \
  if (auto muster_checked = (expression); !muster_checked) {  \
    return tl::unexpected(std::move(muster_checked).error()); \
  }
