#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "embedding/encoder.h"
#include "embedding/garment_text.h"
#include "embedding/label_text.h"

namespace modiste {
namespace {

using testing::ElementsAre;

TEST(GarmentTexts, SaysTitleColourAndUnderstoodTerms) {
  Garment garment;
  garment.title = "Bruno Compete Hoodie";
  garment.attributes = {{Facet::kCategory, "hoodie", "Hoodies", AttributeSource::kSupplier, 1},
                        {Facet::kSeason, "rainy", "Rainy", AttributeSource::kSupplier, 1},
                        {Facet::kPattern, "unknown", "Whirly", AttributeSource::kSupplier, 1},
                        {Facet::kSleeve, "long-sleeve", "", AttributeSource::kPhoto, 0.9F}};
  EXPECT_THAT(garment_texts(garment, "Blue", Vocabulary::standard()),
              ElementsAre("Bruno Compete Hoodie, Blue. Hoodie, Rain"));
}

TEST(GarmentTexts, CutsLongDescriptionsAtASentence) {
  Garment garment;
  garment.title = "Tee";
  for (int i = 0; i < 50; ++i) garment.description += "Soft cotton keeps its shape. ";
  const auto texts = garment_texts(garment, "", Vocabulary::standard());
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_LE(texts[1].size(), 420U);
  EXPECT_EQ(texts[1].back(), '.');
}

TEST(DrawTexts, NamesTheCategoryAndRepeatsBySeed) {
  const KnownTerms terms{{Facet::kCategory, "hoodie"}, {Facet::kColour, "navy"}};
  Rng a(3), b(3);
  const auto texts = draw_texts(terms, Vocabulary::standard(), 5, a);
  EXPECT_EQ(texts, draw_texts(terms, Vocabulary::standard(), 5, b));
  ASSERT_FALSE(texts.empty());
  EXPECT_LE(texts.size(), 5U);
  for (const auto& text : texts) EXPECT_THAT(text, testing::ContainsRegex("hood|zip")) << text;
}

TEST(DrawTexts, IsSilentWithoutACategory) {
  Rng rng(1);
  EXPECT_TRUE(draw_texts({{Facet::kColour, "navy"}}, Vocabulary::standard(), 5, rng).empty());
  EXPECT_TRUE(draw_texts({{Facet::kCategory, "no-such-term"}}, Vocabulary::standard(), 5, rng).empty());
}

TEST(CategoryPrompts, StartWithTheLabel) {
  const auto prompts = category_prompts(*Vocabulary::standard().find(Facet::kCategory, "t-shirt"));
  EXPECT_EQ(prompts.front(), "t-shirt");
  EXPECT_LE(prompts.size(), 8U);
}

TEST(ItemVector, PhotosTogetherWeighAsMuchAsWords) {
  const std::vector<Vector> photos{{1, 0}, {1, 0}, {1, 0}}, texts{{0, 1}};
  const auto item = item_vector(photos, texts);
  EXPECT_FLOAT_EQ(item[0], item[1]);
  EXPECT_EQ(item_vector({}, texts), texts[0]);
  EXPECT_TRUE(item_vector({}, {}).empty());
}

}  // namespace
}  // namespace modiste
