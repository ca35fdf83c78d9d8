// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "nodes/gateway/board_page.h"
#include "nodes/gateway/openapi.h"
#include "schemas/text/problems.h"

namespace muster::gateway {

using std::chrono::steady_clock;
using words::Language;
using words::Words;

namespace {

constexpr const char* kEventsRoute = "events";
constexpr const char* kBoardRoute = "board";
constexpr const char* kOpenapiRoute = "openapi.json";
constexpr const char* kWebRoute = "web";
constexpr const char* kOtherRoute = "other";
constexpr const char* kLastIdParameter = "last_event_id";
const std::string kFingerprint = "sha256:";

std::vector<std::string> route_names() {
  std::vector<std::string> names{kEventsRoute, kBoardRoute, kOpenapiRoute, kWebRoute, kOtherRoute};
  for (const auto& route : routes()) {
    names.emplace_back(route.question);
  }
  return names;
}

std::vector<std::string> api_paths() {
  std::vector<std::string> paths;
  for (const auto* name : {kEventsRoute, kBoardRoute, kOpenapiRoute}) {
    paths.push_back(std::string(kApi) + name);
  }
  for (const auto& route : routes()) {
    paths.push_back(path_of(route));
  }
  return paths;
}

std::string lower(std::string_view text) {
  std::string made(text);
  std::transform(made.begin(), made.end(), made.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return made;
}

/// "localhost" of "LocalHost:7690", "[::1]" of "[::1]:7690". What is no port is left where it is.
std::string host_name(std::string_view host) {
  const auto colon = host.rfind(':');
  const bool has_port = colon != std::string_view::npos &&
                        host.find_first_not_of("0123456789", colon + 1) == std::string_view::npos;
  return lower(has_port ? host.substr(0, colon) : host);
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

/// Counts what is sent through it, and adds what every answer says.
class Counted {
 public:
  Counted(std::shared_ptr<Exchange> exchange, GatewayMetrics& metrics)
      : exchange_(std::move(exchange)), metrics_(metrics) {}

  void send(link::HttpResponse response) const {
    metrics_.answered(route, response.status, steady_clock::now() - began_);
    exchange_->send(dressed(std::move(response)));
  }
  [[nodiscard]] std::shared_ptr<Page> stream(link::HttpResponse head) const {
    metrics_.answered(route, head.status, steady_clock::now() - began_);
    return exchange_->stream(dressed(std::move(head)));
  }

  std::string route = kOtherRoute;

 private:
  static link::HttpResponse dressed(link::HttpResponse response) {
    response.headers.insert(response.headers.end(), security_headers().begin(),
                            security_headers().end());
    return response;
  }

  std::shared_ptr<Exchange> exchange_;
  GatewayMetrics& metrics_;
  steady_clock::time_point began_ = steady_clock::now();
};

/// The body, or 304 when the asker has it.
link::HttpResponse response_of(const std::shared_ptr<const Body>& body,
                               std::string_view if_none_match) {
  // What was known of a moment that has passed does not change; who may see it may.
  const auto* caching = body->is_fixed ? "private, max-age=300" : "private, no-cache";
  link::HttpResponse response{.content_type = "application/json",
                              .body = {},
                              .headers = {{"ETag", body->etag}, {"Cache-Control", caching}}};
  if (is_known(if_none_match, body->etag)) {
    response.status = 304;
  } else {
    // Hundreds of pages get the same megabytes after a change: they stand in memory once.
    response.shared_body = std::shared_ptr<const std::string>(body, &body->text);
  }
  return response;
}

/// The broker was heard of over the feed first: pages ask at once, and the connection for questions
/// may take this long to find the broker too. Ends before `answer_max`, so that what became of the
/// question can still be told.
std::chrono::milliseconds wait_for(const model::Query& query, const LiveFeed::Standing& standing,
                                   model::UtcTime now, std::chrono::milliseconds answer_max) {
  constexpr std::chrono::seconds kReconnect{10};
  const bool is_new = standing.is_live && now - standing.since < 3 * kReconnect;
  const auto wait = asking::usual_timeout(query) + (is_new ? kReconnect : std::chrono::seconds{0});
  return std::min(wait, answer_max - answer_max / 10);
}

std::shared_ptr<const Body> plain_body(std::string text) {
  auto body = std::make_shared<Body>();
  body->text = std::move(text);
  body->etag = etag_of(body->text);
  return body;
}

}  // namespace

/// One request on its way through the handlers.
struct Service::Call {
  const link::HttpRequest& request;
  Counted reply;
  Target target{};
  const Desk* desk = nullptr;
  Language language = Language::english;

  void fail(const Problem& problem) const {
    reply.send(problem_response(problem, Words::of(language)));
  }
};

Service::Service(ServiceOptions options, std::vector<Desk> desks, WebFiles web)
    : options_(std::move(options)),
      web_(std::move(web)),
      openapi_(openapi_document(options_.version)),
      metrics_(route_names(), options_.version, options_.now()),
      desks_(std::move(desks)) {}

const link::HttpHeaders& security_headers() {
  static const link::HttpHeaders kHeaders{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
       "'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
       "frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"}};
  return kHeaders;
}

std::vector<std::string> hosts_of(const GatewayConfig& config) {
  std::vector<std::string> hosts;
  if (is_loopback(config.address)) {
    hosts = {"localhost", "127.0.0.1", "[::1]"};
    hosts.push_back(config.address);
  }
  for (const auto& host : config.hosts) {
    hosts.push_back(lower(host));
  }
  return hosts;
}

const Desk* Service::desk_for(const link::HttpPeer& peer) const {
  const auto first = [&](auto fits) {
    const auto found = std::find_if(desks_.begin(), desks_.end(), fits);
    return found == desks_.end() ? nullptr : &*found;
  };
  const auto that_names = [&](const std::string& certificate) {
    return first([&](const Desk& desk) {
      const auto& known = desk.certificates;
      return std::find(known.begin(), known.end(), certificate) != known.end();
    });
  };
  if (peer.certificate_fingerprint.empty()) {
    return first([](const Desk& desk) { return desk.certificates.empty(); });
  }
  // A fingerprint is one certificate, and its word goes before that of a name that others may bear.
  const auto* exact = that_names(kFingerprint + peer.certificate_fingerprint);
  const auto& name = peer.certificate_name;
  // Nobody gets in by being called like somebody's fingerprint.
  const bool is_name = !name.empty() && !name.starts_with(kFingerprint);
  return exact == nullptr && is_name ? that_names(name) : exact;
}

bool Service::is_ready() const {
  return std::all_of(desks_.begin(), desks_.end(),
                     [](const Desk& desk) { return desk.live->standing().is_live; });
}

std::size_t Service::pages() const {
  std::size_t all = 0;
  for (const auto& desk : desks_) {
    all += desk.live->pages();
  }
  return all;
}

void Service::handle(const link::HttpRequest& request, std::shared_ptr<Exchange> exchange) {
  Call call{.request = request, .reply = Counted(std::move(exchange), metrics_)};
  const auto host = host_name(request.header("Host"));
  if (std::find(options_.hosts.begin(), options_.hosts.end(), host) == options_.hosts.end()) {
    // Another site's name that was made to point here must not read what this one serves.
    return call.fail(
        {.status = 421,
         .code = "unknown_host",
         .title = "The gateway is not called so",
         .detail = fmt::format("'{}' - add it to gateway.hosts if it is", text::shown(host))});
  }
  auto target = parse_target(request.path, request.query);
  if (!target) {
    return call.fail(bad_request({target.error().message}));
  }
  call.target = *std::move(target);
  call.language = language_of(call.target);
  answer(call);
}

void Service::answer(Call& call) {
  const auto& segments = call.target.segments;
  const auto is_at = [&](const char* name) { return segments.size() == 1 && segments[0] == name; };
  if (is_at("healthz")) {
    return call.reply.send({.body = "ok\n"});
  }
  if (is_at("readyz")) {
    return answer_ready(call);
  }
  if (is_at("metrics")) {
    return answer_metrics(call);
  }
  call.desk = desk_for(call.request.peer);
  if (call.desk == nullptr) {
    const auto& name = call.request.peer.certificate_name;
    return call.fail({.status = 403,
                      .code = "no_identity",
                      .title = "Nobody knows who you are",
                      .detail = name.empty()
                                    ? "come with a certificate that an [[identity]] names"
                                    : fmt::format("no [[identity]] names the certificate of '{}'",
                                                  text::shown(name))});
  }
  if (segments[0] == "api") {
    return answer_api(call);
  }
  answer_web(call);
}

void Service::answer_web(Call& call) {
  call.reply.route = kWebRoute;
  if (auto file = web_.find(call.target.segments, call.request)) {
    return call.reply.send(*std::move(file));
  }
  call.reply.route = kOtherRoute;
  call.fail(no_such_page(call.request.path, {}));
}

void Service::answer_api(Call& call) {
  const auto& segments = call.target.segments;
  const bool is_short = segments.size() == 3 && segments[1] == "v1";
  if (is_short && segments[2] == kEventsRoute) {
    return answer_events(call);
  }
  if (is_short && segments[2] == kBoardRoute) {
    return answer_board(call);
  }
  if (is_short && segments[2] == kOpenapiRoute) {
    call.reply.route = kOpenapiRoute;
    return call.reply.send(response_of(plain_body(openapi_), call.request.header("If-None-Match")));
  }
  const auto* route =
      segments.size() > 1 && segments[1] == "v1" ? find_route(call.target) : nullptr;
  if (route == nullptr) {
    return call.fail(no_such_page(call.request.path, api_paths()));
  }
  answer_question(call, *route);
}

void Service::answer_question(Call& call, const Route& route) {
  call.reply.route = route.question;
  auto read = read_request(route, call.target, options_.now(), options_.search_max);
  if (const auto* problem = std::get_if<Problem>(&read)) {
    return call.fail(*problem);
  }
  const auto& request = std::get<ApiRequest>(read);
  const auto standing = call.desk->live->standing();
  // Either connection may be the first to find a broker that came back.
  if (standing.is_away && !call.desk->answers->is_connected()) {
    return call.fail(broker_away(standing.since, standing.problem));
  }
  // As it was sent, so that only equal questions share an answer.
  const Answers::Wanted wanted{
      .key = fmt::format("{}?{}", call.request.path, call.request.query),
      .language = call.language,
      .ledger_seq = standing.ledger_seq,
      .wait_max = wait_for(request.question.query, standing, options_.now(), options_.answer_max)};
  call.desk->answers->ask(
      request, wanted,
      [reply = call.reply, language = call.language,
       known = std::string(call.request.header("If-None-Match"))](const Outcome& outcome) {
        if (const auto* error = std::get_if<model::Error>(&outcome)) {
          return reply.send(problem_response(problem_of(*error), Words::of(language)));
        }
        reply.send(response_of(std::get<std::shared_ptr<const Body>>(outcome), known));
      });
}

void Service::answer_events(Call& call) {
  call.reply.route = kEventsRoute;
  std::string last_id(call.request.header("Last-Event-ID"));
  std::vector<std::string> errors;
  for (const auto& [name, value] : call.target.parameters) {
    if (name != kLastIdParameter && name != kLanguageParameter) {
      errors.push_back(fmt::format("'{}' - no such parameter{}", text::shown(name),
                                   asking::suggestion(name, {kLastIdParameter})));
    }
    // The browser's own word comes later than that of the address.
    last_id = last_id.empty() && name == kLastIdParameter ? value : last_id;
  }
  if (!errors.empty()) {
    return call.fail(bad_request(std::move(errors)));
  }
  if (pages() >= options_.streams_max) {
    return call.fail({.status = 503,
                      .code = "too_many_pages",
                      .title = "Too many pages are open",
                      .detail = fmt::format("{} pages are open, which is the limit - close one, or "
                                            "raise gateway.streams_max",
                                            options_.streams_max),
                      .retry_after_s = 10});
  }
  link::HttpResponse head{.content_type = "text/event-stream; charset=utf-8", .body = {}};
  head.headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  // A number that is none is a page that has nothing.
  const auto last = last_id.empty() ? std::nullopt : std::optional(number_of(last_id).value_or(0));
  call.desk->live->open(call.reply.stream(std::move(head)), last);
}

void Service::answer_board(Call& call) {
  call.reply.route = kBoardRoute;
  const auto body = plain_body(board_page({.version = options_.version,
                                           .marking = options_.marking,
                                           .nations = options_.nations,
                                           .node = call.desk->node,
                                           .standing = call.desk->live->standing()}));
  call.reply.send(response_of(body, call.request.header("If-None-Match")));
}

void Service::answer_metrics(Call& call) {
  std::uint64_t questions = 0;
  for (const auto& desk : desks_) {
    questions += desk.answers->asked();
  }
  call.reply.send(
      {.content_type = "text/plain; version=0.0.4; charset=utf-8",
       .body = metrics_.page(
           {.pages = pages(), .questions = questions, .is_broker_connected = is_ready()})});
}

void Service::answer_ready(Call& call) {
  std::string missing;
  for (const auto& desk : desks_) {
    const auto standing = desk.live->standing();
    if (!standing.is_live) {
      missing +=
          fmt::format("{}: no broker since {}: {}\n", desk.node, model::format_time(standing.since),
                      standing.problem.empty() ? "not yet" : standing.problem);
    }
  }
  call.reply.send(missing.empty() ? link::HttpResponse{.body = "ready\n"}
                                  : link::HttpResponse{.status = 503, .body = missing});
}

}  // namespace muster::gateway
