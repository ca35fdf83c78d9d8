// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "nodes/secretariat/sheet.h"
#include "schemas/model/query.h"

/// How every output says that an answer is not how it is.
namespace muster::secretariat {

/// "without KAZ, TJK · host TJK · also EX-2202 · notice +24 h", with `between` between the parts.
/// Empty when nothing is supposed.
std::string what_if_words(const model::WhatIf& what_if, std::string_view between = " · ");

/// "WHAT IF: … - nothing of this is recorded", with a line feed, yellow where it may be coloured.
/// Empty when nothing is supposed.
std::string what_if_line(const model::WhatIf& what_if, bool colour);

/// The sheet with a last column that repeats it in every row of CSV, so that no line that is cut
/// out of the answer reads as how it is. The same sheet when nothing is supposed.
Sheet with_what_if(Sheet sheet, const model::WhatIf& what_if);

}  // namespace muster::secretariat
