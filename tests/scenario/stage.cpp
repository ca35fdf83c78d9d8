// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/stage.h"

#include <fmt/format.h>

#include <stdexcept>

#include "broker/core/views.h"
#include "schemas/text/report_json.h"
#include "tests/scenario/desk.h"

namespace muster::tests {
namespace {

/// "24h", "30min", "-1h", "2d".
model::Duration duration_of(const std::string& text) {
  std::size_t end = 0;
  const auto amount = std::stol(text, &end);
  const auto unit = text.substr(end);
  if (unit == "d") {
    return std::chrono::hours{24 * amount};
  }
  if (unit == "h") {
    return std::chrono::hours{amount};
  }
  if (unit == "min") {
    return std::chrono::minutes{amount};
  }
  return std::chrono::seconds{amount};
}

template <typename Item>
std::string joined(const std::vector<Item>& items) {
  std::string text;
  for (const auto& item : items) {
    text += (text.empty() ? "" : " ") + item.str();
  }
  return text.empty() ? "-" : text;
}

std::string text_of(const model::Ack& ack) {
  auto text = fmt::format("ack        up to {}, ledger {}\n", ack.up_to_seq, ack.ledger_seq);
  for (const auto& outcome : ack.reports) {
    text += fmt::format("{:<10} report {}\n", model::to_text(outcome.verdict.verdict), outcome.seq);
    for (const auto& finding : outcome.verdict.findings) {
      text += "           " + model::describe(finding) + "\n";
    }
  }
  return text;
}

std::string text_of(const model::Nack& nack) {
  auto text =
      fmt::format("nack       {} of {}, {}, head {}\n           {}\n", model::to_text(nack.code),
                  nack.seq, nack.retryable ? "retryable" : "final", nack.head_seq, nack.message);
  for (const auto& finding : nack.findings) {
    text += "           " + model::describe(finding) + "\n";
  }
  return text;
}

std::string text_of(const Reply& reply) {
  if (reply.ack() != nullptr) {
    return text_of(*reply.ack());
  }
  return reply.nack() != nullptr ? text_of(*reply.nack()) : "another answer\n";
}

std::string text_of(const model::AnswerHeader& header) {
  return fmt::format("as of {}, ledger {}, reporting {}, missing {}, stale {} ({} people)\n",
                     model::format_time(header.valid_at), header.ledger_seq,
                     joined(header.nations_reporting), joined(header.nations_missing),
                     joined(header.nations_stale), header.stale_strength);
}

std::string text_of(const std::string& name, const model::Figures& figures) {
  return fmt::format("{:<14} units {} authorised {} assigned {} present {} deployable {}\n", name,
                     figures.units, figures.authorised, figures.assigned, figures.present,
                     figures.deployable);
}

std::string text_of(const model::TreeNode& node) {
  return fmt::format("{:<14} own {} rolled up {} level {} {}\n",
                     std::string(2UL * node.depth, ' ') + node.unit.str(), node.own.assigned,
                     node.rolled_up.assigned, node.level, model::to_text(node.freshness));
}

std::string text_of(const model::UnitAnswer& unit) {
  auto text = fmt::format("{} by {}, level {}, {}\n", unit.unit.view(), unit.node.view(),
                          unit.effective, model::to_text(unit.freshness));
  for (const auto& stamp : unit.stamps) {
    text += fmt::format("{:<14} {} valid {} {}\n", model::to_text(stamp.kind), stamp.report.str(),
                        model::format_time(stamp.valid_at), model::to_text(stamp.freshness));
  }
  return text;
}

}  // namespace

const std::map<std::string, Stage::Action>& Stage::actions() {
  static const std::map<std::string, Action> kActions = {
      {"node", &Stage::node},           {"unit", &Stage::unit},
      {"strength", &Stage::strength},   {"resend", &Stage::resend},
      {"fork", &Stage::fork},           {"skip", &Stage::skip},
      {"revoke", &Stage::revoke},       {"transfer", &Stage::transfer},
      {"tick", &Stage::tick},           {"query", &Stage::query},
      {"restart", &Stage::restart},     {"rebuild", &Stage::rebuild},
      {"fail-disk", &Stage::fail_disk}, {"show", &Stage::show},
      {"enrol", &Stage::enrol},         {"say", &Stage::say},
      {"muster", &Stage::muster},       {"play", &Stage::play}};
  return kActions;
}

std::string Stage::run(const Command& command) {
  const auto action = actions().find(command.word(0));
  if (action == actions().end()) {
    throw std::invalid_argument("no command is called " + command.word(0));
  }
  return (this->*action->second)(command);
}

TestNode& Stage::speaker() { return *speaker_; }

model::UtcTime Stage::valid_at(const Command& command) const {
  return rig_.now + duration_of(command.value("at").value_or("0h"));
}

std::string Stage::node(const Command& command) {
  speaker_ = nodes_.at(command.word(1));
  return fmt::format("{} speaks, its head is {}\n", speaker_->id().view(), speaker_->head_seq);
}

std::string Stage::unit(const Command& command) {
  auto unit = unit_of(command.word(1), command.value("parent").value_or(""));
  unit.name = command.value("name").value_or(unit.name);
  if (const auto other = command.value("opcon")) {
    unit.relations.push_back({model::RelationType::opcon, unit_id(*other), {}, {}});
  }
  if (const auto lifecycle = command.value("lifecycle")) {
    unit.lifecycle = model::from_text<model::Lifecycle>(*lifecycle);
  }
  return publish(command, {unit});
}

std::string Stage::strength(const Command& command) {
  const auto assigned = command.number("assigned", 100);
  const auto attached = command.number("attached", 0);
  const auto detached = command.number("detached", 0);
  const auto on_strength = assigned + attached - detached;
  const auto present = command.number("present", on_strength);
  const auto deployable = command.number("deployable", on_strength);
  auto strength =
      strength_of(command.word(1), {.authorised = command.number("authorised", assigned),
                                    .assigned = on_strength,
                                    .present = present,
                                    .deployable = deployable});
  strength.assigned = assigned;
  strength.attached_in = attached;
  strength.detached_out = detached;
  if (const auto on_leave = command.value("leave")) {
    strength.absences = {{model::AbsenceReason::leave, command.number("leave", 0)}};
  }
  return publish(command, {strength});
}

std::string Stage::publish(const Command& command, std::vector<model::Statement> statements) {
  auto report = report_of(std::move(statements), valid_at(command));
  if (const auto corrects = command.value("corrects")) {
    report.kind = model::ReportKind::correction;
    report.corrects = model::ReportId{speaker().id(), command.number("corrects", 0)};
  }
  if (const auto kind = command.value("kind")) {
    report.kind = model::from_text<model::ReportKind>(*kind).value();
  }
  if (const auto to = command.value("to")) {
    report.releasable_to = {nation(*to)};
  }
  auto& sent = sent_[speaker().id().str()];
  sent.push_back(speaker().publish(report, rig_.now));
  return send(speaker(), sent.back());
}

std::string Stage::send(const TestNode& from, const model::Bytes& message) {
  const auto before = rig_.store().last_ledger_seq();
  auto text = text_of(rig_.take_one(from, message));
  if (rig_.store().last_ledger_seq() == before) {
    text += "           nothing was written\n";
  }
  return text;
}

/// `resend [N]`: the N-th envelope of the node, or its last one, the same bytes.
std::string Stage::resend(const Command& command) {
  const auto& sent = sent_[speaker().id().str()];
  return send(speaker(),
              command.words.size() > 1 ? sent.at(std::stoul(command.word(1)) - 1) : sent.back());
}

/// `fork SEQ`: another envelope of the node for a sequence that it has used.
std::string Stage::fork(const Command& command) {
  const auto seq = std::stoull(command.word(1));
  return send(speaker(), speaker().sealed_at(
                             {seq, {}}, {report_of({unit_of("KAZ:FORK")}, rig_.now)}, rig_.now));
}

/// The node seals a report and the network loses it.
std::string Stage::skip(const Command&) {
  auto report = report_of({unit_of(speaker().id().publisher().str() + ":LOST")}, rig_.now);
  sent_[speaker().id().str()].push_back(speaker().publish(report, rig_.now));
  return fmt::format("lost       {}#{}\n", speaker().id().view(), speaker().head_seq);
}

std::string Stage::revoke(const Command& command) {
  model::RegistryStatement registry;
  registry.nodes = {nodes_.at(command.word(1))->entry(rig_.now)};
  return send(rig_.reg, rig_.reg.publish(report_of({registry}, rig_.now), rig_.now));
}

/// `transfer UNIT FROM TO [at=1h]`
std::string Stage::transfer(const Command& command) {
  model::RegistryStatement registry;
  registry.unit_transfers = {{.unit = unit_id(command.word(1)),
                              .from_node = node_id(command.word(2)),
                              .to_node = node_id(command.word(3)),
                              .at = valid_at(command)}};
  return send(rig_.reg, rig_.reg.publish(report_of({registry}, rig_.now), rig_.now));
}

std::string Stage::tick(const Command& command) {
  rig_.now += duration_of(command.word(1));
  return "it is " + model::format_time(rig_.now) + "\n";
}

core::Moment Stage::moment(const Command& command) const {
  const auto name = command.value("as").value_or("SEC/hq");
  const auto roles = name.starts_with("SEC") ? std::vector{model::Role::officer}
                                             : std::vector{model::Role::publisher};
  return {.viewer = {node_id(name), roles}, .now = rig_.now, .known_at = rig_.now, .limits = {}};
}

/// `query strength [by=nation]`, `query tree KAZ`, `query unit KAZ:A`; `as=KAZ/mod` says who asks.
std::string Stage::query(const Command& command) {
  const auto& state = rig_.snapshot()->state;
  const auto asked = moment(command);
  auto text = text_of(core::header_of(state, asked));
  if (command.word(1) == "tree") {
    const auto tree = core::tree(state, {nation(command.word(2))}, asked);
    for (const auto& node : tree ? tree->nodes : std::vector<model::TreeNode>{}) {
      text += text_of(node);
    }
    return tree ? text : text + "nothing\n";
  }
  if (command.word(1) == "unit") {
    const auto unit = core::unit(state, {unit_id(command.word(2))}, asked);
    return text + (unit ? text_of(*unit) : "nothing\n");
  }
  model::StrengthQuery query;
  if (const auto by = command.value("by")) {
    query.group_by = {*by == "level" ? model::Dimension::level : model::Dimension::nation};
  }
  const auto answer = core::strength(state, query, asked);
  for (const auto& row : answer.rows) {
    text += text_of(row.key.front(), row.figures);
  }
  return text + text_of("total", answer.total.figures);
}

/// Ends the broker and starts it over the same store; `projected=yes` writes the projection first.
std::string Stage::restart(const Command& command) {
  if (command.value("projected") == "yes") {
    rig_.project();
  }
  const auto before = rig_.state();
  if (const auto restarted = rig_.restart(); !restarted) {
    return "refused to start: " + restarted.error().message + "\n";
  }
  return fmt::format("restarted  ledger {}, {}\n", rig_.state().ledger_seq,
                     rig_.state() == before ? "the same state" : "ANOTHER STATE");
}

std::string Stage::rebuild(const Command& command) {
  if (const auto dropped = rig_.store().drop_projection(); !dropped) {
    return "refused: " + dropped.error().message + "\n";
  }
  return restart(command);
}

std::string Stage::fail_disk(const Command&) {
  rig_.store().fail_next_commit("no space left on device");
  return "the next commit fails\n";
}

/// `enrol RUS/mod`: the registrar lets another node speak.
std::string Stage::enrol(const Command& command) {
  constexpr std::size_t kFirstNumber = 40;
  auto& node = enrolled_.emplace_back(command.word(1),
                                      static_cast<std::uint8_t>(kFirstNumber + enrolled_.size()));
  nodes_[command.word(1)] = &node;
  model::RegistryStatement registry;
  registry.nodes = {node.entry()};
  return send(rig_.reg, rig_.reg.publish(report_of({registry}, rig_.now), rig_.now));
}

/// `say [at=-6h] [corrects=2] [kind=CHANGE] {"type":"Decision",…}`: any statement, as JSON.
std::string Stage::say(const Command& command) {
  const auto json = command.line.substr(command.line.find('{'));
  const auto parsed = text::report_from_json(fmt::format(
      R"({{"kind":"REGULAR","valid_at":"{}","classification":"UNCLASSIFIED","statements":[{}]}})",
      model::format_time(rig_.now), json));
  if (!parsed.problems.empty()) {
    throw std::invalid_argument(text::describe(parsed.problems.front()));
  }
  return publish(parse_command(command.line.substr(0, command.line.find('{'))),
                 parsed.report.statements);
}

/// `muster force strength --by nation --as-of …`: what the secretariat's command line prints.
std::string Stage::muster(const Command& command) {
  return run_at_desk(rig_, rig_.sec, command.line);
}

/// Who speaks for a node of the play: the secretariat's desk for its officer. A ministry that has
/// not spoken yet is enrolled.
TestNode& Stage::player_of(const model::NodeId& node) {
  if (node.publisher() == model::secretariat()) {
    return rig_.sec;
  }
  if (!nodes_.contains(node.str())) {
    enrol(parse_command("enrol " + node.str()));
  }
  return *nodes_.at(node.str());
}

/// Says it at its moment: the line of the play, and the rules that found something.
std::string Stage::play_one(const exercise::PlayEvent& event) {
  rig_.now = event.at;
  auto& speaker = player_of(event.node);
  const auto ack = rig_.publish(speaker, event.report);
  tally_.take(event.report);
  auto text = exercise::line_of(event, tally_) + "\n";
  std::map<std::string, std::size_t> findings;
  for (const auto& outcome : ack.reports) {
    for (const auto& finding : outcome.verdict.findings) {
      ++findings[fmt::format("{} {}", model::to_text(outcome.verdict.verdict),
                             model::to_text(finding.rule))];
    }
  }
  for (const auto& [what, count] : findings) {
    text += fmt::format("           {}, {} times\n", what, count);
  }
  return text;
}

/// `play kazakhstan-2022 until 2022-01-07T12:00:00Z`: what happens up to then, from where it stood.
/// The clock goes with it.
std::string Stage::play(const Command& command) {
  constexpr std::uint64_t kSeed = 2022;
  if (command.word(1) != exercise::kKazakhstan2022 || command.word(2) != "until") {
    throw std::invalid_argument("expected: play kazakhstan-2022 until TIME");
  }
  if (script_.empty()) {
    script_ = exercise::kazakhstan_2022(kSeed);
  }
  const auto until = model::parse_time(command.word(3)).value();
  std::string text;
  while (played_ < script_.size() && script_[played_].at <= until) {
    text += play_one(script_[played_++]);
  }
  rig_.now = until;
  return text.empty() ? "nothing happened\n" : text;
}

std::string Stage::show(const Command&) {
  auto text = core::describe(rig_.state());
  for (const auto& broken : core::broken_invariants(rig_.state())) {
    text += "BROKEN: " + broken + "\n";
  }
  return text;
}

}  // namespace muster::tests
