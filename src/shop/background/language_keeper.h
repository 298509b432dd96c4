// Lets a language model read what shoppers search for, whose words nobody has read yet
// (serving/search/language_readings.h).
#pragma once

#include <chrono>
#include <memory>

#include "base/clock.h"
#include "providers/chat_api.h"
#include "serving/search/language_readings.h"
#include "shop/config.h"

namespace modiste {

// After a failure it waits a minute; the budget counts from each midnight, UTC. Threads: one.
class LanguageKeeper {
 public:
  // Borrows readings and clock. Null where the configuration lets nothing be sent.
  static std::shared_ptr<LanguageKeeper> make(const Config& config, LanguageReadings& readings,
                                              const Clock& clock);

  // A call that is under way is waited for when the shop closes.
  void look(const std::stop_token& stop);

 private:
  LanguageKeeper(ChatApiOptions options, LanguageReadings& readings, const Clock& clock);

  ChatApi model_;
  LanguageReadings& readings_;
  const Clock& clock_;
  TimePoint not_before_{};
  std::chrono::sys_days day_{};
};

}  // namespace modiste
