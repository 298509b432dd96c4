// Writes queued impressions to the log while the shop is open: a thread that runs every second, and once more
// at the end.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "serving/shop.h"

namespace modiste {

// Borrows the shop.
class ImpressionFlusher {
 public:
  explicit ImpressionFlusher(Shop& shop);
  ~ImpressionFlusher();
  ImpressionFlusher(const ImpressionFlusher&) = delete;
  ImpressionFlusher& operator=(const ImpressionFlusher&) = delete;

 private:
  void run();

  Shop& shop_;
  std::mutex mutex_;  // guards stopping_
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace modiste
