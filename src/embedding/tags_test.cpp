#include "embedding/tags.h"

#include <gtest/gtest.h>

#include <numeric>

namespace modiste {
namespace {

std::optional<Attribute> category(const std::vector<std::string>& terms,
                                  const std::vector<float>& probabilities,
                                  float keep_from = kTagConfidenceMin) {
  return tag_of({Facet::kCategory, terms, probabilities}, Vocabulary::standard(), keep_from);
}

TEST(TagOf, SaysTheCertainTerm) {
  const auto tag = category({"hoodie", "jeans"}, {0.8F, 0.2F});
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->term, "hoodie");
  EXPECT_EQ(tag->source, AttributeSource::kPhoto);
  EXPECT_FLOAT_EQ(tag->confidence, 0.8F);
}

TEST(TagOf, BacksOffToTheParentThatIsCertain) {
  const auto tag = category({"t-shirt", "tank-top", "jeans"}, {0.45F, 0.4F, 0.15F});
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->term, "tops");
  EXPECT_NEAR(tag->confidence, 0.85F, 1e-5F);
}

TEST(TagOf, CountsTheParentsOwnProbability) {
  const auto tag = category({"pants", "jeans", "hat"}, {0.3F, 0.4F, 0.3F});
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->term, "pants");
  EXPECT_NEAR(tag->confidence, 0.7F, 1e-5F);
}

TEST(TagOf, SaysNothingWhenNothingIsCertain) {
  EXPECT_FALSE(category({"hoodie", "sneakers", "tote", "watch"}, {0.3F, 0.25F, 0.25F, 0.2F}));
  const std::vector<std::string> terms{"crew", "v-neck", "boat"};
  const std::vector<float> probabilities{0.4F, 0.3F, 0.3F};
  EXPECT_FALSE(tag_of({Facet::kNeckline, terms, probabilities}, Vocabulary::standard()));
  EXPECT_TRUE(tag_of({Facet::kNeckline, terms, probabilities}, Vocabulary::standard(), 0.35F));
  EXPECT_FALSE(category({"jeans"}, {1.0F}, kTagNeverKept));
}

TEST(TagOf, PassesOverTermsTheVocabularyDoesNotKnow) {
  EXPECT_FALSE(category({"no-such-garment", "jeans"}, {0.9F, 0.1F}));
  EXPECT_FALSE(category({}, {}));
}

TEST(DropImpossibleTags, AWatchHasNoHood) {
  const auto tags_of = [](const char* name) {
    std::vector<Attribute> tags{{Facet::kCategory, name, "", AttributeSource::kPhoto, 0.9F},
                                {Facet::kNeckline, "hooded", "", AttributeSource::kPhoto, 0.9F},
                                {Facet::kColour, "red", "", AttributeSource::kPhoto, 0.9F}};
    drop_impossible_tags(tags, Vocabulary::standard());
    return tags.size();
  };
  EXPECT_EQ(tags_of("watch"), 2U);
  EXPECT_EQ(tags_of("jacket"), 3U);
}

TEST(MayBeCalled, ByACategoryAboveOrBelowButNotBeside) {
  EXPECT_TRUE(may_be_called(Facet::kCategory, "tops", "t-shirt", Vocabulary::standard()));
  EXPECT_TRUE(may_be_called(Facet::kCategory, "t-shirt", "tops", Vocabulary::standard()));
  EXPECT_FALSE(may_be_called(Facet::kCategory, "t-shirt", "tank-top", Vocabulary::standard()));
  EXPECT_FALSE(may_be_called(Facet::kSleeve, "sleeveless", "long-sleeve", Vocabulary::standard()));
}

TEST(Rescale, FlattensAboveOneAndSharpensBelow) {
  std::vector<float> flat{0.8F, 0.15F, 0.05F}, sharp = flat, same = flat;
  rescale(flat, 3);
  rescale(sharp, 0.5);
  rescale(same, 1);
  EXPECT_LT(flat[0], 0.8F);
  EXPECT_GT(sharp[0], 0.9F);
  EXPECT_NEAR(same[1], 0.15F, 1e-6F);
  EXPECT_NEAR(std::accumulate(flat.begin(), flat.end(), 0.0F), 1, 1e-6F);
  EXPECT_GT(flat[0], flat[1]);
}

TEST(Rescale, SurvivesZeros) {
  std::vector<float> certain{1, 0, 0};
  rescale(certain, 2);
  EXPECT_GT(certain[0], 0.99F);
  EXPECT_GE(certain[1], 0);
}

}  // namespace
}  // namespace modiste
