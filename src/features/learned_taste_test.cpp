#include "features/learned_taste.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/text.h"
#include "features/feature.h"

namespace modiste {
namespace {

const Vocabulary& vocabulary() { return Vocabulary::standard(); }

// Shoppers differ about red and about the brand Nilo; nothing else tells them apart.
TasteModel red_and_nilo() {
  TasteModel model;
  model.names.assign(TasteModel::kOfEvery.begin(), TasteModel::kOfEvery.end());
  model.names.insert(model.names.end(), {"colour:red", "brand:nilo"});
  model.prior = {{-1, 0, 0, 0, 0}, {0.1F, 0.1F, 0.1F, 8, 8}};
  model.price_usual = 20;
  model.share = 0.5F;
  return model;
}

Garment garment(std::string id, std::string colour, std::string brand = "") {
  Garment made;
  made.id = std::move(id);
  made.brand = std::move(brand);
  made.attributes = {{Facet::kColour, ascii_lower(colour), "", AttributeSource::kSupplier, 1}};
  made.variants = {{made.id + "-M", "M", std::move(colour), 20, {}, {}, 3}};
  return made;
}

class LearnedTasteTest : public testing::Test {
 protected:
  LearnedTasteTest() {
    catalog_.upsert({garment("red", "Red"), garment("blue", "Blue"), garment("nilo", "Blue", "Nilo"),
                     garment("also-red", "Red")});
  }
  [[nodiscard]] Slot slot(std::string_view id) const { return catalog_.slot_ever(id, ""); }
  void likes(std::string_view id) {
    shopper_.choices.push_back({slot(id), kSessionMode});
    shopper_.liked.push_back({slot(id), EventType::kLike, {}});
  }
  [[nodiscard]] std::shared_ptr<const TasteWeights> weights() const {
    const auto snapshot = catalog_.snapshot();
    return taste_.weights_of({{}, *snapshot, vocabulary(), style_, shopper_, tastes_, {}, {}, {}, context_},
                             catalog_);
  }
  [[nodiscard]] float logit(std::string_view id) const {
    return weights()->logit(catalog_.snapshot()->facts(slot(id)));
  }

  Catalog catalog_{vocabulary()};
  StyleOptions style_;
  ShopperState shopper_;
  std::vector<TasteShare> tastes_;
  std::optional<Context> context_;
  LearnedTaste taste_{red_and_nilo(), vocabulary()};
};

TEST_F(LearnedTasteTest, OneLikeTellsOfGarmentsThatAreAlike) {
  EXPECT_EQ(weights(), nullptr) << "nothing is known of the shopper";
  likes("red");
  EXPECT_GT(logit("also-red"), logit("blue") + 0.5F);
  EXPECT_GT(logit("also-red"), -1.0F) << "above the mean";
}

TEST_F(LearnedTasteTest, APassIsHeardAndWithoutOneTheStockSpeaks) {
  shopper_.passed.push_back({slot("red"), 1, 1});
  EXPECT_LT(logit("also-red"), logit("blue"));
  shopper_.passed.clear();
  likes("nilo");
  EXPECT_GT(logit("nilo"), logit("blue") + 0.5F);
  EXPECT_LT(logit("also-red"), logit("blue")) << "red is in the sample of the stock, which is not liked";
}

TEST_F(LearnedTasteTest, WhatWasPassedAndThenLikedIsLiked) {
  likes("red");
  const float liked = logit("also-red");
  shopper_.passed.push_back({slot("red"), 1, 1});
  EXPECT_EQ(logit("also-red"), liked);
}

TEST_F(LearnedTasteTest, ABrandThatComesLaterHasItsInput) {
  likes("nilo");
  ASSERT_NE(weights(), nullptr);
  catalog_.upsert({garment("new", "Blue", "NILO"), garment("other", "Blue", "Unheard of")});
  EXPECT_GT(logit("new"), logit("other") + 0.5F);
}

TEST_F(LearnedTasteTest, AGiftHardlyCounts) {
  likes("red");
  const float whole = logit("also-red");
  shopper_.choices[0].mode = 2;
  tastes_.push_back({0.95F, 1, false, {}});
  tastes_.push_back({0.05F, 2, false, {}});
  EXPECT_LT(logit("also-red"), whole - 0.3F);
}

TEST_F(LearnedTasteTest, IsAFeatureWhereItIsKnown) {
  const auto snapshot = catalog_.snapshot();
  const Item& item = snapshot->item(slot("red"));
  RequestFacts facts{{}, *snapshot, vocabulary(), style_, shopper_, tastes_, {}, {}, {}, context_};
  const FeatureDefinition& feature = *find_feature("learned_taste");
  EXPECT_TRUE(std::isnan(feature.compute({facts, item, {}})));
  likes("red");
  const auto known = weights();
  facts.learned_taste = known.get();
  EXPECT_FLOAT_EQ(static_cast<float>(feature.compute({facts, item, {}})), known->logit(item.facts));
}

TEST(LearnedTasteFile, IsReadAsWrittenAndRefusedWhereDamaged) {
  const std::string file = serialize_taste(red_and_nilo());
  const auto read = parse_taste(file);
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(serialize_taste(*read), file);
  for (size_t length = 0; length < file.size(); ++length)
    EXPECT_EQ(parse_taste(file.substr(0, length)).error().code, Code::kCorrupt) << length;
  EXPECT_FALSE(parse_taste(file + "x").ok());
  std::string other = file;
  other[4 + kLearnedTasteKind.size()] = 2;  // the version
  EXPECT_FALSE(parse_taste(other).ok());
  const auto refused = [](auto change) {
    TasteModel model = red_and_nilo();
    change(model);
    return !parse_taste(serialize_taste(model)).ok();
  };
  EXPECT_TRUE(refused([](auto& model) { model.prior.mean.pop_back(); }));
  EXPECT_TRUE(refused([](auto& model) { model.prior.mean[1] = std::numeric_limits<float>::quiet_NaN(); }));
  EXPECT_TRUE(refused([](auto& model) { model.prior.variance[1] = 0; }));
  EXPECT_TRUE(refused([](auto& model) { model.names[4] = model.names[3]; }));
  EXPECT_TRUE(refused([](auto& model) { model.names[0] = "other"; }));
  EXPECT_TRUE(refused([](auto& model) { model.price_usual = 0; }));
  EXPECT_TRUE(refused([](auto& model) { model.share = 1.5F; }));
}

}  // namespace
}  // namespace modiste
