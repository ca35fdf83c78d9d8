// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "schemas/model/codes.h"
#include "schemas/model/force_codes.h"

/// What follows from statements: figures and levels.
namespace muster::model {

struct Figures {
  std::uint32_t units = 0;
  std::uint64_t authorised = 0, assigned = 0, on_strength = 0, present = 0, deployable = 0;
  Figures& operator+=(const Figures& other);
  friend bool operator==(const Figures&, const Figures&) = default;
};

/// Levels of the four areas and of the whole; 6 is not measured.
struct Levels {
  Level p = kNotMeasured, s = kNotMeasured, r = kNotMeasured, t = kNotMeasured,
        overall = kNotMeasured;
  bool partial = true;  ///< Some area could not be measured: never counted as certain.
  friend bool operator==(const Levels&, const Levels&) = default;
};

/// People by how sure they are: certain <= likely <= claimed (DOMAIN.md §6).
struct Assurance {
  std::uint64_t certain = 0, likely = 0, claimed = 0;
  Assurance& operator+=(const Assurance& other);
  friend bool operator==(const Assurance&, const Assurance&) = default;
};

}  // namespace muster::model
