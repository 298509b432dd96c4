#include "learning/evaluation/evaluate_fit.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "base/rng.h"
#include "learning/evaluation/outfit_metrics.h"

namespace modiste {
namespace {

using Rates = std::array<double, 3>;
constexpr size_t kFitBands = 10;

struct Predicted {
  Rates probability{};
  size_t truth = 0;
  bool cold = false;
};

size_t truth_of(const FitRow& row) { return static_cast<size_t>(*row.observation.outcome); }

Rates smoothed(const Rates& counts, const Rates& prior, double strength) {
  const double total = counts[0] + counts[1] + counts[2] + strength;
  Rates out{};
  for (size_t c = 0; c < 3; ++c) out[c] = (counts[c] + strength * prior[c]) / total;
  return out;
}

Rates class_prior(std::span<const FitRow> rows) {
  Rates counts{};
  for (const auto& row : rows) ++counts[truth_of(row)];
  return smoothed(counts, {1.0 / 3, 1.0 / 3, 1.0 / 3}, 3);
}

// A predictor: predicts each tested row in order, then observes its outcome.
class Predictor {
 public:
  virtual ~Predictor() = default;
  virtual Rates predict(const FitRow& row) = 0;
  virtual void tell(const FitRow& row) = 0;
};

class ClassPrior final : public Predictor {
 public:
  explicit ClassPrior(std::span<const FitRow> rows) : prior_(class_prior(rows)) {}
  Rates predict(const FitRow&) override { return prior_; }
  void tell(const FitRow&) override {}

 private:
  Rates prior_;
};

class ItemRates final : public Predictor {
 public:
  explicit ItemRates(std::span<const FitRow> rows) : prior_(class_prior(rows)) {
    for (const auto& row : rows) ++counts_[row.observation.garment_id][truth_of(row)];
  }
  Rates predict(const FitRow& row) override {
    constexpr double kStrength = 20;  // reports that the prior is worth
    return smoothed(counts_[row.observation.garment_id], prior_, kStrength);
  }
  void tell(const FitRow&) override {}

 private:
  Rates prior_;
  std::unordered_map<std::string, Rates> counts_;
};

// Outcomes by how far the size is from the mean of the shopper's earlier sizes, in half sizes.
class MeanSize final : public Predictor {
 public:
  explicit MeanSize(std::span<const FitRow> rows) : prior_(class_prior(rows)) {
    for (const auto& row : rows) {
      ++counts_[band(row)][truth_of(row)];
      tell(row);
    }
  }
  Rates predict(const FitRow& row) override { return smoothed(counts_[band(row)], prior_, 20); }
  void tell(const FitRow& row) override {
    auto& [sum, count] = sizes_[row.shopper];
    sum += row.observation.position;
    ++count;
  }

 private:
  static constexpr size_t kMiddle = 6, kUnknown = 2 * kMiddle + 1;
  size_t band(const FitRow& row) const {
    const auto found = sizes_.find(row.shopper);
    if (found == sizes_.end()) return kUnknown;
    const double away = row.observation.position - found->second.first / found->second.second;
    return static_cast<size_t>(
        std::clamp(std::lround(2 * away), -static_cast<long>(kMiddle), static_cast<long>(kMiddle)) +
        static_cast<long>(kMiddle));
  }
  Rates prior_;
  std::unordered_map<std::string, std::pair<double, double>> sizes_;
  std::array<Rates, kUnknown + 1> counts_{};
};

struct ModelUse {
  bool body = true, learns_on = false;
};

class Model final : public Predictor {
 public:
  Model(FitModel model, std::span<const FitRow> rows, ModelUse use) : model_(std::move(model)), use_(use) {
    for (const auto& row : rows) fold(row);
  }
  Rates predict(const FitRow& row) override {
    const auto p = model_.predict(profile(row), row.observation);
    return {p.small, p.fit, p.large};
  }
  void tell(const FitRow& row) override {
    if (use_.learns_on) model_.observe(profile(row), row.observation);
    fold(row);
  }
  double ideal(const FitRow& row) { return model_.ideal_position(profile(row), row.observation); }
  [[nodiscard]] const FitModel& model() const { return model_; }

 private:
  FitProfile& profile(const FitRow& row) {
    FitProfile& profile = profiles_[row.shopper];
    if (use_.body) profile.body = row.body;
    return profile;
  }
  void fold(const FitRow& row) { model_.fold_fit(profile(row), row.observation); }

  FitModel model_;
  ModelUse use_;
  std::unordered_map<std::string, FitProfile> profiles_;
};

// As serving learns (serving/state/sizing.h): parameters alone are published, and garments are learned from
// each outcome with the body that was said with it, whatever else is known of the shopper.
class ServingFit final : public Predictor {
 public:
  ServingFit(FitParameters parameters, std::span<const FitRow> rows) : model_(std::move(parameters)) {
    for (const auto& row : rows) tell(row);
  }
  Rates predict(const FitRow& row) override {
    const auto p = model_.predict(profile(row), row.observation);
    return {p.small, p.fit, p.large};
  }
  void tell(const FitRow& row) override {
    model_.learn_outcome(row.observation, row.body);
    model_.fold_fit(profile(row), row.observation);
  }

 private:
  FitProfile& profile(const FitRow& row) {
    FitProfile& profile = profiles_[row.shopper];
    profile.body = row.body;
    return profile;
  }

  FitModel model_;
  std::unordered_map<std::string, FitProfile> profiles_;
};

std::vector<FitRow> without_body(std::span<const FitRow> rows) {
  std::vector<FitRow> out(rows.begin(), rows.end());
  for (auto& row : out) row.body = {};
  return out;
}

// All three probabilities of each prediction beside what happened, by tenths.
std::vector<FitBand> bands_of(const std::vector<Predicted>& predicted) {
  std::vector<FitBand> bands(kFitBands);
  for (const auto& p : predicted)
    for (size_t c = 0; c < 3; ++c) {
      FitBand& band = bands[std::min(kFitBands - 1, static_cast<size_t>(p.probability[c] * kFitBands))];
      ++band.predictions;
      band.predicted += p.probability[c];
      band.happened += p.truth == c ? 1 : 0;
    }
  std::erase_if(bands, [](const FitBand& band) { return band.predictions == 0; });
  for (auto& band : bands) {
    band.predicted /= static_cast<double>(band.predictions);
    band.happened /= static_cast<double>(band.predictions);
  }
  return bands;
}

FitScores score(std::string name, const std::vector<Predicted>& predicted) {
  FitScores scores{.name = std::move(name), .rows = predicted.size(), .auc_of = {}};
  if (predicted.empty()) return scores;
  const auto rows = static_cast<double>(predicted.size());
  std::array<std::vector<double>, 3> by_class;
  std::array<std::vector<bool>, 3> positive;
  for (const auto& p : predicted) {
    scores.log_loss -= std::log(std::max(1e-9, p.probability[p.truth])) / rows;
    const auto best = std::max_element(p.probability.begin(), p.probability.end()) - p.probability.begin();
    scores.accuracy += static_cast<size_t>(best) == p.truth ? 1 / rows : 0;
    for (size_t c = 0; c < 3; ++c) {
      by_class[c].push_back(p.probability[c]);
      positive[c].push_back(p.truth == c);
    }
  }
  for (size_t c = 0; c < 3; ++c)
    scores.auc += (scores.auc_of[c] = area_under_curve(by_class[c], positive[c])) / 3;
  for (const auto& band : bands_of(predicted))
    scores.calibration_error +=
        std::abs(band.predicted - band.happened) * static_cast<double>(band.predictions) / (3 * rows);
  return scores;
}

std::vector<float> losses_of(const std::vector<Predicted>& predicted) {
  std::vector<float> losses;
  for (const auto& p : predicted)
    losses.push_back(static_cast<float>(-std::log(std::max(1e-9, p.probability[p.truth]))));
  return losses;
}

class Evaluation {
 public:
  Evaluation(std::span<const FitRow> trained, std::span<const FitRow> tested, FitReport& report)
      : tested_(tested), report_(report) {
    std::unordered_set<std::string> known;
    for (const auto& row : trained) known.insert(row.shopper);
    for (const auto& row : tested) cold_.push_back(known.insert(row.shopper).second);
    report.cold = static_cast<size_t>(std::count(cold_.begin(), cold_.end(), true));
  }

  [[nodiscard]] std::vector<Predicted> predicted_by(Predictor& predictor) const {
    std::vector<Predicted> predicted;
    for (size_t i = 0; i < tested_.size(); ++i) {
      predicted.push_back({predictor.predict(tested_[i]), truth_of(tested_[i]), cold_[i]});
      predictor.tell(tested_[i]);
    }
    return predicted;
  }

  void run(const std::string& name, Predictor& predictor, bool ours) {
    std::vector<Predicted> predicted = predicted_by(predictor);
    report_.all.push_back(score(name, predicted));
    if (ours) report_.calibration = bands_of(predicted);
    std::erase_if(predicted, [](const Predicted& p) { return !p.cold; });
    report_.of_cold.push_back(score(name, predicted));
  }

  // What is published, the defaults and the shares of the outcomes, paired.
  void run_gate(Predictor& served, Predictor& untrained, Predictor& prior) {
    constexpr size_t kResamples = 1'000;
    constexpr uint64_t kSeed = 7;
    const auto ours = predicted_by(served), defaults = predicted_by(untrained);
    report_.served = score("model, as it serves", ours);
    report_.untrained = score("model, untrained", defaults);
    const auto own = losses_of(ours), of_defaults = losses_of(defaults),
               of_prior = losses_of(predicted_by(prior));
    std::array<std::vector<float>, 2> gains;
    std::vector<uint32_t> shoppers;
    std::unordered_map<std::string_view, uint32_t> numbers;
    for (size_t i = 0; i < own.size(); ++i) {
      gains[0].push_back(of_defaults[i] - own[i]);
      gains[1].push_back(of_prior[i] - own[i]);
      const auto next = static_cast<uint32_t>(numbers.size());
      shoppers.push_back(numbers.emplace(tested_[i].shopper, next).first->second);
    }
    const auto intervals = bootstrap(gains, shoppers, kResamples, kSeed);
    report_.over_untrained = intervals[0];
    report_.over_prior = intervals[1];
    report_.judges = numbers.size();
  }

  // The size that would have been advised, before the outcome is known.
  void run_sizes(const std::string& name, const std::function<double(const FitRow&)>& advise,
                 const std::function<void(const FitRow&)>& tell, bool cold) {
    SizeError error{.name = name};
    for (size_t i = 0; i < tested_.size(); ++i) {
      if (cold_[i] == cold && *tested_[i].observation.outcome == FitFeedback::kFits) {
        const double away = std::abs(advise(tested_[i]) - tested_[i].observation.position);
        ++error.rows;
        error.mean += away;
        error.within_half += away <= 0.5 ? 1 : 0;
        error.within_one += away <= 1 ? 1 : 0;
      }
      tell(tested_[i]);
    }
    const auto rows = static_cast<double>(std::max<size_t>(1, error.rows));
    error.mean /= rows, error.within_half /= rows, error.within_one /= rows;
    report_.sizes.push_back(error);
  }

  // Of the size nearest to what the model advises: half a size or less away.
  [[nodiscard]] std::vector<FitBound> bounds_of(Model model) const {
    constexpr double kAdvised = 0.5;
    std::vector<std::pair<double, bool>> advised;  // P(fit), and whether it fitted
    for (const FitRow& row : tested_) {
      if (std::abs(model.ideal(row) - row.observation.position) <= kAdvised)
        advised.emplace_back(model.predict(row)[static_cast<size_t>(FitFeedback::kFits)],
                             *row.observation.outcome == FitFeedback::kFits);
      model.tell(row);
    }
    std::vector<FitBound> bounds;
    for (const double bound : {0.0, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9}) {
      FitBound one{.bound = bound};
      for (const auto& [fit, fitted] : advised) {
        if (fit < bound) continue;
        ++one.rows;
        one.fitted += fitted ? 1 : 0;
      }
      one.share = static_cast<double>(one.rows) / static_cast<double>(std::max<size_t>(1, advised.size()));
      one.fitted /= static_cast<double>(std::max<size_t>(1, one.rows));
      bounds.push_back(one);
    }
    return bounds;
  }

 private:
  std::span<const FitRow> tested_;
  FitReport& report_;
  std::vector<bool> cold_;
};

void add_sizes(Evaluation& evaluation, const FitModel& with_body, const FitModel& without,
               std::span<const FitRow> trained) {
  double mean = 0;
  for (const auto& row : trained) mean += row.observation.position / static_cast<double>(trained.size());
  evaluation.run_sizes(
      "unknown shopper, the shop's mean size", [&](const FitRow&) { return mean; }, [](const FitRow&) {},
      true);
  for (const bool cold : {true, false}) {
    const std::string who = cold ? "unknown shopper" : "known shopper";
    for (const bool body : {false, true}) {
      if (cold && !body) continue;
      Model model(body ? with_body : without, trained, {.body = body});
      evaluation.run_sizes(
          who + (body ? ", model with body" : ", model, no body"),
          [&](const FitRow& row) { return model.ideal(row); }, [&](const FitRow& row) { model.tell(row); },
          cold);
    }
  }
}

// The rows to learn from, in the order of time, then those to test on.
void split(std::vector<FitRow>& rows, size_t trained, const EvaluateFitOptions& options) {
  if (!options.shuffled) return;
  Rng rng(options.seed);
  std::vector<size_t> order(rows.size());
  std::iota(order.begin(), order.end(), size_t{0});
  rng.shuffle(order);
  const auto middle = order.begin() + static_cast<ptrdiff_t>(trained);
  std::sort(order.begin(), middle);
  std::sort(middle, order.end());
  std::vector<FitRow> out;
  for (const size_t i : order) out.push_back(std::move(rows[i]));
  rows = std::move(out);
}

}  // namespace

Result<FitReport> evaluate_fit(std::vector<FitRow> rows, const EvaluateFitOptions& options) {
  std::erase_if(rows, [](const FitRow& row) { return !row.observation.outcome; });
  const auto cut = static_cast<size_t>(options.train_share * static_cast<double>(rows.size()));
  split(rows, cut, options);
  const auto trained = std::span(rows).first(cut), tested = std::span(rows).subspan(cut);
  FitReport report;
  report.rows = rows.size();
  report.trained = trained.size();
  report.tested = tested.size();
  report.shuffled = options.shuffled;
  std::unordered_set<std::string> garments;
  for (const auto& row : rows) garments.insert(row.observation.garment_id);
  report.garments = garments.size();

  TRY_ASSIGN(const FitModel full, train_fit(trained, options.training));
  TRY_ASSIGN(const FitModel bodyless, train_fit(without_body(trained), options.training));
  FitTrainingOptions categories_only = options.training;
  categories_only.learn_garments = false;
  TRY_ASSIGN(const FitModel plain, train_fit(trained, categories_only));
  report.parameters = full.parameters();

  Evaluation evaluation(trained, tested, report);
  const auto run = [&](const std::string& name, auto predictor) {
    evaluation.run(name, predictor, name == "model");
  };
  run("class prior", ClassPrior(trained));
  run("item rates", ItemRates(trained));
  run("shopper's mean size", MeanSize(trained));
  run("model, no body", Model(bodyless, trained, {.body = false}));
  run("model, no garments", Model(plain, trained, {}));
  run("model", Model(full, trained, {}));
  run("model, learning on", Model(full, trained, {.learns_on = true}));
  ServingFit served(full.parameters(), trained), untrained({}, trained);
  ClassPrior prior(trained);
  evaluation.run_gate(served, untrained, prior);
  add_sizes(evaluation, full, bodyless, trained);
  report.bounds = evaluation.bounds_of(Model(full, trained, {}));
  report.bounds_untrained = evaluation.bounds_of(Model(FitModel(FitParameters()), trained, {}));
  return report;
}

}  // namespace modiste
