#include "learning/models/sequence_model.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace modiste {
namespace {

// What a shop began to sell at the end lies among the rows by which the best epoch is chosen.
TEST(SequenceModel, ASecondFitLearnsWhatTheFirstHeldOut) {
  constexpr size_t kRows = 600, kLatest = 18;
  Histories histories{6, {}};
  for (size_t r = 0; r + kLatest < kRows; ++r)
    histories.rows.push_back(r % 2 == 0 ? History{0, 1} : History{2, 3});
  histories.rows.insert(histories.rows.end(), kLatest, History{4, 5});
  SequenceModelOptions options = sequence_transformer_options();
  options.shape.width = 8;
  options.training.epochs_max = 60;
  options.training.patience = 60;
  options.training.negatives = 16;
  options.training.learning_rate = 0.02F;
  SequenceModel model("network", HistoryKind::kSessions, options);
  const auto lead_of_5_after_4 = [&] {
    std::vector<float> scores(histories.items, 0);
    model.score(History{4}, scores);
    return scores[5] - *std::max_element(scores.begin(), scores.end() - 1);
  };
  model.fit(histories);
  const float before = lead_of_5_after_4();
  model.fit_again(histories);
  EXPECT_GT(lead_of_5_after_4(), std::max(0.0F, before));
}

}  // namespace
}  // namespace modiste
