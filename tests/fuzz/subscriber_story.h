// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// How subscriber_fuzz.cpp reads a story.
namespace muster::fuzz {

/// What may happen to a connection.
enum class Step : std::uint8_t { connected, disconnected, denied, time_passes };
inline constexpr std::size_t kSteps = 4;
/// The length that stands for the first of them. The next ones follow, and then the first again.
inline constexpr std::size_t kFirstStep = 0xff00;

}  // namespace muster::fuzz
