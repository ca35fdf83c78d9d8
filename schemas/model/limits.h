// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "schemas/model/codes.h"
#include "schemas/model/time.h"

namespace muster::model {

/// The version of the protocol that this build speaks (PROTOCOL.md §2).
inline constexpr std::uint16_t kProtocolVersion = 1;

/// Limits of the format: a message beyond them is malformed, whatever the configuration says.
inline constexpr std::size_t kMessageBytesMax = 1024 * 1024;
inline constexpr std::size_t kReportsPerEnvelopeMax = 256;
inline constexpr std::size_t kEnvelopeReportBytesMax =
    256 * 1024;  ///< Beyond it a report travels alone.
inline constexpr std::size_t kReportBytesMax = 960 * 1024;
inline constexpr std::size_t kStatementsMax = 4096;
inline constexpr std::size_t kListMax = 10'000;  ///< Entries of any one list in a statement.
inline constexpr std::size_t kTextBytesMax = 16'384;
inline constexpr std::size_t kChunkBytesMax = 256 * 1024;

/// Limits of meaning. Defaults of DOMAIN.md; held in configuration.
struct Limits {
  Duration clock_skew_max = std::chrono::seconds{120};  ///< V08: a clock may be ahead by this.
  std::uint32_t people_max = 200'000;                   ///< V10.
  std::uint32_t items_max = 1'000'000;                  ///< V10.
  std::uint32_t name_max = 120;                         ///< Code points.
  std::uint32_t short_name_max = 24;
  std::uint32_t remark_max = 2'000;
  std::uint32_t hierarchy_depth_max = 12;  ///< V07.
  Classification clearance = Classification::secret;  ///< V32: of the bus; nothing above it.
};

}  // namespace muster::model
