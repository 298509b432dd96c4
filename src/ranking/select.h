// Selects what is shown from a scored list: one colour per garment,
// caps, diversity, exploration, propensities.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/rng.h"
#include "catalog/item.h"
#include "ranking/exploration.h"

namespace modiste {

struct ExplorationOptions {
  double epsilon_start = 0.10;  // for an unknown shopper
  double epsilon_min = 0.05;    // small, deliberate, never zero
  double decay_signals = 12;    // signals after which what is not known has fallen to 1/e
  // Swipes that tell as much as one purchase: about the ratio of their squared signal weights, 1 to .4 or .6,
  // as information grows with the square.
  double purchase_swipes = 4;
  ExplorationDraw draw = ExplorationDraw::kEven;
};

// What is known of a shopper's taste.
struct TasteEvidence {
  int signals = 0;
  int purchases = 0;   // of the signals
  double support = 0;  // mean number of other shoppers who chose each garment that the shopper chose
};

// The share of the places that explore follows how little is known of the shopper's taste:
//   epsilon = min + (start - min) * exp(-evidence / decay) * (1 - trust),
// where the evidence is their signals, a purchase counting for several, and trust is how far what others
// chose beside the shopper's own choices predicts them already (history_trust() in ranking/hybrid.h).
[[nodiscard]] double exploration_epsilon(const TasteEvidence& known, const ExplorationOptions& options);

struct SelectOptions {
  size_t count = 20;
  size_t pool = 200;                // best items that diversity may choose from, with those equal to the last
  float mmr_lambda = 0.9F;          // 1: score only; 0: difference only (Carbonell & Goldstein 1998)
  double brand_share_max = 0.4;     // of the answer; relaxed when no other items are left
  double category_share_max = 0.5;  // same
  double epsilon = 0;
};

// A candidate with its score.
struct ScoredItem {
  Slot slot = kNoSlot;
  uint32_t garment = 0;
  BrandId brand = 0;
  TermId category = kNoTerm;
  uint32_t row = 0;  // of the request's FeatureMatrix
  float score = 0;
  float explore_weight = 1;  // of exploration's draw, above 0; only their ratios count
  uint32_t tier = 0;         // what the shopper asked for comes first: a tier waits for all lower ones
};

// Lower tiers first, within a tier the best first. Equal scores are ordered by a hash of (seed, slot), so
// that an order can be repeated and favours no item.
void sort_by_score(std::vector<ScoredItem>& items, uint64_t seed);

struct SelectedItem {
  ScoredItem item;
  bool explored = false;
  double propensity = 1;  // see select()
};

// Similarity of two items in [0, 1], such as their cosine.
using Likeness = std::function<float(const ScoredItem&, const ScoredItem&)>;

// ranked: best first, by sort_by_score(). explore: items that exploration may show, each once; may overlap
// with `ranked`. Selects at most one colour per garment, and none of a tier while a lower one has garments
// left in either list: caps, diversity and exploration work within a tier. Returns count items as long as
// distinct garments are left in either list.
//
// Diversity weighs an item's score, stretched to [0, 1] over the pool's items of its tier whatever the
// ranker's scale is, against its likeness to the most similar item shown: as far as that is beyond the
// likeness that items of one category have anyway (the median over the pool). So twins are kept apart, and a
// kind that the shopper loves is not: how much of a page is of one kind is for the caps.
//
// The propensity of the item i at a position is its probability there, given the positions before it, over
// the draws of `rng` and of sort_by_score()'s seed:
//   p(i) = (1 - e) [i in B] / |B| + e [i in E] w(i) / sum of w over E,
// where e is epsilon, E the explore items of the lowest tier left whose garment is not shown yet, w their
// weight, and B that tier's items of the best value within the caps, of which one is drawn. Where B is empty
// e is 1, where E is empty e is 0. A mixture of a greedy and a random policy, as in Langford & Zhang (NIPS
// 2007); the product over the positions is the probability of the whole list (Swaminathan et al., NIPS 2017).
// Both lists must be the same in every draw: a caller that samples them per draw has another policy each
// time.
[[nodiscard]] std::vector<SelectedItem> select(std::span<const ScoredItem> ranked,
                                               std::span<const ScoredItem> explore,
                                               const SelectOptions& options, const Likeness& likeness,
                                               Rng& rng);

}  // namespace modiste
