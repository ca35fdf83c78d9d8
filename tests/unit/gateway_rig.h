// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "nodes/gateway/service.h"
#include "schemas/text/json_tree.h"
#include "tests/unit/text_samples.h"

/// A gateway without sockets: a broker that says what a test puts down for it, and requests by
/// hand.
namespace muster::gateway::rig {

inline const model::UtcTime kNow = text::samples::at("2022-01-07T12:30:00Z");

struct Asked {
  model::Query query;
  model::Standpoint standpoint;
  std::chrono::milliseconds wait_max{};
  client::Questions::OnAnswer answer;
};

/// Keeps what is asked until the test answers it.
class FakeQuestions final : public client::Questions {
 public:
  FakeQuestions(std::vector<Asked>& asked, const bool& is_connected)
      : asked_(asked), is_connected_(is_connected) {}
  void ask(model::Query query, model::Standpoint standpoint, std::chrono::milliseconds wait_max,
           OnAnswer on_answer) override {
    asked_.push_back({std::move(query), std::move(standpoint), wait_max, std::move(on_answer)});
  }

  [[nodiscard]] bool is_connected() const override { return is_connected_; }

 private:
  std::vector<Asked>& asked_;
  const bool& is_connected_;
};

class FakeSubscriber final : public client::Subscriber {
 public:
  explicit FakeSubscriber(std::deque<client::FeedEvent>& events) : events_(events) {}
  std::optional<client::FeedEvent> next(std::chrono::milliseconds /*wait_max*/) override {
    if (events_.empty()) {
      return std::nullopt;
    }
    auto event = std::move(events_.front());
    events_.pop_front();
    return event;
  }
  [[nodiscard]] std::uint64_t ledger_seq() const override { return 0; }
  [[nodiscard]] bool is_up() const override { return true; }

 private:
  std::deque<client::FeedEvent>& events_;
};

class FakePage final : public Page {
 public:
  bool write(const std::string& text) override {
    if (is_open_) {
      text_ += text;
    }
    return is_open_;
  }
  [[nodiscard]] bool is_open() const override { return is_open_; }
  void leave() { is_open_ = false; }
  /// What was written since the last call.
  std::string taken() { return std::exchange(text_, {}); }

 private:
  std::string text_;
  bool is_open_ = true;
};

class FakeExchange final : public Exchange {
 public:
  void send(link::HttpResponse response) override {
    ++sent;
    shared = response.shared_body;
    if (shared) {
      response.body = *shared;
    }
    answer = std::move(response);
  }
  std::shared_ptr<Page> stream(link::HttpResponse head) override {
    answer = std::move(head);
    page = std::make_shared<FakePage>();
    return page;
  }

  int sent = 0;
  std::optional<link::HttpResponse> answer;
  std::shared_ptr<FakePage> page;
  std::shared_ptr<const std::string> shared;  ///< The body, where it is one for many.
};

inline std::string header_of(const link::HttpResponse& response, std::string_view name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) {
      return value;
    }
  }
  return {};
}

inline client::FeedLink up(model::UtcTime since = kNow) {
  return {.is_up = true, .since = since, .problem = {}, .reason = {}};
}
inline client::FeedLink down(std::string problem, model::UtcTime since = kNow) {
  return {.is_up = false,
          .since = since,
          .problem = std::move(problem),
          .reason = {},
          .error = model::ErrorCode::unavailable};
}

struct Place {
  std::string node = "SEC/board";
  std::vector<std::string> certificates{};
};

/// A service with one identity or several, whose broker is the test.
class Rig {
 public:
  explicit Rig(ServiceOptions options = {}, std::vector<Place> places = {{}}, WebFiles web = {})
      : asked(places.size()), events(places.size()) {
    options.now = [] { return kNow; };
    if (options.hosts.empty()) {
      options.hosts = {"localhost"};
    }
    std::vector<Desk> desks;
    for (std::size_t i = 0; i < places.size(); ++i) {
      desks.push_back(
          {.node = places[i].node,
           .certificates = places[i].certificates,
           .answers = std::make_unique<Answers>(
               std::make_unique<FakeQuestions>(asked[i], is_connected), [this] { return clock; }),
           .live = std::make_unique<LiveFeed>(std::make_unique<FakeSubscriber>(events[i]),
                                              [] { return kNow; })});
    }
    service = std::make_unique<Service>(std::move(options), std::move(desks), std::move(web));
  }

  /// "/api/v1/force/strength?by=nation", with more headers than Host.
  std::shared_ptr<FakeExchange> get(const std::string& target, link::HttpHeaders headers = {},
                                    link::HttpPeer peer = {}) {
    link::HttpRequest request;
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    request.query = mark == std::string::npos ? "" : target.substr(mark + 1);
    request.headers = std::move(headers);
    if (request.header("Host").empty()) {
      request.headers.emplace_back("Host", "localhost:7690");
    }
    request.peer = std::move(peer);
    auto exchange = std::make_shared<FakeExchange>();
    service->handle(request, exchange);
    return exchange;
  }
  link::HttpResponse answer_to(const std::string& target, link::HttpHeaders headers = {},
                               link::HttpPeer peer = {}) {
    return get(target, std::move(headers), std::move(peer))
        ->answer.value_or(link::HttpResponse{.status = 0});
  }

  /// The broker says this.
  void tell(client::FeedEvent event, std::size_t place = 0) {
    events[place].push_back(std::move(event));
    service->desks()[place].live->step(std::chrono::milliseconds{0});
  }
  /// Up, with an empty table as of `ledger_seq`.
  void go_live(std::uint64_t ledger_seq) {
    tell(up());
    tell(model::SnapBegin{.ledger_seq = ledger_seq, .header = {}});
    tell(model::SnapEnd{.ledger_seq = ledger_seq});
  }

  std::vector<std::vector<Asked>> asked;
  std::vector<std::deque<client::FeedEvent>> events;
  bool is_connected = true;  ///< The connection for questions, of all identities.
  std::chrono::steady_clock::time_point clock{};
  std::unique_ptr<Service> service;
};

/// The member of a JSON body as it is printed: "\"bad_request\"", "[]".
inline std::string member(const std::string& json, std::string_view name) {
  text::Problems problems;
  const auto parsed = text::parse_json(json, problems);
  const auto* found = parsed.root.find(name);
  return found == nullptr ? "(absent)" : text::print_json(*found, -1);
}

}  // namespace muster::gateway::rig
