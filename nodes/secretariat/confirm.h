// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "nodes/secretariat/output.h"

namespace muster::secretariat {

/// Whether a person sits there who can be asked: stdin and stderr are terminals. One who wants no
/// warnings (-q) is asked all the same; who wants no question says --yes.
bool is_person_there(const Output& output);

/// Asks on stderr, "Publish? [y/N] ", and reads a line that is typed then: a "y" from before may
/// have been meant for something else. True for "y", "yes", "д" and "да", whatever
/// their case; false for all else, an end of input too.
bool confirmed(const Output& output, std::string_view question);

}  // namespace muster::secretariat
