// The program under test as a child process: `modiste serve` on a data directory.
#pragma once

#include <sys/types.h>

#include <filesystem>

#include "base/result.h"

namespace modiste::bench {

struct ServedShop {
  std::filesystem::path program;  // modiste
  std::filesystem::path data;     // its output goes to serve.log beside
  uint16_t port = 0;
  double patience_s = 3'600;  // until it must be ready
};

class Child {
 public:
  // Starts it and waits until /readyz answers 200. kUnavailable: it ended first, or took too long.
  static Result<Child> serve(const ServedShop& shop);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();  // kills it where stop() was not called

  [[nodiscard]] double start_seconds() const { return start_seconds_; }
  // Of /proc: now, and the part that no file backs.
  [[nodiscard]] double resident_mb() const;
  [[nodiscard]] double anonymous_mb() const;
  [[nodiscard]] double processor_seconds() const;  // used until now, by all its threads
  // SIGTERM, and waits until it has saved what it saves. Returns the seconds that took.
  double stop();

 private:
  explicit Child(pid_t process) : process_(process) {}
  [[nodiscard]] double status_mb(std::string_view name) const;
  [[nodiscard]] bool has_ended();

  pid_t process_ = -1;
  double start_seconds_ = 0;
};

}  // namespace modiste::bench
