// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/core/state.h"
#include "broker/core/viewer.h"
#include "schemas/model/query.h"
#include "schemas/model/result.h"

/// What publishing would do, without doing it. Pure: everything happens on a branch of the state
/// that ends with the answer.
namespace muster::server {

/// Whether `viewer` may know what publishing as the node of `query` would do: the node itself, or
/// another key of its publisher. The node must be one that could publish now.
/// Errors: refused for who may not ask and for a node that has no role to publish with; not_found
/// for a node that the registry does not know at `now`.
model::Result<void> check_dry_run(const core::Registry& registry, const core::Viewer& viewer,
                                  const model::DryRunQuery& query, model::UtcTime now);

/// Judges the reports of `query` one by one, as the next of their node, each on what the ones
/// before left, and compares the units of the node's nation before and after, as they are at
/// `moment.now`. `recall` gives back what was said in the ledger. What the broker would answer to
/// an envelope as a whole is told of the report that it is about: statements of another publisher
/// are a finding (V04). `state` stays what it is. Errors: malformed, naming the report and the
/// place in it that cannot be read; those of `recall`.
model::Result<model::DryRunAnswer> dry_run(const core::State& state,
                                           const model::DryRunQuery& query,
                                           const core::Moment& moment, const core::Recall& recall);

}  // namespace muster::server
