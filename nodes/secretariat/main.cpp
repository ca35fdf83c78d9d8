// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "nodes/secretariat/commands.h"

namespace {

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace muster::secretariat;
  // A reader that has gone, as in `muster … | head -1`, ends a write with an error and not us.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    use_utf8_locale();
    const Surroundings around{.out = std::cout,
                              .err = std::cerr,
                              .out_is_terminal = ::isatty(STDOUT_FILENO) == 1,
                              .err_is_terminal = ::isatty(STDERR_FILENO) == 1,
                              .environment = environment};
    return run_muster({argv + 1, argv + argc}, around, real_doors());
  } catch (const std::exception& error) {
    std::cerr << "muster: our bug: " << error.what() << " - please report it\n";
    return static_cast<int>(ExitCode::our_bug);
  }
}
