// Seals days of the event log while the shop is open: a thread that checks every few minutes.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "storage/sealed_log/sealed_log.h"

namespace modiste {

// Borrows log and clock. A failed sealing is logged and tried again at the next check. Destruction stops a
// sealing that is being written; the next start repeats it.
class LogSealer {
 public:
  LogSealer(SealedLog& log, const Clock& clock);
  ~LogSealer();
  LogSealer(const LogSealer&) = delete;
  LogSealer& operator=(const LogSealer&) = delete;

 private:
  void run();
  bool is_stopping();

  SealedLog& log_;
  const Clock& clock_;
  std::mutex mutex_;  // guards stopping_
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace modiste
