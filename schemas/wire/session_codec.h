// SPDX-License-Identifier: Apache-2.0
// What messages of both sockets are made of. Not for other folders.
#pragma once

#include "schemas/fbs/session_generated.h"
#include "schemas/model/session.h"
#include "schemas/wire/reading.h"
#include "schemas/wire/writing.h"

namespace muster::wire {

void read_findings(Reading& in, const Path& at,
                   const flatbuffers::Vector<flatbuffers::Offset<fbs::Finding>>* from,
                   std::vector<model::Finding>& to);
model::TreeHead read_tree_head(const fbs::TreeHead* from);

WrittenList<Written<fbs::Finding>> write_findings(Writer& out,
                                                  const std::vector<model::Finding>& from);
Written<fbs::TreeHead> write_tree_head(Writer& out, const model::TreeHead& from);

}  // namespace muster::wire
