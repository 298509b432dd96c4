// Seals days of the event log while the shop is open: a thread that checks every few minutes.
#pragma once

#include "base/clock.h"
#include "base/repeating_thread.h"
#include "storage/sealed_log/sealed_log.h"

namespace modiste {

// Borrows log and clock. A failed sealing is logged and tried again at the next check. Destruction stops a
// sealing that is being written; the next start repeats it.
class LogSealer {
 public:
  LogSealer(SealedLog& log, const Clock& clock);

 private:
  RepeatingThread thread_;
};

}  // namespace modiste
