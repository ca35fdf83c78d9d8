// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "schemas/model/statement.h"

namespace muster::secretariat {

/// The gist of a statement in one line: "authorised 400, present 352, deployable 358". What was not
/// said is left out; -o json has everything.
std::string says(const model::Statement& statement);

}  // namespace muster::secretariat
