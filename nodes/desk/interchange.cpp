// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/interchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "nodes/desk/orbat_export.h"
#include "nodes/desk/orbat_scene.h"

namespace muster::desk {
namespace {

constexpr std::array kFormats{
    std::pair{OrbatFormat::msdl, std::string_view("msdl")},
    std::pair{OrbatFormat::c2sim, std::string_view("c2sim")},
    std::pair{OrbatFormat::orbat_mapper, std::string_view("orbat-mapper")}};

Scene read_scene(std::string_view content, OrbatFormat format) {
  switch (format) {
    case OrbatFormat::msdl:
      return read_msdl(content);
    case OrbatFormat::c2sim:
      return read_c2sim(content);
    case OrbatFormat::orbat_mapper:
      return read_orbat_mapper(content);
  }
  return {};
}

}  // namespace

std::optional<OrbatFormat> orbat_format_named(std::string_view name) {
  for (const auto& [format, known] : kFormats) {
    if (known == name) {
      return format;
    }
  }
  return std::nullopt;
}

std::string_view to_text(OrbatFormat format) {
  for (const auto& [known, name] : kFormats) {
    if (known == format) {
      return name;
    }
  }
  return "UNKNOWN";
}

std::map<std::string, std::uint32_t> ImportDraft::counts() const {
  std::map<std::string, std::uint32_t> counts;
  for (const auto& finding : findings) {
    ++counts[finding.code];
  }
  return counts;
}

bool ImportDraft::is_refused() const {
  return std::any_of(findings.begin(), findings.end(), [](const auto& one) {
    return one.severity == ImportFinding::Severity::error;
  });
}

ImportDraft import_order_of_battle(std::string_view content, OrbatFormat format,
                                   const ImportOptions& options) {
  if (content.size() > kOrbatBytesMax) {
    ImportDraft draft;
    draft.findings.push_back(
        refusal("FILE_TOO_LARGE", "the whole text", fmt::format("{} bytes", content.size()),
                fmt::format("nothing imported: at most {} bytes; split the file", kOrbatBytesMax)));
    return draft;
  }
  return make_draft(read_scene(content, format), options);
}

model::Result<std::string> export_order_of_battle(const std::vector<model::UnitStatement>& units,
                                                  OrbatFormat format, const ExportHeader& header) {
  MUSTER_CHECK(check_export(units, header));
  switch (format) {
    case OrbatFormat::msdl:
      return write_msdl(units, header);
    case OrbatFormat::orbat_mapper:
      return write_orbat_mapper(units, header);
    case OrbatFormat::c2sim:
      break;
  }
  return model::fail(model::ErrorCode::unsupported,
                     "c2sim files are only read; expected the format msdl or orbat-mapper");
}

}  // namespace muster::desk
