#include "outfits/learned_compatibility.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace modiste::outfits {
namespace {

// A network of drawn weights: what is tested is what it is given, not what it learned.
SetTransformer drawn_model(std::vector<std::string> categories, size_t vector) {
  SetInfo info;
  info.shape.categories = categories.size();
  info.shape.words = 64;
  info.shape.features = WearableReading::kNumbers + vector;
  info.shape.width = 8;
  info.shape.heads = 2;
  info.shape.hidden = 8;
  info.shape.layers = 1;
  info.categories = std::move(categories);
  Rng rng(4);
  SetWeights weights;
  for (const SetTensor& tensor : set_tensors(info.shape))
    for (size_t i = 0; i < tensor.rows * tensor.columns; ++i)
      weights[tensor.name].push_back(static_cast<float>(rng.normal()) / 2);
  return {std::move(info), std::move(weights)};
}

TermId learned_term(Facet facet, std::string_view name) {
  return Vocabulary::standard().find(facet, name)->id;
}

Wearable worn(std::string_view category) {
  Wearable look;
  look.category = learned_term(Facet::kCategory, category);
  return look;
}

LearnedCompatibility learned(size_t vector = 2) {
  auto created =
      LearnedCompatibility::create(drawn_model({"dress", "heels", "jeans"}, vector), Vocabulary::standard());
  CHECK(created.ok());
  return std::move(created).value();
}

TEST(LearnedCompatibility, PairsAreSymmetricAndUnknownOnesSayNothing) {
  const auto model = learned();
  EXPECT_EQ(model.pair(worn("dress"), worn("heels")), model.pair(worn("heels"), worn("dress")));
  EXPECT_NE(model.pair(worn("dress"), worn("heels")), model.pair(worn("dress"), worn("jeans")));
  EXPECT_EQ(model.pair(worn("dress"), worn("umbrella")), 0.5);
  EXPECT_EQ(model.pair(worn("dress"), Wearable()), 0.5);
  EXPECT_EQ(model.set(std::vector<Wearable>{worn("dress")}), 0.5);
}

TEST(LearnedCompatibility, ACategoryIsReadAsTheNearestAboveIt) {
  const auto model = learned();
  EXPECT_EQ(model.pair(worn("cocktail-dress"), worn("heels")), model.pair(worn("dress"), worn("heels")));
}

TEST(LearnedCompatibility, ASetReadsVectorsTermsAndNumbersInAnyOrder) {
  const auto model = learned();
  const std::vector<float> vector{1, 0}, too_long{1, 0, 0};
  const std::vector<TermId> terms{learned_term(Facet::kOccasion, "work")};
  const std::vector<Wearable> plain{worn("dress"), worn("heels")};
  const double known = model.set(plain);
  const auto changed = [&](auto change) {
    std::vector<Wearable> pieces = plain;
    change(pieces[0]);
    return model.set(pieces);
  };
  EXPECT_NE(changed([&](Wearable& look) { look.vector = vector; }), known);
  EXPECT_EQ(changed([&](Wearable& look) { look.vector = too_long; }), known);
  EXPECT_NE(changed([&](Wearable& look) { look.terms = terms; }), known);
  EXPECT_NE(changed([&](Wearable& look) { look.formality = 0.9; }), known);
  EXPECT_NE(changed([&](Wearable& look) { look.colour = Lab{20, 10, 10}; }), known);
  EXPECT_NE(changed([&](Wearable& look) { look.seasons = kWinter; }), known);
  EXPECT_NEAR(model.set(std::vector<Wearable>{plain[1], plain[0]}), known, 1e-5);
}

TEST(LearnedCompatibility, ModelsOfAnotherKindAreRefused) {
  SetTransformer nameless = drawn_model({"dress", "heels"}, 0);
  SetInfo info = nameless.info();
  EXPECT_TRUE(LearnedCompatibility::create(std::move(nameless), Vocabulary::standard()).ok());
  info.categories.clear();
  SetWeights weights;
  for (const SetTensor& tensor : set_tensors(info.shape))
    weights[tensor.name].resize(tensor.rows * tensor.columns);
  const auto refused =
      LearnedCompatibility::create(SetTransformer(info, std::move(weights)), Vocabulary::standard());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace modiste::outfits
