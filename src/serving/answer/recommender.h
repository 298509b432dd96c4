// The request path: from a request to ranked garments, each with its reasons.
//
//   RequestState -> CandidateSource... -> FeatureMatrix -> Ranker -> rules, diversity, exploration -> reasons
//   -> impression log
//
// Threads: recommend() from any thread. It reads at most the shopper's profile and identifiers from disk,
// when they are not in memory (to make room it may write another's profile), and waits for nothing else.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/versioned.h"
#include "features/learned_taste.h"
#include "outfits/compatibility.h"
#include "ranking/ranker.h"
#include "ranking/rule.h"
#include "ranking/rules.h"
#include "retrieval/next_choices.h"
#include "serving/answer/explainer.h"
#include "serving/answer/ranked.h"
#include "serving/answer/ranking_stage.h"
#include "serving/answer/shadow_ranking.h"
#include "serving/api/requests.h"
#include "serving/events/impression_log.h"
#include "serving/request/policy.h"
#include "serving/request/request_ids.h"
#include "serving/request/request_state.h"
#include "serving/request/retrieval_stage.h"
#include "serving/request/stage_clock.h"

namespace modiste {

// Chooses the policy of a request, for example by experiment. Never returns null.
using PolicyChooser = std::function<std::shared_ptr<const Policy>(const RecommendRequest& request)>;

struct RecommenderOptions {
  std::shared_ptr<const Policy> policy = std::make_shared<const Policy>();
  RuleOptions rules = {};
  PolicyChooser choose_policy = {};  // absent: every request gets `policy`
  uint64_t seed = 0x6d6f6469737465;  // of all random draws when a request has no seed
  ShadowOptions shadow = {};
};

class Recommender {
 public:
  // Borrows everything; all of it must outlive the recommender.
  Recommender(const Clock& clock, const ShopState& shop, const SubjectStore& subjects,
              ImpressionQueue& impressions, RecommenderOptions options);

  // request_id: the caller's id for the request, used in the answer and in the impression log; empty: one is
  // generated. kInvalid, with a pointer into the request, for names that the shop does not know.
  Result<Answer> recommend(const RecommendRequest& asked, std::string_view request_id = {});

  // The stages for another service, which selects by itself (outfit_service.h). Errors: as recommend().
  Result<RequestState> begin(const RecommendRequest& asked, std::string_view request_id);
  // The same for a profile that is nobody's; the request's identifiers do not count. Repeatable with a seed.
  Result<RequestState> begin_for(std::shared_ptr<const ShopperState> shopper, const RecommendRequest& asked);
  [[nodiscard]] Ranked rank(RequestState& request, StageClock& stages) const;
  // The same of several requests that differ only in what they admit, from one retrieval.
  [[nodiscard]] std::vector<Ranked> rank_each(std::span<RequestState* const> requests,
                                              StageClock& stages) const;
  // The item in one row of what was ranked for this request, with reasons, the ranker's breakdown and advised
  // size.
  [[nodiscard]] AnswerItem show(const RequestState& request, const Ranked& ranked, size_t row) const;

  // The trained ranker that policies call "learned"; null: the hybrid stands in for it. May be replaced while
  // requests run: a request ends with the ranker that it began with.
  void use_ranker(std::shared_ptr<const Ranker> learned, int version);
  // The trained ranker that is compared with the one that answers, on a share of the answers of recommend();
  // null: none. May be replaced while requests run.
  void use_challenger(std::shared_ptr<const Ranker> challenger, int version);
  [[nodiscard]] const ShadowRanking& shadow() const { return shadow_; }
  // What names the shopper's next choices; null, with which it begins: a source that finds nothing. May be
  // replaced while requests run.
  void use_next_choices(std::shared_ptr<const NextChoices> model, int version);
  // What tells a shopper's taste from everybody's; null, with which it begins: their own signals alone tell
  // it. May be replaced while requests run.
  void use_learned_taste(std::shared_ptr<const LearnedTaste> model, int version);
  // What tells how well a garment goes with those that the shopper has; null, with which it begins: nobody
  // asks. May be replaced while requests run.
  void use_compatibility(std::shared_ptr<const outfits::Compatibility> compatibility, int version);

 private:
  Result<RequestState> prepare(RequestState request, const RecommendRequest& asked,
                               std::string_view request_id);
  void exclude(RequestState& request) const;  // what the rules forbid
  // Without position, score and propensity.
  [[nodiscard]] AnswerItem shown(const ExplainInput& input, const Sizing::Model& sizes, size_t row,
                                 bool explored) const;
  [[nodiscard]] Answer answer_of(std::span<const SelectedItem> selected, const ExplainInput& input) const;

  const Clock& clock_;
  const ShopState& shop_;
  const SubjectStore& subjects_;
  ImpressionQueue& impressions_;
  const RecommenderOptions options_;
  Versioned<const NextChoices> next_choices_{nullptr};
  Versioned<const LearnedTaste> learned_taste_{nullptr};
  std::vector<std::unique_ptr<CandidateSource>> sources_;
  mutable SideThreads side_{std::thread::hardware_concurrency() / 2};  // of all requests
  const std::vector<std::unique_ptr<Rule>> rules_;
  RankingStage ranking_;
  Explainer explainer_;
  RequestIds request_ids_;
  std::atomic<uint64_t> draws_{0};  // requests so far, so that each draws other numbers
  ShadowRanking shadow_;            // last: its thread ends first
};

}  // namespace modiste
