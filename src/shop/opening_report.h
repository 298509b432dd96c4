// What is told while a shop is opened: to a console, a log, or nobody.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace modiste {

// Threads: one owner.
class OpeningReport {
 public:
  virtual ~OpeningReport() = default;
  // What whoever opens the shop should know: one line, without its end.
  virtual void note(const std::string& what) = 0;
  // How far a stage is. It lasts until another one begins or a note is made.
  virtual void at(std::string_view stage, size_t done) = 0;
};

}  // namespace modiste
