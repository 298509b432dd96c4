// Makes the looks of the day while the shop is open: a thread that learns from the catalog what vibe, trend
// and dare are, and then looks every few seconds whether the night has come, or whether shoppers asked for
// clusters that nobody made looks for.
#pragma once

#include <optional>

#include "base/repeating_thread.h"
#include "shop/look_maker.h"

namespace modiste {

// Borrows the maker. Without a night_hour it only learns. The night is made from night_hour (UTC) on, at once
// when there are no looks at all, and by a server that starts later than that. A night that failed is tried
// again after half an hour; meanwhile the looks of the night before are shown. Destruction stops a night
// between two clusters; what was made stays.
class LookbookKeeper {
 public:
  LookbookKeeper(LookMaker& looks, std::optional<double> night_hour);

 private:
  RepeatingThread thread_;
};

}  // namespace modiste
