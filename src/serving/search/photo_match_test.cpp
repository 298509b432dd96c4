#include "serving/search/photo_match.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

const Vocabulary& vocabulary() { return Vocabulary::standard(); }
TermId category(const char* name) { return vocabulary().find(Facet::kCategory, name)->id; }

TEST(KindVote, ManyNearItemsOutvoteTheNearestOne) {
  const KindVote vote({{0.80F, category("dress")},
                       {0.79F, category("t-shirt")},
                       {0.79F, category("t-shirt")},
                       {0.78F, category("t-shirt")}});
  EXPECT_GT(vote.share(category("t-shirt"), vocabulary()), 0.6F);
  EXPECT_NEAR(vote.share(category("t-shirt"), vocabulary()) + vote.share(category("dress"), vocabulary()), 1,
              1e-5);
}

TEST(KindVote, FarItemsHardlyVote) {
  std::vector<PhotoNeighbour> near{{0.9F, category("dress")}};
  for (int i = 0; i < 19; ++i) near.push_back({0.4F, category("t-shirt")});
  EXPECT_GT(KindVote(near).share(category("dress"), vocabulary()), 0.99F);
}

TEST(KindVote, OnlyTheNearestTwentyVote) {
  std::vector<PhotoNeighbour> near;
  for (int i = 0; i < 500; ++i) near.push_back({0.69F, category("t-shirt")});
  for (int i = 0; i < 20; ++i) near.push_back({0.70F, category("dress")});
  EXPECT_NEAR(KindVote(near).share(category("dress"), vocabulary()), 1, 1e-5);
}

TEST(KindVote, AWiderKindCountsForTheNarrowerOnes) {
  const KindVote vote({{0.7F, category("tops")}});
  EXPECT_NEAR(vote.share(category("t-shirt"), vocabulary()), 1, 1e-5);
  EXPECT_EQ(vote.share(category("dress"), vocabulary()), 0);
}

TEST(KindVote, ItemsOfNoKnownKindNeitherVoteNorAreVotedFor) {
  const KindVote vote({{0.9F, kNoTerm}, {0.7F, category("dress")}});
  EXPECT_NEAR(vote.share(category("dress"), vocabulary()), 1, 1e-5);
  EXPECT_EQ(vote.share(kNoTerm, vocabulary()), 0);
  EXPECT_EQ(KindVote({}).share(category("dress"), vocabulary()), 0);
}

}  // namespace
}  // namespace modiste
