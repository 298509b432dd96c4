// Selects what is shown from a scored list: one colour per garment,
// caps, diversity, exploration, propensities.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/rng.h"
#include "catalog/item.h"

namespace modiste {

struct ExplorationOptions {
  double epsilon_start = 0.30;  // for an unknown shopper
  double epsilon_min = 0.05;    // small, deliberate, never zero
  double decay_signals = 12;    // signals after which epsilon - epsilon_min has fallen to 1/e
};

// epsilon = min + (start - min) * exp(-signals / decay).
[[nodiscard]] double exploration_epsilon(int signals, const ExplorationOptions& options);

struct SelectOptions {
  size_t count = 20;
  size_t pool = 200;                // best items that diversity may choose from
  float mmr_lambda = 0.8F;          // 1: score only; 0: difference only (Carbonell & Goldstein 1998)
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
};

// Best first. Equal scores are ordered by a hash of (seed, slot), so that an order can be repeated and
// favours no item.
void sort_by_score(std::vector<ScoredItem>& items, uint64_t seed);

struct SelectedItem {
  ScoredItem item;
  bool explored = false;
  double propensity = 1;  // probability of this item at this position, given the positions before
};

// Similarity of two items in [0, 1], such as their cosine.
using Likeness = std::function<float(Slot, Slot)>;

// ranked: best first. explore: items that exploration may show; may overlap with `ranked`. Selects at most
// one colour per garment. Returns count items as long as distinct garments are left in either list.
[[nodiscard]] std::vector<SelectedItem> select(std::span<const ScoredItem> ranked,
                                               std::span<const ScoredItem> explore,
                                               const SelectOptions& options, const Likeness& likeness,
                                               Rng& rng);

}  // namespace modiste
