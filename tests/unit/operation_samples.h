// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/query.h"

/// Answers about operation EX-2201 of the exercise (DOMAIN.md §11), on its first day, for the tests
/// of what is printed. Header and names are those of force_samples.h.
namespace muster::text::samples {

model::Answer operations_answer();
model::Answer operation_answer();
/// Version 1 of the requirement, before everything is offered: lines that are met, and not.
model::Answer gaps_answer();
/// A package that meets all lines but one, and is not proven to be the best.
model::Answer assemble_answer();
/// Every line met, proven to be the best.
model::Answer assembled_answer();
model::Answer commitments_answer();
model::Answer operation_buildup_answer();
model::Answer standby_answer();
/// Asked with a what-if, as this question is.
model::Answer remaining_answer();
model::Answer sustainment_answer();
model::Answer withdrawal_answer();
/// The question of an operation that has no requirement, and of a force without a slice.
model::Answer empty_gaps_answer();

/// The same answer to who supposes everything that can be supposed.
model::Answer supposed(model::Answer answer);
/// The same answer to whom not everything is released.
model::Answer withheld(model::Answer answer);

}  // namespace muster::text::samples
