// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/http_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>
#include <ctime>
#include <memory>
#include <utility>

namespace muster::link {
namespace {

/// Fields that say where a message ends or who may reuse the connection.
constexpr std::array<std::string_view, 7> kFraming = {
    "connection", "content-length", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool is_one_line(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c != '\t' && is_control(c); });
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::none_of(text, [](char c) {
    return is_control(c) || c == ' ' || c == ':' || static_cast<unsigned char>(c) > 0x7E;
  });
}

bool is_framing(std::string_view name) {
  return std::ranges::any_of(kFraming,
                             [&](std::string_view known) { return is_same(known, name); });
}

/// The fields of an answer, in order, each once.
class Fields {
 public:
  void set(std::string_view name, std::string_view value) {
    if (!is_name(name) || !is_one_line(value)) {
      return;
    }
    for (auto& [known, kept] : fields_) {
      if (is_same(known, name)) {
        kept = value;
        return;
      }
    }
    fields_.emplace_back(name, value);
  }
  void append_to(std::string& text) const {
    for (const auto& [name, value] : fields_) {
      fmt::format_to(std::back_inserter(text), "{}: {}\r\n", name, value);
    }
  }

 private:
  HttpHeaders fields_;
};

void set_framing(Fields& fields, const HttpResponse& response, const AnswerKind& kind) {
  if (kind.goes_on) {
    if (kind.version == 11) {
      fields.set("Transfer-Encoding", "chunked");
    }
  } else if (!has_no_body(response.status)) {
    fields.set("Content-Length", std::to_string(response.text().size()));
  }
  if (kind.version == 11 && !kind.keeps_alive) {
    fields.set("Connection", "close");
  } else if (kind.version == 10 && kind.keeps_alive) {
    fields.set("Connection", "keep-alive");
  }
}

/// A handler is not ours, so this is the edge where what it throws becomes an answer.
HttpResponse call(const HttpHandler& handler, const HttpRequest& request) {
  try {
    return handler(request);
  } catch (...) {  // The text may hold what a client must not see.
    return plain_response(500, "this page failed; the server's log may say why");
  }
}

HttpResponse list_of_paths(const HttpRoutes& routes) {
  std::string text = "no such page; there are:";
  for (const auto& [path, handler] : routes) {
    text += "\n" + path;
  }
  return plain_response(404, std::move(text));
}

}  // namespace

HttpResponse plain_response(int status, std::string text) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(text);
  response.body += '\n';
  return response;
}

bool has_no_body(int status) { return status == 204 || status == 304; }

std::string head_of(const HttpResponse& response, const AnswerKind& kind) {
  Fields fields;
  fields.set("Date", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::time(nullptr))));
  fields.set("Cache-Control", "no-store");
  fields.set("X-Content-Type-Options", "nosniff");
  if (!has_no_body(response.status)) {
    fields.set("Content-Type", response.content_type);
  }
  for (const auto& [name, value] : response.headers) {
    if (!is_framing(name)) {
      fields.set(name, value);
    }
  }
  set_framing(fields, response, kind);

  const auto reason =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
  std::string text = fmt::format("HTTP/1.{} {} {}\r\n", kind.version == 10 ? 0 : 1, response.status,
                                 std::string_view(reason.data(), reason.size()));
  fields.append_to(text);
  text += "\r\n";
  return text;
}

std::string chunk_head(std::size_t size) { return fmt::format("{:x}\r\n", size); }

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

std::string_view fault_of_header(std::string_view raw) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char c = raw[i];
    const bool begins_end = c == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n';
    const bool is_end = c == '\n' && i > 0 && raw[i - 1] == '\r';
    if (is_control(c) && c != '\t' && !begins_end && !is_end) {
      return "a control character in its header";
    }
    if (is_end && i + 1 < raw.size() && (raw[i + 1] == ' ' || raw[i + 1] == '\t')) {
      return "a folded line in its header";
    }
  }
  return {};
}

Target target_of(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (is_same(text.substr(0, scheme.size()), scheme)) {
      text.remove_prefix(scheme.size());
      const std::size_t end = std::min(text.find_first_of("/?"), text.size());
      if (end == 0) {
        return {};
      }
      const std::string_view host = text.substr(0, end);
      text.remove_prefix(end);
      Target target = text.starts_with('/') ? target_of(text) : target_of("/" + std::string(text));
      target.host = host;
      return target;
    }
  }
  const bool is_visible = std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
  if (!text.starts_with('/') || !is_visible || text.find('#') != std::string_view::npos) {
    return {};
  }
  const std::size_t mark = text.find('?');
  Target target{.path = std::string(text.substr(0, mark)), .query = {}, .host = {}};
  if (mark != std::string_view::npos) {
    target.query = text.substr(mark + 1);
  }
  return target;
}

HttpService service_of(HttpRoutes routes) {
  const auto kept = std::make_shared<const HttpRoutes>(std::move(routes));
  return [kept](const HttpRequest& request, const HttpReply& reply) {
    const auto route = kept->find(request.path);
    reply.send(route == kept->end() ? list_of_paths(*kept) : call(route->second, request));
  };
}

std::string_view HttpRequest::header(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (is_same(known, name)) {
      return value;
    }
  }
  return {};
}

}  // namespace muster::link
