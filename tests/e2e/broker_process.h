// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "nodes/client/publisher.h"
#include "nodes/exercise/workspace.h"
#include "tests/e2e/program.h"

/// The real muster-broker as a process, and a workspace for it.
namespace muster::e2e {

/// The value, or an exception with the error's message.
template <typename T>
T must(model::Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().message);
  }
  return *std::move(result);
}
inline void must(model::Result<void> result) {
  if (!result) {
    throw std::runtime_error(result.error().message);
  }
}

/// A folder that goes away with the test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// An exercise's keys, genesis and configurations. Port 0 everywhere: a broker takes free ones.
exercise::Workspace make_workspace(const std::filesystem::path& folder);

/// The whole text of a file, and a file of that text.
std::string read_text(const std::filesystem::path& path);
void write_text(const std::filesystem::path& path, std::string_view text);

/// A muster-broker over a workspace.
class BrokerProcess {
 public:
  explicit BrokerProcess(const exercise::Workspace& workspace);

  /// False when it ended, or did not say that it is ready in time. The endpoints are known then.
  bool is_ready(std::chrono::milliseconds wait_max = kPatience);

  [[nodiscard]] const std::string& ingest() const { return ingest_; }
  [[nodiscard]] const std::string& query() const { return query_; }
  [[nodiscard]] std::uint16_t http_port() const { return http_port_; }
  [[nodiscard]] Program& program() { return program_; }

  /// How a node of the workspace connects.
  [[nodiscard]] client::Connection connection(const model::NodeId& node) const;

 private:
  exercise::Workspace workspace_;
  Program program_;
  std::string ingest_, query_;
  std::uint16_t http_port_ = 0;
  model::PublicKey key_{};
};

/// What a node of a workspace signs with.
trust::SigningKey signing_key(const exercise::Workspace& workspace, const model::NodeId& node);

/// A page of a broker: status code and body. Status 0 when nobody answers.
struct Page {
  int status = 0;
  std::string body;
};
Page get(std::uint16_t port, std::string_view path);

/// The value of a series on a metrics page, such as `up{nation="KAZ"}`. Throws when there is none.
double metric(const std::string& page, std::string_view series);

}  // namespace muster::e2e
