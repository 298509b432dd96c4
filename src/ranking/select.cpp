#include "ranking/select.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "ranking/hybrid.h"

namespace modiste {
namespace {

class Selection {
 public:
  Selection(std::span<const ScoredItem> ranked, std::span<const ScoredItem> explore,
            const SelectOptions& options, const Likeness& likeness)
      : ranked_(ranked), explore_(explore), options_(options), likeness_(likeness) {
    size_t pool = std::min(ranked.size(), options.pool);
    while (pool > 0 && pool < ranked.size() && is_equal(ranked[pool], ranked[pool - 1])) ++pool;
    nearest_.assign(pool, 0.0F);
    shown_.assign(pool, false);
    stretch();
  }

  std::vector<SelectedItem> run(Rng& rng) {
    while (picked_.size() < options_.count) {
      const auto tier = lowest_tier();
      if (!tier) break;
      const auto best = this->best(*tier);
      const auto open = open_exploration(*tier);
      const double epsilon = open.empty() ? 0 : best.empty() ? 1 : options_.epsilon;
      const bool explored = rng.chance(epsilon);
      const ScoredItem& chosen = explored           ? *drawn(open, rng)
                                 : best.size() == 1 ? *best.front()
                                                    : *best[rng.below(best.size())];
      const bool is_best = contains(best, chosen);
      double propensity = is_best ? (1 - epsilon) / static_cast<double>(best.size()) : 0;
      if (contains(open, chosen)) propensity += epsilon * weight_in_draw(open, chosen) / total_weight(open);
      take(chosen, explored && !is_best, propensity);
    }
    return std::move(picked_);
  }

 private:
  using Items = std::vector<const ScoredItem*>;

  // Items of the best value so far.
  struct Leaders {
    Items items;
    float value = -std::numeric_limits<float>::infinity();
    void offer(const ScoredItem& item, float its_value) {
      if (its_value < value) return;
      if (its_value > value) items.clear();
      value = its_value;
      items.push_back(&item);
    }
  };

  static bool is_equal(const ScoredItem& a, const ScoredItem& b) {
    return a.tier == b.tier && a.score == b.score;
  }

  void stretch() {
    stretched_.assign(nearest_.size(), 1.0F);
    for (size_t begin = 0, end = 0; begin < stretched_.size(); begin = end) {
      while (end < stretched_.size() && ranked_[end].tier == ranked_[begin].tier) ++end;
      const float high = ranked_[begin].score, low = ranked_[end - 1].score;
      for (size_t i = begin; high > low && i < end; ++i)
        stretched_[i] = (ranked_[i].score - low) / (high - low);
    }
  }

  // Of the items whose garment is not shown yet; empty when none are left.
  std::optional<uint32_t> lowest_tier() const {
    std::optional<uint32_t> lowest;
    const auto offer = [&](const ScoredItem& item) {
      if (!garments_.contains(item.garment)) lowest = std::min(lowest.value_or(item.tier), item.tier);
      return lowest.has_value();
    };
    (void)std::any_of(ranked_.begin(), ranked_.end(), offer);  // sorted: the first left has the lowest
    for (const ScoredItem& item : explore_) offer(item);
    return lowest;
  }

  // The tier's best items by maximal marginal relevance within the caps, all of equal value, in the order of
  // the ranking; the brands' cap is relaxed first, then that of categories, before the tier runs out. Empty
  // when nothing of it is left.
  Items best(uint32_t tier) const {
    Leaders capped, of_category, any;
    for (size_t i = 0; i < nearest_.size(); ++i) {
      const ScoredItem& item = ranked_[i];
      if (item.tier != tier || shown_[i]) continue;
      const float value = options_.mmr_lambda * stretched_[i] - (1 - options_.mmr_lambda) * nearest_[i];
      any.offer(item, value);
      if (value < of_category.value && value < capped.value) continue;
      if (!within_category_cap(item)) continue;
      of_category.offer(item, value);
      if (within_brand_cap(item)) capped.offer(item, value);
    }
    if (!capped.items.empty()) return std::move(capped.items);
    if (!of_category.items.empty()) return std::move(of_category.items);  // a shop may have one brand
    if (!any.items.empty()) return std::move(any.items);
    for (size_t i = nearest_.size(); i < ranked_.size(); ++i)
      if (ranked_[i].tier == tier && !garments_.contains(ranked_[i].garment))
        any.offer(ranked_[i], ranked_[i].score);
    return std::move(any.items);
  }

  static bool contains(const Items& items, const ScoredItem& sought) {
    return std::any_of(items.begin(), items.end(),
                       [&](const ScoredItem* item) { return item->slot == sought.slot; });
  }
  static double weight_in_draw(const Items& open, const ScoredItem& sought) {
    double weight = 0;
    for (const ScoredItem* item : open)
      if (item->slot == sought.slot) weight += static_cast<double>(item->explore_weight);
    return weight;
  }
  static double total_weight(const Items& open) {
    double total = 0;
    for (const ScoredItem* item : open) total += static_cast<double>(item->explore_weight);
    return total;
  }
  static const ScoredItem* drawn(const Items& open, Rng& rng) {
    double left = rng.uniform() * total_weight(open);
    for (const ScoredItem* item : open) {
      left -= static_cast<double>(item->explore_weight);
      if (left < 0) return item;
    }
    return open.back();
  }

  size_t cap(double share) const {
    return static_cast<size_t>(std::max(2.0, std::ceil(share * static_cast<double>(options_.count))));
  }
  template <class Counts, class Key>
  static size_t used(const Counts& counts, Key key) {
    const auto found = counts.find(key);
    return found == counts.end() ? size_t{0} : found->second;
  }
  bool within_brand_cap(const ScoredItem& item) const {
    return item.brand == 0 || used(brands_, item.brand) < cap(options_.brand_share_max);
  }
  bool within_category_cap(const ScoredItem& item) const {
    return item.category == kNoTerm || used(categories_, item.category) < cap(options_.category_share_max);
  }

  Items open_exploration(uint32_t tier) const {
    Items open;
    for (const auto& item : explore_)
      if (item.tier == tier && !garments_.contains(item.garment)) open.push_back(&item);
    return open;
  }

  void take(const ScoredItem& item, bool explored, double propensity) {
    picked_.push_back({item, explored, propensity});
    garments_.insert(item.garment);
    ++brands_[item.brand];
    ++categories_[item.category];
    if (picked_.size() == options_.count) return;
    std::vector<float> alike(nearest_.size(), 0), left;
    for (size_t i = 0; i < nearest_.size(); ++i) {
      if (ranked_[i].garment == item.garment) shown_[i] = true;
      if (shown_[i]) continue;
      left.push_back(alike[i] = likeness_(ranked_[i], item));
    }
    const float usual = usual_of(std::move(left));
    for (size_t i = 0; i < nearest_.size(); ++i)
      if (alike[i] > usual) nearest_[i] = std::max(nearest_[i], (alike[i] - usual) / (1 - usual));
  }
  static float usual_of(std::vector<float> likeness) {
    if (likeness.empty()) return 0;
    const auto most =
        likeness.begin() + static_cast<ptrdiff_t>(kUsualShare * static_cast<double>(likeness.size() - 1));
    std::nth_element(likeness.begin(), most, likeness.end());
    return std::min(*most, kUsualMax);
  }
  static constexpr double kUsualShare = 0.98;  // of the pool: the rest is more like what is shown than usual
  static constexpr float kUsualMax = 0.98F;    // beyond it are twins, however many there are

  std::span<const ScoredItem> ranked_, explore_;
  const SelectOptions& options_;
  const Likeness& likeness_;
  std::vector<bool> shown_;       // per pool item: its garment is among the selected
  std::vector<float> nearest_;    // per pool item: how much more like a selected item than is usual
  std::vector<float> stretched_;  // per pool item: its score
  std::vector<SelectedItem> picked_;
  std::unordered_set<uint32_t> garments_;
  std::unordered_map<BrandId, size_t> brands_;
  std::unordered_map<TermId, size_t> categories_;
};

}  // namespace

double exploration_epsilon(const TasteEvidence& known, const ExplorationOptions& options) {
  const double evidence = known.signals + (options.purchase_swipes - 1) * known.purchases;
  const double unknown = std::exp(-evidence / options.decay_signals) * (1 - history_trust(known.support));
  return options.epsilon_min + (options.epsilon_start - options.epsilon_min) * unknown;
}

void sort_by_score(std::vector<ScoredItem>& items, uint64_t seed) {
  std::sort(items.begin(), items.end(), [seed](const ScoredItem& a, const ScoredItem& b) {
    if (a.tier != b.tier) return a.tier < b.tier;
    if (a.score != b.score) return a.score > b.score;
    return mix64(seed ^ a.slot) < mix64(seed ^ b.slot);
  });
}

std::vector<SelectedItem> select(std::span<const ScoredItem> ranked, std::span<const ScoredItem> explore,
                                 const SelectOptions& options, const Likeness& likeness, Rng& rng) {
  return Selection(ranked, explore, options, likeness).run(rng);
}

}  // namespace modiste
