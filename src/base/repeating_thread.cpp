#include "base/repeating_thread.h"

#include <spdlog/spdlog.h>

namespace modiste {

RepeatingThread::RepeatingThread(std::chrono::milliseconds pause, Work work)
    : pause_(pause), work_(std::move(work)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void RepeatingThread::stop() {
  thread_.request_stop();
  thread_.join();
}

void RepeatingThread::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    try {
      work_(stop);
    } catch (const std::exception& exception) {
      spdlog::error("work in the background failed, and is tried again: {}", exception.what());
    }
    MutexLock lock(mutex_);
    stopped_.wait_for(lock, stop, pause_, [] { return false; });
  }
}

}  // namespace modiste
