// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace muster::gateway {

/// The OpenAPI 3.1 document of all that is answered below /api/v1: made of the table of routes, and
/// committed as nodes/gateway/openapi.json for those who read and generate.
std::string openapi_document(const std::string& version);

}  // namespace muster::gateway
