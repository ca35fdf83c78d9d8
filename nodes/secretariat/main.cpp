// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
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

/// Of the terminal; 100 for a pipe, so that a picture there is the same everywhere.
std::size_t columns_of_screen() {
  constexpr std::size_t kOfAPipe = 100;
  ::winsize size{};
  const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kOfAPipe;
}

/// A pipe says so when its reader has gone.
bool out_is_closed() {
  ::pollfd out{.fd = STDOUT_FILENO, .events = 0, .revents = 0};
  return ::poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLHUP)) != 0;
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
                              .columns = columns_of_screen(),
                              .in = &std::cin,
                              .in_is_terminal = ::isatty(STDIN_FILENO) == 1,
                              .forget_typed = [] { ::tcflush(STDIN_FILENO, TCIFLUSH); },
                              .out_is_closed = out_is_closed,
                              .environment = environment};
    return run_muster({argv + 1, argv + argc}, around, real_doors());
  } catch (const std::exception& error) {
    std::cerr << "muster: our bug: " << error.what() << " - please report it\n";
    return static_cast<int>(ExitCode::our_bug);
  }
}
