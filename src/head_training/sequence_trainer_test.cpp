#include "head_training/sequence_trainer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/rng.h"
#include "head_training/head_tensors.h"
#include "head_training/sequence_tensors.h"

namespace modiste {
namespace {

SequenceShape small_sequence_shape(SequenceReader reader) {
  SequenceShape shape;
  shape.reader = reader;
  shape.items = 12;
  shape.width = 8;
  shape.hidden = 10;
  shape.latest_max = 5;
  return shape;
}

class SequenceReaders : public testing::TestWithParam<SequenceReader> {};
INSTANTIATE_TEST_SUITE_P(Both, SequenceReaders,
                         testing::Values(SequenceReader::kBag, SequenceReader::kAttention));

TEST_P(SequenceReaders, ComputeWhatServingComputes) {
  const at::NoGradGuard no_grad;
  const SequenceShape shape = small_sequence_shape(GetParam());
  SequenceTensors tensors(shape, 0, 3);
  for (auto& [name, tensor] : tensors.all())
    if (name == "distance" || name == "bias") tensor.uniform_(-1, 1);
  SequenceWeights weights;
  for (const auto& [name, tensor] : tensors.all()) weights[name] = to_floats(tensor);
  const SequenceNetwork served(shape, weights);
  // Padding on the right changes nothing; neither does what came before the latest five.
  const auto items = at::tensor(at::ArrayRef<int64_t>({4, 1, 1, 7, 0, 0}), at::kLong).view({1, 6});
  const auto all = at::arange(12, at::kLong);
  const auto state = tensors.states(items.narrow(1, 0, 5), false)[0][3];
  const auto expected = at::matmul(tensors.out_rows(all), state) + tensors.biases(all);
  const auto scores = served.scores(std::vector<uint32_t>{4, 1, 1, 7});
  ASSERT_EQ(scores.size(), 12U);
  for (int64_t i = 0; i < 12; ++i)
    EXPECT_NEAR(scores[static_cast<size_t>(i)], expected[i].item<float>(), 1e-4) << i;
  const std::vector<uint32_t> latest{1, 1, 7, 2, 3}, longer{9, 4, 1, 1, 7, 99, 2, 3};
  EXPECT_EQ(served.scores(latest), served.scores(longer));
  EXPECT_TRUE(served.scores(std::vector<uint32_t>{99}).empty());
}

// Rows walk up a ring of ten items.
std::vector<std::vector<uint32_t>> ring_rows(size_t rows) {
  Rng rng(5);
  std::vector<std::vector<uint32_t>> out;
  for (size_t r = 0; r < rows; ++r) {
    const auto start = static_cast<uint32_t>(rng.below(10));
    auto& row = out.emplace_back();
    for (uint32_t i = 0; i < 3 + rng.below(5); ++i) row.push_back((start + i) % 10);
  }
  return out;
}

TEST_P(SequenceReaders, LearnWhatComesNext) {
  const auto rows = ring_rows(1'500);
  SequenceDataset dataset;
  dataset.shape = small_sequence_shape(GetParam());
  dataset.rows = rows;
  SequenceTrainerOptions options;
  options.epochs_max = 12;
  options.learning_rate = 0.02F;
  options.negatives = 64;
  options.dropout = 0;
  options.batch = 32;
  const auto held_out = ring_rows(50);
  dataset.held_out = held_out;
  std::vector<SequenceEpoch> epochs;
  const auto trained =
      train_sequences(dataset, options, [&](const SequenceEpoch& epoch) { epochs.push_back(epoch); });
  ASSERT_TRUE(trained.ok());
  EXPECT_LT(epochs.back().loss, epochs.front().loss);
  size_t right = 0;
  for (uint32_t item = 0; item < 10; ++item) {
    const auto scores = trained->scores(std::vector<uint32_t>{(item + 9) % 10, item});
    right += (item + 1) % 10 ==
             static_cast<size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  }
  EXPECT_GE(right, 9U);
  const auto again = train_sequences(dataset, options);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(trained->scores(std::vector<uint32_t>{3}), again->scores(std::vector<uint32_t>{3}));
}

TEST(SequenceTrainer, BeginsWithRowsOfTheLengthsAskedFor) {
  const auto rows = ring_rows(600);
  SequenceDataset dataset;
  dataset.shape = small_sequence_shape(SequenceReader::kBag);
  dataset.rows = rows;
  std::vector<float> first(12 * 8, 0);
  first[0] = 1;
  first[8] = 16;  // 4 times as long when it is brought halfway to the other's length; the others stay 0
  dataset.first = first;
  SequenceTrainerOptions options;
  options.epochs_max = 1;
  options.learning_rate = 0;
  options.first_length = 3;
  options.first_evenness = 0.5F;
  const auto half = train_sequences(dataset, options);
  ASSERT_TRUE(half.ok());
  const auto& read = half->weights().at("read");
  EXPECT_NEAR(read[8] / read[0], 4, 1e-4);
  EXPECT_NEAR(read[0] * read[0] + read[8] * read[8], 2 * 9, 1e-3);
  EXPECT_EQ(read[16], 0);
  options.first_evenness = 1;
  const auto even = train_sequences(dataset, options);
  ASSERT_TRUE(even.ok());
  EXPECT_NEAR(even->weights().at("items")[0], 3, 1e-4);
  EXPECT_NEAR(even->weights().at("items")[8], 3, 1e-4);
}

TEST(SequenceTrainer, RefusesWhatItCannotLearnFrom) {
  SequenceDataset dataset;
  dataset.shape = small_sequence_shape(SequenceReader::kBag);
  EXPECT_EQ(train_sequences(dataset, {}).error().code, Code::kInvalid);
  auto rows = ring_rows(600);
  rows[7][1] = 12;
  dataset.rows = rows;
  EXPECT_EQ(train_sequences(dataset, {}).error().where, "rows");
}

}  // namespace
}  // namespace modiste
