// What was chosen around a time: counts of positive signals per item and period of four weeks.
//
// A history reaches over years in which the range changes. What was popular when a shopper chose says which
// part of the range they know, and what was popular at the history's end says what is chosen now; popularity
// over all time says neither.
//
// Threads: any thread may call any method; many readers, one record at a time.
// Memory:  4 bytes per item and period in which an item of its slot or above was chosen, of periods_max
// periods.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/item.h"
#include "retrieval/fair_lock.h"

namespace modiste {

struct PopularityByTimeOptions {
  double period_days = 28;     // weekends and pay days weigh the same in each
  double half_life_days = 60;  // of the distance in time: half a season
  size_t reach_periods = 4;    // on either side; further ones would weigh less than a quarter
  size_t periods_max = 130;    // ten years; older ones are forgotten
};

class PopularityByTime {
 public:
  explicit PopularityByTime(PopularityByTimeOptions options = {}) : options_(options) {}

  // weight in [0, 1]: the taste signal's. Not positive: ignored.
  void record(Slot slot, float weight, TimePoint at);

  // Adds each slot's share of what was chosen around the time, times weight. They sum to n / (n + 1,000), n
  // choices. A time after the latest record counts as the latest, one before the first as the first: age is
  // judged by what is recorded, not by today's clock. Enlarges `into` to the slots known. Without records:
  // adds nothing.
  void add_shares(TimePoint at, float weight, std::vector<float>& into) const;

  // For snapshots: the whole state. load() replaces it; kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

 private:
  template <class Io, class Counts>
  static void fields(Io& io, Counts& counts) NO_THREAD_SAFETY_ANALYSIS;
  struct Period {
    std::vector<float> by_slot;
    double total = 0;
  };
  [[nodiscard]] int64_t period_of(TimePoint at) const;

  const PopularityByTimeOptions options_;
  mutable FairSharedMutex mutex_;
  int64_t first_ GUARDED_BY(mutex_) = 0;  // number of periods_.front()
  std::deque<Period> periods_ GUARDED_BY(mutex_);
};

}  // namespace modiste
