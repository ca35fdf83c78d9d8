// SPDX-License-Identifier: Apache-2.0
// Whatever can be said arrives as it was said.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <variant>

#include "schemas/model/report.h"
#include "schemas/wire/envelope.h"
#include "schemas/wire/report.h"
#include "tests/support/sample_messages.h"
#include "tests/support/sample_reports.h"

namespace muster::wire {
namespace {

using rc::gen::arbitrary;
using rc::gen::inRange;

// ---- values
// -----------------------------------------------------------------------------------------------------

std::string characters(std::string_view from, int length_min, int length_max) {
  const auto length = *inRange<std::size_t>(static_cast<std::size_t>(length_min),
                                            static_cast<std::size_t>(length_max) + 1);
  std::string text;
  for (std::size_t i = 0; i < length; ++i) {
    text += from[*inRange<std::size_t>(0, from.size())];
  }
  return text;
}

constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kCodeCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-";

/// Text of whole characters of one to four bytes; often none.
std::string any_text() {
  static const std::vector<std::string> characters_of_all_lengths = {
      "a", "Z", " ", "\n", std::string(1, '\0'), "\x7f", "ж", "Қ", "€", "\xf0\x9f\x8c\x8d"};
  std::string text;
  for (auto left = *inRange(0, 20); left > 0; --left) {
    text += characters_of_all_lengths[*inRange<std::size_t>(0, characters_of_all_lengths.size())];
  }
  return text;
}

model::Nation any_nation() { return tests::nation(characters(kCapitals, 3, 3)); }
model::Code any_code() { return tests::code(characters(kCodeCharacters, 1, 32)); }
model::UnitId any_unit() {
  return tests::unit_id(any_nation().str() + ":" + characters(kCodeCharacters, 1, 32));
}
model::NodeId any_node() {
  return tests::node_id(any_nation().str() + "/" + characters(kNameCharacters, 1, 24));
}
model::UtcTime any_time() { return model::from_micros(*arbitrary<std::int64_t>()); }
model::Count any_count() { return *arbitrary<model::Count>(); }
bool any_bool() { return *arbitrary<bool>(); }

/// Any number that fits, known to the list or not.
template <typename Code>
Code any_code_of() {
  return static_cast<Code>(*arbitrary<std::uint8_t>());
}
template <typename Array>
Array any_array() {
  Array bytes{};
  for (auto& byte : bytes) {
    byte = *arbitrary<std::uint8_t>();
  }
  return bytes;
}
template <typename Make>
auto maybe(Make make) -> std::optional<decltype(make())> {
  if (!any_bool()) {
    return std::nullopt;
  }
  return make();
}
template <typename Make>
auto list_of(Make make) {
  std::vector<decltype(make())> list;
  for (auto left = *inRange(0, 20); left > 0; --left) {
    list.push_back(make());
  }
  return list;
}
std::uint8_t any_byte() { return *arbitrary<std::uint8_t>(); }
std::uint64_t any_version() { return *arbitrary<std::uint64_t>(); }
std::uint16_t any_short() { return *arbitrary<std::uint16_t>(); }
/// Halves, so that equality is meant.
double any_number() { return *arbitrary<std::int32_t>() / 2.0; }
model::Place any_place() { return {any_number(), any_number()}; }

// ---- statements
// ---------------------------------------------------------------------------------------------------

model::Relation any_relation() {
  return {any_code_of<model::RelationType>(), any_unit(), maybe(any_time), maybe(any_time)};
}
model::Metric any_metric() { return {any_text(), any_number()}; }
model::Capability any_capability() {
  return {list_of(any_code_of<model::Task>), maybe(any_byte), list_of(any_metric)};
}

model::Statement any_unit_statement() {
  return model::UnitStatement{.unit = any_unit(),
                              .uuid = maybe(any_array<std::array<std::uint8_t, 16>>),
                              .name = any_text(),
                              .short_name = any_text(),
                              .valid_from = maybe(any_time),
                              .valid_to = maybe(any_time),
                              .component = maybe(any_code_of<model::Component>),
                              .element_kind = maybe(any_code_of<model::ElementKind>),
                              .pools = list_of(any_code_of<model::ForcePool>),
                              .lifecycle = maybe(any_code_of<model::Lifecycle>),
                              .echelon = maybe(any_code_of<model::Echelon>),
                              .sidc = any_text(),
                              .reinforcement = maybe(any_code_of<model::Reinforcement>),
                              .home = maybe(any_place),
                              .current = maybe(any_place),
                              .relations = list_of(any_relation),
                              .capabilities = list_of(any_capability),
                              .languages = list_of(any_text)};
}

model::Absence any_absence() { return {any_code_of<model::AbsenceReason>(), any_count()}; }
model::NonDeployable any_non_deployable() {
  return {any_code_of<model::NonDeployableReason>(), any_count()};
}
model::Cell any_cell() {
  return {any_code_of<model::PersonCategory>(), any_code_of<model::Sex>(), any_count(), any_count(),
          any_count()};
}
model::Speciality any_speciality() { return {any_code(), any_count(), any_count(), any_bool()}; }
model::StrengthChange any_change() { return {any_code_of<model::LedgerChange>(), any_count()}; }

model::Statement any_strength() {
  return model::StrengthStatement{.unit = any_unit(),
                                  .authorised = maybe(any_count),
                                  .assigned = maybe(any_count),
                                  .attached_in = maybe(any_count),
                                  .detached_out = maybe(any_count),
                                  .present = maybe(any_count),
                                  .deployable = maybe(any_count),
                                  .absences = list_of(any_absence),
                                  .non_deployable = list_of(any_non_deployable),
                                  .cells = list_of(any_cell),
                                  .duty_qualified = maybe(any_count),
                                  .senior_authorised = maybe(any_count),
                                  .senior_deployable = maybe(any_count),
                                  .specialties = list_of(any_speciality),
                                  .ledger_from = maybe(any_time),
                                  .gains = list_of(any_change),
                                  .losses = list_of(any_change)};
}

model::Holding any_holding() {
  return {.item_code = any_code(),
          .nsn = any_text(),
          .kind = any_code_of<model::EquipmentKind>(),
          .authorised = maybe(any_count),
          .required = maybe(any_count),
          .on_hand = maybe(any_count),
          .fmc = maybe(any_count),
          .pmc = maybe(any_count),
          .nmc = maybe(any_count),
          .criticality = any_code_of<model::Criticality>(),
          .lease = any_code_of<model::Lease>()};
}
model::Statement any_equipment() {
  return model::EquipmentStatement{any_unit(), list_of(any_holding)};
}

model::LevelOverride any_override() {
  return {any_code_of<model::OverrideDirection>(), any_text(), any_text(), any_text(), any_text()};
}
model::MissionLevel any_mission() { return {any_code(), maybe(any_byte), maybe(any_byte)}; }
model::Forecast any_forecast() { return {any_byte(), any_time()}; }

model::Statement any_readiness() {
  return model::ReadinessStatement{
      .unit = any_unit(),
      .p = maybe(any_byte),
      .s = maybe(any_byte),
      .r = maybe(any_byte),
      .t = maybe(any_byte),
      .reported_overall = maybe(any_byte),
      .level_override = maybe(any_override),
      .missions = list_of(any_mission),
      .forecast = maybe(any_forecast),
      .operational_status = maybe(any_code_of<model::OperationalStatus>),
      .remarks = any_text()};
}

model::Lift any_lift() { return {any_count(), any_count(), any_count()}; }
model::Movement any_movement() {
  return {any_code_of<model::MovementMode>(), maybe(any_place), maybe(any_lift)};
}
model::ProfilePoint any_point() { return {any_short(), any_count()}; }

model::Statement any_availability() {
  return model::AvailabilityStatement{.unit = any_unit(),
                                      .notice_to_move_min = maybe(any_count),
                                      .load_min = maybe(any_count),
                                      .available_from = maybe(any_time),
                                      .available_until = maybe(any_time),
                                      .pledge_level = maybe(any_byte),
                                      .pledge_valid_until = maybe(any_time),
                                      .sustain_days = maybe(any_short),
                                      .people_cap = maybe(any_count),
                                      .movement = maybe(any_movement),
                                      .profile = list_of(any_point)};
}

model::ReportInterval any_interval() { return {any_code_of<model::StatementKind>(), any_count()}; }
model::Member any_member() {
  return {any_nation(), any_code_of<model::ParticipationStatus>(), any_time(), maybe(any_time),
          list_of(any_interval)};
}
model::RegisteredNode any_registered_node() {
  return {any_node(),
          any_array<model::PublicKey>(),
          any_array<model::PublicKey>(),
          list_of(any_code_of<model::Role>),
          any_time(),
          maybe(any_time)};
}
model::UnitTransfer any_transfer() { return {any_unit(), any_node(), any_node(), any_time()}; }

model::SustainmentLine any_sustainment() {
  return {any_code_of<model::SelfSustainmentCategory>(), maybe(any_short), maybe(any_count)};
}
model::Statement any_self_sustainment() {
  return model::SelfSustainmentStatement{any_unit(), list_of(any_sustainment)};
}
model::TrainedTask any_trained_task() {
  return {any_code_of<model::Task>(), any_code_of<model::TrainingState>(), maybe(any_time),
          any_text(), maybe(any_time)};
}
model::Statement any_training() {
  return model::TrainingStatement{any_unit(), list_of(any_trained_task)};
}

model::Qualification any_qualification() { return {any_code(), maybe(any_time)}; }
model::RosterEntry any_entry() {
  return {.person_ref = any_array<model::PersonRef>(),
          .rank_grade = any_code_of<model::RankGrade>(),
          .specialty = maybe(any_code),
          .sex = any_code_of<model::Sex>(),
          .languages = list_of(any_text),
          .qualifications = list_of(any_qualification),
          .duty_status = any_code_of<model::DutyStatus>(),
          .deployable = any_bool(),
          .non_deployable_reason = maybe(any_code_of<model::NonDeployableReason>),
          .sealed_name = *arbitrary<model::Bytes>(),
          .sealed_to = any_text()};
}
model::Statement any_roster() {
  return model::RosterStatement{.unit = any_unit(),
                                .version = any_version(),
                                .form = any_code_of<model::RosterForm>(),
                                .base_version = maybe(any_version),
                                .upserts = list_of(any_entry),
                                .removals = list_of(any_array<model::PersonRef>)};
}

model::Statement any_caveat() {
  return model::CaveatStatement{.caveat_id = any_code(),
                                .nation = maybe(any_nation).value_or(model::Nation{}),
                                .unit = maybe(any_unit),
                                .kind = any_code_of<model::CaveatKind>(),
                                .tasks = list_of(any_code_of<model::Task>),
                                .area = list_of(any_place),
                                .from = maybe(any_time),
                                .to = maybe(any_time),
                                .max_people = maybe(any_count),
                                .mode = any_text(),
                                .declared_at = maybe(any_time),
                                .withdrawn_at = maybe(any_time),
                                .text = any_text()};
}
model::Statement any_standby() {
  return model::StandbyStatement{any_unit(), any_time(), any_time(),
                                 any_code_of<model::StandbyRole>(), any_count()};
}
model::EquipmentCount any_equipment_count() {
  return {any_code_of<model::EquipmentKind>(), any_count()};
}
model::Statement any_contribution() {
  return model::ContributionStatement{.contribution_id = any_code(),
                                      .operation = any_code(),
                                      .sor_line = any_code(),
                                      .unit = any_unit(),
                                      .people = maybe(any_count),
                                      .equipment = list_of(any_equipment_count),
                                      .state = any_code_of<model::ContributionState>(),
                                      .from = maybe(any_time),
                                      .to = maybe(any_time),
                                      .transfer_of_authority_at = maybe(any_time),
                                      .authority = any_code_of<model::Authority>(),
                                      .variation = any_text()};
}

model::PublishedFigure any_figure() {
  return {any_text(), any_code_of<model::Comparator>(), any_count(), any_time(), any_text()};
}
model::Statement any_operation() {
  return model::OperationStatement{.operation = any_code(),
                                   .name = any_text(),
                                   .host = maybe(any_nation),
                                   .host_may_contribute = any_bool(),
                                   .partner = any_code_of<model::Partner>(),
                                   .legal_basis = list_of(any_text),
                                   .mandate_refs = list_of(any_text),
                                   .tasks = list_of(any_code_of<model::Task>),
                                   .area = list_of(any_place),
                                   .authorised_strength = maybe(any_count),
                                   .decided_at = maybe(any_time),
                                   .planned_end = maybe(any_time),
                                   .commander = any_text(),
                                   .published_figures = list_of(any_figure)};
}
model::RequirementLine any_line() {
  return {.line_id = any_code(),
          .tasks = list_of(any_code_of<model::Task>),
          .element_kind = any_code_of<model::ElementKind>(),
          .capability_type = maybe(any_byte),
          .people_min = any_count(),
          .people_max = any_count(),
          .equipment = list_of(any_equipment_count),
          .self_sustainment = list_of(any_sustainment),
          .needed_within_h = any_short(),
          .duration_days = maybe(any_short),
          .must_have = any_bool(),
          .weight = any_byte()};
}
model::Statement any_requirement() {
  return model::RequirementStatement{any_code(), any_count(), list_of(any_line)};
}
model::Statement any_decision() {
  return model::DecisionStatement{.decision_id = any_code(),
                                  .body = any_code_of<model::Body>(),
                                  .kind = any_code_of<model::DecisionKind>(),
                                  .operation = maybe(any_code),
                                  .contribution_id = any_text(),
                                  .from_state = maybe(any_code_of<model::OperationState>),
                                  .to_state = maybe(any_code_of<model::OperationState>),
                                  .contribution_from = maybe(any_code_of<model::ContributionState>),
                                  .contribution_to = maybe(any_code_of<model::ContributionState>),
                                  .value = maybe([] { return *arbitrary<std::int64_t>(); }),
                                  .decided_at = any_time(),
                                  .reference = any_text()};
}

model::LevelBounds any_bounds() { return {any_byte(), any_byte(), any_byte()}; }
model::Policy any_policy() {
  return {.valid_from = any_time(),
          .deployable = any_bounds(),
          .qualified = any_bounds(),
          .on_hand = any_bounds(),
          .on_hand_aircraft = any_bounds(),
          .serviceable = any_bounds(),
          .serviceable_aircraft = any_bounds(),
          .trained = any_bounds(),
          .intervals = list_of(any_interval),
          .standby_availability_s = any_count(),
          .fresh_intervals = any_byte(),
          .ageing_intervals = any_byte(),
          .stale_intervals = any_byte(),
          .road_kmh = any_short(),
          .rail_kmh = any_short(),
          .air_kmh = any_short(),
          .waivers_allowed = any_bool(),
          .authorised_flag_percent = any_byte(),
          .pledge_warning_days = any_short(),
          .advance_within_h = any_short(),
          .first_within_h = any_short(),
          .max_depletion_percent = any_byte()};
}
model::Statement any_registry() {
  return model::RegistryStatement{.realm = any_code_of<model::Realm>(),
                                  .members = list_of(any_member),
                                  .nodes = list_of(any_registered_node),
                                  .unit_transfers = list_of(any_transfer),
                                  .published_figures = list_of(any_figure),
                                  .policies = list_of(any_policy)};
}

/// One of every kind that there is.
model::Statement any_statement() {
  static constexpr std::array kMakers = {
      any_unit_statement, any_strength,     any_equipment,   any_self_sustainment, any_training,
      any_readiness,      any_availability, any_roster,      any_caveat,           any_standby,
      any_contribution,   any_operation,    any_requirement, any_decision,         any_registry};
  static_assert(kMakers.size() + 1 == std::variant_size_v<model::Statement>);
  return kMakers[*inRange<std::size_t>(0, kMakers.size())]();
}

model::ReportId any_report_id() { return {any_node(), *inRange<std::uint64_t>(1, ~0ULL)}; }

model::Report any_report() {
  model::Report report{.kind = any_code_of<model::ReportKind>(),
                       .valid_at = any_time(),
                       .classification = any_code_of<model::Classification>(),
                       .releasable_to = list_of(any_nation),
                       .corrects = maybe(any_report_id),
                       .statements = {any_statement()}};
  for (auto more = *inRange(0, 4); more > 0; --more) {
    report.statements.push_back(any_statement());
  }
  return report;
}

// ---- properties
// ---------------------------------------------------------------------------------------------------

RC_GTEST_PROP(WireProperty, AReportArrivesAsItWasSaid, ()) {
  const auto report = any_report();

  const auto decoded = decode_report(encode_report(report));

  RC_ASSERT(decoded.has_value());
  RC_ASSERT(*decoded == report);
}

RC_GTEST_PROP(WireProperty, TheSameReportIsAlwaysTheSameBytes, ()) {
  const auto report = any_report();
  const auto bytes = encode_report(report);

  RC_ASSERT(encode_report(*decode_report(bytes)) == bytes);
}

RC_GTEST_PROP(WireProperty, AnEnvelopeKeepsItsReportsToTheByte, ()) {
  std::vector<model::Bytes> reports;
  for (auto left = *inRange(1, 20); left > 0; --left) {
    reports.push_back(*rc::gen::nonEmpty<model::Bytes>());
  }
  const auto envelope = tests::sample_envelope({reports.begin(), reports.end()});

  const auto decoded = DecodedEnvelope::decode(encode_envelope(envelope));

  RC_ASSERT(decoded.has_value());
  RC_ASSERT(decoded->view().reports.size() == reports.size());
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto view = decoded->view().reports[i];
    RC_ASSERT(model::Bytes(view.begin(), view.end()) == reports[i]);
  }
}

}  // namespace
}  // namespace muster::wire
