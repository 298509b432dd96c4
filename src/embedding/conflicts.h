// Finds supplier words that a photo contradicts, such as a garment called red whose photo is blue.
//
// Each kind of contradiction is far by construction: shades, neighbouring categories and words that merchants
// use for one another never count. How often a kind is right is measured on sets of photos that were left out
// of training (learning/training/conflict_precision.h); kinds that are right often enough become the
// encoder's rules, and only these are reported.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "catalog/garment.h"
#include "catalog/photo_conflict.h"
#include "embedding/encoder.h"

namespace modiste {

// A supplier's word that a photo seems to contradict.
struct ConflictDoubt {
  ConflictKind kind{};
  Facet facet{};
  std::string supplier_term, supplier_word;
  std::string photo_term;
  std::string hex;     // the photo's colour that contradicts most; colours only
  float strength = 0;  // above 0 to 1: share of the garment's colours, or the heads' probability
};

// Every kind, reported or not. photo: of the garment in that colour. In a facet where the supplier says
// several terms nothing is doubted.
[[nodiscard]] std::vector<ConflictDoubt> find_doubts(const Garment& garment, std::string_view colour,
                                                     const ImageUnderstanding& photo,
                                                     const Vocabulary& vocabulary);

// What the rules report. photos: by the supplier's colour word; image names by images_of().
[[nodiscard]] std::vector<PhotoConflict> find_conflicts(
    const Garment& garment, const std::map<std::string, ImageUnderstanding>& photos,
    std::span<const ConflictRule> rules, const Vocabulary& vocabulary);

// What the merchant settled stays while the photo and the words do, whatever the photo was found to show this
// time. before: of the garment as it was.
void keep_verdicts(const Garment& garment, std::span<const PhotoConflict> before,
                   std::vector<PhotoConflict>& now);

// Makes the garment's attributes follow its conflicts, all of them, of every colour. Unsettled: the doubted
// attribute has only the confidence that the kind leaves it, and the photo's term stands beside it. The photo
// is right: the doubted attribute has no confidence left. The words are right: nothing changes. An attribute
// of the whole garment is doubted when the photos of half its colours or more contradict it.
void apply_conflicts(Garment& garment, std::span<const PhotoConflict> conflicts);
// Takes back what was applied for one conflict; normalise() gives the words their own confidence again.
void withdraw_conflict(Garment& garment, const PhotoConflict& conflict);

}  // namespace modiste
