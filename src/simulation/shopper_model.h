// Simulated shoppers with known tastes, who use a shop. Their tastes are drawn, and the shop never
// sees them.
//
// A shopper's taste is the taste of one of a few tribes plus a part of their own. The probability of liking
// an item is a logistic function of the item's attributes, of how far its price is above what they are used
// to, and of a part of the taste that no attribute explains.
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
  double like_rate_mean = 0.25;  // over the items of the shopper's department: as in swipe apps
  double sharpness = 1.6;        // slope of the logistic: larger is more decided
  double tribe_share = 0.6;      // of the taste; the rest is the shopper's own
  double hidden_share = 0.25;    // of the utility that depends on the item alone, unseen by attributes
};

struct SimulatedShopper {
  std::string id;
  TermId department = kNoTerm;
  std::map<TermId, float> taste;  // by vocabulary term, about Normal(0, 1)
  std::map<BrandId, float> brands;
  float log_price = 4;  // log of the price above which garments lose
  float bias = 0, sharpness = 1, hidden_share = 0;
  uint64_t hidden_seed = 0;

  [[nodiscard]] double like_probability(const ItemFacts& item, const Vocabulary& vocabulary) const;
  // True answers: the department, and, if full, what the shopper likes best of each step.
  [[nodiscard]] QuizAnswers quiz(const Vocabulary& vocabulary, bool full) const;
};

// Deterministic in rng. The catalog must hold items in stock for women or men.
[[nodiscard]] std::vector<SimulatedShopper> draw_shoppers(size_t count, const Catalog& catalog,
                                                          const ShopperModelOptions& options, Rng& rng);

}  // namespace modiste
