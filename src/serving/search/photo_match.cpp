#include "serving/search/photo_match.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

// Fifty voters, or a wider vote, name the kind less often on each set that was left out of training.
constexpr size_t kVoters = 20;
constexpr float kVoteWidth = 0.05F;  // of a cosine: an item this much farther away counts 1/e

}  // namespace

KindVote::KindVote(std::vector<PhotoNeighbour> near) {
  std::erase_if(near, [](const PhotoNeighbour& one) { return one.category == kNoTerm; });
  const auto last = near.begin() + static_cast<std::ptrdiff_t>(std::min(kVoters, near.size()));
  std::partial_sort(near.begin(), last, near.end(), [](const PhotoNeighbour& a, const PhotoNeighbour& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.category < b.category;
  });
  near.erase(last, near.end());
  float total = 0;
  for (const auto& one : near) {
    const float vote = std::exp((one.cosine - near.front().cosine) / kVoteWidth);
    total += vote;
    const auto known = std::find_if(shares_.begin(), shares_.end(),
                                    [&](const auto& share) { return share.first == one.category; });
    if (known == shares_.end())
      shares_.emplace_back(one.category, vote);
    else
      known->second += vote;
  }
  for (auto& [category, share] : shares_) share /= total;
}

float KindVote::share(TermId category, const Vocabulary& vocabulary) const {
  if (category == kNoTerm) return 0;
  float sum = 0;
  for (const auto& [voted, share] : shares_)
    if (vocabulary.is_a(category, voted)) sum += share;
  return std::min(sum, 1.0F);
}

}  // namespace modiste
