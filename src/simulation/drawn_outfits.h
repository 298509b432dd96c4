// Outfits curated over the drawn shop, the ground truth that compatibility models learn from and are judged
// by.
//
// Rules, all of which every outfit keeps:
//   slots      one template: top + bottom + shoes, or dress + shoes; outer in autumn and winter; a bag and an
//   accessory
//              as the occasion asks. One garment a slot, no garment twice.
//   department pieces of one department, or unisex.
//   season     every piece is made for the outfit's season.
//   occasion   every piece is made for the outfit's occasion.
//   formality  max - min over the pieces <= kFormalitySpreadMax.
//   colour     every pair's harmony >= kHarmonyMin, in CIELCh (colour_harmony below).
//   print      at most one piece is patterned.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/rng.h"
#include "simulation/drawn_item.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

inline constexpr double kFormalitySpreadMax = 0.34;
inline constexpr double kHarmonyMin = 0.45;

struct OutfitPiece {
  std::string garment_id;
  std::string colour;
  std::string slot;
};

struct CuratedOutfit {
  std::string outfit_id;
  std::string department;
  std::string occasion;
  std::string season;
  std::vector<OutfitPiece> pieces;
};

// How well two colours go together, 0 to 1. Neutrals (chroma < 16) go with everything, best at a contrast of
// lightness; of two chromatic colours, near hues (<= 35 degrees) and opposite ones (150 to 210) go, the more
// so the less saturated they are; hues between clash.
[[nodiscard]] double colour_harmony(const Lab& a, const Lab& b);

// At most `count` outfits; fewer when the shop is too small for the rules.
[[nodiscard]] std::vector<CuratedOutfit> curate_outfits(std::span<const DrawnItem> items, size_t count,
                                                        Rng& rng);

template <>
struct Contract<OutfitPiece> {
  static constexpr std::string_view kName = "OutfitPiece";
  static constexpr std::string_view kDoc = "A garment in one colour, in its place in an outfit.";
  static constexpr auto kFields = std::tuple{
      field("garment_id", &OutfitPiece::garment_id,
            {.doc = "The garment", .required = true, .length_max = 200}),
      field("colour", &OutfitPiece::colour,
            {.doc = "The colour it is worn in", .required = true, .length_max = 100}),
      field("slot", &OutfitPiece::slot,
            {.doc = "top, bottom, dress, outer, shoes, bag, accessory", .required = true, .length_max = 20})};
};

template <>
struct Contract<CuratedOutfit> {
  static constexpr std::string_view kName = "CuratedOutfit";
  static constexpr std::string_view kDoc = "Garments that belong together.";
  static constexpr auto kFields = std::tuple{
      field("outfit_id", &CuratedOutfit::outfit_id, {.doc = "Unique", .required = true, .length_max = 100}),
      field("department", &CuratedOutfit::department,
            {.doc = "women or men", .required = true, .length_max = 20}),
      field("occasion", &CuratedOutfit::occasion,
            {.doc = "Vocabulary name", .required = true, .length_max = 60}),
      field("season", &CuratedOutfit::season, {.doc = "Vocabulary name", .required = true, .length_max = 60}),
      field("pieces", &CuratedOutfit::pieces, {.doc = "One per slot", .required = true, .items_max = 8})};
};

}  // namespace modiste
