// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "schemas/model/statement.h"

namespace muster::secretariat {

/// The gist of a statement in one line: "authorised 400, present 352, deployable 358". What was not
/// said is left out; -o json has everything.
std::string says(const model::Statement& statement);

/// The same for a narrow table: "assigned 380 +10 -20" (attached in, detached out), and a unit
/// without its name, which stands above the table.
std::string says_briefly(const model::Statement& statement);

}  // namespace muster::secretariat
