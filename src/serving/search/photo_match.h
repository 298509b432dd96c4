// How items match a photo that a shopper brings: by looks, by what kind of garment they are, and by colour.
//
// The photo's nearest items know together what the photo shows better than each of them does: the shop says
// what they are. `modiste evaluate unseen` measures it on sets of photos that were left out of training.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "catalog/item.h"

namespace modiste {

// Weights of the comparisons in a search by photo; they sum to 1. Chosen by the places where type and colour
// are both right, with luma and the drawn shop left out of training in turn: more kind finds more of the type
// and less of the colour, more colour the reverse.
inline constexpr double kPhotoLooks = 0.53, kPhotoKind = 0.21, kPhotoColour = 0.26;

// Weights of looks, colour and shared attributes among garments similar to one garment, after the shop's
// words for kind, colour and pattern; they sum to 1. As much colour as looks: with the drawn shop left out of
// training, places right in type and colour rise up to there (.096 without colour, .101 at a quarter, .105 at
// half).
inline constexpr double kSimilarLooks = 0.35, kSimilarColour = 0.35, kSimilarAttributes = 0.3;

struct PhotoNeighbour {
  float cosine = 0;
  TermId category = kNoTerm;
};

// What the nearest items say that the photo shows.
class KindVote {
 public:
  // near: in any order; the nearest few vote, each by its cosine. Items without a category do not vote.
  explicit KindVote(std::vector<PhotoNeighbour> near);

  // The share of the votes for the category or for one above it, 0 to 1; 0 for kNoTerm.
  [[nodiscard]] float share(TermId category, const Vocabulary& vocabulary) const;

 private:
  std::vector<std::pair<TermId, float>> shares_;  // sum to 1 unless nothing votes
};

}  // namespace modiste
