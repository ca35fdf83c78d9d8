// SPDX-License-Identifier: Apache-2.0
// The floor under every latency: write and fdatasync of the same bytes, one after the other.
#include <unistd.h>

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "tests/bench/driver.h"
#include "tests/bench/file.h"

namespace muster::bench {
namespace {

/// The window makes no difference: a report is durable before send() returns.
class DiskPublisher final : public Publisher {
 public:
  explicit DiskPublisher(std::filesystem::path path) : file_(std::move(path)) {}

  void send(std::string_view report) override {
    file_.append_synced(report);
    ++durable_;
  }

  std::uint64_t wait(std::chrono::milliseconds /*wait_max*/) override {
    return std::exchange(durable_, 0);
  }

 private:
  AppendFile file_;
  std::uint64_t durable_ = 0;
};

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) {
  using namespace muster::bench;
  const Options options =
      parse_options(argc, argv, "The disk alone: write and fdatasync, a file for each publisher.");
  const Rival rival{.name = "disk",
                    .connect =
                        [&](std::uint32_t index) {
                          return std::make_unique<DiskPublisher>(
                              options.dir / fmt::format("disk.{}.{}", ::getpid(), index));
                        },
                    .server_use = nullptr};
  measure(rival, options);
}
