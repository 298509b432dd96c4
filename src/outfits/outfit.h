// An outfit as files and models exchange it: garments in one colour each, worn together.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "vocabulary/vocabulary.h"

namespace modiste::outfits {

struct OutfitPiece {
  std::string garment_id;
  std::string colour;
  OutfitRole role{};
};

// Composed by hand or by stated rules: the ground truth that compatibility models learn from and are judged
// by.
struct CuratedOutfit {
  std::string outfit_id;
  std::string department;
  std::string occasion;
  std::string season;
  std::vector<OutfitPiece> pieces;
};

}  // namespace modiste::outfits

namespace modiste {

template <>
struct Contract<outfits::OutfitPiece> {
  using Piece = outfits::OutfitPiece;
  static constexpr std::string_view kName = "OutfitPiece";
  static constexpr std::string_view kDoc = "A garment in one colour, in its place in an outfit.";
  static constexpr auto kFields = Fields{
      field("garment_id", &Piece::garment_id, {.doc = "The garment", .required = true, .length_max = 200}),
      field("colour", &Piece::colour,
            {.doc = "The colour it is worn in", .required = true, .length_max = 100}),
      field("role", &Piece::role, {.doc = "Its place in the outfit", .required = true})};
};

template <>
struct Contract<outfits::CuratedOutfit> {
  using Outfit = outfits::CuratedOutfit;
  static constexpr std::string_view kName = "CuratedOutfit";
  static constexpr std::string_view kDoc = "Garments that belong together.";
  static constexpr auto kFields = Fields{
      field("outfit_id", &Outfit::outfit_id, {.doc = "Unique", .required = true, .length_max = 100}),
      field("department", &Outfit::department, {.doc = "women or men", .required = true, .length_max = 20}),
      field("occasion", &Outfit::occasion, {.doc = "Vocabulary name", .required = true, .length_max = 60}),
      field("season", &Outfit::season, {.doc = "Vocabulary name", .required = true, .length_max = 60}),
      field("pieces", &Outfit::pieces, {.doc = "One per role", .required = true, .items_max = 8})};
};

}  // namespace modiste
