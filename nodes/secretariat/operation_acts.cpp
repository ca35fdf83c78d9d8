// SPDX-License-Identifier: Apache-2.0
// What `muster operation create`, `decide` and `template` are told, from words to values.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "nodes/secretariat/command_tree.h"
#include "nodes/secretariat/operation_changes.h"
#include "nodes/asking/option_values.h"
#include "schemas/model/limits.h"

namespace muster::secretariat {

using asking::option_name;
using asking::ValueReader;

using model::DecisionKind;
using model::DecisionStatement;

namespace {

/// One of a code list by its name, as on every command line: "advance-deployed".
template <typename Code>
std::optional<Code> code_of(std::string_view option, const std::string& text, ValueReader& values) {
  const auto read = text.empty() ? std::vector<Code>{} : values.codes<Code>(option, {text});
  return read.empty() ? std::nullopt : std::optional(read.front());
}

/// "KAZ/OFFER-1": a contribution or a caveat, with the nation whose it is.
std::string handle_of(std::string_view option, const std::string& text, ValueReader& values) {
  const auto slash = text.find('/');
  const bool is_good = slash != std::string::npos &&
                       model::Nation::parse(text.substr(0, slash)).has_value() &&
                       model::Code::parse(text.substr(slash + 1)).has_value();
  if (!is_good) {
    values.wrong(option, text,
                 "not a nation, '/' and the code of an offer or a caveat - write "
                 "KAZ/OFFER-1");
  }
  return text;
}

/// Reads the one act that is asked for, as decisions without identifier and time.
class ActReader {
 public:
  ActReader(const RawOperationChange& raw, ValueReader& values) : raw_(raw), values_(values) {}
  std::vector<DecisionStatement> read(const model::Code& operation);

 private:
  struct Act {
    std::string_view option;
    bool is_given;
    void (ActReader::*read)(std::string_view option);
  };
  [[nodiscard]] std::vector<Act> acts() const;

  DecisionStatement& add(DecisionKind kind);
  void respond(std::string_view option, const std::vector<std::string>& offers,
               model::ContributionState to);
  void about(std::string_view option, const std::string& handle, DecisionKind kind);
  void need_body(std::string_view option, std::string_view found);
  void need_reference(std::string_view option, std::string_view found, std::string_view what);
  void read_step(std::string_view option);
  void read_strength(std::string_view option);
  void read_commander(std::string_view option);
  void read_acknowledge(std::string_view option);
  void read_accept(std::string_view option);
  void read_decline(std::string_view option);
  void read_approval(std::string_view option);
  void read_waiver(std::string_view option);
  void read_extension(std::string_view option);
  void read_return(std::string_view option);

  const RawOperationChange& raw_;
  ValueReader& values_;
  model::Body body_ = model::Body::secretariat;
  std::vector<DecisionStatement> decisions_;
};

std::vector<ActReader::Act> ActReader::acts() const {
  return {{"--to", !raw_.to.empty(), &ActReader::read_step},
          {"--authorise", !raw_.authorise.empty(), &ActReader::read_strength},
          {"--commander", !raw_.commander.empty(), &ActReader::read_commander},
          {"--acknowledge", !raw_.acknowledge.empty(), &ActReader::read_acknowledge},
          {"--accept", !raw_.accept.empty(), &ActReader::read_accept},
          {"--decline", !raw_.decline.empty(), &ActReader::read_decline},
          {"--approve-caveat", !raw_.approve_caveat.empty(), &ActReader::read_approval},
          {"--waive", !raw_.waive.empty(), &ActReader::read_waiver},
          {"--extend", !raw_.extend.empty(), &ActReader::read_extension},
          {"--return", !raw_.return_home.empty(), &ActReader::read_return}};
}

std::vector<DecisionStatement> ActReader::read(const model::Code& operation) {
  body_ = code_of<model::Body>("--body", raw_.body, values_).value_or(body_);
  std::string given;
  std::string all;
  std::size_t count = 0;
  for (const auto& act : acts()) {
    all += (all.empty() ? "" : ", ") + std::string(act.option);
    if (act.is_given) {
      given += (given.empty() ? "" : ", ") + std::string(act.option);
      ++count;
      (this->*act.read)(act.option);
    }
  }
  if (count != 1) {
    values_.wrong("decide", count == 0 ? operation.str() : given,
                  fmt::format("{}: one decision is recorded at a time - give exactly one of {}",
                              count == 0 ? "nothing is decided" : "too much is decided", all));
  }
  if (raw_.to.empty() && !raw_.from_state.empty()) {
    values_.wrong("--from-state", raw_.from_state, "there is no step - give --to as well");
  }
  for (auto& decision : decisions_) {
    decision.operation = operation;
  }
  return std::move(decisions_);
}

DecisionStatement& ActReader::add(DecisionKind kind) {
  auto& decision = decisions_.emplace_back();
  decision.kind = kind;
  decision.body = body_;
  decision.reference = raw_.reference;
  return decision;
}

/// The secretariat answers offers itself; whose any other decision is must be said.
void ActReader::need_body(std::string_view option, std::string_view found) {
  if (raw_.body.empty()) {
    values_.wrong(option, found,
                  fmt::format("whose decision it is must be said - give --body, one of: {}",
                              option_name(model::names_of<model::Body>())));
  }
}

void ActReader::need_reference(std::string_view option, std::string_view found,
                               std::string_view what) {
  if (raw_.reference.empty()) {
    values_.wrong(option, found, fmt::format("{} must be said - give --reference TEXT", what));
  }
}

void ActReader::read_step(std::string_view option) {
  need_body(option, raw_.to);
  auto& decision = add(DecisionKind::state_change);
  decision.to_state = code_of<model::OperationState>(option, raw_.to, values_);
  decision.from_state = code_of<model::OperationState>("--from-state", raw_.from_state, values_);
}

void ActReader::read_strength(std::string_view option) {
  need_body(option, raw_.authorise);
  const auto max = model::Limits{}.people_max;
  std::uint32_t people = 0;
  const auto* end = raw_.authorise.data() + raw_.authorise.size();
  const auto read = std::from_chars(raw_.authorise.data(), end, people);
  if (read.ec != std::errc{} || read.ptr != end || people > max) {
    values_.wrong(option, raw_.authorise, fmt::format("not people from 0 to {}", max));
  }
  add(DecisionKind::authorised_strength).value = people;
}

void ActReader::read_commander(std::string_view option) {
  need_body(option, raw_.commander);
  if (!raw_.reference.empty()) {
    values_.wrong("--reference", raw_.reference,
                  "the name of the commander is what this decision says - leave it out");
  }
  add(DecisionKind::commander).reference = raw_.commander;
}

void ActReader::respond(std::string_view option, const std::vector<std::string>& offers,
                        model::ContributionState to) {
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (std::find(offers.begin(), offers.end(), offers[i]) !=
        offers.begin() + static_cast<std::ptrdiff_t>(i)) {
      values_.wrong(option, offers[i], "given twice");
    }
    auto& decision = add(DecisionKind::offer_response);
    decision.contribution_id = handle_of(option, offers[i], values_);
    decision.contribution_to = to;
  }
}

void ActReader::read_acknowledge(std::string_view option) {
  respond(option, raw_.acknowledge, model::ContributionState::acknowledged);
}
void ActReader::read_accept(std::string_view option) {
  respond(option, raw_.accept, model::ContributionState::accepted);
}
void ActReader::read_decline(std::string_view option) {
  need_reference(option, raw_.decline, "why");
  respond(option, {raw_.decline}, model::ContributionState::declined);
}

void ActReader::about(std::string_view option, const std::string& handle, DecisionKind kind) {
  need_body(option, handle);
  add(kind).contribution_id = handle_of(option, handle, values_);
}

void ActReader::read_approval(std::string_view option) {
  about(option, raw_.approve_caveat, DecisionKind::caveat_approval);
}
void ActReader::read_extension(std::string_view option) {
  need_reference(option, raw_.extend, "until when, and why,");
  about(option, raw_.extend, DecisionKind::extension);
}
void ActReader::read_return(std::string_view option) {
  about(option, raw_.return_home, DecisionKind::return_home);
}

/// A waiver is of a unit's level (V19): the nation names the decision in its Readiness.
void ActReader::read_waiver(std::string_view option) {
  need_body(option, raw_.waive);
  need_reference(option, raw_.waive, "what is waived, and why,");
  const auto unit = values_.id<model::UnitId>(option, raw_.waive);
  add(DecisionKind::waiver).reference = fmt::format("{}: {}", unit.view(), raw_.reference);
}

/// "none" is nobody beyond the secretariat; nothing at all is everybody.
std::optional<std::vector<model::Nation>> read_releasable(const RawOperationChange& change,
                                                          ValueReader& values) {
  const auto& given = change.releasable_to;
  if (given.empty()) {
    return std::nullopt;
  }
  if (given.size() == 1 && option_name(given.front()) == "none") {
    return std::vector<model::Nation>{};
  }
  return values.nations("--releasable-to", given);
}

DecideOperation read_decide(const RawArguments& raw, ValueReader& values) {
  const auto& change = raw.change;
  DecideOperation command{.operation = values.id<model::Code>("OP", change.operation),
                          .decisions = {},
                          .id = {},
                          .decided_at = values.moment("--at", change.at),
                          .classification = {},
                          .releasable_to = read_releasable(change, values),
                          .dry_run = change.dry_run,
                          .wait = values.duration("--wait", raw.wait)};
  command.classification =
      code_of<model::Classification>("--classification", change.classification, values)
          .value_or(model::Classification::unclassified);
  command.decisions = ActReader(change, values).read(command.operation);
  if (!change.id.empty()) {
    command.id = values.id<model::Code>("--id", change.id);
    if (command.decisions.size() > 1) {
      values.wrong("--id", change.id,
                   fmt::format("it names one decision, and these are {} - leave it out",
                               command.decisions.size()));
    }
  }
  return command;
}

}  // namespace

OperationChange read_operation_change(const std::string& name, const RawArguments& raw,
                                      ValueReader& values) {
  if (name == "operation create") {
    return {CreateOperation{.file = raw.change.file,
                            .valid_at = values.moment("--at", raw.change.at),
                            .dry_run = raw.change.dry_run,
                            .wait = values.duration("--wait", raw.wait)}};
  }
  if (name == "operation decide") {
    return {read_decide(raw, values)};
  }
  return {OperationTemplate{values.choice("--format", raw.change.format, {"toml", "json"}) == 1}};
}

}  // namespace muster::secretariat
