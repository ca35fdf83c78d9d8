// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/confirm.h"

#include <algorithm>
#include <array>
#include <string>

namespace muster::secretariat {

bool is_person_there(const Output& output) {
  const auto& around = output.around();
  return around.in != nullptr && around.in_is_terminal && around.err_is_terminal;
}

bool confirmed(const Output& output, std::string_view question) {
  // Cyrillic letters are written out in both cases: no locale is asked what they are.
  constexpr std::array<std::string_view, 11> kYes{"y", "Y",  "yes", "Yes", "YES", "д",
                                                  "Д", "да", "Да",  "ДА",  "дА"};
  const auto& around = output.around();
  if (around.forget_typed) {
    around.forget_typed();
  }
  around.err << output.tell(question) << std::flush;
  std::string line;
  std::getline(*around.in, line);
  const auto first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) {
    return false;
  }
  const auto word = line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
  return std::find(kYes.begin(), kYes.end(), word) != kYes.end();
}

}  // namespace muster::secretariat
