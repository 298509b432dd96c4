// Makes the looks of the day while the shop is open: learns from the catalog what vibe, trend and dare are,
// and then sees whether the night has come, or whether shoppers asked for clusters that nobody made looks
// for.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

#include "shop/background/look_maker.h"

namespace modiste {

// Borrows the maker. Without a night_hour it only learns. The night is made from night_hour (UTC) on, at once
// when there are no looks at all, and by a server that starts later than that. A night that failed is tried
// again after half an hour; meanwhile the looks of the night before are shown. Threads: one.
class LookbookKeeper {
 public:
  LookbookKeeper(LookMaker& looks, std::optional<double> night_hour)
      : looks_(looks), night_hour_(night_hour) {}

  // A stop ends a night between two clusters; what was made stays.
  void look(const std::stop_token& stop);

 private:
  LookMaker& looks_;
  const std::optional<double> night_hour_;
  bool learned_ = false;
  TimePoint not_before_{};
  std::chrono::sys_days made_{};  // the latest night
};

}  // namespace modiste
