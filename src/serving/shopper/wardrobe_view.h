// A shopper's wardrobe as it is shown and changed. These types are the HTTP contract too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "serving/api/requests.h"

namespace modiste {

// A garment that the shopper has.
struct WardrobePiece {
  std::string id;          // of the garment of the shop, or of the piece itself
  bool sold_here = false;  // false: described by a photo
  EventType how{};         // own, or purchase
  TimePoint at{};
  OutfitRole role = OutfitRole::kNone;
  std::string category, colour;  // vocabulary names; empty: unknown
  AnswerItem item;
};

// Latest first.
struct WardrobeView {
  std::vector<WardrobePiece> pieces;
};

// A garment of the shop that the shopper says they have.
struct OwnedByShopper {
  std::string garment_id;
  std::string colour;  // empty: its first one
};

// What the shopper corrects of a photo; absent members stay.
struct WardrobeCorrection {
  std::optional<std::string> title, category, colour;
};

template <>
struct Contract<WardrobePiece> {
  static constexpr std::string_view kName = "WardrobePiece";
  static constexpr std::string_view kDoc = "A garment that the shopper has.";
  static constexpr auto kFields = Fields{
      field("id", &WardrobePiece::id,
            {.doc = "Its id; send it with `owned` as an anchor of an outfit", .required = true}),
      field("sold_here", &WardrobePiece::sold_here,
            {.doc = "True: a garment of the shop; false: described by a photo", .required = true}),
      field("how", &WardrobePiece::how, {.doc = "purchase, or own: as the shopper said", .required = true}),
      field("at", &WardrobePiece::at, {.doc = "Since when", .required = true}),
      field("role", &WardrobePiece::role, {.doc = "Its place in an outfit", .required = true}),
      field("category", &WardrobePiece::category,
            {.doc = "Vocabulary name; empty: unknown", .required = true}),
      field("colour", &WardrobePiece::colour, {.doc = "Colour family; empty: unknown", .required = true}),
      field("item", &WardrobePiece::item, {.doc = "The garment as it is shown", .required = true})};
};

template <>
struct Contract<WardrobeView> {
  static constexpr std::string_view kName = "Wardrobe";
  static constexpr std::string_view kDoc =
      "What the shopper has: bought and not sent back, named by them, or described by a photo.";
  static constexpr auto kFields =
      Fields{field("pieces", &WardrobeView::pieces, {.doc = "Latest first", .required = true})};
};

template <>
struct Contract<OwnedByShopper> {
  static constexpr std::string_view kName = "OwnedByShopper";
  static constexpr std::string_view kDoc = "A garment of the shop that the shopper has.";
  static constexpr auto kFields = Fields{
      field("garment_id", &OwnedByShopper::garment_id,
            {.doc = "Id of the garment, or of a variant",
             .required = true,
             .length_max = 200,
             .example = "MH01"}),
      field("colour", &OwnedByShopper::colour, {.doc = "Absent: its first colour", .length_max = 100})};
};

template <>
struct Contract<WardrobeCorrection> {
  static constexpr std::string_view kName = "WardrobeCorrection";
  static constexpr std::string_view kDoc = "What the shopper corrects; absent members stay.";
  static constexpr auto kFields = Fields{
      field("title", &WardrobeCorrection::title, {.doc = "What the shopper calls it", .length_max = 200}),
      field("category", &WardrobeCorrection::category, {.doc = "Vocabulary name", .length_max = 60}),
      field("colour", &WardrobeCorrection::colour, {.doc = "Colour family", .length_max = 60})};
};

}  // namespace modiste
