// Shoppers with known tastes, who drive the engine in simulation: what they like is drawn, and never told to
// the engine.
//
// A shopper belongs loosely to one of a few tribes and has her own leanings on top; the probability that she
// likes an item is a logistic function of what it is made of, what it costs, and a share of her taste that no
// attribute says.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/rng.h"
#include "catalog/catalog.h"
#include "events/event.h"

namespace modiste {

struct ShopperModelOptions {
  size_t tribes = 8;
  double like_rate_mean = 0.25;  // over the items of her department: what swipe apps see
  double sharpness = 1.6;        // of the logistic: how surely she knows what she likes
  double tribe_share = 0.6;      // of her taste; the rest is her own
  double hidden_share = 0.25;    // of the utility that depends on the item alone, unseen by attributes
};

struct SimulatedShopper {
  std::string id;
  TermId department = kNoTerm;
  std::map<TermId, float> taste;  // by vocabulary term, about Normal(0, 1)
  std::map<BrandId, float> brands;
  float log_price = 4;  // what she likes to spend
  float bias = 0, sharpness = 1, hidden_share = 0;
  uint64_t hidden_seed = 0;

  [[nodiscard]] double like_probability(const ItemFacts& item, const Vocabulary& vocabulary) const;
  // Answers truly: her department, and, if full, what she likes best of each step.
  [[nodiscard]] QuizAnswers quiz(const Vocabulary& vocabulary, bool full) const;
};

// Deterministic in rng. The catalog must hold items in stock for women or men.
[[nodiscard]] std::vector<SimulatedShopper> draw_shoppers(size_t count, const Catalog& catalog,
                                                          const ShopperModelOptions& options, Rng& rng);

}  // namespace modiste
