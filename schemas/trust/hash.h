// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>

#include "schemas/model/bytes.h"

namespace muster::trust {

/// SHA-256 (FIPS 180-4) of the parts, one after the other.
model::Hash sha256(std::initializer_list<model::ByteView> parts);
inline model::Hash sha256(model::ByteView bytes) { return sha256({bytes}); }

}  // namespace muster::trust
