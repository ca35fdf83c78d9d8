// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/broker_process.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace muster::e2e {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "muster-e2e-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error("no temporary folder");
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // A program that was just killed may leave nothing worse than litter.
  fs::remove_all(path_, ignored);
}

exercise::Workspace make_workspace(const fs::path& folder) {
  return must(exercise::prepare(
      folder, {.ingest = "tcp://127.0.0.1:0",
               .query = "tcp://127.0.0.1:0",
               .http_port = 0,
               .gateway_port = 0}));
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_text(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.flush();
  if (!file) {
    throw std::runtime_error(path.string() + " cannot be written");
  }
}

BrokerProcess::BrokerProcess(const exercise::Workspace& workspace)
    : workspace_(workspace),
      program_({MUSTER_BROKER, "--config", workspace.broker_config().string()}) {}

bool BrokerProcess::is_ready(std::chrono::milliseconds wait_max) {
  const auto line = program_.line_with("ready: ", wait_max);
  if (!line) {
    return false;
  }
  const auto after = [&](std::string_view label) {
    const auto start = line->find(label);
    if (start == std::string::npos) {
      throw std::runtime_error("not a line that says ready: " + *line);
    }
    return line->substr(start + label.size(), line->find(',', start) - start - label.size());
  };
  ingest_ = after("ingest ");
  query_ = after("query ");
  const auto http = after("http ");
  http_port_ = static_cast<std::uint16_t>(std::stoul(http.substr(http.rfind(':') + 1)));
  key_ = must(model::parse_hex<model::PublicKey>(after("key ")));
  return true;
}

client::Connection BrokerProcess::connection(const model::NodeId& node) const {
  auto secret = must(link::load_secret_key(workspace_.node_folder(node) / "node.curve"));
  return {.ingest_endpoint = ingest_,
          .query_endpoint = query_,
          .server_key = key_,
          .curve = must(link::CurveKeyPair::from_secret(std::move(secret)))};
}

trust::SigningKey signing_key(const exercise::Workspace& workspace, const model::NodeId& node) {
  return must(trust::SigningKey::load((workspace.node_folder(node) / "node.sign").string()));
}

Page get(std::uint16_t port, std::string_view path) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  Page page;
  if (::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    const timeval patience{.tv_sec = kPatience.count() / 1000, .tv_usec = 0};
    ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const auto request =
        "GET " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    std::string answer;
    std::array<char, 16 * 1024> part{};
    auto size = ::send(connection, request.data(), request.size(), MSG_NOSIGNAL);
    while (size > 0 && (size = ::recv(connection, part.data(), part.size(), 0)) > 0) {
      answer.append(part.data(), static_cast<std::size_t>(size));
    }
    if (const auto body = answer.find("\r\n\r\n"); body != std::string::npos) {
      page = {std::stoi(answer.substr(answer.find(' ') + 1)), answer.substr(body + 4)};
    }
  }
  ::close(connection);
  return page;
}

double metric(const std::string& page, std::string_view series) {
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(series) && line.size() > series.size() && line[series.size()] == ' ') {
      return std::stod(line.substr(series.size() + 1));
    }
  }
  throw std::runtime_error("no series " + std::string(series));
}

}  // namespace muster::e2e
