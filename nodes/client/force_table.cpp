// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/force_table.h"

namespace muster::client {
namespace {

template <typename Map, typename Row, typename Key>
void put(Map& rows, const std::vector<Row>& changed, Key Row::* key) {
  for (const auto& row : changed) {
    rows.insert_or_assign(row.*key, row);
  }
}

template <typename Map, typename Key>
void drop(Map& rows, const std::vector<Key>& gone) {
  for (const auto& key : gone) {
    rows.erase(key);
  }
}

}  // namespace

bool ForceTable::take(const FeedEvent& event) {
  return std::visit([this](const auto& one) { return fold(one); }, event);
}

bool ForceTable::fold(const FeedLink& link) {
  link_ = link;
  return true;
}

bool ForceTable::fold(const model::SnapBegin& begin) {
  units_.clear();
  operations_.clear();
  header_ = begin.header;
  stage_ = Stage::filling;
  units_sent_ = operations_sent_ = 0;
  return true;
}

bool ForceTable::fold(const model::SnapRows& rows) {
  if (stage_ != Stage::filling) {
    return false;
  }
  put(units_, rows.units, &model::FeedUnit::unit);
  put(operations_, rows.operations, &model::FeedOperation::operation);
  units_sent_ += rows.units.size();
  operations_sent_ += rows.operations.size();
  return true;
}

bool ForceTable::fold(const model::SnapEnd& end) {
  if (stage_ != Stage::filling || end.units != units_sent_ || end.operations != operations_sent_) {
    return false;
  }
  stage_ = Stage::whole;
  ledger_seq_ = end.ledger_seq;
  return true;
}

bool ForceTable::fold(const model::Delta& delta) {
  const bool has_table = stage_ == Stage::whole || stage_ == Stage::between_parts;
  if (!has_table || delta.prev_seq > ledger_seq_ || delta.ledger_seq < ledger_seq_) {
    return false;
  }
  put(units_, delta.units, &model::FeedUnit::unit);
  put(operations_, delta.operations, &model::FeedOperation::operation);
  drop(units_, delta.units_gone);
  drop(operations_, delta.operations_gone);
  stage_ = delta.last ? Stage::whole : Stage::between_parts;
  if (delta.last) {
    ledger_seq_ = delta.ledger_seq;
  }
  return true;
}

bool ForceTable::fold(const model::Lagged& /*lagged*/) { return true; }

bool ForceTable::fold(const model::Mark& mark) {
  if (stage_ != Stage::whole || mark.ledger_seq < ledger_seq_) {
    return false;
  }
  ledger_seq_ = mark.ledger_seq;
  return true;
}

}  // namespace muster::client
