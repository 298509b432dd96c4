#include "shop/console/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace modiste {
namespace {
using namespace std::chrono_literals;
}

ProgressLine::ProgressLine(std::string what, size_t total)
    : what_(std::move(what)),
      total_(total),
      terminal_(isatty(STDERR_FILENO) == 1),
      started_(std::chrono::steady_clock::now()),
      last_(started_) {}

ProgressLine::~ProgressLine() {
  if (!drawn_) return;
  draw("");
  if (terminal_) fmt::print(stderr, "\n");
}

void ProgressLine::at(size_t done, std::string_view note) {
  done_ = done;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < (terminal_ ? 100ms : 5'000ms)) return;
  last_ = now;
  draw(note);
}

void ProgressLine::draw(std::string_view note) {
  drawn_ = true;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  std::string line = fmt::format("  {}", what_);
  if (total_ > 0) {
    constexpr size_t kWidth = 24;
    const double share = std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
    const auto filled = static_cast<size_t>(share * kWidth);
    line += fmt::format(" [{:=<{}}{:{}}] {}/{}", "", filled, "", kWidth - filled, done_, total_);
    if (share > 0.02 && share < 1) line += fmt::format(", {:.0f} s left", seconds / share - seconds);
  } else {
    line += fmt::format(" {}", done_);
  }
  line += fmt::format(" {:.0f} s {}", seconds, note);
  if (terminal_)
    fmt::print(stderr, "\r{}\033[K", line);
  else
    fmt::print(stderr, "{}\n", line);
}

}  // namespace modiste
