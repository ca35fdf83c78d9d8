// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/desk_random.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "schemas/text/unit_fields.h"
#include "schemas/text/writer.h"
#include "tests/support/sample_reports.h"

namespace muster::desk::rig {
namespace {

/// What rules and columns do not let be absent.
bool is_mandatory(std::string_view name) {
  constexpr std::array<std::string_view, 25> kMandatory{"name",
                                                        "component",
                                                        "element_kind",
                                                        "lifecycle",
                                                        "echelon",
                                                        "authorised",
                                                        "assigned",
                                                        "attached_in",
                                                        "detached_out",
                                                        "present",
                                                        "deployable",
                                                        "required",
                                                        "on_hand",
                                                        "fmc",
                                                        "pmc",
                                                        "nmc",
                                                        "P",
                                                        "S",
                                                        "R",
                                                        "T",
                                                        "reported_overall",
                                                        "pledge_level",
                                                        "tasks",
                                                        "upserts",
                                                        "holdings"};
  constexpr std::array<std::string_view, 5> kOfOverrides{"reason_code", "remark", "authority",
                                                         "sealed_name", "sealed_to"};
  return std::find(kMandatory.begin(), kMandatory.end(), name) != kMandatory.end() ||
         std::find(kOfOverrides.begin(), kOfOverrides.end(), name) != kOfOverrides.end();
}

/// Fills a struct field by field.
class Filler {
 public:
  explicit Filler(std::mt19937_64& random) : random_(random) {}

  template <typename Field>
  void required(std::string_view name, Field& field) {
    fill(name, field);
  }
  template <typename Field>
  void optional(std::string_view name, Field& field) {
    if (is_mandatory(name) || below(3) > 0) {
      fill(name, field);
    }
  }

 private:
  std::uint64_t below(std::uint64_t end) {
    return std::uniform_int_distribution<std::uint64_t>(0, end - 1)(random_);
  }
  char of(std::string_view signs) { return signs[below(signs.size())]; }
  std::string signs(std::string_view from, std::size_t length) {
    std::string text;
    while (text.size() < length) {
      text += of(from);
    }
    return text;
  }

  /// Words of all alphabets with single spaces between, as cells keep them.
  std::string words() {
    constexpr std::array<std::string_view, 7> kWords{"рота",  "Қазақ", "№7", "\"EX\"",
                                                     "a;b,c", "=1+1",  "007"};
    std::string text(kWords[below(kWords.size())]);
    for (auto more = below(3); more > 0; --more) {
      text += " " + std::string(kWords[below(kWords.size())]);
    }
    return text;
  }
  std::string text_of(std::string_view name) {
    if (name == "sidc") {
      return signs("0123456789", 20);
    }
    if (name == "nsn") {
      return "0" + signs("0123456789", 12);
    }
    if (name == "languages") {
      return signs("abcdefghij", 3);
    }
    const bool has_lines = name == "remark" || name == "remarks";
    return has_lines ? words() + "\n\n" + words() : words();
  }

  void fill(std::string_view name, std::string& text) { text = text_of(name); }
  void fill(std::string_view /*name*/, bool& value) { value = below(2) == 1; }
  void fill(std::string_view name, double& value) {
    constexpr std::array<double, 4> kParts{1, 8, 1e6, 7e13};
    const double end = name == "lat" ? 89 : 179;
    const double part = kParts[below(kParts.size())];
    value = static_cast<double>(below(static_cast<std::uint64_t>(end * part))) / part;
    value = name == "value" || below(2) == 0 ? value : -value;
  }
  template <typename Number>
    requires std::is_unsigned_v<Number>
  void fill(std::string_view name, Number& value) {
    const bool is_small = sizeof(Number) == 1 || name == "within_h" || name == "days_of_supply";
    const bool is_level = sizeof(Number) == 1;
    value = static_cast<Number>(is_level   ? 1 + below(name == "pledge_level" ? 3 : 4)
                                : is_small ? below(180)
                                           : below(300));
  }
  void fill(std::string_view /*name*/, model::UtcTime& time) {
    constexpr std::array<std::int64_t, 4> kSteps{86'400'000'000, 60'000'000, 1'000'000, 1};
    const auto step = kSteps[below(kSteps.size())];
    constexpr std::int64_t kFrom = 631'152'000'000'000, kSpan = 3'000'000'000'000'000;
    time = model::from_micros((kFrom + static_cast<std::int64_t>(below(kSpan))) / step * step);
  }
  void fill(std::string_view /*name*/, model::Code& code) {
    code = *model::Code::parse(of("ABCXYZ") + signs("ABCXYZ0123456789._-", 1 + below(12)));
  }
  void fill(std::string_view /*name*/, model::UnitId& unit) {
    unit = *model::UnitId::parse("KAZ:EX-" + signs("ABC123", 5));
  }
  void fill(std::string_view /*name*/, std::array<std::uint8_t, 16>& bytes) {
    for (auto& byte : bytes) {
      byte = static_cast<std::uint8_t>(1 + below(255));
    }
  }
  void fill(std::string_view /*name*/, model::Bytes& bytes) {
    bytes.resize(49 + below(200));
    for (auto& byte : bytes) {
      byte = static_cast<std::uint8_t>(below(256));
    }
  }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  void fill(std::string_view /*name*/, Enum& value) {
    const auto names = model::code_names(Enum{});
    value = names[below(names.size())].value;
  }
  void fill(std::string_view /*name*/, model::RosterForm& form) { form = model::RosterForm::full; }
  template <typename T>
  void fill(std::string_view name, std::optional<T>& value) {
    fill(name, value.emplace());
  }
  template <text::Described Struct>
  void fill(std::string_view /*name*/, Struct& value) {
    text::describe_fields(*this, value);
  }

  /// What an entry is about: two of a list never have the same.
  template <typename Entry>
  static std::string key_of(const Entry& entry) {
    if constexpr (std::is_same_v<Entry, model::Cell>) {
      return to_text(entry.category) + to_text(entry.sex);
    } else if constexpr (text::Described<Entry>) {
      const auto json = text::write_value(entry);
      return text::print_json(json.items.front(), -1);
    } else {
      return text::print_json(text::write_value(entry), -1);
    }
  }
  template <typename Entry>
  void fill(std::string_view name, std::vector<Entry>& list) {
    if (name == "removals") {
      return;  // Of a DELTA alone.
    }
    std::set<std::string> keys;
    for (auto left = 1 + below(4); left > 0; --left) {
      Entry entry;
      fill(name, entry);
      if (is_said(name, entry) && keys.insert(key_of(entry)).second) {
        list.push_back(std::move(entry));
      }
    }
  }
  /// Nobody gains people by discharge, nor loses them to replacements.
  template <typename Entry>
  static bool is_said(std::string_view name, const Entry& entry) {
    if constexpr (std::is_same_v<Entry, model::StrengthChange>) {
      const bool is_gain = entry.kind <= model::LedgerChange::transfer_in;
      return entry.kind == model::LedgerChange::other || is_gain == (name == "gains");
    } else {
      return true;
    }
  }

  std::mt19937_64& random_;
};

template <typename Statement>
Statement random_statement(const model::UnitId& unit, std::mt19937_64& random) {
  Statement statement;
  Filler filler(random);
  text::describe_fields(filler, statement);
  statement.unit = unit;
  if constexpr (requires { statement.base_version; }) {
    statement.base_version.reset();
  }
  return statement;
}

}  // namespace

TemplateRow random_row(int number, std::mt19937_64& random) {
  const auto unit = tests::unit_id(fmt::format("KAZ:EX-{}", number));
  TemplateRow row{.unit = random_statement<model::UnitStatement>(unit, random), .statements = {}};
  row.statements = {row.unit,
                    random_statement<model::StrengthStatement>(unit, random),
                    random_statement<model::EquipmentStatement>(unit, random),
                    random_statement<model::ReadinessStatement>(unit, random),
                    random_statement<model::AvailabilityStatement>(unit, random),
                    random_statement<model::RosterStatement>(unit, random)};
  return row;
}

}  // namespace muster::desk::rig
