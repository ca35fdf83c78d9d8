// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "nodes/desk/zip_parts.h"
#include "schemas/model/result.h"

/// XML as it streams by, so that a sheet of a hundred megabytes takes no memory of its own.
namespace muster::desk {

/// The attributes of one element; valid while it is opened.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char* const* raw) : raw_(raw) {}
  /// By the name with its prefix ("office:value"), as the programs that write spreadsheets spell
  /// them. Empty when there is none.
  [[nodiscard]] std::string_view get(std::string_view name) const {
    return find(name).value_or(std::string_view());
  }
  /// Nothing when there is none.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  /// By the name behind any prefix.
  [[nodiscard]] std::string_view local(std::string_view name) const;

 private:
  const char* const* raw_;
};

/// What is met. An error ends the reading and becomes its result.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual model::Result<void> open(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual model::Result<void> close(std::string_view name) = 0;
  /// A text may come in several pieces.
  virtual void text(std::string_view piece) = 0;
};

/// "c" of "x:c".
std::string_view local_name(std::string_view name);

/// Reads the part `part`; `progress` learns of each piece. Nothing outside is ever fetched, and a
/// document type ends it. Errors: malformed for what is no XML, or nested too deeply, and those of
/// `handler`.
model::Result<void> read_xml(const ZipParts& parts, std::string_view part, XmlHandler& handler,
                             Progress* progress = nullptr);

}  // namespace muster::desk
