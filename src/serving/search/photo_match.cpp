#include "serving/search/photo_match.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

// Fifty voters, or a wider vote, name the kind less often on each set that was left out of training.
constexpr size_t kVoters = 20;
constexpr float kVoteWidth = 0.05F;  // an item this much less like the photo counts 1/e

}  // namespace

std::vector<TermShare> vote(std::vector<PhotoNeighbour> near) {
  std::erase_if(near, [](const PhotoNeighbour& one) { return one.term == kNoTerm || one.likeness <= 0; });
  const auto last = near.begin() + static_cast<std::ptrdiff_t>(std::min(kVoters, near.size()));
  std::partial_sort(near.begin(), last, near.end(), [](const PhotoNeighbour& a, const PhotoNeighbour& b) {
    return a.likeness != b.likeness ? a.likeness > b.likeness : a.term < b.term;
  });
  near.erase(last, near.end());
  std::vector<TermShare> shares;
  float total = 0;
  for (const auto& one : near) {
    const float weight = std::exp((one.likeness - near.front().likeness) / kVoteWidth);
    total += weight;
    const auto known = std::find_if(shares.begin(), shares.end(),
                                    [&](const TermShare& share) { return share.term == one.term; });
    if (known == shares.end())
      shares.push_back({one.term, weight});
    else
      known->share += weight;
  }
  for (TermShare& one : shares) one.share /= total;
  return shares;
}

float share_of(std::span<const TermShare> shares, TermId term) {
  const auto known =
      std::find_if(shares.begin(), shares.end(), [&](const TermShare& one) { return one.term == term; });
  return known == shares.end() ? 0 : known->share;
}

float share_of_kind(std::span<const TermShare> shares, TermId category, const Vocabulary& vocabulary) {
  if (category == kNoTerm) return 0;
  float sum = 0;
  for (const TermShare& one : shares)
    if (vocabulary.is_a(category, one.term)) sum += one.share;
  return std::min(sum, 1.0F);
}

float colour_match(float palette_likeness, TermId colour, std::span<const TermShare> colours) {
  return colour == kNoTerm ? palette_likeness : (palette_likeness + share_of(colours, colour)) / 2;
}

}  // namespace modiste
