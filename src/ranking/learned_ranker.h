// The ranker that a shop trains on its own log (`modiste train ranker`): trees over the streaming features,
// the hybrid's score among them. File format: docs/formats/ranker.md.
//
// The sum begins with the hybrid's score times a weight, and the trees correct it: with little to learn from
// the order is the hybrid's. The sum becomes a probability of a positive outcome by a logistic curve that was
// fitted on answers that the trees did not see. The score is this probability as a share of the best
// candidate's: within [0, 1], whatever share of garments a shop's shoppers like, so that rules and diversity
// weigh against it as they do against the hybrid's. It is one term, "learned", of the answer's breakdown.
//
// Threads: immutable, any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ranking/ranker.h"
#include "ranking/tree_ensemble.h"

namespace modiste {

inline constexpr std::string_view kRankerKind = "modiste-ranker";

struct LearnedRankerModel {
  std::vector<std::string> features;  // of the trees, by column; streaming features
  TreeEnsemble trees;
  double hybrid_weight = 0;      // not 0 only with a feature "hybrid"
  double slope = 1, offset = 0;  // probability = logistic(slope * sum + offset); slope above 0

  // rows: row after row, a value for each feature. hybrid_weight * hybrid + the trees' sum, by row.
  [[nodiscard]] std::vector<float> sums(std::span<const float> rows) const;
};

[[nodiscard]] std::string serialize_ranker(const LearnedRankerModel& model);
// kCorrupt: the file is not a ranker, has another version, or names a feature that does not exist.
Result<LearnedRankerModel> parse_ranker(std::string_view file);

class LearnedRanker final : public Ranker {
 public:
  // What a policy calls it; an answer's debug part shows the version too.
  static constexpr std::string_view kName = "learned";

  // version: in the model registry.
  LearnedRanker(LearnedRankerModel model, int version);

  [[nodiscard]] std::string_view name() const override { return name_; }
  [[nodiscard]] std::span<const std::string_view> features() const override { return features_; }
  [[nodiscard]] Ranking rank(const RankInput& input) const override;

 private:
  const LearnedRankerModel model_;
  const std::string name_;
  std::vector<std::string_view> features_;  // of model_
};

}  // namespace modiste
