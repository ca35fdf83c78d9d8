// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/report.h"
#include "schemas/text/described.h"
#include "schemas/text/force_fields.h"
#include "schemas/text/registry_fields.h"
#include "schemas/text/unit_fields.h"

/// The fields of every struct of a report: include this one, so that none is missed.
namespace muster::text {

/// A statement that is kept and not read: only its `type` is known.
template <typename Visitor, Of<model::UninterpretedStatement> S>
void describe_fields(Visitor& /*v*/, S& /*s*/) {}

template <typename Visitor, Of<model::Report> S>
void describe_fields(Visitor& v, S& s) {
  v.required("kind", s.kind);
  v.required("valid_at", s.valid_at);
  v.required("classification", s.classification);
  v.optional("releasable_to", s.releasable_to);
  v.optional("corrects", s.corrects);
  v.required("statements", s.statements);
}

}  // namespace muster::text
