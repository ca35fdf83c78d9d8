// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/answers.h"

#include <algorithm>
#include <utility>

#include "nodes/gateway/told_answer.h"
#include "schemas/text/answer_json.h"
#include "schemas/trust/hash.h"

namespace muster::gateway {

namespace {

/// As long as pages that were told of a change at the same moment may need to ask.
constexpr std::chrono::milliseconds kKept{250};
constexpr std::size_t kEntriesMax = 1024;
constexpr std::size_t kBytesMax = 64U << 20U;

std::shared_ptr<const Body> body_of(model::Answer answer, int indent, bool is_fixed,
                                    words::Language language) {
  tell_answer(answer, words::Words::of(language));
  auto body = std::make_shared<Body>();
  body->text = text::answer_to_json(answer, indent) + "\n";
  body->etag = etag_of(body->text);
  body->ledger_seq = answer.header.ledger_seq;
  body->is_fixed = is_fixed;
  return body;
}

}  // namespace

std::string etag_of(std::string_view text) {
  const auto* begin = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto digits = model::to_hex(trust::sha256({begin, text.size()}));
  return "\"" + digits.substr(0, 32) + "\"";
}

Answers::Answers(std::unique_ptr<client::Questions> questions, Clock clock)
    : state_(std::make_shared<State>()), questions_(std::move(questions)) {
  state_->clock = std::move(clock);
}

std::uint64_t Answers::asked() const {
  const std::lock_guard lock(state_->mutex);
  return state_->asked;
}

void Answers::forget_old(State& state) {
  const auto now = state.clock();
  std::erase_if(state.askings, [&](const auto& kept) {
    const auto& asking = *kept.second;
    const bool is_old = asking.body != nullptr && now - asking.at > kKept;
    if (is_old) {
      state.kept_bytes -= asking.body->text.size();
    }
    return is_old;
  });
}

/// What was asked, answered or not, when that is recent enough.
std::shared_ptr<Answers::Asking> Answers::usable(State& state, const std::string& key,
                                                 std::uint64_t ledger_seq) {
  const auto found = state.askings.find(key);
  if (found == state.askings.end()) {
    return nullptr;
  }
  const auto& asking = found->second;
  // The broker had come that far when it was asked, even if its answer, of a moment that is known
  // by less, does not say so.
  const auto answered = asking->body ? asking->body->ledger_seq : 0;
  if (std::max(asking->ledger_seq, answered) >= ledger_seq) {
    return asking;
  }
  if (asking->body) {
    state.kept_bytes -= asking->body->text.size();
  }
  state.askings.erase(found);  // Who waits for it is still answered: what was asked holds it.
  return nullptr;
}

void Answers::settle(State& state, const std::string& key, const std::shared_ptr<Asking>& asking,
                     const Outcome& outcome) {
  std::vector<OnOutcome> waiting;
  {
    const std::lock_guard lock(state.mutex);
    waiting = std::exchange(asking->waiting, {});
    const auto found = state.askings.find(key);
    if (found != state.askings.end() && found->second == asking) {
      const auto* body = std::get_if<std::shared_ptr<const Body>>(&outcome);
      if (body == nullptr || state.kept_bytes + (*body)->text.size() > kBytesMax) {
        state.askings.erase(found);
      } else {
        asking->body = *body;
        asking->at = state.clock();
        state.kept_bytes += (*body)->text.size();
      }
    }
  }
  for (const auto& tell : waiting) {
    tell(outcome);
  }
}

void Answers::ask(const ApiRequest& request, const Wanted& wanted, OnOutcome on_outcome) {
  auto asking = std::make_shared<Asking>();
  std::shared_ptr<const Body> kept;
  {
    const std::lock_guard lock(state_->mutex);
    forget_old(*state_);
    if (const auto known = usable(*state_, wanted.key, wanted.ledger_seq)) {
      kept = known->body;
      if (!kept) {
        known->waiting.push_back(std::move(on_outcome));
        return;
      }
    } else {
      ++state_->asked;
      asking->ledger_seq = wanted.ledger_seq;
      asking->waiting.push_back(std::move(on_outcome));
      if (state_->askings.size() < kEntriesMax) {
        state_->askings.emplace(wanted.key, asking);
      }
    }
  }
  if (kept) {
    return on_outcome(kept);
  }
  questions_->ask(
      request.question.query, request.question.standpoint, wanted.wait_max,
      [state = state_, key = wanted.key, language = wanted.language, asking,
       indent = request.indent, is_fixed = request.is_fixed](model::Result<model::Answer> answer) {
        settle(*state, key, asking,
               answer ? Outcome(body_of(*std::move(answer), indent, is_fixed, language))
                      : Outcome(answer.error()));
      });
}

}  // namespace muster::gateway
