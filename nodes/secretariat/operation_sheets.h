// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "nodes/secretariat/answer_sheet.h"

/// Answers about operations as rows and columns, their annexes and their facts. For
/// answer_sheet.cpp and answer_lines.cpp alone.
namespace muster::secretariat {

// ---- operation_sheets.cpp -----------------------------------------------------------------------

Sheet operations_sheet(const model::OperationsAnswer& answer, const Layout& layout);
/// One row a nation; with a bar of its depletion when it is a picture.
Sheet operation_sheet(const model::OperationAnswer& answer, const Layout& layout);
/// Decisions in their order (responses to many offers at one moment are one row of a picture), and
/// published figures.
std::vector<Annex> annexes(const model::OperationAnswer& answer, const Layout& layout);
std::string facts(const model::OperationsAnswer& answer);
std::string facts(const model::OperationAnswer& answer);

// ---- commitment_sheets.cpp ----------------------------------------------------------------------

Sheet sheet(const model::CommitmentsAnswer& answer);
/// What each nation has committed.
std::vector<Annex> annexes(const model::CommitmentsAnswer& answer, const Layout& layout);
Sheet sheet(const model::StandbyAnswer& answer);
Sheet sheet(const model::SustainmentAnswer& answer);
Sheet sheet(const model::WithdrawalAnswer& answer);
std::string facts(const model::CommitmentsAnswer& answer);
std::string facts(const model::StandbyAnswer& answer);
std::string facts(const model::SustainmentAnswer& answer);
std::string facts(const model::WithdrawalAnswer& answer);

// ---- gap_sheets.cpp -----------------------------------------------------------------------------

/// One row a line; with a bar of what is counted when it is a picture.
Sheet gaps_sheet(const model::GapsAnswer& answer, const Layout& layout);
/// Why lines are not met and what would close them, equipment, offers that are not counted, and who
/// could be asked.
std::vector<Annex> annexes(const model::GapsAnswer& answer, const Layout& layout);
std::string facts(const model::GapsAnswer& answer);

// ---- package_sheets.cpp -------------------------------------------------------------------------

/// One row a line; with a bar of who is found for it when it is a picture.
Sheet package_sheet(const model::AssembleAnswer& answer, const Layout& layout);
/// The slices, why lines are not met and what would close them, what each nation gives, and who is
/// not in the package.
std::vector<Annex> annexes(const model::AssembleAnswer& answer, const Layout& layout);
std::string facts(const model::AssembleAnswer& answer);

// ---- deployment_sheets.cpp ----------------------------------------------------------------------

/// With a bar for each step when it is a picture, against the requirement and the authorised
/// strength.
Sheet deployment_sheet(const model::OperationBuildupAnswer& answer, const Layout& layout);
/// What is needed by each hour, and what is there.
std::vector<Annex> annexes(const model::OperationBuildupAnswer& answer, const Layout& layout);
Sheet sheet(const model::RemainingAnswer& answer);
std::string facts(const model::OperationBuildupAnswer& answer);
std::string facts(const model::RemainingAnswer& answer);

// ---- line_sheets.cpp ----------------------------------------------------------------------------

/// A line that is not met: why, and what would close it.
struct Unmet {
  std::string line;
  std::string lacking;  ///< "76 people, 3 ENGINEER".
  std::string why;      ///< As causes_words() has it.
  std::optional<model::Fix> fix;
};
/// Sentences wrapped for a picture; otherwise a row a line.
Annex unmet_annex(const std::vector<Unmet>& unmet, const Layout& layout);

/// Equipment of the lines, those that lack items first said; nothing when no line asks for any.
struct LineEquipment {
  std::string line;
  const std::vector<model::EquipmentCover>& covers;
};
std::vector<Annex> equipment_annex(const std::vector<LineEquipment>& lines);

/// "76 people, 3 ENGINEER"; empty when nothing lacks.
std::string lacking_words(std::uint64_t people, const std::vector<model::EquipmentCover>& covers);
/// "STALE 30, LATE 26, NOT_OFFERED 20": for code_cell().
std::string causes_words(const std::vector<model::CausePeople>& causes, std::uint64_t not_offered);
/// "WHEELED_TRANSPORT 12, MEDICAL 2": for code_cell().
std::string equipment_words(const std::vector<model::EquipmentCount>& equipment);

}  // namespace muster::secretariat
