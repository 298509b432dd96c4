// How well the shop's own recommender predicts what shoppers choose next: the last item of each shopper is
// held out, everything else is imported, and the recommender is asked for each of them.
//
// Full ranking, never sampled negatives: an answer is drawn from every garment. Items that the shopper chose
// before are not in it. The baselines rank all garments of the same history; equal scores share the middle of
// their ranks. Intervals are those of a bootstrap over shoppers.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "learning/evaluation/bootstrap.h"
#include "ranking/source_weights.h"
#include "serving/shop.h"

namespace modiste {

// Garments and events as an import brings them; the events in the order of the import, each once.
struct ChoiceHistory {
  std::string name;
  std::vector<Garment> garments;
  std::vector<Event> events;
};

// The shop that is asked. Borrowed.
struct AskedShop {
  Shop& shop;  // empty: it gets the history's garments and events
  // Makes the recommender answer with this policy from now on.
  std::function<void(Policy)> use;
  // Sets the shop's clock, forwards and backwards; needed for `at_its_time` only.
  std::function<void(TimePoint)> set_time = {};
  // Trains a taste model on what the shop has heard and serves with it; absent: not asked. Answers in which
  // it takes part are judged beside those without.
  std::function<Result<Done>()> train_taste = {};
};

struct NextItemOptions {
  size_t shoppers_max = 4'000;  // asked, drawn at random; of a larger history the rest only teach
  size_t count = 10;
  size_t resamples = 1'000;  // of the bootstrap
  SourceWeights weights = {};
  bool choose = false;  // search for better ones, from these
  // Each shopper is asked at the time of their last item, when the shop knows what happened before it and
  // nothing since, as in operation; otherwise after the whole history. Weights are then chosen on the earlier
  // half of those asked and judged by the later half.
  bool at_its_time = false;
  uint64_t seed = 7;
  ExplorationOptions exploration = {};  // of an answer as it is served
};

// Of one way to rank. Low and high: the 95% interval.
struct NextItemScore {
  std::string name;
  double hit_rate = 0, hit_rate_low = 0, hit_rate_high = 0;
  double ndcg = 0, ndcg_low = 0, ndcg_high = 0;
};

// How many tastes the profiles of the shoppers with the longest histories have.
struct ModesOfHistory {
  size_t shoppers = 0;     // at most 400
  size_t choices_min = 0;  // of the shortest of these histories, without the held-out item
  size_t several = 0;      // of these shoppers: have more than one confirmed mode
};

struct NextItemReport {
  std::string history;
  size_t garments = 0, events = 0, shoppers = 0;
  size_t held_out = 0, asked = 0;  // shoppers with a last item; of these the ones judged by
  size_t count = 0;
  std::vector<NextItemScore> scores;
  SourceWeights weights;  // judged by; the best found where they were chosen
  size_t chosen_on = 0;   // shoppers that the weights were chosen on, none of them among `asked`
  // NDCG of those over the given ones, by the shoppers that judge, paired; absent: nothing was chosen.
  std::optional<Interval> gain;
  ModesOfHistory modes;
  double ms_per_answer = 0;
  double seconds = 0;

  // Whether the chosen weights should serve: surely better (95%) by enough shoppers.
  [[nodiscard]] bool has_better_weights() const { return gain && gain->low > 0 && asked >= kWitnessesMin; }
};

using NextItemProgress = std::function<void(std::string_view what, size_t done, size_t total)>;

// Errors: the shop's.
Result<NextItemReport> evaluate_next_item(ChoiceHistory history, const AskedShop& asked,
                                          const NextItemOptions& options,
                                          const NextItemProgress& progress = {});

[[nodiscard]] json::value to_report_json(const NextItemReport& report);

}  // namespace modiste
