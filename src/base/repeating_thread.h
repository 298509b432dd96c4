// A thread that does the same work again and again, with a pause between.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <thread>

#include "base/mutex.h"

namespace modiste {

// Starts the work at once, on its own thread. Destruction requests a stop, which ends a pause but not the
// work: work that takes long looks at the token. Declare it after what the work uses.
class RepeatingThread {
 public:
  using Work = std::function<void(const std::stop_token& stop)>;

  RepeatingThread(std::chrono::milliseconds pause, Work work)
      : pause_(pause), work_(std::move(work)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

  // Waits until the work has ended for good; once.
  void stop() {
    thread_.request_stop();
    thread_.join();
  }

 private:
  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      work_(stop);
      MutexLock lock(mutex_);
      stopped_.wait_for(lock, stop, pause_, [] { return false; });
    }
  }

  const std::chrono::milliseconds pause_;
  const Work work_;
  Mutex mutex_;  // of the pause; guards nothing
  std::condition_variable_any stopped_;
  std::jthread thread_;
};

}  // namespace modiste
