// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_feed.h"

#include "tests/support/sample_messages.h"
#include "tests/support/sample_reports.h"

namespace muster::tests {

using namespace model;
using namespace std::chrono_literals;

FeedUnit sample_feed_unit(std::uint32_t number) {
  FeedUnit row{.unit = unit_id("KAZ:EX-COMBAT-" + std::to_string(number)),
               .parent = unit_id("KAZ:EX-COMMAND-1"),
               .name = "Қазақстан (fictional)"};
  row.component = Component::police;
  row.element_kind = ElementKind::observer_group;
  row.echelon = Echelon::squadron;
  row.lifecycle = Lifecycle::recovering;
  row.level = 2;
  row.computed = {.p = 4, .s = 3, .r = 2, .t = 1, .overall = 4, .partial = false};
  row.own = {number, number + 1, number + 2, number + 3, number + 4, number + 5};
  row.committed = 77;
  row.operations = {code("EX-2201"), code("EX-2202")};
  row.valid_at = kSampleTime - 1h;
  row.ageing_at = kSampleTime + 23h;
  row.stale_at = kSampleTime + 47h;
  row.expires_at = kSampleTime + 167h;
  row.ledger_seq = 4711;
  return row;
}

FeedUnit bare_feed_unit() {
  FeedUnit row;
  row.unit = unit_id("KAZ:E");
  return row;
}

FeedOperation sample_feed_operation(std::uint32_t number) {
  return {.operation = code("EX-220" + std::to_string(number)),
          .name = "Steppe (fictional)",
          .host = nation("KAZ"),
          .state = OperationState::deploying,
          .authorised_strength = number + 2'499,
          .required = 2'480,
          .nations = 5,
          .people = {.offered = 1,
                     .accepted = 2,
                     .committed = 3,
                     .in_transit = 4,
                     .in_place = 5,
                     .returning = 6,
                     .released = 7}};
}

FeedOperation bare_feed_operation() {
  FeedOperation row;
  row.operation = code("E");
  return row;
}

Subscribe sample_subscribe() {
  return {.id = 3,
          .filter = {.nations = {nation("KAZ"), nation("ARM")},
                     .components = {Component::police},
                     .element_kinds = {ElementKind::combat, ElementKind::other},
                     .levels = {1, 2, 6},
                     .operation = code("EX-2201")},
          .from_ledger_seq = 4700,
          .credits = kFeedCreditsMax,
          .journal = 1'700'000'000};
}

Credit sample_credit() { return {.id = 3, .credits = 32}; }

Unsubscribe sample_unsubscribe() { return {.id = 4}; }

SnapBegin sample_snap_begin() {
  return {.id = 5, .ledger_seq = 4711, .header = sample_answers()[0].header, .journal = 17};
}

SnapRows sample_snap_rows() {
  return {.id = 6,
          .units = {sample_feed_unit(1), bare_feed_unit()},
          .operations = {sample_feed_operation(1), bare_feed_operation()}};
}

SnapEnd sample_snap_end() { return {.id = 7, .ledger_seq = 4711, .units = 65, .operations = 2}; }

Delta sample_delta() {
  return {.id = 8,
          .prev_seq = 4711,
          .ledger_seq = 4713,
          .units = {sample_feed_unit(2), bare_feed_unit()},
          .operations = {sample_feed_operation(2)},
          .units_gone = {unit_id("RUS:EX-GONE"), unit_id("ARM:EX-GONE")},
          .operations_gone = {code("EX-GONE")},
          .last = true};
}

Lagged sample_lagged() { return {.id = 9, .from_seq = 4713, .to_seq = 4800}; }

Mark sample_mark() { return {.id = 10, .ledger_seq = 4800, .server_time = kSampleTime + 2s}; }

FeedBye sample_feed_bye() {
  return {.id = 11, .reason = FeedByeReason::slow, .message = "subscribe anew"};
}

}  // namespace muster::tests
