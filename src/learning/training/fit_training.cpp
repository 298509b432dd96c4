#include "learning/training/fit_training.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

namespace modiste {
namespace {

// A row that has an outcome, as the likelihood sees it: what is left is the garment's part.
struct Seen {
  double difference = 0;  // position - mean of the shopper's true size
  double scale = 1;
  FitFeedback outcome{};
  uint32_t garment = 0;
  const BodyFeatures* body = nullptr;
};

struct GarmentRows {
  std::string id, category;
  std::vector<uint32_t> seen;
  GarmentFit fit;
};

class FitTrainer {
 public:
  FitTrainer(std::span<const FitRow> rows, const FitTrainingOptions& options)
      : rows_(rows), options_(options) {
    parameters_.meaning = options.meaning;
    for (const auto& row : rows) bodies_.push_back(body_features(row.body));
    index_garments();
  }

  FitModel run() {
    for (int round = 0; round < options_.rounds; ++round) {
      fit_sizes();
      fold_rows();
      for (int step = 0; step < 2; ++step) {
        step_cuts();
        if (options_.learn_garments)
          for (auto& garment : garments_) step_garment(garment);
      }
      step_variances();
    }
    return model();
  }

 private:
  void index_garments() {
    std::unordered_map<std::string, uint32_t> index;
    for (const auto& row : rows_) {
      const auto& observation = row.observation;
      const auto [place, is_new] =
          index.try_emplace(observation.garment_id, static_cast<uint32_t>(garments_.size()));
      if (is_new) garments_.push_back({observation.garment_id, observation.category, {}, {}});
      garment_of_.push_back(place->second);
    }
  }

  // The size a row's choice speaks for.
  [[nodiscard]] double meant(size_t row) const {
    return rows_[row].observation.position - garments_[garment_of_[row]].fit.taken;
  }
  void fit_sizes();
  void split_variance(const std::vector<double>& residuals);
  void fold_rows();
  void step_cuts();
  void step_garment(GarmentRows& garment);
  void step_variances();
  [[nodiscard]] FitModel model() const;
  [[nodiscard]] std::pair<double, double> cuts(const Seen& seen) const;
  [[nodiscard]] OrdinalTerm term(const Seen& seen) const {
    const auto [small, large] = cuts(seen);
    return ordinal_term(small, large, seen.outcome);
  }

  std::span<const FitRow> rows_;
  const FitTrainingOptions& options_;
  std::vector<BodyFeatures> bodies_;
  std::vector<uint32_t> garment_of_;
  std::vector<GarmentRows> garments_;
  std::vector<Seen> seen_;
  FitParameters parameters_;
};

// Ridge regression of the sizes chosen on the body. Squares are centred by the intercept, which is free.
void FitTrainer::fit_sizes() {
  constexpr auto kSize = static_cast<Eigen::Index>(kBodyFeatures);
  Eigen::MatrixXd normal = Eigen::MatrixXd::Identity(kSize, kSize) * options_.ridge;
  normal(0, 0) = 1e-9;
  Eigen::VectorXd right = Eigen::VectorXd::Zero(kSize);
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].observation.chart != SizeChart::kWomen) continue;
    const Eigen::Map<const Eigen::VectorXd> features(bodies_[i].data(), kSize);
    normal.selfadjointView<Eigen::Lower>().rankUpdate(features);
    right += meant(i) * features;
  }
  const Eigen::VectorXd weights = normal.selfadjointView<Eigen::Lower>().ldlt().solve(right);
  parameters_.size_by_body.assign(weights.data(), weights.data() + kSize);
  std::vector<double> residuals;
  for (size_t i = 0; i < rows_.size(); ++i)
    residuals.push_back(meant(i) - weights.dot(Eigen::Map<const Eigen::VectorXd>(bodies_[i].data(), kSize)));
  split_variance(residuals);
}

// Var(choice) from neighbouring rows of one shopper: half the mean squared step; what is left of the
// residuals' variance is the prior's.
void FitTrainer::split_variance(const std::vector<double>& residuals) {
  std::unordered_map<std::string, double> last;
  double steps = 0, steps_count = 0;
  std::array<double, kBodyKnownCount> sum{}, count{};
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].observation.chart != SizeChart::kWomen) continue;
    const double position = meant(i);
    if (const auto [place, is_new] = last.try_emplace(rows_[i].shopper, position); !is_new) {
      steps += (position - place->second) * (position - place->second);
      ++steps_count;
      place->second = position;
    }
    const auto known = static_cast<size_t>(known_of(rows_[i].body));
    sum[known] += residuals[i] * residuals[i];
    ++count[known];
  }
  constexpr double kVarianceMin = 0.05, kRowsMin = 30;
  if (steps_count >= kRowsMin) parameters_.choice_variance = std::max(kVarianceMin, steps / steps_count / 2);
  for (size_t known = 0; known < kBodyKnownCount; ++known)
    if (count[known] >= kRowsMin)
      parameters_.prior_variance[known] =
          std::max(kVarianceMin, sum[known] / count[known] - parameters_.choice_variance);
}

// What the live system would have known before each row, under the present parameters.
void FitTrainer::fold_rows() {
  const FitModel present = model();
  std::unordered_map<std::string, FitProfile> profiles;
  seen_.clear();
  std::vector<double> taken(garments_.size()), weight(garments_.size());
  for (auto& garment : garments_) garment.seen.clear();
  for (size_t i = 0; i < rows_.size(); ++i) {
    const auto& observation = rows_[i].observation;
    FitProfile& profile = profiles[rows_[i].shopper];
    profile.body = rows_[i].body;
    const auto before = present.true_size(profile, observation.chart);
    const double information = 1 / (before.variance + parameters_.choice_variance);
    taken[garment_of_[i]] += information * (observation.position - before.mean);
    weight[garment_of_[i]] += information;
    if (observation.outcome) {
      const auto size = present.true_size_choosing(profile, observation);
      const double k =
          1 / std::sqrt(1 + std::numbers::pi / 8 * parameters_.slope * parameters_.slope * size.variance);
      garments_[garment_of_[i]].seen.push_back(static_cast<uint32_t>(seen_.size()));
      seen_.push_back(
          {observation.position - size.mean, k, *observation.outcome, garment_of_[i], &bodies_[i]});
    }
    present.fold_fit(profile, observation);
  }
  if (!options_.learn_garments) return;
  for (size_t g = 0; g < garments_.size(); ++g) {
    GarmentFit& fit = garments_[g].fit;
    fit.taken_information = weight[g] + 1 / parameters_.taken_variance;
    fit.taken = taken[g] / fit.taken_information;
  }
}

std::pair<double, double> FitTrainer::cuts(const Seen& seen) const {
  const GarmentFit& fit = garments_[seen.garment].fit;
  double shift = 0;
  for (size_t f = 0; f < parameters_.shift_by_body.size(); ++f)
    shift += parameters_.shift_by_body[f] * (*seen.body)[f];
  const double half = (parameters_.threshold_large - parameters_.threshold_small) / 2;
  const double tolerance = std::max(fit.tolerance, -0.9 * half);
  const double at = fit.run + parameters_.slope * seen.difference + shift;
  return {seen.scale * (parameters_.threshold_small - tolerance - at),
          seen.scale * (parameters_.threshold_large + tolerance - at)};
}

// One Newton step for both thresholds, the slope and the body's shift together.
void FitTrainer::step_cuts() {
  constexpr Eigen::Index kFixed = 3, kAll = kFixed + static_cast<Eigen::Index>(kBodyFeatures) - 1;
  Eigen::MatrixXd information = Eigen::MatrixXd::Zero(kAll, kAll);
  information.diagonal().tail(kAll - kFixed).setConstant(options_.ridge);
  Eigen::VectorXd gradient = Eigen::VectorXd::Zero(kAll);
  if (parameters_.shift_by_body.empty()) parameters_.shift_by_body.assign(kBodyFeatures, 0);
  for (Eigen::Index f = kFixed; f < kAll; ++f)
    gradient[f] = -options_.ridge * parameters_.shift_by_body[static_cast<size_t>(f - kFixed + 1)];
  for (const auto& seen : seen_) {
    const auto t = term(seen);
    Eigen::Matrix<double, kAll, 1> small, large;
    small << 1, 0, -seen.difference, -Eigen::Map<const Eigen::VectorXd>(seen.body->data() + 1, kAll - kFixed);
    large = small;
    large[0] = 0;
    large[1] = 1;
    small *= seen.scale;
    large *= seen.scale;
    gradient += t.by_small * small + t.by_large * large;
    information.noalias() += t.info_small * small * small.transpose() +
                             t.info_large * large * large.transpose() +
                             t.info_cross * (small * large.transpose() + large * small.transpose());
  }
  const Eigen::VectorXd step = information.ldlt().solve(gradient);
  parameters_.threshold_small += step[0];
  parameters_.threshold_large += step[1];
  parameters_.slope += step[2];
  constexpr double kSlopeMin = 0.05;  // a larger size is never less likely to turn out large
  if (parameters_.meaning == FitMeaning::kOutcome) parameters_.slope = std::max(kSlopeMin, parameters_.slope);
  for (Eigen::Index f = kFixed; f < kAll; ++f)
    parameters_.shift_by_body[static_cast<size_t>(f - kFixed + 1)] += step[f];
}

void FitTrainer::step_garment(GarmentRows& garment) {
  GarmentFit& fit = garment.fit;
  const auto category = parameters_.category_run.find(garment.category);
  const double centre = category == parameters_.category_run.end() ? 0 : category->second;
  double by_run = (centre - fit.run) / parameters_.run_variance;
  double by_tolerance = -fit.tolerance / parameters_.tolerance_variance;
  Eigen::Matrix2d information;
  information << 1 / parameters_.run_variance, 0, 0, 1 / parameters_.tolerance_variance;
  for (const uint32_t index : garment.seen) {
    const Seen& seen = seen_[index];
    const auto t = term(seen);
    const double square = seen.scale * seen.scale;
    by_run -= seen.scale * (t.by_small + t.by_large);
    by_tolerance += seen.scale * (t.by_large - t.by_small);
    const double both = t.info_small + 2 * t.info_cross + t.info_large;
    const double apart = t.info_small - 2 * t.info_cross + t.info_large;
    information(0, 0) += square * both;
    information(1, 1) += square * apart;
    information(0, 1) += square * (t.info_small - t.info_large);
  }
  information(1, 0) = information(0, 1);
  const Eigen::Vector2d step = information.ldlt().solve(Eigen::Vector2d(by_run, by_tolerance));
  fit.run += step[0];
  fit.tolerance += step[1];
  fit.run_information = information(0, 0);
  fit.tolerance_information = information(1, 1);
  fit.observations = static_cast<int>(garment.seen.size());
}

// EM: a prior's variance is the mean posterior square; a category's offset the mean of its garments'.
void FitTrainer::step_variances() {
  if (!options_.learn_garments) return;
  std::map<std::string, std::pair<double, double>> offsets;
  for (const auto& garment : garments_) {
    auto& [sum, weight] = offsets[garment.category];
    const auto rows = static_cast<double>(garment.seen.size());
    sum += garment.fit.run * rows / (rows + 10);  // garments of few rows say little of their category
    weight += rows / (rows + 10);
  }
  constexpr double kCategoryPrior = 2;  // garments
  for (const auto& [category, sums] : offsets)
    parameters_.category_run[category] = sums.first / (sums.second + kCategoryPrior);
  double offset = 0, tolerance = 0, count = 0;
  for (const auto& [id, category, seen, fit] : garments_) {
    if (seen.empty()) continue;
    const double away = fit.run - parameters_.category_run[category];
    offset += away * away + 1 / fit.run_information;
    tolerance += fit.tolerance * fit.tolerance + 1 / fit.tolerance_information;
    ++count;
  }
  constexpr double kVarianceMin = 0.01;
  parameters_.run_variance = std::max(kVarianceMin, offset / count);
  parameters_.tolerance_variance = std::max(kVarianceMin, tolerance / count);
}

FitModel FitTrainer::model() const {
  FitModel model(parameters_, options_.model);
  for (const auto& garment : garments_)
    if (garment.fit.observations > 0) model.set_garment(garment.id, garment.fit);
  return model;
}

}  // namespace

Result<FitModel> train_fit(std::span<const FitRow> rows, const FitTrainingOptions& options) {
  std::array<size_t, 3> counts{};
  for (const auto& row : rows)
    if (row.observation.outcome) ++counts[static_cast<size_t>(*row.observation.outcome)];
  constexpr size_t kRowsMin = 100;
  if (counts[0] + counts[1] + counts[2] < kRowsMin ||
      std::find(counts.begin(), counts.end(), 0) != counts.end())
    return Error{Code::kInvalid, "too few reports of fit to learn from", "",
                 "100 or more, with some of small, fit and large"};
  return FitTrainer(rows, options).run();
}

}  // namespace modiste
