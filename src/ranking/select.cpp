#include "ranking/select.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace modiste {
namespace {

class Selection {
 public:
  Selection(std::span<const ScoredItem> ranked, std::span<const ScoredItem> explore,
            const SelectOptions& options, const Likeness& likeness)
      : ranked_(ranked), explore_(explore), options_(options), likeness_(likeness) {
    nearest_.assign(std::min(ranked.size(), options.pool), 0.0F);
  }

  std::vector<SelectedItem> run(Rng& rng) {
    while (picked_.size() < options_.count) {
      const ScoredItem* greedy = best();
      const auto open = open_exploration();
      if (greedy == nullptr && open.empty()) break;
      const double epsilon = open.empty() ? 0 : greedy == nullptr ? 1 : options_.epsilon;
      const bool explored = rng.chance(epsilon);
      const ScoredItem* chosen = explored ? open[rng.below(open.size())] : greedy;
      const bool is_greedy = greedy != nullptr && chosen->slot == greedy->slot;
      const bool is_open = std::any_of(open.begin(), open.end(),
                                       [&](const ScoredItem* item) { return item->slot == chosen->slot; });
      const double propensity =
          (is_greedy ? 1 - epsilon : 0) + (is_open ? epsilon / static_cast<double>(open.size()) : 0);
      take(*chosen, explored && !is_greedy, propensity);
    }
    return std::move(picked_);
  }

 private:
  // The best item by maximal marginal relevance within the caps; the caps are relaxed before
  // the list runs out.
  const ScoredItem* best() {
    const ScoredItem* capped = nullptr;
    const ScoredItem* any = nullptr;
    float capped_value = -std::numeric_limits<float>::infinity(), any_value = capped_value;
    for (size_t i = 0; i < nearest_.size(); ++i) {
      const ScoredItem& item = ranked_[i];
      if (garments_.contains(item.garment)) continue;
      const float value = options_.mmr_lambda * item.score - (1 - options_.mmr_lambda) * nearest_[i];
      if (value > any_value) any = &item, any_value = value;
      if (value > capped_value && within_caps(item)) capped = &item, capped_value = value;
    }
    if (capped != nullptr) return capped;
    if (any != nullptr) return any;
    for (size_t i = nearest_.size(); i < ranked_.size(); ++i)
      if (!garments_.contains(ranked_[i].garment)) return &ranked_[i];
    return nullptr;
  }

  bool within_caps(const ScoredItem& item) const {
    const auto limit = [&](double share) {
      return static_cast<size_t>(std::max(2.0, std::ceil(share * static_cast<double>(options_.count))));
    };
    const auto used = [](const auto& counts, auto key) {
      const auto found = counts.find(key);
      return found == counts.end() ? size_t{0} : found->second;
    };
    return (item.brand == 0 || used(brands_, item.brand) < limit(options_.brand_share_max)) &&
           (item.category == kNoTerm ||
            used(categories_, item.category) < limit(options_.category_share_max));
  }

  std::vector<const ScoredItem*> open_exploration() const {
    std::vector<const ScoredItem*> open;
    for (const auto& item : explore_)
      if (!garments_.contains(item.garment)) open.push_back(&item);
    return open;
  }

  void take(const ScoredItem& item, bool explored, double propensity) {
    picked_.push_back({item, explored, propensity});
    garments_.insert(item.garment);
    ++brands_[item.brand];
    ++categories_[item.category];
    if (picked_.size() == options_.count) return;
    for (size_t i = 0; i < nearest_.size(); ++i)
      if (!garments_.contains(ranked_[i].garment))
        nearest_[i] = std::max(nearest_[i], likeness_(ranked_[i].slot, item.slot));
  }

  std::span<const ScoredItem> ranked_, explore_;
  const SelectOptions& options_;
  const Likeness& likeness_;
  std::vector<float> nearest_;  // per pool item: similarity to the most similar selected item
  std::vector<SelectedItem> picked_;
  std::unordered_set<uint32_t> garments_;
  std::unordered_map<BrandId, size_t> brands_;
  std::unordered_map<TermId, size_t> categories_;
};

}  // namespace

double exploration_epsilon(int signals, const ExplorationOptions& options) {
  return options.epsilon_min +
         (options.epsilon_start - options.epsilon_min) * std::exp(-signals / options.decay_signals);
}

void sort_by_score(std::vector<ScoredItem>& items, uint64_t seed) {
  std::sort(items.begin(), items.end(), [seed](const ScoredItem& a, const ScoredItem& b) {
    if (a.score != b.score) return a.score > b.score;
    return mix64(seed ^ a.slot) < mix64(seed ^ b.slot);
  });
}

std::vector<SelectedItem> select(std::span<const ScoredItem> ranked, std::span<const ScoredItem> explore,
                                 const SelectOptions& options, const Likeness& likeness, Rng& rng) {
  return Selection(ranked, explore, options, likeness).run(rng);
}

}  // namespace modiste
