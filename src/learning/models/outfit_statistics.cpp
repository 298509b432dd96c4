#include "learning/models/outfit_statistics.h"

#include <cmath>

namespace modiste {
namespace {

uint64_t pair_key(OutfitCategory a, OutfitCategory b) { return (uint64_t{a} << 32) | b; }

std::vector<double> category_counts(const OutfitTraining& training) {
  std::vector<double> counts(training.items.categories.size());
  for (const ItemList& outfit : training.outfits)
    for (const OutfitItemNumber item : outfit) ++counts[training.items.items[item].category];
  return counts;
}

double sum_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

}  // namespace

void OutfitPopularity::fit(const OutfitTraining& training) {
  items_ = &training.items;
  counts_ = category_counts(training);
  all_ = sum_of(counts_);
}

double OutfitPopularity::log_share(OutfitItemNumber item) const {
  const OutfitCategory category = items_->items[item].category;
  const double count = category == kUnknownCategory ? 0 : counts_[category];
  return std::log((count + 0.5) / (all_ + 1));
}

double OutfitPopularity::score_set(std::span<const OutfitItemNumber> set) const {
  double sum = 0;
  for (const OutfitItemNumber item : set) sum += log_share(item);
  return set.empty() ? 0 : sum / static_cast<double>(set.size());
}

std::vector<double> OutfitPopularity::score_answers(const OutfitQuestion& question) const {
  std::vector<double> scores;
  for (const OutfitItemNumber answer : question.answers) scores.push_back(log_share(answer));
  return scores;
}

void OutfitPairs::fit(const OutfitTraining& training) {
  items_ = &training.items;
  share_ = category_counts(training);
  worn_beside_.assign(share_.size(), 0);
  together_.clear();
  const double all = std::max(1.0, sum_of(share_));
  for (double& share : share_) share /= all;
  for (const ItemList& outfit : training.outfits)
    for (size_t i = 0; i < outfit.size(); ++i)
      for (size_t j = 0; j < outfit.size(); ++j) {
        if (i == j) continue;
        const OutfitCategory a = training.items.items[outfit[i]].category,
                             b = training.items.items[outfit[j]].category;
        ++together_[pair_key(a, b)];
        ++worn_beside_[a];
      }
}

double OutfitPairs::information(OutfitItemNumber a, OutfitItemNumber b) const {
  const OutfitCategory of_a = items_->items[a].category, of_b = items_->items[b].category;
  if (of_a == kUnknownCategory || of_b == kUnknownCategory || share_[of_a] == 0 || share_[of_b] == 0)
    return 0;
  const auto found = together_.find(pair_key(of_a, of_b));
  const double seen = found == together_.end() ? 0 : found->second;
  return std::log((seen / share_[of_b] + kPrior) / (worn_beside_[of_a] + kPrior));
}

double OutfitPairs::score_set(std::span<const OutfitItemNumber> set) const {
  double sum = 0;
  size_t pairs = 0;
  for (size_t i = 0; i < set.size(); ++i)
    for (size_t j = i + 1; j < set.size(); ++j, ++pairs)
      sum += (information(set[i], set[j]) + information(set[j], set[i])) / 2;
  return pairs == 0 ? 0 : sum / static_cast<double>(pairs);
}

std::vector<double> OutfitPairs::score_answers(const OutfitQuestion& question) const {
  std::vector<double> scores;
  for (const OutfitItemNumber answer : question.answers) {
    double& score = scores.emplace_back(0);
    for (const OutfitItemNumber other : question.rest) score += information(other, answer);
  }
  return scores;
}

}  // namespace modiste
