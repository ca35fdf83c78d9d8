// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace muster::e2e {

/// LibreOffice without a screen, with a profile and a home of its own, in a folder that it may
/// fill.
class Office {
 public:
  explicit Office(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Whether this machine has it (Debian: libreoffice-calc-nogui).
  static bool is_there();

  /// Opens each file and saves it as another kind ("xlsx", "ods", "fods", "csv:…"), all in one run.
  /// The folder that holds the results, under the same names. Throws when it fails or takes longer
  /// than two minutes.
  std::filesystem::path convert(const std::string& kind,
                                const std::vector<std::filesystem::path>& files);

 private:
  std::filesystem::path folder_;
  int runs_ = 0;
};

}  // namespace muster::e2e
