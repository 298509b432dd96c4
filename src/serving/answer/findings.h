// The items that a search found, compared with what was asked for in several ways, and the answer made of
// them.
//
// Threads: lives for one request.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "features/source_shares.h"
#include "ranking/ranker.h"
#include "serving/answer/answer_item.h"
#include "serving/request/request_state.h"

namespace modiste {

inline constexpr size_t kSearchCandidates = 300;  // per index; the answer holds at most kCountMax

// One way of comparing found items with the query: its name and its weight in the score.
struct Comparison {
  std::string_view name;
  double weight = 0;
};

// The items that a search found, with one value per comparison.
template <size_t kComparisons>
class Findings {
 public:
  struct Found {
    ScoredItem item;
    std::array<float, kComparisons> values{};
  };

  explicit Findings(const std::array<Comparison, kComparisons>& comparisons) : comparisons_(comparisons) {}

  Found& at(const ItemFacts& item) {
    const auto [place, is_new] = places_.try_emplace(item.slot, found_.size());
    if (is_new) found_.push_back({{item.slot, item.garment, item.brand, item.category, 0, 0, 1}, {}});
    return found_[place->second];
  }
  [[nodiscard]] std::vector<Found>& items() { return found_; }

  // How many garments they are of.
  [[nodiscard]] size_t garments() const {
    std::unordered_set<uint32_t> garments;
    for (const auto& one : found_) garments.insert(one.item.garment);
    return garments.size();
  }

  // Rescales a comparison to [0, 1] between the least and the greatest value of the items.
  void stretch(size_t comparison) {
    if (found_.empty()) return;
    const auto [low, high] = std::minmax_element(
        found_.begin(), found_.end(),
        [=](const Found& a, const Found& b) { return a.values[comparison] < b.values[comparison]; });
    const float least = low->values[comparison], range = high->values[comparison] - least;
    for (auto& one : found_)
      one.values[comparison] = range > 0 ? (one.values[comparison] - least) / range : 0;
  }

  // Best first, at most one colour per garment, at most the request's count.
  [[nodiscard]] Answer answer(RequestState& request, const ShopState& shop) {
    std::vector<ScoredItem> order;
    for (size_t row = 0; row < found_.size(); ++row) {
      double score = 0;
      for (size_t s = 0; s < kComparisons; ++s)
        score += comparisons_[s].weight * static_cast<double>(found_[row].values[s]);
      ScoredItem item = found_[row].item;
      item.row = static_cast<uint32_t>(row);
      item.score = static_cast<float>(score);
      order.push_back(item);
    }
    sort_by_score(order, request.seed);
    Answer answer;
    answer.request_id = request.request_id;
    std::unordered_set<uint32_t> garments;
    shown_.clear();
    for (const auto& item : order) {
      if (answer.items.size() == request.count) break;
      if (!garments.insert(item.garment).second)
        continue;  // the garment's best colour is in the answer already
      AnswerItem shown = to_answer_item(request.catalog->item(item.slot), shop);
      shown.position = static_cast<int>(answer.items.size());
      shown.score = static_cast<double>(item.score);
      for (size_t s = 0; s < kComparisons; ++s)
        if (comparisons_[s].weight > 0)
          shown.score_breakdown.push_back({std::string(comparisons_[s].name), comparisons_[s].weight,
                                           static_cast<double>(found_[item.row].values[s])});
      answer.items.push_back(std::move(shown));
      shown_.push_back(item.slot);
    }
    answer.degraded = request.degraded;  // the log says it too
    return answer;
  }

  // The slots of the answer's items, in their order: those of the request's snapshot, whatever the catalog
  // has become since.
  [[nodiscard]] const std::vector<Slot>& shown() const { return shown_; }

 private:
  std::array<Comparison, kComparisons> comparisons_;
  std::vector<Found> found_;
  std::vector<Slot> shown_;
  std::unordered_map<Slot, size_t> places_;
};

}  // namespace modiste
