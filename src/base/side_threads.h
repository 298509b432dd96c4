// A few threads that take work off a caller while they are idle. Work never waits for one: without an idle
// thread the caller does it, so a busy process loses nothing.
//
// Threads: any. Destroy it after the last SideWork.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <thread>
#include <vector>

#include "base/mutex.h"

namespace modiste {

// Work on another thread, or none. Waits for it before it goes: the work may refer to the caller's own
// variables.
class SideWork {
 public:
  SideWork() = default;
  explicit SideWork(std::future<void> running) : running_(std::move(running)) {}
  SideWork(SideWork&&) = default;
  SideWork& operator=(SideWork&&) = delete;
  ~SideWork() {
    if (running_.valid()) running_.wait();
  }
  [[nodiscard]] bool is_running() const { return running_.valid(); }
  void finish() { running_.get(); }  // once, while it is running; throws what the work threw

 private:
  std::future<void> running_;
};

class SideThreads {
 public:
  explicit SideThreads(size_t threads) : idle_(threads) {
    for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this](std::stop_token stop) { run(stop); });
  }

  // is_running() is false when no thread was idle.
  [[nodiscard]] SideWork try_run(std::function<void()> work) {
    std::packaged_task<void()> task(std::move(work));
    auto running = task.get_future();
    {
      const MutexLock lock(mutex_);
      if (idle_ == 0) return {};
      --idle_;
      waiting_.push_back(std::move(task));
    }
    come_.notify_one();
    return SideWork(std::move(running));
  }

 private:
  void run(const std::stop_token& stop) {
    MutexLock lock(mutex_);
    while (come_.wait(lock, stop, [this]() REQUIRES(mutex_) { return !waiting_.empty(); })) {
      auto task = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      task();
      lock.lock();
      ++idle_;
    }
  }

  Mutex mutex_;
  std::condition_variable_any come_;
  std::deque<std::packaged_task<void()>> waiting_ GUARDED_BY(mutex_);
  size_t idle_ GUARDED_BY(mutex_);     // threads that nothing waits for
  std::vector<std::jthread> threads_;  // last: they end before the rest goes
};

}  // namespace modiste
