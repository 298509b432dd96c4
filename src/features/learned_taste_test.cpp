#include "features/learned_taste.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/text.h"
#include "features/feature.h"

namespace modiste {
namespace {

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
    return taste_.weights_of(
        {{}, *snapshot, Vocabulary::standard(), style_, shopper_, tastes_, {}, {}, {}, context_}, catalog_);
  }
  [[nodiscard]] float logit(std::string_view id) const {
    return weights()->logit(catalog_.snapshot()->facts(slot(id)));
  }

  Catalog catalog_{Vocabulary::standard()};
  StyleOptions style_;
  ShopperState shopper_;
  std::vector<TasteShare> tastes_;
  std::optional<Context> context_;
  LearnedTaste taste_{red_and_nilo(), Vocabulary::standard()};
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

// What was looked at speaks for itself, as a third of a like: it is not among the stock that was not liked.
TEST_F(LearnedTasteTest, WhatWasLookedAtIsNotInTheSampleOfTheStock) {
  Catalog small(Vocabulary::standard());
  small.upsert({garment("seen", "Red"), garment("liked", "Blue")});
  const auto snapshot = small.snapshot();
  ShopperState shopper;
  for (const char* id : {"seen", "liked"}) shopper.choices.push_back({small.slot_ever(id, ""), kSessionMode});
  shopper.liked.push_back({small.slot_ever("liked", ""), EventType::kLike, {}});
  const auto weights = taste_.weights_of(
      {{}, *snapshot, Vocabulary::standard(), style_, shopper, tastes_, {}, {}, {}, context_}, small);
  ASSERT_NE(weights, nullptr);
  EXPECT_GT(weights->logit(snapshot->facts(small.slot_ever("seen", ""))), -1) << "above the mean";
}

// A department of one garment in fifty gives as large a sample as any other.
TEST_F(LearnedTasteTest, ASmallDepartmentIsSampledFromItsOwnGarments) {
  std::vector<Garment> garments;
  for (int i = 0; i < 5'000; ++i) {
    Garment& made =
        garments.emplace_back(garment("g" + std::to_string(10'000 + i), i % 100 == 0 ? "Red" : "Blue"));
    made.attributes.push_back(
        {Facet::kDepartment, i % 50 == 0 ? "men" : "women", "", AttributeSource::kSupplier, 1});
  }
  catalog_.upsert(std::move(garments));  // of the men's garments half are red
  const auto snapshot = catalog_.snapshot();
  ASSERT_NE(snapshot->facts(slot("g10000")).department, snapshot->facts(slot("g10001")).department);
  likes("g10050");  // a blue one
  likes("g10150");
  EXPECT_LT(logit("g10000"), logit("g10250") - 0.5F) << "half of what was not liked is red";
  // What comes on sale later is in the sample when there is enough of it.
  const float before = logit("g10000");
  std::vector<Garment> more;
  for (int i = 0; i < 400; ++i) {
    Garment& made = more.emplace_back(garment("h" + std::to_string(i), "Blue"));
    made.attributes.push_back({Facet::kDepartment, "men", "", AttributeSource::kSupplier, 1});
  }
  catalog_.upsert(std::move(more));
  EXPECT_GT(logit("g10000"), before) << "now most of what was not liked is blue";
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
  RequestFacts facts{{}, *snapshot, Vocabulary::standard(), style_, shopper_, tastes_, {}, {}, {}, context_};
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
