// Writes queued impressions to the log while the shop is open: a thread that runs every second, and once more
// at the end.
#pragma once

#include "base/repeating_thread.h"
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
  Shop& shop_;
  RepeatingThread thread_;
};

}  // namespace modiste
