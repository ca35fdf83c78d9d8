// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "nodes/desk/cell_sink.h"
#include "schemas/model/result.h"

struct zip;

/// The parts of a spreadsheet file, which is a zip of XML files.
namespace muster::desk {

/// A zip that was unpacked once, to nowhere, before anything in it is believed.
class ZipParts {
 public:
  /// Checks that `content` is a whole zip whose parts have the sums they should have, that they are
  /// not too many, not encrypted and together not larger than `limits` allow (counted as they are
  /// inflated: the sizes that a zip declares may lie), and that no XML part declares a document
  /// type or an entity. `content` is borrowed.
  /// Errors: malformed; says it when a file is protected by a password.
  static model::Result<ZipParts> open(std::string_view content, const WorkbookLimits& limits);

  /// Upper and lower case do not matter in the name of a part.
  [[nodiscard]] bool has(std::string_view name) const;
  /// Unpacked; 0 for a part that is not there.
  [[nodiscard]] std::uint64_t bytes_of(std::string_view name) const;
  /// Unpacks a part and gives it to `take` piece by piece, none larger than 64 KiB. An error of
  /// `take` ends it and is returned. Errors: malformed when there is no such part.
  model::Result<void> read(std::string_view name,
                           const std::function<model::Result<void>(std::string_view)>& take) const;

 private:
  struct Close {
    void operator()(struct zip* archive) const;
  };
  std::unique_ptr<struct zip, Close> archive_;
};

}  // namespace muster::desk
