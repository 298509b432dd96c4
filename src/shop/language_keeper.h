// Lets a language model read what shoppers search for while the shop is open: a thread that looks every
// second for searches whose words nobody has read yet (serving/language_readings.h).
#pragma once

#include "base/clock.h"
#include "base/repeating_thread.h"
#include "serving/language_readings.h"
#include "shop/config.h"

namespace modiste {

// Borrows readings and clock. Does nothing where the configuration lets nothing be sent. After a failure it
// waits a minute; the budget counts from each midnight, UTC. Destruction waits for a call that is under way.
class LanguageKeeper {
 public:
  LanguageKeeper(const Config& config, LanguageReadings& readings, const Clock& clock);

 private:
  std::optional<RepeatingThread> thread_;
};

}  // namespace modiste
