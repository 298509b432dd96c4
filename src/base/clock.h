// Time passed as an argument. Only edges, shop/ and apps/ read the real clock.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace modiste {

using TimePoint = std::chrono::sys_time<std::chrono::microseconds>;  // UTC
using Micros = std::chrono::microseconds;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual TimePoint now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] TimePoint now() const override;
};

// Advances only when the test sets it. Threads: one owner.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start) : now_(start) {}
  [[nodiscard]] TimePoint now() const override { return now_; }
  void advance(Micros by) { now_ += by; }

 private:
  TimePoint now_;
};

// RFC 3339: "2026-11-21T09:30:00.123456Z". Parsing accepts offsets and returns UTC; years 1970 to 9999.
[[nodiscard]] std::string to_rfc3339(TimePoint time);
Result<TimePoint> parse_rfc3339(std::string_view text);

}  // namespace modiste
