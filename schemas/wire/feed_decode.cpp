// SPDX-License-Identifier: Apache-2.0
// The feed's messages as they come. Their encoders: feed_encode.cpp.
#include "schemas/fbs/feed_generated.h"
#include "schemas/wire/body.h"
#include "schemas/wire/feed.h"
#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query_codec.h"

namespace muster::wire {
namespace {

constexpr Path kId{nullptr, "id"};
constexpr Path kFilter{nullptr, "filter"};

/// Subscriptions count from 1; 0 is what a broker calls one whose number it could not read.
std::uint64_t read_id(Reading& in, std::uint64_t id) {
  if (id == 0) {
    in.fail(kId, "found 0, expected 1 or more");
  }
  return id;
}

void read_filter(Reading& in, const fbs::FeedFilter* from, model::FeedFilter& to) {
  if (from == nullptr) {
    return;
  }
  read_keys(in, {&kFilter, "nations"}, from->nations(), to.nations);
  read_codes(in, {&kFilter, "components"}, from->components(), to.components);
  read_codes(in, {&kFilter, "element_kinds"}, from->element_kinds(), to.element_kinds);
  read_codes(in, {&kFilter, "levels"}, from->levels(), to.levels);
  read_key_if_any(in, {&kFilter, "operation"}, from->operation(), to.operation);
}

void read_unit(Reading& in, const Path& at, const fbs::FeedUnit& from, model::FeedUnit& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  read_key_if_any(in, {&at, "parent"}, from.parent(), to.parent);
  read_text(in, {&at, "name"}, from.name(), to.name);
  to.component = static_cast<model::Component>(from.component());
  to.element_kind = static_cast<model::ElementKind>(from.element_kind());
  to.echelon = static_cast<model::Echelon>(from.echelon());
  to.lifecycle = static_cast<model::Lifecycle>(from.lifecycle());
  to.level = from.level();
  read_levels(from.computed(), to.computed);
  read_figures(*from.own(), to.own);
  to.committed = from.committed();
  read_keys(in, {&at, "operations"}, from.operations(), to.operations);
  to.valid_at = read_time(from.valid_at());
  to.ageing_at = read_time(from.ageing_at());
  to.stale_at = read_time(from.stale_at());
  to.expires_at = read_time(from.expires_at());
  to.ledger_seq = from.ledger_seq();
}

void read_operation(Reading& in, const Path& at, const fbs::FeedOperation& from,
                    model::FeedOperation& to) {
  read_key(in, {&at, "operation"}, from.operation(), to.operation);
  read_text(in, {&at, "name"}, from.name(), to.name);
  read_key_if_any(in, {&at, "host"}, from.host(), to.host);
  to.state = static_cast<model::OperationState>(from.state());
  to.authorised_strength = from.authorised_strength();
  to.required = from.required();
  to.nations = from.nations();
  read_promised(*from.people(), to.people);
}

/// Each unit has a list of texts: they are counted before the verifier looks at them.
template <flatbuffers::voffset_t units>
bool has_sane_texts(model::ByteView aligned) {
  SharedTexts texts(aligned);
  if (const auto* root = texts.root()) {
    texts.each(*root, units, [&](const flatbuffers::Table& unit) {
      texts.texts(unit, fbs::FeedUnit::VT_OPERATIONS);
    });
  }
  return texts.sane();
}

}  // namespace

model::Result<model::Subscribe> read_subscribe(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Subscribe& from, model::Subscribe& to) {
    to.id = read_id(in, from.id());
    read_filter(in, from.filter(), to.filter);
    to.from_ledger_seq = from.from_ledger_seq();
    to.credits = from.credits();
    to.journal = from.journal();
  };
  return read_body<fbs::Subscribe, model::Subscribe>("SUBSCRIBE", body, read);
}

model::Result<model::Credit> read_credit(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Credit& from, model::Credit& to) {
    to = {read_id(in, from.id()), from.credits()};
  };
  return read_body<fbs::Credit, model::Credit>("CREDIT", body, read);
}

model::Result<model::Unsubscribe> read_unsubscribe(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Unsubscribe& from, model::Unsubscribe& to) {
    to.id = read_id(in, from.id());
  };
  return read_body<fbs::Unsubscribe, model::Unsubscribe>("UNSUBSCRIBE", body, read);
}

model::Result<model::SnapBegin> read_snap_begin(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::SnapBegin& from, model::SnapBegin& to) {
    to.id = read_id(in, from.id());
    to.ledger_seq = from.ledger_seq();
    read_header(in, from.header(), to.header);
    to.journal = from.journal();
  };
  return read_body<fbs::SnapBegin, model::SnapBegin>("SNAP_BEGIN", body, read);
}

model::Result<model::SnapRows> read_snap_rows(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::SnapRows& from, model::SnapRows& to) {
    to.id = read_id(in, from.id());
    read_list(in, {nullptr, "units"}, from.units(), to.units, read_unit);
    read_list(in, {nullptr, "operations"}, from.operations(), to.operations, read_operation);
  };
  return read_body<fbs::SnapRows, model::SnapRows>("SNAP_ROWS", body, read,
                                                   has_sane_texts<fbs::SnapRows::VT_UNITS>);
}

model::Result<model::SnapEnd> read_snap_end(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::SnapEnd& from, model::SnapEnd& to) {
    to = {read_id(in, from.id()), from.ledger_seq(), from.units(), from.operations()};
  };
  return read_body<fbs::SnapEnd, model::SnapEnd>("SNAP_END", body, read);
}

model::Result<model::Delta> read_delta(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Delta& from, model::Delta& to) {
    to.id = read_id(in, from.id());
    to.prev_seq = from.prev_seq();
    to.ledger_seq = from.ledger_seq();
    read_list(in, {nullptr, "units"}, from.units(), to.units, read_unit);
    read_list(in, {nullptr, "operations"}, from.operations(), to.operations, read_operation);
    read_keys(in, {nullptr, "units_gone"}, from.units_gone(), to.units_gone);
    read_keys(in, {nullptr, "operations_gone"}, from.operations_gone(), to.operations_gone);
    to.last = from.last();
  };
  return read_body<fbs::Delta, model::Delta>("DELTA", body, read,
                                             has_sane_texts<fbs::Delta::VT_UNITS>);
}

model::Result<model::Lagged> read_lagged(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Lagged& from, model::Lagged& to) {
    to = {read_id(in, from.id()), from.from_seq(), from.to_seq()};
  };
  return read_body<fbs::Lagged, model::Lagged>("LAGGED", body, read);
}

model::Result<model::Mark> read_mark(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Mark& from, model::Mark& to) {
    to = {read_id(in, from.id()), from.ledger_seq(), model::from_micros(from.server_time())};
  };
  return read_body<fbs::Mark, model::Mark>("MARK", body, read);
}

model::Result<model::FeedBye> read_feed_bye(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::FeedBye& from, model::FeedBye& to) {
    to.id = from.id();
    to.reason = static_cast<model::FeedByeReason>(from.reason());
    read_text(in, {nullptr, "message"}, from.message(), to.message);
  };
  return read_body<fbs::FeedBye, model::FeedBye>("FEED_BYE", body, read);
}

}  // namespace muster::wire
