// What is chosen together: item-based collaborative filtering over the choices of all shoppers, as a short
// random walk from the shopper's own choices (Sarwar 2001; Cooper 2014).
//
// Two items are as similar as shoppers chose both, soon after one another:
//
//   s(i, j) = sum over shoppers u of w(u,i) w(u,j) distance^(places - 1) / (sqrt(n_i n_j) + shrinkage)
//
// where places is how far apart the two stand among the shopper's choices, and n counts the shoppers of an
// item. An item's score is the sum of its similarities to the shopper's latest choices, an older one counting
// less; a second hop from the best items found adds what is only indirectly connected, which matters where a
// shopper has few choices. Nothing is computed in advance: a choice counts in the next search, a choice taken
// back or erased leaves no trace.
//
// Threads: any thread may call any method; many searches, one change at a time.
// Limits:  each shopper keeps the items_max latest items, each item its shoppers_max latest shoppers, and a
//          hop visits at most about visits_max items: the work of a search is bounded, whatever the shop's
//          size.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "retrieval/candidate.h"
#include "retrieval/slot_blocks.h"

namespace modiste {

// The figures without another reason were chosen on last items of the Amazon and Rent the Runway histories,
// the splits that `modiste evaluate next-item` reports, not on data kept apart.
struct CoChoicesOptions {
  size_t items_max = 200;      // latest ones; the style profile remembers older taste
  size_t shoppers_max = 500;   // per item, latest ones; more of a bestseller's say little more
  size_t choices_max = 20;     // of the shopper's latest, from which a search starts
  size_t places_max = 20;      // of another shopper's choices before and after the one in common
  size_t visits_max = 40'000;  // a hop: about half a millisecond
  size_t second_hop_items = 60;
  float recency = 0.8F;   // factor per later choice of the shopper
  float distance = 0.9F;  // factor per place between two choices of another shopper
  float shrinkage = 40;   // in shoppers: two items that few chose are alike by chance
  float second_hop = 1;   // weight of the second hop
  std::chrono::seconds bought_within = std::chrono::hours(24);  // of each other: one order, or one errand
};

struct CoChoiceQuery {
  uint32_t shopper = 0;  // ShopperState's dense index
  size_t k = 0;
  SlotFilter filter{};
  Deadline deadline{};
  std::function<float(Slot)> relevance{};  // of each of the shopper's own choices, in [0, 1]; absent: 1
  const SlotPrior* prior = nullptr;        // added to every item's score; absent: 0
};

// What others chose beside an item.
struct TogetherQuery {
  std::span<const Slot> slots;  // of one garment, in each of its colours
  size_t k = 0;
  SlotFilter filter{};
  bool bought = false;      // only what was bought, within bought_within of each other; false: liked at least
  size_t shoppers_min = 2;  // privacy: pairs that fewer shoppers chose are not shown
  // Dense index of the asking shopper, who is not counted: else two choosers reveal the other's choice.
  uint32_t except = UINT32_MAX;
};

class CoChoices {
 public:
  explicit CoChoices(CoChoicesOptions options = {});
  ~CoChoices();

  // Adds weight to the shopper's choice of the item and makes it the latest; the sum stays in [0, 1], and at
  // 0 the choice is deleted (passed after a click).
  void record(uint32_t shopper, Slot slot, float weight, TimePoint at);
  // Deletes a choice whose only weight is this one. False when there is other weight: what the choice was
  // before is not known, the shopper's choices are to be erased and recorded again.
  bool take_back(uint32_t shopper, Slot slot, float weight);
  // Deletes everything of the shopper. False when nothing was known.
  bool erase(uint32_t shopper);

  // At most k items that the shopper has not chosen, best first, score above 0 without an upper bound.
  // evidence: how many shoppers chose the item beside one of the shopper's choices (of that choice of which
  // it is most); 0: only indirectly connected, or by the prior. Empty for shoppers without choices.
  [[nodiscard]] CandidateList search(const CoChoiceQuery& query) const;
  // The same under each of several filters in place of query.filter, from one walk.
  [[nodiscard]] std::vector<CandidateList> search_under(const CoChoiceQuery& query,
                                                        std::span<const SlotFilter> filters) const;
  // At most k items that were chosen beside these, by s(i, j) as above; what was bought together counts 1 a
  // shopper in place of w w distance. evidence: how many shoppers chose both.
  [[nodiscard]] CandidateList together(const TogetherQuery& query) const;
  // How many other shoppers chose each of the shopper's choices that a search starts from, on average; at
  // most shoppers_max. 0 for shoppers without choices.
  [[nodiscard]] double support(uint32_t shopper) const;
  // When the shopper chose last; nothing for shoppers without choices.
  [[nodiscard]] std::optional<TimePoint> last_choice_at(uint32_t shopper) const;

  // Whether at least `enough` shoppers other than this one like the item, and said so since then: one event
  // added kLiked or more, and the sum is not below it now. Of the item's shoppers_max latest.
  [[nodiscard]] bool liked_since(Slot slot, TimePoint since, uint32_t except, size_t enough) const;
  static constexpr float kLiked = 0.5F;   // a like weighs 0.6, a click 0.25
  static constexpr float kBought = 1.0F;  // a purchase; no other event weighs as much

  [[nodiscard]] size_t shopper_count() const;

  // For snapshots: the whole state. load() replaces it; kCorrupt: not what save() wrote.
  void save(std::string& out) const;
  Result<Done> load(std::string_view bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modiste
