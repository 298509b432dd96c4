// What CoChoices keeps, for the files that change it and search it.
#pragma once

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cmath>
#include <span>
#include <vector>

#include "base/mutex.h"
#include "retrieval/accumulator.h"
#include "retrieval/co_choices.h"
#include "retrieval/fair_lock.h"

namespace modiste {

struct CoChoices::State {
  using Seconds = uint32_t;  // since 1970, until 2106: half the bytes of a TimePoint; 0: never

  static Seconds seconds_of(TimePoint at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
    return static_cast<Seconds>(std::clamp<int64_t>(seconds, 0, UINT32_MAX));
  }

  struct ItemChoice {
    Slot slot;
    float weight;
    Seconds liked_at = 0;   // the latest rise by CoChoices::kLiked or more; below that weight, of any rise
    Seconds bought_at = 0;  // the latest rise by CoChoices::kBought
  };
  using Choices = std::vector<ItemChoice>;  // latest last, each item once

  struct Row {  // of a shopper
    Choices choices;
    Seconds latest_at = 0;

    // Of what is left once one is taken back, as far as the times of each say.
    [[nodiscard]] Seconds latest_left() const {
      Seconds latest = 0;
      for (const ItemChoice& choice : choices) latest = std::max({latest, choice.liked_at, choice.bought_at});
      return latest;
    }
  };

  struct ItemColumn {
    std::vector<uint32_t> shoppers;  // latest last, each once
  };

  // What a hop found of an item.
  struct Reached {
    float score = 0;
    uint32_t shoppers = 0;               // the most from one start
    uint32_t start = 0, from_start = 0;  // the start that reached it last, from 1, and from how many shoppers
  };

  template <class List>
  static auto find(List& choices, Slot slot) {
    return std::find_if(choices.begin(), choices.end(),
                        [&](const ItemChoice& choice) { return choice.slot == slot; });
  }

  explicit State(CoChoicesOptions o) : options(o) {
    float factor = 1;
    for (size_t place = 0; place <= options.places_max; ++place, factor *= options.distance)
      by_distance.push_back(place == 0 ? 0 : factor / options.distance);
  }

  template <class Io, class Self>
  static void fields(Io& io, Self& state) NO_THREAD_SAFETY_ANALYSIS;
  [[nodiscard]] bool is_whole() const REQUIRES_SHARED(mutex);
  void forget(uint32_t shopper, Slot slot) REQUIRES(mutex);
  void leave_column(uint32_t shopper, Slot slot) REQUIRES(mutex);
  void count_again(Slot slot) REQUIRES(mutex) {
    roots[slot] = std::sqrt(static_cast<float>(columns[slot].shoppers.size()));
  }
  void put(uint32_t shopper, const ItemChoice& choice, TimePoint at) REQUIRES(mutex);
  [[nodiscard]] Choices starts(const Choices& row, const CoChoiceQuery& query) const;
  // Adds what is chosen beside the starts to `reached`. False when the deadline passed.
  bool hop(std::span<const ItemChoice> from, float weight, const CoChoiceQuery& query,
           Accumulator<Reached>& reached) const REQUIRES_SHARED(mutex);
  // The choices of a shopper, which lie anywhere in memory: they are on their way when it returns.
  [[nodiscard]] const Choices* fetched_ahead(uint32_t shopper) const REQUIRES_SHARED(mutex);
  void visit(const Choices& row, size_t at, float weight, float root, uint32_t start,
             Accumulator<Reached>& reached) const REQUIRES_SHARED(mutex);
  Accumulator<Reached> walk(const Row& row, const CoChoiceQuery& query, bool& complete) const
      REQUIRES_SHARED(mutex);
  [[nodiscard]] static std::vector<CandidateList> best(const Accumulator<Reached>& reached,
                                                       const CoChoiceQuery& query,
                                                       std::span<const SlotFilter> filters);
  // The shoppers of any of these, each once, within the budget of visits.
  [[nodiscard]] std::vector<uint32_t> shoppers_of(const TogetherQuery& query) const REQUIRES_SHARED(mutex);
  void visit_together(const Choices& row, size_t at, bool bought, std::vector<Candidate>& beside) const
      REQUIRES_SHARED(mutex);

  const CoChoicesOptions options;
  std::vector<float> by_distance;  // places apart -> factor
  mutable FairSharedMutex mutex;
  // Two views of one matrix. A column may have dropped its oldest shoppers while their rows still have the
  // item.
  boost::unordered_flat_map<uint32_t, Row> rows GUARDED_BY(mutex);
  std::vector<ItemColumn> columns GUARDED_BY(mutex);  // by slot
  std::vector<float> roots GUARDED_BY(mutex);         // of the number of each column's shoppers
};

}  // namespace modiste
