// SPDX-License-Identifier: Apache-2.0
// How a ColumnBook is made of columns.toml and of a ministry's own headings. Not for other folders.
#pragma once

#include <string>
#include <string_view>

#include "nodes/desk/columns.h"
#include "schemas/model/result.h"

namespace muster::desk {

/// columns.toml, as it was when the program was built.
std::string_view columns_toml();

/// The book of columns.toml alone. Errors: configuration, which is a bug of ours that the tests
/// would show.
model::Result<ColumnBook> built_in_book();

/// `book` and the aliases of a ministry. Errors: configuration, each problem with path, line and
/// column, all of them.
model::Result<ColumnBook> book_with_own(ColumnBook book, std::string_view own_toml,
                                        std::string_view own_path);

/// How a word of a list is found.
std::string list_word_key(std::string_view list, std::string_view word);

}  // namespace muster::desk
