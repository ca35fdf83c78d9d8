// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "nodes/desk/columns.h"
#include "nodes/desk/template.h"
#include "schemas/model/time.h"

/// What a template can fill in itself. Internal to this folder.
namespace muster::desk {

/// Nothing, a number, a text (the word of a code, in the language of the template), or a moment.
using KnownValue = std::variant<std::monostate, double, std::string, model::UtcTime>;

/// The column that says of which unit a row speaks.
bool is_unit_key(const Column& column);

/// What people read for a code of a list: "рота" for COMPANY. The code, when it has no word.
std::string word_of(std::string_view list, std::string_view code, const ColumnBook& book,
                    words::Language language);

/// The columns of a template, in the order of the columns file, the unit's first; rare ones where a
/// unit has such a value, or when all are wanted.
std::vector<const Column*> columns_of(const TemplateRequest& request, const ColumnBook& book);

/// The rows of one unit, each with a value for each column: one, or as many as the longest of the
/// lists of which `columns` speak. What belongs to the report itself (when its figures were true,
/// how it is classified) stays empty: a person has to say so anew.
std::vector<std::vector<KnownValue>> known_rows(const TemplateRow& row,
                                                const std::vector<const Column*>& columns,
                                                const ColumnBook& book, words::Language language);

}  // namespace muster::desk
