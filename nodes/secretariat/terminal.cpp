// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "nodes/secretariat/screen.h"

namespace muster::secretariat {
namespace {

// The other screen, so that what stood there before comes back; no cursor, no line breaks of the
// terminal's own.
constexpr std::string_view kEnter = "\033[?1049h\033[?25l\033[?7l\033[2J";
constexpr std::string_view kLeave = "\033[?7h\033[?25h\033[?1049l";
constexpr std::string_view kClearLine = "\033[2K";
constexpr std::array kEndings{SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t ended_by_signal = 0;

void note_signal(int number) { ended_by_signal = number; }

void write_all(std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno != EINTR) {
      return;  // Nobody looks any more; the signal that says so is on its way.
    }
    text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
}

/// What keys send, the longest first.
constexpr std::array<std::pair<std::string_view, Key>, 20> kKeys{{
    {"\033[5~", Key::page_up}, {"\033[6~", Key::page_down},
    {"\033[1~", Key::home},    {"\033[4~", Key::end},
    {"\033[A", Key::up},       {"\033[B", Key::down},
    {"\033[H", Key::home},     {"\033[F", Key::end},
    {"\033OA", Key::up},       {"\033OB", Key::down},
    {"\033OH", Key::home},     {"\033OF", Key::end},
    {"q", Key::quit},          {"Q", Key::quit},
    {"\xd0\xb9", Key::quit},   {"k", Key::up},
    {"j", Key::down},          {" ", Key::page_down},
    {"b", Key::page_up},       {"g", Key::home},
}};
constexpr char kCtrlC = '\x03';

class Terminal final : public Screen {
 public:
  Terminal() {
    ended_by_signal = 0;
    struct sigaction action{};
    action.sa_handler = note_signal;
    for (std::size_t i = 0; i < kEndings.size(); ++i) {
      ::sigaction(kEndings[i], &action, &before_[i]);
    }
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() override {
    if (is_entered_) {
      write_all(kLeave);
    }
    if (saved_) {
      ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &*saved_);
    }
    for (std::size_t i = 0; i < kEndings.size(); ++i) {
      ::sigaction(kEndings[i], &before_[i], nullptr);
    }
  }

  model::Result<void> enter();
  [[nodiscard]] ScreenSize size() const override;
  void paint(const std::string& picture) override;
  std::vector<Key> keys() override;
  [[nodiscard]] int ended_by() const override { return ended_by_signal; }

 private:
  std::array<struct sigaction, kEndings.size()> before_{};
  std::optional<termios> saved_;
  bool is_entered_ = false;
  std::string shown_;
  ScreenSize shown_size_{0, 0};
};

/// Keys come one by one and unseen, Ctrl-C among them: it is a key here, since Ctrl-Z and its like
/// would leave a picture behind.
model::Result<void> Terminal::enter() {
  if (::isatty(STDIN_FILENO) == 1) {
    termios settings{};
    if (::tcgetattr(STDIN_FILENO, &settings) != 0) {
      return model::fail(
          model::ErrorCode::io,
          fmt::format("the terminal does not say how it is set: {}", std::strerror(errno)));
    }
    saved_ = settings;
    settings.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG | IEXTEN);
    settings.c_cc[VMIN] = 0;
    settings.c_cc[VTIME] = 0;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings);
  }
  write_all(kEnter);
  is_entered_ = true;
  return {};
}

ScreenSize Terminal::size() const {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
    return {};
  }
  return {.columns = size.ws_col, .lines = size.ws_row};
}

/// Nothing is written when nothing differs; lines are cleared one by one, so that no picture
/// flickers.
void Terminal::paint(const std::string& picture) {
  const auto now = size();
  const bool is_resized = now.columns != shown_size_.columns || now.lines != shown_size_.lines;
  if (picture == shown_ && !is_resized) {
    return;
  }
  std::string bytes = is_resized ? "\033[2J\033[H" : "\033[H";
  bytes += kClearLine;
  std::size_t lines = 1;
  for (const char c : picture) {
    lines += c == '\n' ? 1 : 0;
    bytes += c == '\n' ? std::string("\r\n").append(kClearLine) : std::string(1, c);
  }
  // Not at the end of a full last line: what stands under the cursor would go too.
  write_all(lines < now.lines ? bytes + "\r\n\033[J" : bytes);
  shown_ = picture;
  shown_size_ = now;
}

std::vector<Key> Terminal::keys() {
  std::vector<Key> keys;
  pollfd watched{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  if (!saved_ || ::poll(&watched, 1, 0) <= 0) {
    return keys;
  }
  std::array<char, 256> bytes{};
  const auto size = ::read(STDIN_FILENO, bytes.data(), bytes.size());
  std::string_view typed(bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!typed.empty()) {
    std::size_t length = 1;
    if (typed.front() == kCtrlC) {
      ended_by_signal = SIGINT;
    }
    for (const auto& [sent, key] : kKeys) {
      if (typed.starts_with(sent)) {
        keys.push_back(key);
        length = sent.size();
        break;
      }
    }
    typed.remove_prefix(length);
  }
  return keys;
}

}  // namespace

model::Result<std::unique_ptr<Screen>> open_terminal() {
  auto terminal = std::make_unique<Terminal>();
  MUSTER_CHECK(terminal->enter());
  return std::unique_ptr<Screen>(std::move(terminal));
}

}  // namespace muster::secretariat
