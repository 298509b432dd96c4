// Measures how long each stage of a request takes, in wall-clock time.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "serving/api/requests.h"

namespace modiste {

// Threads: one owner.
class StageClock {
 public:
  // Ends a stage that began when the one before it ended.
  void end(std::string_view stage) {
    const auto now = std::chrono::steady_clock::now();
    stages_.push_back({std::string(stage), std::chrono::duration<double, std::milli>(now - last_).count()});
    last_ = now;
  }
  [[nodiscard]] const std::vector<StageTime>& stages() const { return stages_; }
  [[nodiscard]] double total_ms() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started_).count();
  }

 private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now(), last_ = started_;
  std::vector<StageTime> stages_;
};

}  // namespace modiste
