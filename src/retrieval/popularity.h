// Shop-wide popularity: time-decayed counts of positive signals over impressions, smoothed.
//
// rate = (likes + prior_rate * prior_strength) / (impressions + prior_strength), both counts halved
// every half-life: the mean of a Beta posterior, so that one like in one view does not beat a
// hundred in three hundred. Age is judged from the latest record: in a history that ended long ago, what was
// popular last is popular, and a quiet night fades nothing.
//
// Threads: any thread may call any method; many readers, one record at a time. Time is an argument and may
//          go back: a late event counts with its decayed weight.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "retrieval/candidate.h"

namespace modiste {

struct PopularityOptions {
  double half_life_days = 14;  // two weekly cycles: a weekend must not reorder the list
  double prior_rate = 0.05;    // of an unseen garment: the usual click-through rate of clothes shops
  double prior_strength = 20;  // weight of the prior, in impressions
};

class Popularity {
 public:
  explicit Popularity(PopularityOptions options = {});
  ~Popularity();

  void record_impression(Slot slot, TimePoint at);
  // weight in [0, 1]: the taste signal's. A like without an impression also counts as one impression.
  void record_positive(Slot slot, float weight, TimePoint at);

  // Smoothed rate in [0, 1]; the prior for unknown items.
  [[nodiscard]] float rate(Slot slot, TimePoint now) const;
  // Of each slot, under one lock.
  [[nodiscard]] std::vector<float> rates(std::span<const Slot> slots, TimePoint now) const;
  // The counts behind the rates, faded as of now, without the prior; under one lock.
  struct Counted {
    double positives = 0, impressions = 0;
  };
  [[nodiscard]] std::vector<Counted> counts(std::span<const Slot> slots, TimePoint now) const;
  // At most k items that were ever recorded, best first, score = rate.
  [[nodiscard]] CandidateList search(size_t k, TimePoint now, const SlotFilter& filter = {}) const;
  // The same under each of several filters, best blocks of slots first for all of them at once.
  [[nodiscard]] std::vector<CandidateList> search_under(size_t k, TimePoint now,
                                                        std::span<const SlotFilter> filters) const;
  // The same for several groups at once: at most counts[group] of each. group_of: by slot; slots beyond it,
  // or of other groups, are in none.
  [[nodiscard]] std::vector<CandidateList> search_groups(std::span<const uint16_t> group_of,
                                                         std::span<const size_t> counts, TimePoint now,
                                                         const SlotFilter& filter = {}) const;

  // For snapshots: the whole state. load() replaces it; kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modiste
