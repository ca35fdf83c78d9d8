// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/words/words.h"
#include "schemas/model/query.h"

namespace muster::gateway {

/// Tells the texts of ours inside an answer (why somebody is left out, what would close a gap, what
/// a finding says) in the language of `words`. Codes, names, moments and the words of nations stay.
void tell_answer(model::Answer& answer, const words::Words& words);

}  // namespace muster::gateway
