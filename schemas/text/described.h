// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <type_traits>

/// The fields of each struct, declared once: `describe_fields(visitor, value)` calls, in the order
/// in which they are written, `visitor.required(name, field)` or `visitor.optional(name, field)`. A
/// FieldReader visits a value to fill it, a FieldWriter to print it, so the two cannot drift apart.
/// The names are those of DOMAIN.md §3.
///
/// Required is what a value has no form without: its key, the parts of a pair. Whether a field that
/// may be absent had to be there is a rule of meaning (V18), and not this form's business. An
/// optional field of a plain type keeps the value it was made with when it is left out.
namespace muster::text {

template <typename S, typename Struct>
concept Of = std::same_as<std::remove_const_t<S>, Struct>;

/// A visitor that does nothing: it only asks whether a struct is described here.
struct NoVisitor {
  void required(const char* /*name*/, const auto& /*field*/) {}
  void optional(const char* /*name*/, const auto& /*field*/) {}
};

template <typename Struct>
concept Described =
    requires(NoVisitor& visitor, Struct& value) { describe_fields(visitor, value); };

}  // namespace muster::text
