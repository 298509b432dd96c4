#include "serving/search/photo_match.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

const Vocabulary& vocabulary() { return Vocabulary::standard(); }
TermId category(const char* name) { return vocabulary().find(Facet::kCategory, name)->id; }

TEST(PhotoVote, ManyNearItemsOutvoteTheNearestOne) {
  const auto shares = vote({{0.80F, category("dress")},
                            {0.79F, category("t-shirt")},
                            {0.79F, category("t-shirt")},
                            {0.78F, category("t-shirt")}});
  EXPECT_GT(share_of_kind(shares, category("t-shirt"), vocabulary()), 0.6F);
  EXPECT_NEAR(share_of_kind(shares, category("t-shirt"), vocabulary()) +
                  share_of_kind(shares, category("dress"), vocabulary()),
              1, 1e-5);
}

TEST(PhotoVote, FarItemsHardlyVote) {
  std::vector<PhotoNeighbour> near{{0.9F, category("dress")}};
  for (int i = 0; i < 19; ++i) near.push_back({0.4F, category("t-shirt")});
  EXPECT_GT(share_of_kind(vote(near), category("dress"), vocabulary()), 0.99F);
}

TEST(PhotoVote, OnlyTheNearestTwentyVote) {
  std::vector<PhotoNeighbour> near;
  for (int i = 0; i < 500; ++i) near.push_back({0.69F, category("t-shirt")});
  for (int i = 0; i < 20; ++i) near.push_back({0.70F, category("dress")});
  EXPECT_NEAR(share_of_kind(vote(near), category("dress"), vocabulary()), 1, 1e-5);
}

TEST(PhotoVote, AWiderKindCountsForTheNarrowerOnes) {
  const auto shares = vote({{0.7F, category("tops")}});
  EXPECT_NEAR(share_of_kind(shares, category("t-shirt"), vocabulary()), 1, 1e-5);
  EXPECT_EQ(share_of_kind(shares, category("dress"), vocabulary()), 0);
}

TEST(PhotoVote, ItemsOfNoKnownKindNeitherVoteNorAreVotedFor) {
  const auto shares = vote({{0.9F, kNoTerm}, {0.7F, category("dress")}});
  EXPECT_NEAR(share_of_kind(shares, category("dress"), vocabulary()), 1, 1e-5);
  EXPECT_EQ(share_of_kind(shares, kNoTerm, vocabulary()), 0);
  EXPECT_EQ(share_of_kind(vote({}), category("dress"), vocabulary()), 0);
}

TEST(PhotoVote, AColourIsWhatTheShopCallsSuchPalettes) {
  const auto colour = [](const char* name) { return vocabulary().find(Facet::kColour, name)->id; };
  const auto colours = vote({{0.90F, colour("blue")}, {0.90F, colour("blue")}, {0.90F, colour("purple")}});
  EXPECT_NEAR(share_of(colours, colour("blue")), 2.0 / 3, 1e-5);
  EXPECT_EQ(share_of(colours, colour("red")), 0);
  EXPECT_GT(colour_match(0.8F, colour("blue"), colours), colour_match(0.9F, colour("purple"), colours));
  EXPECT_EQ(colour_match(0.8F, kNoTerm, colours), 0.8F) << "without a word by its palette";
  EXPECT_TRUE(vote({{0, colour("blue")}, {0, colour("red")}}).empty()) << "a photo without a palette";
}

}  // namespace
}  // namespace modiste
