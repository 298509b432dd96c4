// Explains an answer: true facts about an item and a shopper, strongest first. What makes a reason true:
// reason_rules.h.
//
// Threads: any.
#pragma once

#include <vector>

#include "outfits/explicit_compatibility.h"
#include "ranking/ranker.h"
#include "serving/api/reason.h"
#include "serving/request/request_state.h"
#include "serving/request/retrieval_stage.h"

namespace modiste {

// The data that the answer was made from. Borrowed for the call.
struct ExplainInput {
  const RequestState& request;
  const FeatureMatrix& features;
  const Ranking& ranking;
  const Candidates& candidates;
};

class Explainer {
 public:
  static constexpr size_t kReasonsMax = 3;

  explicit Explainer(const ShopState& shop) : shop_(shop), rules_(shop.catalog.vocabulary()) {}

  // The reasons for the item in one row of the features, at most kReasonsMax.
  [[nodiscard]] std::vector<Reason> explain(const ExplainInput& input, size_t row) const;

 private:
  [[nodiscard]] std::optional<Reason> liked_terms(const ItemFacts& item, const RequestState& request) const;
  // embedding: of the item; null: it has none.
  [[nodiscard]] std::optional<Reason> resembles_liked(const ItemFacts& item, const ItemEmbedding* embedding,
                                                      const RequestState& request) const;
  [[nodiscard]] std::optional<Reason> liked_brand(const ItemFacts& item, const RequestState& request) const;
  [[nodiscard]] std::optional<Reason> cold_start(const ExplainInput& input, Slot slot) const;
  // Measured likeness and kind: whether people would say that one looks like the other.
  [[nodiscard]] bool looks_like(const ItemFacts& item, const ItemFacts& other) const;
  [[nodiscard]] bool liked_lately(Slot slot, const RequestState& request) const;
  [[nodiscard]] std::optional<Reason> works_with_owned(Slot slot, const ItemEmbedding* embedding,
                                                       const RequestState& request) const;
  [[nodiscard]] std::optional<Reason> suits_proportions(const ItemFacts& item,
                                                        const RequestState& request) const;

  const ShopState& shop_;
  const outfits::ExplicitCompatibility rules_;
};

}  // namespace modiste
