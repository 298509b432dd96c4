#include "learning/ranker/train_ranker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "base/rng.h"
#include "learning/ranker/calibration.h"
#include "learning/ranker/lambda_gradients.h"
#include "learning/ranker/pair_bias.h"
#include "learning/registry/metric_names.h"

namespace modiste {
namespace {

// What speaks for a garment the more the larger it is.
constexpr std::array<std::string_view, 20> kRising{"hybrid",
                                                   "content",
                                                   "neighbours",
                                                   "next_choices",
                                                   "visual",
                                                   "popularity",
                                                   "content_match",
                                                   "learned_taste",
                                                   "like_rate",
                                                   "brand_affinity",
                                                   "category_affinity",
                                                   "colour_affinity",
                                                   "pattern_affinity",
                                                   "fabric_affinity",
                                                   "silhouette_affinity",
                                                   "aesthetic_affinity",
                                                   "own_size_in_stock",
                                                   "fit",
                                                   "occasion_match",
                                                   "season_match"};

std::vector<int> rising_of(const std::vector<std::string>& features) {
  std::vector<int> rising;
  for (const std::string& feature : features)
    rising.push_back(std::find(kRising.begin(), kRising.end(), feature) != kRising.end() ? 1 : 0);
  return rising;
}

double mean_pair_loss(const RankingRows& rows, size_t first, size_t last, const DocumentWeights& documents,
                      std::vector<float> scores) {
  const std::span<const float> weights = documents.wanted;
  for (size_t row = 0; row < documents.offset.size(); ++row) scores[row] += documents.offset[row];
  double sum = 0, count = 0;
  for (size_t answer = first; answer < last; ++answer) {
    const size_t begin = rows.begin(answer), size = rows.ends[answer] - begin;
    const double loss =
        pair_loss(weights.subspan(begin, size), std::span<const float>(scores).subspan(begin, size));
    if (!std::isnan(loss)) sum += loss, ++count;
  }
  return count > 0 ? sum / count : 0;
}

// The weight of the hybrid's score with the least loss by itself. Its order, and so the discounts, are the
// same for every weight, so the loss is convex in it, with offsets too; the slope's sign finds the least.
double best_weight(const RankingRows& rows, size_t answers, const DocumentWeights& weights,
                   std::span<const float> hybrid) {
  double low = 0, high = 40;
  std::vector<float> scaled(hybrid.size()), gradient(hybrid.size()), hessian(hybrid.size());
  for (int step = 0; step < 12; ++step) {
    const double middle = (low + high) / 2;
    for (size_t row = 0; row < hybrid.size(); ++row) scaled[row] = static_cast<float>(middle) * hybrid[row];
    std::fill(gradient.begin(), gradient.end(), 0.0F);
    add_lambda_gradients(rows, 0, answers, weights, scaled, gradient, hessian);
    double slope = 0;
    for (size_t row = 0; row < hybrid.size(); ++row)
      slope += static_cast<double>(gradient[row]) * static_cast<double>(hybrid[row]);
    (slope > 0 ? high : low) = middle;
  }
  return low;
}

// Of the rows from `first` on.
Calibration calibration_of(const RankingRows& rows, size_t first, std::span<const float> sums,
                           const PositionBias& bias) {
  std::vector<CalibrationRow> known;
  for (size_t row = rows.begin(first); row < rows.rows.size(); ++row)
    known.push_back(
        {static_cast<double>(sums[row]), bias.examined(rows.rows[row].position), rows.rows[row].gain > 0});
  return fit_calibration(known);
}

PositionBias bias_of(const RankingRows& rows, const TrainRankerOptions& options) {
  if (options.debiasing != Debiasing::kPairs)
    return options.eta ? stated_bias(*options.eta) : estimate_position_bias(rows);
  FitTreesOptions trees = options.trees;
  trees.rising = rising_of(rows.features);
  return estimate_pair_bias(rows, trees);
}

ModelDraft draft_of(const TrainedRanker& trained, const RankingRows& rows,
                    const TrainRankerOptions& options) {
  using namespace metric_names;
  ModelDraft draft;
  draft.name = "ranker";
  draft.kind = kRankerKind;
  const auto day = [](TimePoint at) { return to_rfc3339(std::chrono::floor<std::chrono::seconds>(at)); };
  draft.trained_on =
      fmt::format("{} answers of {} garments from {} to {}, {} with an outcome", trained.answers,
                  trained.rows, day(rows.shown_at.front()), day(rows.shown_at.back()), trained.outcomes);
  draft.data_from = rows.shown_at.front();
  draft.data_until = rows.shown_at.back();
  draft.settings = {{"rounds", static_cast<double>(trained.rounds)},
                    {"depth", static_cast<double>(options.trees.depth)},
                    {"learning_rate", options.trees.learning_rate},
                    {"seed", options.trees.seed},
                    {"clip", options.clip},
                    {"eta", trained.bias.eta},
                    {"eta_stated", options.eta ? 1.0 : 0.0},
                    {"explored", static_cast<double>(trained.bias.explored)},
                    {"debiasing", static_cast<double>(options.debiasing)},
                    {"incremental", options.begin_from == nullptr ? 0.0 : 1.0},
                    {"trees", static_cast<double>(trained.model.trees.roots().size())}};
  for (const RankerSegment& segment : trained.segments) {
    draft.metrics[name_of(kAnswers, segment.name)] = static_cast<double>(segment.answers);
    draft.metrics[name_of(kShoppers, segment.name)] = static_cast<double>(segment.shoppers);
    draft.metrics[name_of(kNdcgRanker, segment.name)] = segment.ranker.mean;
    draft.metrics[name_of(kNdcgHybrid, segment.name)] = segment.other.mean;
    draft.metrics[name_of(kNdcgGainLow, segment.name)] = segment.gain.low;
    draft.metrics[name_of(kNdcgGainHigh, segment.name)] = segment.gain.high;
  }
  for (const RankerSegment& segment : trained.against_champion) {
    draft.metrics[name_of(kChampionAnswers, segment.name)] = static_cast<double>(segment.answers);
    draft.metrics[name_of(kChampionShoppers, segment.name)] = static_cast<double>(segment.shoppers);
    draft.metrics[name_of(kChampionNdcg, segment.name)] = segment.other.mean;
    draft.metrics[name_of(kChampionGainLow, segment.name)] = segment.gain.low;
    draft.metrics[name_of(kChampionGainHigh, segment.name)] = segment.gain.high;
  }
  return draft;
}

// One ensemble after the other.
TreeEnsemble on_top_of(const TreeEnsemble& before, const TreeEnsemble& added) {
  if (before.roots().empty()) return added;
  std::vector<TreeNode> nodes(before.nodes().begin(), before.nodes().end());
  std::vector<uint32_t> roots(before.roots().begin(), before.roots().end());
  const auto offset = static_cast<uint32_t>(nodes.size());
  for (TreeNode node : added.nodes()) {
    if (node.left != 0) node.left += offset;
    nodes.push_back(node);
  }
  for (const uint32_t root : added.roots()) roots.push_back(root + offset);
  auto both = TreeEnsemble::create(std::move(nodes), std::move(roots), before.features());
  CHECK(both.ok());
  return std::move(*both);
}

// The trees of one training, over rows and weights that are borrowed.
class Learning {
 public:
  Learning(const RankingRows& rows, const TrainRankerOptions& options, const DocumentWeights& documents,
           std::span<const float> judged, const TrainRankerProgress& progress)
      : rows_(rows), options_(options), documents_(documents), judged_(judged), progress_(progress) {}

  Result<TrainedRanker> run(TrainedRanker trained) {
    const size_t all = rows_.ends.size(), taught = all * 70 / 100, chosen = all * 85 / 100;
    const std::vector<float> hybrid = column_of(rows_, "hybrid");
    LearnedRankerModel& model = trained.model;
    TRY(begin(model, taught, hybrid));
    FittedTrees tried = fit_trees(
        rows_.values, rows_.features.size(), options_.trees,
        [&](std::span<const float> sums, std::span<float> gradient, std::span<float> hessian) {
          const std::vector<float> now = from_begin(sums);
          add_lambda_gradients(rows_, 0, taught, documents_, now, gradient, hessian);
          return mean_pair_loss(rows_, taught, chosen, documents_, now);
        },
        progress_, checkpoint("tried"));
    trained.rounds = tried.rounds;
    model.trees = on_top_of(begin_.trees, tried.trees);
    const std::vector<float> sums = model.sums(rows_.values);
    trained.segments = compare_by_segment(rows_, chosen, judged_, sums, hybrid, options_.resamples);
    compare_with_champion(trained, sums, chosen);
    const Calibration calibration = calibration_of(rows_, chosen, sums, trained.bias);
    model.slope = calibration.slope;
    model.offset = calibration.offset;
    model.trees = on_top_of(begin_.trees, from_everything(trained.rounds));
    trained.draft = draft_of(trained, rows_, options_);
    return trained;
  }

 private:
  Result<Done> begin(LearnedRankerModel& model, size_t taught, std::span<const float> hybrid) {
    model.features = rows_.features;
    if (options_.begin_from == nullptr) {
      TRY_ASSIGN(begin_.trees, TreeEnsemble::create({}, {}, rows_.features.size()));
      model.hybrid_weight = best_weight(rows_, taught, documents_, hybrid);
    } else if (options_.begin_from->features != rows_.features) {
      return Error{Code::kConflict, "the ranker to go on from reads other features than are logged now", "",
                   "a full training"};
    } else {
      begin_ = *options_.begin_from;
      model.hybrid_weight = begin_.hybrid_weight;
    }
    begin_.features = model.features;
    begin_.hybrid_weight = model.hybrid_weight;
    begin_sums_ = begin_.sums(rows_.values);
    return kOk;
  }

  [[nodiscard]] TreesCheckpoint checkpoint(std::string_view stage) const {
    if (options_.checkpoints == nullptr) return {};
    const auto hashed = [](std::span<const float> values, uint64_t seed) {
      const auto bytes = std::as_bytes(values);
      return hash64({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, seed);
    };
    return {options_.checkpoints, stage,
            hashed(begin_sums_, hashed(documents_.offset, hashed(documents_.wanted, rows_.ends.size())))};
  }

  [[nodiscard]] std::vector<float> from_begin(std::span<const float> sums) const {
    std::vector<float> all(sums.begin(), sums.end());
    for (size_t row = 0; row < all.size(); ++row) all[row] += begin_sums_[row];
    return all;
  }

  // Again from all answers, with the number of trees that was chosen.
  [[nodiscard]] TreeEnsemble from_everything(size_t rounds) const {
    FitTreesOptions again = options_.trees;
    again.rounds = again.patience = rounds;
    again.every_round = true;
    return fit_trees(
               rows_.values, rows_.features.size(), again,
               [&](std::span<const float> now, std::span<float> gradient, std::span<float> hessian) {
                 add_lambda_gradients(rows_, 0, rows_.ends.size(), documents_, from_begin(now), gradient,
                                      hessian);
                 return 0.0;  // no answers are held out
               },
               {}, checkpoint("all"))
        .trees;
  }

  void compare_with_champion(TrainedRanker& trained, std::span<const float> sums, size_t chosen) const {
    if (options_.champion == nullptr) return;
    const auto unknown = std::ranges::upper_bound(rows_.shown_at, options_.champion_until);
    const size_t first = std::max(chosen, static_cast<size_t>(unknown - rows_.shown_at.begin()));
    if (first == rows_.ends.size()) return;
    const auto others = sums_of(*options_.champion, rows_);
    if (!others.ok())
      trained.not_compared = others.error().message();
    else
      trained.against_champion = compare_by_segment(rows_, first, judged_, sums, *others, options_.resamples);
  }

  const RankingRows& rows_;
  const TrainRankerOptions& options_;
  const DocumentWeights& documents_;     // that the trees learn by
  const std::span<const float> judged_;  // that the latest answers are judged by
  const TrainRankerProgress& progress_;
  LearnedRankerModel begin_;  // without trees where it begins from the hybrid
  std::vector<float> begin_sums_;
};

}  // namespace

Result<TrainedRanker> train_ranker(const RankingRows& rows, const TrainRankerOptions& given,
                                   const TrainRankerProgress& progress) {
  TrainedRanker trained;
  trained.answers = rows.ends.size();
  trained.rows = rows.rows.size();
  trained.outcomes = answers_with_outcome(rows, document_weights(rows, {}, given.clip).wanted);
  if (trained.outcomes < given.answers_min)
    return Error{Code::kConflict,
                 fmt::format("{} of {} answers of the log have an outcome that a ranker can learn from",
                             trained.outcomes, trained.answers),
                 "", fmt::format("at least {}; no model was published", given.answers_min)};
  trained.bias = bias_of(rows, given);
  // The latest answers are judged by inverse propensities, whatever the trees learn by.
  const DocumentWeights judged = scaled_to_one(document_weights(rows, trained.bias, given.clip));
  const DocumentWeights documents = given.debiasing == Debiasing::kWeights
                                        ? judged
                                        : scaled_to_one(document_offsets(rows, trained.bias, given.clip));
  TrainRankerOptions options = given;
  options.trees.rising = rising_of(rows.features);
  return Learning(rows, options, documents, judged.wanted, progress).run(std::move(trained));
}

}  // namespace modiste
