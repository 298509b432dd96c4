#include "head_training/set_trainer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/rng.h"
#include "head_training/head_tensors.h"
#include "head_training/set_network.h"

namespace modiste {
namespace {

SetShape small_shape() {
  SetShape shape;
  shape.categories = 6;
  shape.words = 10;
  shape.features = 3;
  shape.positions = 4;
  shape.width = 8;
  shape.heads = 2;
  shape.hidden = 12;
  return shape;
}

SetWeights weights_of(SetNetwork& network) {
  SetWeights weights;
  for (const auto& [name, tensor] : network.tensors()) weights[name] = to_floats(tensor);
  return weights;
}

// One set of three items, the second without content, in both forms.
TEST(SetNetwork, ComputesWhatServingComputes) {
  const at::NoGradGuard no_grad;
  SetNetwork network(small_shape(), 0, 3);
  network.tensors().at("log_share").uniform_(-3, 0);
  const SetTransformer served({small_shape(), {}, ""}, weights_of(network));
  const std::vector<uint32_t> words{1, 7};
  const std::vector<float> features{0.5F, -1, 2};
  const std::vector<SetToken> set{{2, words, features}, {6, {}, {}}, {0, words, {}}};
  SetTokens tokens;
  tokens.category = at::tensor(at::ArrayRef<int64_t>({2, 6, 0, 6})).view({1, 4});  // the last is padding
  tokens.present = at::tensor(at::ArrayRef<float>({1, 1, 1, 0})).view({1, 4});
  tokens.word = at::tensor(at::ArrayRef<int64_t>({1, 7, 1, 7}));
  tokens.word_begin = at::tensor(at::ArrayRef<int64_t>({0, 2, 2, 4}));
  tokens.features = at::zeros({1, 4, 3});
  tokens.features[0][0] = at::tensor(at::ArrayRef<float>(features));
  tokens.has_features = at::tensor(at::ArrayRef<float>({1, 0, 0, 0})).view({1, 4, 1});
  const auto encoded = network.encode(network.embed(tokens), tokens.present, false);
  EXPECT_NEAR(served.set_logit(set), network.set_logits(encoded, tokens.present).item<double>(), 1e-4);

  tokens.category[0][1] = static_cast<int64_t>(small_shape().blank());
  const auto state = network.encode(network.embed(tokens), tokens.present, false)[0][1].unsqueeze(0);
  const auto ratios =
      at::log_softmax(network.linear("blank_category", state), -1) - network.tensors().at("log_share");
  SetTokens alone = tokens;
  alone.category = at::full({1, 1}, 2, at::kLong);
  alone.word = at::tensor(at::ArrayRef<int64_t>({1, 7}));
  alone.word_begin = at::zeros({1}, at::kLong);
  alone.features = tokens.features.narrow(1, 0, 1);
  alone.has_features = tokens.has_features.narrow(1, 0, 1);
  const double product =
      (network.linear("ask", state) * network.keys(network.embed(alone))[0]).sum().item<double>() /
      std::sqrt(8.0);
  const std::vector<SetToken> rest{set[0], set[2]}, answers{{2, words, features}, {5, {}, {}}, {6, {}, {}}};
  const auto scores = served.blank_scores(rest, 1, answers);
  ASSERT_EQ(scores.size(), 3U);
  EXPECT_NEAR(scores[0], ratios[0][2].item<double>() + product, 1e-4);
  EXPECT_NEAR(scores[1], ratios[0][5].item<double>(), 1e-4);
  EXPECT_EQ(scores[2], 0);  // nothing is known of it
}

// Categories go in pairs (0, 1), (2, 3), (4, 5), and a pair has vectors of one sign.
struct PlantedSets {
  std::vector<SetItem> items;
  std::vector<float> features;
  SetDataset dataset;

  explicit PlantedSets(size_t sets) {
    Rng rng(5);
    for (size_t s = 0; s < sets; ++s) {
      const auto pair = static_cast<uint32_t>(rng.below(3));
      const float sign = rng.chance(0.5) ? 1.0F : -1.0F;
      std::vector<uint32_t> set;
      for (const uint32_t category : {2 * pair, 2 * pair + 1}) {
        set.push_back(static_cast<uint32_t>(items.size()));
        items.push_back({category, {}, static_cast<int64_t>(features.size() / 3)});
        for (const float value : {sign, static_cast<float>(rng.normal()), 1.0F})
          features.push_back(value + 0.1F * static_cast<float>(rng.normal()));
      }
      dataset.sets.push_back(set);
    }
    SetShape shape = small_shape();
    shape.words = shape.positions = 0;
    shape.width = 16;
    shape.hidden = 16;
    shape.layers = 1;
    dataset.info.shape = shape;
    dataset.items = items;
    dataset.features = features;
  }
};

SetTrainerOptions short_training() {
  SetTrainerOptions options;
  options.epochs_max = 40;
  options.batch = 32;
  options.learning_rate = 1e-2F;
  options.dropout = 0;
  options.patience = 40;
  return options;
}

TEST(SetTrainer, LearnsWhichCategoriesAndWhichVectorsGoTogether) {
  const PlantedSets planted(300);
  size_t epochs = 0;
  const auto trained = train_sets(planted.dataset, short_training(), [&](const SetEpoch&) { ++epochs; });
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_EQ(epochs, 40U);
  const std::vector<float> plus{1, 0, 1}, minus{-1, 0, 1};
  const std::vector<SetToken> rest{{2, {}, plus}};
  const std::vector<SetToken> answers{{3, {}, plus}, {3, {}, minus}, {5, {}, plus}};
  const auto scores = trained->blank_scores(rest, 1, answers);
  EXPECT_GT(scores[0], scores[1] + 0.5);
  EXPECT_GT(scores[0], scores[2] + 1);
  const std::vector<SetToken> right{rest[0], answers[0]}, wrong{rest[0], answers[1]};
  EXPECT_GT(trained->set_logit(right), trained->set_logit(wrong) + 1);
  const std::vector<SetToken> swapped{answers[0], rest[0]};
  EXPECT_NEAR(trained->set_logit(right), trained->set_logit(swapped), 1e-4);  // a set has no order
}

TEST(SetTrainer, ASeedGivesTheSameWeights) {
  const PlantedSets planted(60);
  SetTrainerOptions options = short_training();
  options.epochs_max = 2;
  options.dropout = 0.1F;
  const auto first = train_sets(planted.dataset, options), second = train_sets(planted.dataset, options);
  options.seed = 2;
  const auto other = train_sets(planted.dataset, options);
  ASSERT_TRUE(first.ok() && second.ok() && other.ok());
  EXPECT_EQ(first->serialize(), second->serialize());
  EXPECT_NE(first->serialize(), other->serialize());
}

TEST(SetTrainer, RefusesWhatItCannotLearnFrom) {
  const PlantedSets few(kSetsMin - 1);
  const auto refused = train_sets(few.dataset, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().expected, "at least 20 to learn from");
  PlantedSets wrong(kSetsMin);
  wrong.items[3].category = 7;
  EXPECT_FALSE(train_sets(wrong.dataset, {}).ok());
}

TEST(SetTransformer, RoundTripsAndRefusesDamage) {
  SetNetwork network(small_shape(), 0, 3);
  const SetTransformer served({small_shape(), {"a", "b", "c", "d", "e", "f"}, "made up"},
                              weights_of(network));
  const auto file = served.serialize();
  const auto read = SetTransformer::parse(file);
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(read->info().categories, served.info().categories);
  const std::vector<SetToken> set{{2, {}, {}}, {3, {}, {}}};
  EXPECT_NEAR(read->set_logit(set), served.set_logit(set), 1e-2);
  EXPECT_EQ(read->serialize(), file);
  EXPECT_FALSE(SetTransformer::parse(std::span(file).first(file.size() - 1)).ok());
  SetInfo info = served.info();
  info.categories.pop_back();
  const auto short_list = SetTransformer::parse(SetTransformer(info, weights_of(network)).serialize());
  ASSERT_FALSE(short_list.ok());
  EXPECT_NE(short_list.error().what.find("another length"), std::string::npos);
}

}  // namespace
}  // namespace modiste
