// A line of progress for anything that takes more than a second: a bar on a terminal, a line now and then in
// a log.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace modiste {

// Threads: one owner. Writes to stderr.
class ProgressLine {
 public:
  // total 0: unknown, a count is shown instead of a bar.
  ProgressLine(std::string what, size_t total);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void at(size_t done, std::string_view note = {});

 private:
  void draw(std::string_view note);

  std::string what_;
  size_t total_ = 0, done_ = 0;
  bool terminal_ = false, drawn_ = false;
  std::chrono::steady_clock::time_point started_, last_;
};

}  // namespace modiste
