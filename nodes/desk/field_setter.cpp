// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/field_setter.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <type_traits>
#include <utility>

#include "schemas/text/unit_fields.h"

namespace muster::desk {
namespace {

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};

// ---- single values ------------------------------------------------------------------------------

template <typename T>
bool assign_text(T& field, const std::string& text) {
  if constexpr (std::is_enum_v<T>) {
    const auto value = model::from_text<T>(text);
    field = value.value_or(field);
    return value.has_value();
  } else if constexpr (std::is_same_v<T, std::string>) {
    field = text;
    return true;
  } else if constexpr (std::is_same_v<T, model::Code> || std::is_same_v<T, model::Nation>) {
    const auto value = T::parse(text);
    field = value ? *value : field;
    return value.has_value();
  } else {
    return false;
  }
}

template <typename T>
bool assign_count(T& field, std::uint64_t count) {
  if constexpr (std::is_unsigned_v<T> && !std::is_same_v<T, bool>) {
    field = static_cast<T>(count);
    return count <= std::numeric_limits<T>::max();
  } else {
    return false;
  }
}

template <typename T>
bool assign(T& field, const CellValue& value) {
  return std::visit(
      [&](const auto& one) {
        using Value = std::remove_cvref_t<decltype(one)>;
        if constexpr (std::is_same_v<Value, std::string>) {
          return assign_text(field, one);
        } else if constexpr (std::is_same_v<Value, std::uint64_t>) {
          return assign_count(field, one);
        } else if constexpr (std::is_same_v<Value, T>) {
          field = one;
          return true;
        } else {
          return false;
        }
      },
      value);
}

template <typename T, typename Variant>
struct Holds;
template <typename T, typename... Ts>
struct Holds<T, std::variant<Ts...>> : std::disjunction<std::is_same<T, Ts>...> {};

template <typename T>
bool assign_all(std::vector<T>& field, const CellValue& value) {
  if constexpr (Holds<std::vector<T>, CellValue>::value) {
    if (const auto* same = std::get_if<std::vector<T>>(&value)) {
      field = *same;
      return true;
    }
  }
  const auto* texts = std::get_if<std::vector<std::string>>(&value);
  if (texts == nullptr) {
    return false;
  }
  return std::all_of(texts->begin(), texts->end(), [&](const std::string& text) {
    return assign_text(field.emplace_back(), text);
  });
}

/// Visits the first fields of a struct, which are what the entries of a list are known by: as many
/// as the key has parts. Fills them, or compares them with the key.
class KeyVisitor {
 public:
  enum class Task : std::uint8_t { fill, compare };
  KeyVisitor(std::string_view key, Task task) : key_(key), task_(task) {}

  template <typename Field>
  void required(std::string_view /*name*/, Field& field) {
    if (key_.empty()) {
      return;
    }
    const std::string part(key_.substr(0, key_.find(',')));
    key_.remove_prefix(std::min(part.size() + 1, key_.size()));
    auto value = field;
    is_same_ = assign_text(value, part) && is_same_ && value == field;
    if (task_ == Task::fill) {
      field = value;
    }
  }
  template <typename Field>
  void optional(std::string_view name, Field& field) {
    required(name, field);
  }
  [[nodiscard]] bool is_same() const { return is_same_; }

 private:
  std::string_view key_;
  Task task_;
  bool is_same_ = true;
};

// ---- along a path -------------------------------------------------------------------------------

/// Visits a struct and goes on where the first step of the path leads.
class FieldSetter {
 public:
  FieldSetter(std::span<const PathStep> path, const CellValue& value, bool starts_entry,
              SetOutcome& outcome)
      : path_(path), value_(value), starts_entry_(starts_entry), outcome_(outcome) {}

  template <typename Field>
  void required(std::string_view name, Field& field) {
    if (name == path_.front().name) {
      outcome_.is_set = set(field);
    }
  }
  template <typename Field>
  void optional(std::string_view name, Field& field) {
    required(name, field);
  }

 private:
  [[nodiscard]] bool is_last() const { return path_.size() == 1; }

  template <typename Field>
  bool set(Field& field) {
    if constexpr (IsOptional<Field>::value) {
      return set(field ? *field : field.emplace());
    } else if constexpr (IsVector<Field>::value) {
      return set_list(field);
    } else {
      return is_last() ? assign(field, value_) : below(field, value_);
    }
  }

  template <typename Field>
  bool below(Field& field, const CellValue& value) {
    if constexpr (text::Described<Field>) {
      if (is_last()) {
        return false;
      }
      FieldSetter next(path_.subspan(1), value, starts_entry_, outcome_);
      text::describe_fields(next, field);
      return outcome_.is_set;
    } else {
      return false;
    }
  }

  template <typename Entry>
  bool set_list(std::vector<Entry>& list) {
    const auto& step = path_.front();
    switch (step.kind) {
      case PathStep::Kind::plain:
        return assign_all(list, value_);
      case PathStep::Kind::entry:
        if (starts_entry_ || list.empty()) {
          list.emplace_back();
        }
        outcome_.entry_at = list.size() - 1;
        return below(list.back(), value_);
      case PathStep::Kind::keyed:
        return set_keyed(list, step.key);
      case PathStep::Kind::indexed:
        list.resize(std::max(list.size(), step.index + 1));
        return below(list[step.index], value_);
    }
    return false;
  }

  template <typename Entry>
  bool set_keyed(std::vector<Entry>& list, const std::string& key) {
    if constexpr (text::Described<Entry>) {
      auto entry = std::find_if(list.begin(), list.end(), [&](Entry& one) {
        KeyVisitor visitor(key, KeyVisitor::Task::compare);
        text::describe_fields(visitor, one);
        return visitor.is_same();
      });
      if (entry == list.end()) {
        KeyVisitor visitor(key, KeyVisitor::Task::fill);
        text::describe_fields(visitor, list.emplace_back());
        entry = std::prev(list.end());
      }
      outcome_.keyed_at = static_cast<std::size_t>(entry - list.begin());
      return below(*entry, value_);
    } else {
      return false;
    }
  }

  std::span<const PathStep> path_;
  const CellValue& value_;
  bool starts_entry_;
  SetOutcome& outcome_;
};

template <typename Statement>
concept AboutUnit = text::Described<Statement> && requires(Statement& s) {
  requires std::same_as<decltype(s.unit), model::UnitId>;
};

template <typename Statement>
model::Statement made(const model::UnitId& unit) {
  Statement statement;
  statement.unit = unit;
  return statement;
}

}  // namespace

FieldPath parse_path(std::string_view field) {
  FieldPath path;
  for (std::size_t from = 0; from <= field.size();) {
    const auto to = std::min(field.find('.', from), field.size());
    const auto text = field.substr(from, to - from);
    const auto open = std::min(text.find('['), text.size());
    PathStep step{.name = std::string(text.substr(0, open))};
    if (open < text.size()) {
      step.key = text.substr(open + 1, text.size() - open - 2);
      const auto* end = step.key.data() + step.key.size();
      const bool is_index =
          !step.key.empty() && std::from_chars(step.key.data(), end, step.index).ptr == end;
      step.kind = step.key.empty() ? PathStep::Kind::entry
                  : is_index       ? PathStep::Kind::indexed
                                   : PathStep::Kind::keyed;
    }
    path.push_back(std::move(step));
    from = to + 1;
  }
  return path;
}

std::optional<model::Statement> empty_statement(model::StatementKind kind,
                                                const model::UnitId& unit) {
  using Kind = model::StatementKind;
  switch (kind) {
    case Kind::unit:
      return made<model::UnitStatement>(unit);
    case Kind::strength:
      return made<model::StrengthStatement>(unit);
    case Kind::equipment:
      return made<model::EquipmentStatement>(unit);
    case Kind::self_sustainment:
      return made<model::SelfSustainmentStatement>(unit);
    case Kind::training:
      return made<model::TrainingStatement>(unit);
    case Kind::readiness:
      return made<model::ReadinessStatement>(unit);
    case Kind::availability:
      return made<model::AvailabilityStatement>(unit);
    case Kind::roster:
      return made<model::RosterStatement>(unit);
    case Kind::caveat:
    case Kind::standby:
    case Kind::contribution:
    case Kind::operation:
    case Kind::requirement:
    case Kind::decision:
    case Kind::registry:
      break;
  }
  return std::nullopt;
}

SetOutcome set_field(model::Statement& statement, std::span<const PathStep> path,
                     const CellValue& value, bool starts_entry) {
  SetOutcome outcome;
  std::visit(
      [&](auto& one) {
        if constexpr (AboutUnit<std::remove_cvref_t<decltype(one)>>) {
          FieldSetter setter(path, value, starts_entry, outcome);
          text::describe_fields(setter, one);
        }
      },
      statement);
  return outcome;
}

}  // namespace muster::desk
