// A thread that does the same work again and again, with a pause between.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <thread>

#include "base/mutex.h"

namespace modiste {

// Starts the work at once, on its own thread. Destruction requests a stop, which ends a pause but not the
// work: work that takes long looks at the token. An exception of the work is logged, and the next round comes
// as after any other. Declare it after what the work uses.
class RepeatingThread {
 public:
  using Work = std::function<void(const std::stop_token& stop)>;

  RepeatingThread(std::chrono::milliseconds pause, Work work);

  // Waits until the work has ended for good; once.
  void stop();
  // Only asks.
  void request_stop() { thread_.request_stop(); }

 private:
  void run(const std::stop_token& stop);

  const std::chrono::milliseconds pause_;
  const Work work_;
  Mutex mutex_;  // of the pause; guards nothing
  std::condition_variable_any stopped_;
  std::jthread thread_;
};

}  // namespace modiste
