// What outfits and looks have in common.
#include "serving/outfits/outfit_pieces.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace modiste {
namespace {

OutfitPieceView piece(const std::string& garment_id, const std::string& colour, bool anchor = false) {
  OutfitPieceView view;
  view.anchor = anchor;
  view.item.garment_id = garment_id;
  view.item.colour = colour;
  return view;
}

// It stands in logs and in stored pools: the formula may not change.
TEST(OutfitPieces, TheIdIsOfThePiecesInWhateverOrder) {
  const std::vector<OutfitPieceView> outfit{piece("T1", "Red", true), piece("B2", "Navy")};
  auto turned = outfit;
  std::reverse(turned.begin(), turned.end());
  const std::string id = outfit_id_of(pieces_of(outfit));
  EXPECT_EQ(id.size(), 17U);
  EXPECT_EQ(id.front(), 'o');
  EXPECT_EQ(outfit_id_of(pieces_of(turned)), id);
  turned.front().item.colour = "Blue";
  EXPECT_NE(outfit_id_of(pieces_of(turned)), id);
}

TEST(OutfitPieces, WhatWasChosenIsLoggedOnceAndAnchorsAreNot) {
  Answer chosen;
  add_chosen(std::vector{piece("T1", "Red", true), piece("B2", "Navy"), piece("S3", "Black")}, chosen);
  add_chosen(std::vector{piece("S3", "Black"), piece("S3", "White")}, chosen);
  std::string logged;
  for (const AnswerItem& item : chosen.items)
    logged += std::to_string(item.position) + item.garment_id + item.colour + " ";
  EXPECT_EQ(logged, "0B2Navy 1S3Black 2S3White ");
}

}  // namespace
}  // namespace modiste
