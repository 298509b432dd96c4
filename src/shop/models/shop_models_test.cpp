// A shop that is open follows the champions of its registry.
#include "shop/models/shop_models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <thread>

#include "features/learned_taste.h"
#include "io/test_directory.h"
#include "nn/projection_heads.h"
#include "nn/set_transformer.h"
#include "ranking/learned_ranker.h"
#include "retrieval/next_choices.h"
#include "shop/models/read_champion.h"
#include "shop/shop_metrics.h"
#include "style/fit_format.h"

namespace modiste {
namespace {

using testing::HasSubstr;

constexpr TimePoint kNow{std::chrono::seconds(1'790'000'000)};

std::string always(Occasion occasion) {
  std::vector<OccasionExample> examples(500);
  for (auto& example : examples) example.said = occasion;
  return OccasionModel::fit(examples, Vocabulary::standard())->serialize();
}

class ShopModelsTest : public testing::Test {
 protected:
  ShopModelsTest() {
    config_.data.directory = (directory_.path() / "data").string();
    config_.embedding.model = "none";
    shop_ = OpenShop::open(config_).value();
    registry_ = open_registry(shop_->directory().models()).value();  // as another process would
  }
  int publish(const std::string& name, std::string_view kind, const std::string& payload) {
    ModelDraft draft;
    draft.name = name;
    draft.kind = kind;
    const auto manifest = registry_->publish(draft, std::as_bytes(std::span(payload)), kNow);
    EXPECT_TRUE(manifest.ok());
    EXPECT_TRUE(registry_->set_alias(name, ModelAlias::kChampion, manifest->version, kNow).ok());
    return manifest->version;
  }
  ShopModels::State state(std::string_view name) {
    for (auto& state : shop_->models().states())
      if (state.row->name == name) return state;
    ADD_FAILURE() << name;
    return {};
  }

  TestDirectory directory_;
  Config config_;
  std::unique_ptr<OpenShop> shop_;
  std::unique_ptr<ModelRegistry> registry_;
};

TEST_F(ShopModelsTest, ANewChampionServesFromTheNextLook) {
  EXPECT_EQ(state("occasions").version, 0);
  EXPECT_EQ(shop_->services().occasions()->evidence(), 0);
  publish("occasions", kOccasionModelKind, always(Occasion::kBeach));
  publish("fit", kFitModelKind, serialize_fit({}));
  shop_->models().look();
  EXPECT_EQ(state("occasions").version, 1);
  EXPECT_EQ(state("fit").version, 1);
  EXPECT_GT(shop_->services().occasions()->evidence(), 0);
  const std::string metrics = ShopMetrics(*shop_).text();
  EXPECT_THAT(metrics, HasSubstr("modiste_model_version{model=\"occasions\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("modiste_model_refused_total{model=\"occasions\"} 0\n"));

  ASSERT_TRUE(registry_->set_alias("occasions", ModelAlias::kChampion, 0, kNow).ok());
  shop_->models().look();
  EXPECT_EQ(state("occasions").version, 0);
  EXPECT_EQ(shop_->services().occasions()->evidence(), 0);
}

// The alias challenger is followed as the alias champion is; the champion's own version is not compared.
TEST_F(ShopModelsTest, AChallengerIsComparedFromTheNextLook) {
  LearnedRankerModel model;
  model.features = {"discount"};
  model.trees = TreeEnsemble::create({{1, 0, 0, false}}, {0}, 1).value();
  const std::string payload = serialize_ranker(model);
  ModelDraft draft;
  draft.name = "ranker";
  draft.kind = kRankerKind;
  const auto compared = [&] { return shop_->services().recommender().shadow().counts().challenger; };
  ASSERT_TRUE(registry_->publish(draft, std::as_bytes(std::span(payload)), kNow).ok());
  ASSERT_TRUE(registry_->set_alias("ranker", ModelAlias::kChallenger, 1, kNow).ok());
  shop_->models().look();
  EXPECT_EQ(compared(), "learned 1");
  EXPECT_EQ(state("ranker").challenger, 1);
  EXPECT_EQ(state("ranker").version, 0);
  EXPECT_THAT(ShopMetrics(*shop_).text(),
              HasSubstr("modiste_shadow_answers_total{champion=\"\",challenger=\"learned 1\",result="
                        "\"compared\"} 0\n"));
  ASSERT_TRUE(registry_->set_alias("ranker", ModelAlias::kChampion, 1, kNow).ok());
  shop_->models().look();
  EXPECT_EQ(state("ranker").version, 1);
  EXPECT_EQ(compared(), "") << "it is the champion now";
  // One that cannot be read as a ranker is told, and nothing is compared.
  const std::string other = "{}";
  ASSERT_TRUE(registry_->publish(draft, std::as_bytes(std::span(other)), kNow).ok());
  ASSERT_TRUE(registry_->set_alias("ranker", ModelAlias::kChallenger, 2, kNow).ok());
  shop_->models().look();
  EXPECT_EQ(compared(), "");
  EXPECT_THAT(state("ranker").challenger_trouble, HasSubstr("ranker version 2 cannot be compared"));
}

TEST(RankerGate, SaysForWhomAVersionIsWorse) {
  ModelManifest manifest;
  EXPECT_THAT(kServedRanker.refusal(manifest), HasSubstr("was not compared"));
  const auto measured = [&](std::string segment, double ranker, double hybrid, double low, double high) {
    manifest.metrics["answers." + segment] = 300;
    manifest.metrics["ndcg.ranker." + segment] = ranker;
    manifest.metrics["ndcg.hybrid." + segment] = hybrid;
    manifest.metrics["ndcg.gain_low." + segment] = low;
    manifest.metrics["ndcg.gain_high." + segment] = high;
  };
  measured("all", 0.52, 0.5, 0.01, 0.03);
  measured("engaged", 0.56, 0.5, 0.03, 0.08);
  measured("cold", 0.44, 0.45, -0.03, 0.01);  // within what chance does
  EXPECT_EQ(kServedRanker.refusal(manifest), "");
  measured("cold", 0.4, 0.45, -0.08, -0.02);
  EXPECT_THAT(kServedRanker.refusal(manifest),
              HasSubstr("it is worse for cold shoppers: NDCG 0.4000, the hybrid's"));
  measured("cold", 0.45, 0.45, -0.01, 0.01);
  measured("all", 0.49, 0.5, -0.02, 0.01);
  EXPECT_THAT(kServedRanker.refusal(manifest), HasSubstr("it is not better for all shoppers"));
  measured("all", 0.52, 0.5, 0.01, 0.03);
  manifest.metrics["champion.answers.warm"] = 80;
  manifest.metrics["champion.gain_low.warm"] = -0.2;
  manifest.metrics["champion.gain_high.warm"] = 0.01;
  EXPECT_EQ(kServedRanker.refusal(manifest), "") << "within what chance does";
  manifest.metrics["champion.gain_high.warm"] = -0.01;
  EXPECT_THAT(kServedRanker.refusal(manifest), HasSubstr("it is worse than the champion for warm shoppers"));
  // Of few shoppers, however many their answers, an interval says nothing.
  manifest.metrics["champion.shoppers.warm"] = 29;
  EXPECT_EQ(kServedRanker.refusal(manifest), "");
  measured("cold", 0.4, 0.45, -0.08, -0.02);
  manifest.metrics["shoppers.cold"] = 2;
  EXPECT_EQ(kServedRanker.refusal(manifest), "");
  manifest.metrics["shoppers.cold"] = 30;
  EXPECT_THAT(kServedRanker.refusal(manifest), HasSubstr("it is worse for cold shoppers"));
  manifest.metrics["shoppers.all"] = 29;
  EXPECT_THAT(kServedRanker.refusal(manifest), HasSubstr("29 shoppers judged it, and at least 30 must"));
  // What was not measured is not taken for good.
  manifest.metrics["shoppers.all"] = 30;
  measured("cold", 0.46, 0.45, -0.01, 0.03);
  EXPECT_EQ(kServedRanker.refusal(manifest), "");
  manifest.metrics.erase("ndcg.gain_high.cold");
  EXPECT_THAT(kServedRanker.refusal(manifest), HasSubstr("did not measure ndcg.gain_high.cold"));
}

TEST(FitGate, SaysWhatPredictsBetter) {
  ModelManifest manifest;
  EXPECT_EQ(kServedFit.refusal(manifest), "") << "older versions were not measured";
  manifest.metrics = {{"log_loss", 0.7}, {"log_loss.shares", 0.8}};
  EXPECT_EQ(kServedFit.refusal(manifest), "");
  manifest.metrics["log_loss.untrained"] = 0.69;
  EXPECT_THAT(kServedFit.refusal(manifest), HasSubstr("better than the default parameters: log-loss 0.7000"));
  manifest.metrics["log_loss.untrained"] = 0.75;
  EXPECT_EQ(kServedFit.refusal(manifest), "");
  manifest.metrics["log_loss.shares"] = 0.7;
  EXPECT_THAT(kServedFit.refusal(manifest), HasSubstr("better than the shares of the outcomes"));
  // Chance may have given the better mean.
  manifest.metrics = {{"log_loss", 0.7},
                      {"log_loss.shares", 0.8},
                      {"log_loss.untrained", 0.701},
                      {"gain_low.shares", 0.05},
                      {"gain_high.shares", 0.15},
                      {"gain_low.untrained", -0.001},
                      {"gain_high.untrained", 0.003},
                      {"judges", 40}};
  EXPECT_THAT(kServedFit.refusal(manifest),
              HasSubstr("not surely predict what was held out better than the default parameters: log-loss"));
  manifest.metrics["gain_low.untrained"] = 0.0005;
  EXPECT_EQ(kServedFit.refusal(manifest), "");
  manifest.metrics["judges"] = 3;
  EXPECT_THAT(kServedFit.refusal(manifest), HasSubstr("3 shoppers judged it"));
  ModelManifest of_occasions;
  of_occasions.metrics = {{"log_loss", 2.1},
                          {"log_loss.table", 2.101},
                          {"gain_low.table", -0.01},
                          {"gain_high.table", 0.012},
                          {"judges", 40}};
  EXPECT_THAT(kServedOccasions.refusal(of_occasions), HasSubstr("not surely predict"));
  EXPECT_THAT(kServedOccasions.refusal([] {
    ModelManifest worse;
    worse.metrics = {{"log_loss", 1.9}, {"log_loss.table", 1.8}};
    return worse;
  }()),
              HasSubstr("better than the prior table"));
}

TEST_F(ShopModelsTest, AChampionThatCannotBeUsedLeavesTheOldOneServing) {
  publish("occasions", kOccasionModelKind, always(Occasion::kBeach));
  shop_->models().look();
  const double evidence = shop_->services().occasions()->evidence();
  const auto expect_refused = [&](uint64_t times, const char* why) {
    shop_->models().look();
    shop_->models().look();
    EXPECT_EQ(state("occasions").version, 1);
    EXPECT_EQ(state("occasions").refused, times) << "one trouble is counted once";
    EXPECT_THAT(state("occasions").trouble, HasSubstr(why));
    EXPECT_EQ(shop_->services().occasions()->evidence(), evidence);
  };
  publish("occasions", kOccasionModelKind, "{\"format\":\"other\"}");
  expect_refused(1, "occasions version 2 cannot be used");
  publish("occasions", kFitModelKind, serialize_fit({}));
  expect_refused(2, "occasions version 3 is of kind modiste-fit-model");
  publish("occasions", kOccasionModelKind, always(Occasion::kSport));
  std::ofstream(shop_->directory().models() / "occasions.4.payload") << "torn";
  expect_refused(3, "occasions version 4 has a payload of 4 bytes");
  EXPECT_THAT(ShopMetrics(*shop_).text(), HasSubstr("modiste_model_refused_total{model=\"occasions\"} 3\n"));

  std::ofstream(shop_->directory().models() / "occasions.4.payload") << always(Occasion::kSport);
  shop_->models().look();
  EXPECT_EQ(state("occasions").version, 1) << "it is not read at every look";
  for (unsigned look = 0; look < ShopModels::kLooksUntilAgain; ++look) shop_->models().look();
  EXPECT_EQ(state("occasions").version, 4) << "it was repaired";
  EXPECT_EQ(state("occasions").trouble, "");
}

// A network of zeros over three categories.
std::string some_outfit_model() {
  SetInfo info;
  info.categories = {"dress", "heels", "jeans"};
  info.shape.categories = info.categories.size();
  info.shape.width = info.shape.hidden = 8;
  info.shape.heads = 2;
  info.shape.layers = 1;
  SetWeights weights;
  for (const SetTensor& tensor : set_tensors(info.shape))
    weights[tensor.name].assign(tensor.rows * tensor.columns, 0);
  const auto bytes = SetTransformer(std::move(info), std::move(weights)).serialize();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST_F(ShopModelsTest, AnOutfitModelServesFromTheNextLook) {
  publish("outfits", SetTransformer::kKind, some_outfit_model());
  shop_->models().look();
  EXPECT_EQ(state("outfits").version, 1);
  EXPECT_EQ(state("outfits").trouble, "");
  publish("outfits", SetTransformer::kKind, "torn");
  shop_->models().look();
  EXPECT_EQ(state("outfits").version, 1);
  EXPECT_EQ(state("outfits").refused, 1U);
}

// Of one item.
std::string some_next_choices() {
  NextChoicesModel model;
  model.items = {{"G0", "Red"}};
  model.width = 1;
  model.rows = model.read = {1};
  model.bias = {0};
  model.decay = model.share = 0.5F;
  return serialize_next_choices(model);
}

TEST_F(ShopModelsTest, NextChoicesServeFromTheNextLookAndARollBackEndsThem) {
  publish("next-choices", kNextChoicesKind, some_next_choices());
  shop_->models().look();
  EXPECT_EQ(state("next-choices").version, 1);
  publish("next-choices", kNextChoicesKind, "torn");
  shop_->models().look();
  EXPECT_EQ(state("next-choices").version, 1);
  EXPECT_EQ(state("next-choices").refused, 1U);
  ASSERT_TRUE(registry_->set_alias("next-choices", ModelAlias::kChampion, 0, kNow).ok());
  shop_->models().look();
  EXPECT_EQ(state("next-choices").version, 0);
}

// A training that reads a damaged champion only to fail would leave it damaged for ever.
TEST_F(ShopModelsTest, AChampionThatCannotBeReadIsLeftOutOfATraining) {
  std::string unread;
  const auto read = [&] {
    return read_champion<NextChoicesModel>(*registry_, kServedNextChoices, parse_next_choices, unread);
  };
  EXPECT_FALSE(read()->has_value()) << "none serves";
  publish("next-choices", kNextChoicesKind, some_next_choices());
  ASSERT_TRUE(read()->has_value());
  EXPECT_EQ((*read())->manifest.version, 1);
  EXPECT_EQ(unread, "");
  publish("next-choices", kNextChoicesKind, "of another program");
  ASSERT_TRUE(read().ok());
  EXPECT_FALSE(read()->has_value());
  EXPECT_THAT(unread, HasSubstr("champion of next-choices cannot be read, and the training does without it"));
  unread.clear();
  publish("next-choices", kFitModelKind, some_next_choices());
  EXPECT_FALSE(read()->has_value());
  EXPECT_THAT(unread, HasSubstr("is of kind"));
  unread.clear();
  publish("next-choices", kNextChoicesKind, some_next_choices());
  std::ofstream(shop_->directory().models() / "next-choices.4.payload") << "torn";
  ASSERT_TRUE(read().ok()) << read().error().message();
  EXPECT_FALSE(read()->has_value());
  EXPECT_THAT(unread, HasSubstr("payload of 4 bytes"));
}

TEST(NextChoicesGate, RefusesWhatAddsNothingToTheNeighbours) {
  ModelManifest manifest;
  EXPECT_THAT(kServedNextChoices.refusal(manifest), HasSubstr("no shopper's latest choices"));
  manifest.metrics = {{"asked", 300},
                      {"ndcg.mixed", 0.21},
                      {"ndcg.neighbours", 0.2},
                      {"ndcg.gain_low", 0.001},
                      {"ndcg.gain_high", 0.02}};
  EXPECT_EQ(kServedNextChoices.refusal(manifest), "");
  manifest.metrics["asked"] = 1;  // whose interval has no width
  EXPECT_THAT(kServedNextChoices.refusal(manifest), HasSubstr("1 shoppers judged it"));
  manifest.metrics["asked"] = 300;
  manifest.metrics.merge(std::map<std::string, double>{{"champion.asked", 200},
                                                       {"champion.ndcg", 0.25},
                                                       {"champion.gain_low", -0.05},
                                                       {"champion.gain_high", 0.01}});
  EXPECT_EQ(kServedNextChoices.refusal(manifest), "") << "within what chance does";
  manifest.metrics["champion.gain_high"] = -0.01;
  EXPECT_THAT(kServedNextChoices.refusal(manifest), HasSubstr("worse than the champion: NDCG 0.2100, the"));
  manifest.metrics["champion.asked"] = 20;
  EXPECT_EQ(kServedNextChoices.refusal(manifest), "") << "too few to say so";
  manifest.metrics["ndcg.gain_low"] = -0.001;  // better on the mean only
  EXPECT_THAT(kServedNextChoices.refusal(manifest),
              HasSubstr("not surely better than the neighbours alone: NDCG 0.2"));
  manifest.metrics.erase("ndcg.gain_low");
  EXPECT_THAT(kServedNextChoices.refusal(manifest), HasSubstr("did not measure ndcg.gain_low"));
}

std::string some_taste() {
  TasteModel model;
  model.names.assign(TasteModel::kOfEvery.begin(), TasteModel::kOfEvery.end());
  model.prior = {{0, 0, 0}, {1, 1, 1}};
  return serialize_taste(model);
}

TEST_F(ShopModelsTest, ATasteServesFromTheNextLookAndARollBackEndsIt) {
  publish("taste", kLearnedTasteKind, some_taste());
  shop_->models().look();
  EXPECT_EQ(state("taste").version, 1);
  publish("taste", kLearnedTasteKind, "torn");
  shop_->models().look();
  EXPECT_EQ(state("taste").version, 1);
  EXPECT_EQ(state("taste").refused, 1U);
  ASSERT_TRUE(registry_->set_alias("taste", ModelAlias::kChampion, 0, kNow).ok());
  shop_->models().look();
  EXPECT_EQ(state("taste").version, 0);
}

TEST(TasteGate, RefusesWhatAddsNothingToTheShoppersOwnReactions) {
  ModelManifest manifest;
  EXPECT_THAT(kServedTaste.refusal(manifest), HasSubstr("no shopper's latest likes"));
  manifest.metrics = {{"asked", 300},
                      {"area.own", 0.71},
                      {"area.alone", 0.7},
                      {"area.gain_low", 0.001},
                      {"area.gain_high", 0.02}};
  EXPECT_EQ(kServedTaste.refusal(manifest), "");
  manifest.metrics["asked"] = 1;  // whose interval has no width
  EXPECT_THAT(kServedTaste.refusal(manifest), HasSubstr("1 shoppers judged it"));
  manifest.metrics["asked"] = 300;
  manifest.metrics["area.gain_low"] = -0.001;  // better in the mean only
  EXPECT_THAT(kServedTaste.refusal(manifest),
              HasSubstr("before 71.0% of others, before 70.0% by the reactions"));
  manifest.metrics.erase("area.gain_low");
  EXPECT_THAT(kServedTaste.refusal(manifest), HasSubstr("did not measure area.gain_low"));
}

TEST_F(ShopModelsTest, AShopOpensWithItsChampionsOrNotAtAll) {
  publish("occasions", kOccasionModelKind, always(Occasion::kBeach));
  shop_.reset();
  shop_ = OpenShop::open(config_).value();
  EXPECT_EQ(state("occasions").version, 1);
  shop_.reset();
  publish("occasions", kOccasionModelKind, "{}");
  const auto error = OpenShop::open(config_).error();
  EXPECT_EQ(error.code, Code::kCorrupt);
  EXPECT_THAT(error.message(), HasSubstr("model occasions version 2"));
  EXPECT_THAT(error.message(), HasSubstr("`modiste models promote occasions VERSION`"));
  ASSERT_TRUE(registry_->set_alias("occasions", ModelAlias::kChampion, 1, kNow).ok());
  EXPECT_TRUE(OpenShop::open(config_).ok());
}

TEST_F(ShopModelsTest, AnEncoderIsTakenAtTheNextStart) {
  ShopModels models(*registry_, shop_->services(), 0);
  publish("encoder", ProjectionHeads::kKind, "heads");
  models.look();
  const auto encoder = models.states().back();
  EXPECT_EQ(encoder.row->name, "encoder");
  EXPECT_EQ(encoder.version, 0);
  EXPECT_EQ(encoder.refused, 0U);
  EXPECT_THAT(encoder.trouble, HasSubstr("encoder version 1 is taken at the next start"));
}

}  // namespace
}  // namespace modiste
