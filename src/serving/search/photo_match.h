// How items match a photo that a shopper brings: by looks, by what kind of garment they are, and by colour.
//
// The shop's items know together what the photo shows better than each of them does: the shop says what they
// are. `modiste evaluate unseen` measures it on sets of photos that were left out of training.
#pragma once

#include <span>
#include <vector>

#include "catalog/item.h"
#include "embedding/kind_regression.h"

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
  float likeness = 0;     // to the photo, 0 to 1
  TermId term = kNoTerm;  // what the shop says of the item
};

// What the items that are most like the photo say of it: of their colours, by palettes. near: in any order;
// the nearest few vote, each by its likeness; items without a term do not, nor what is not alike at all.
// Shares sum to 1 unless nothing votes.
[[nodiscard]] std::vector<TermShare> vote(std::vector<PhotoNeighbour> near);

// 0 for kNoTerm.
[[nodiscard]] float share_of(std::span<const TermShare> shares, TermId term);
// Of a category and those above it, 0 to 1.
[[nodiscard]] float share_of_kind(std::span<const TermShare> shares, TermId category,
                                  const Vocabulary& vocabulary);

// How well an item's colours match the photo's, 0 to 1: in equal parts how alike the palettes are and how
// many of the votes have the item's colour. A palette knows shades and not where a shop ends its blue and
// begins its purple; its words do. Of an item without a colour word the palette alone.
[[nodiscard]] float colour_match(float palette_likeness, TermId colour, std::span<const TermShare> colours);

}  // namespace modiste
