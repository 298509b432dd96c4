// Ranks what was retrieved: the features, the ranker that the policy names, the shop's objective, and what
// the rules and the shopper's proportions take from a score.
//
// Threads: rank() from any thread; models may be replaced meanwhile, and a request ends with those that it
// began with.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/versioned.h"
#include "outfits/compatibility.h"
#include "ranking/hybrid.h"
#include "ranking/ranker.h"
#include "ranking/rule.h"
#include "serving/answer/ranked.h"
#include "serving/request/request_state.h"
#include "serving/request/stage_clock.h"

namespace modiste {

class RankingStage {
 public:
  // Borrows both.
  RankingStage(const ShopState& shop, std::span<const std::unique_ptr<Rule>> rules);

  [[nodiscard]] Ranked rank(RequestState& request, Candidates candidates, StageClock& stages) const;

  // As Recommender's.
  void use_ranker(std::shared_ptr<const Ranker> learned, int version);
  void use_compatibility(std::shared_ptr<const outfits::Compatibility> compatibility, int version);

 private:
  [[nodiscard]] FeatureMatrix compute_features(const Candidates& found, std::span<const float> neighbours,
                                               const RequestState& request) const;
  // Null: the hybrid, which also stands in for a ranker that nobody knows; the request then says so.
  [[nodiscard]] std::shared_ptr<const Ranker> ranker_of(RequestState& request) const;
  void judge_by_wardrobe(Ranked& ranked, const RequestState& request) const;
  static void suit_proportions(Ranked& ranked, const RequestState& request);

  const ShopState& shop_;
  const std::span<const std::unique_ptr<Rule>> rules_;
  HybridRanker hybrid_;
  Versioned<const Ranker> learned_{nullptr};
  Versioned<const outfits::Compatibility> compatibility_{nullptr};
};

}  // namespace modiste
