// What was chosen around a time: counts of positive signals per item and period of four weeks.
//
// A history reaches over years in which the range changes. What was popular when a shopper chose says which
// part of the range they know, and what was popular at the history's end says what is chosen now; popularity
// over all time says neither.
//
// Threads: any thread may call any method; many readers, one record at a time.
// Memory:  4 bytes per item and period in which an item of its slot or above was chosen, of periods_max
//          periods; the same for each of the kSumsMax periods that were asked about lately.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/item.h"
#include "retrieval/fair_lock.h"
#include "retrieval/slot_blocks.h"

namespace modiste {

struct PopularityByTimeOptions {
  double period_days = 28;     // weekends and pay days weigh the same in each
  double half_life_days = 60;  // of the distance in time: half a season
  size_t reach_periods = 4;    // on either side; further ones would weigh less than a quarter
  size_t periods_max = 130;    // ten years; older ones are forgotten
};

// What was chosen around a time, and how much that counts.
struct TimeShare {
  TimePoint at{};
  float weight = 0;
};

// Beside a walk's score of co_choices.h, for the source that serves and for the training that learns what to
// add to it: about what two or three shoppers who chose both items add. What was popular around the shopper's
// own last choice counts most, because it says which part of the range they know. Chosen on last items of the
// Amazon and Rent the Runway histories, the splits that `modiste evaluate next-item` reports, not on data
// kept apart.
[[nodiscard]] inline std::array<TimeShare, 2> popular_beside(TimePoint last_choice_at, TimePoint now) {
  return {TimeShare{last_choice_at, 8}, TimeShare{now, 2}};
}

class PopularityByTime {
 public:
  explicit PopularityByTime(PopularityByTimeOptions options = {}) : options_(options) {}

  // weight in [0, 1]: the taste signal's. Not positive: ignored.
  void record(Slot slot, float weight, TimePoint at);

  // Calls use with each slot's share of what was chosen around each time, times its weight, summed. The
  // shares of a time sum to n / (n + 1,000), n choices. A time after the latest record counts as the latest,
  // one before the first as the first: age is judged by what is recorded, not by today's clock. Without
  // records no slot has a share. No record is made while `use` runs.
  void with_shares(std::span<const TimeShare> times, const std::function<void(const SlotPrior&)>& use) const;

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
  // The counts around a period, the nearer the more: kept once asked for, and with every record after it.
  struct Sum {
    std::vector<float> by_slot;
    BlockBounds most;
    double total = 0;
  };
  class Shares;
  [[nodiscard]] int64_t period_of(TimePoint at) const;
  [[nodiscard]] int64_t centre_of(TimePoint at) const REQUIRES_SHARED(mutex_);
  // Calls visit(period, nearness) for those around a centre.
  template <class Visit>
  void around(int64_t centre, const Visit& visit) const REQUIRES_SHARED(mutex_);
  [[nodiscard]] Sum sum_around(int64_t centre) const REQUIRES_SHARED(mutex_);
  void add_to_sums(int64_t number, Slot slot) REQUIRES(mutex_);
  [[nodiscard]] bool knows_sums(std::span<const TimeShare> times) const REQUIRES_SHARED(mutex_);
  void use_sums(std::span<const TimeShare> times, const std::function<void(const SlotPrior&)>& use) const
      REQUIRES_SHARED(mutex_);

  static constexpr size_t kSumsMax = 24;

  const PopularityByTimeOptions options_;
  mutable FairSharedMutex mutex_;
  int64_t first_ GUARDED_BY(mutex_) = 0;  // number of periods_.front()
  std::deque<Period> periods_ GUARDED_BY(mutex_);
  mutable std::map<int64_t, Sum> sums_ GUARDED_BY(mutex_);  // by the number of their centre
};

}  // namespace modiste
