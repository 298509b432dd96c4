#include "style/fit_model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/check.h"

namespace modiste {
namespace {

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

// Indices of the features: one definition for writers and readers.
constexpr size_t kConstant = 0, kHeight = 1, kWeight = 3, kBust = 5, kAge = 7, kHeightWeight = 9,
                 kMissing = 10, kType = 14;
constexpr std::array<std::string_view, 7> kBodyTypes{"hourglass", "athletic",          "pear", "petite",
                                                     "full bust", "straight & narrow", "apple"};
static_assert(kType + kBodyTypes.size() == kBodyFeatures);

// Centre and unit of each value: rough means and deviations of adults, so that coefficients have the same
// order of magnitude.
constexpr double kBustCentre = 92, kBustUnit = 8;

// EN 13402-3, in German numbering: EU size = bust / 2 - 6, two EU sizes per position, EU 40 at position 5;
// features hold bust in units of kBustUnit around kBustCentre.
std::vector<double> default_size_by_body(SizeChart chart) {
  std::vector<double> weights(kBodyFeatures);
  weights[kConstant] = chart == SizeChart::kWomen ? 5 : chart == SizeChart::kMen ? 4 : 8;
  if (chart == SizeChart::kWomen || chart == SizeChart::kMen) weights[kBust] = kBustUnit / 4;
  return weights;
}

double product(const std::vector<double>& weights, const BodyFeatures& features) {
  double sum = 0;
  for (size_t i = 0; i < weights.size(); ++i) sum += weights[i] * features[i];
  return sum;
}

// The k of fit_model.h.
double blur(double slope, double variance) {
  return 1 / std::sqrt(1 + std::numbers::pi / 8 * slope * slope * variance);
}

struct Cuts {
  double small = 0, large = 0, scale = 1;
};

Cuts cuts_of(const FitParameters& parameters, const GarmentFit& garment, double position, double shift,
             const FitModel::TrueSize& size) {
  const double scale = blur(parameters.slope, size.variance);
  const double at = garment.run + parameters.slope * (position - size.mean) + shift;
  // Whatever its tolerance, a garment keeps at least a tenth of the usual width.
  const double half = (parameters.threshold_large - parameters.threshold_small) / 2;
  const double tolerance = std::max(garment.tolerance, -0.9 * half);
  return {scale * (parameters.threshold_small - tolerance - at),
          scale * (parameters.threshold_large + tolerance - at), scale};
}

void add(SizeEvidence& evidence, double information, double mean, double kept) {
  evidence.information = kept * evidence.information + information;
  evidence.weighted = kept * evidence.weighted + information * mean;
}

// Variance of the sizes worn beyond what one shopper's have, who takes a size more or less by the cut.
double spread_beyond(std::span<const double> worn) {
  constexpr double kOfOne = 2;
  if (worn.size() < 2) return 0;
  double sum = 0, squares = 0;
  for (const double position : worn) sum += position, squares += position * position;
  const auto count = static_cast<double>(worn.size());
  return std::max(0.0, squares / count - sum / count * (sum / count) - kOfOne);
}

void wear(SizeEvidence& evidence, double position) {
  evidence.worn.push_back(position);
  if (evidence.worn.size() > SizeEvidence::kWornMax) evidence.worn.erase(evidence.worn.begin());
}

// The latest of this size. False: it is not known.
bool send_back(SizeEvidence& evidence, double position) {
  constexpr double kSame = 1e-6;
  for (auto worn = evidence.worn.end(); worn != evidence.worn.begin();)
    if (std::abs(*--worn - position) < kSame) {
      evidence.worn.erase(worn);
      return true;
    }
  return false;
}

std::optional<SizeId> nearest_size(std::span<const SizeId> sizes, SizeChart chart, double position) {
  std::optional<SizeId> best;
  double away = 0;
  for (const SizeId size : sizes)
    if (const auto at = size_position(size, chart); at && (!best || std::abs(*at - position) < away))
      best = size, away = std::abs(*at - position);
  return best;
}

// True if no other size of the same system stands nearer to the position on the chart.
bool is_nearest_of_its_system(SizeId size, SizeChart chart, double position) {
  const double away = std::abs(*size_position(size, chart) - position);
  const SizeSystem system = all_sizes()[size].system;
  return std::none_of(all_sizes().begin(), all_sizes().end(), [&](const Size& other) {
    if (other.system != system) return false;
    const auto at = size_position(other.id, chart);
    return at && std::abs(*at - position) < away;
  });
}

// A size that the shopper stated or kept, or its equivalent of another system.
bool is_worn(const SizeEvidence& evidence, SizeId size, SizeChart chart) {
  return std::any_of(evidence.worn.begin(), evidence.worn.end(),
                     [&](double position) { return is_nearest_of_its_system(size, chart, position); });
}

}  // namespace

OrdinalTerm ordinal_term(double cut_small, double cut_large, FitFeedback outcome) {
  const double s = logistic(cut_small), l = logistic(cut_large);
  const double ws = s * (1 - s), wl = l * (1 - l);
  switch (outcome) {
    case FitFeedback::kTooSmall:
      return {s, 1 - s, 0, ws, 0, 0};
    case FitFeedback::kTooLarge:
      return {1 - l, 0, -l, 0, 0, wl};
    case FitFeedback::kFits:
      break;
  }
  const double p = std::max(l - s, 1e-12);
  return {p,
          -ws / p,
          wl / p,
          ws * (1 - 2 * s) / p + ws * ws / (p * p),
          -ws * wl / (p * p),
          -wl * (1 - 2 * l) / p + wl * wl / (p * p)};
}

FitProbabilities ordinal_probabilities(double cut_small, double cut_large) {
  const double small = logistic(cut_small), large = 1 - logistic(cut_large);
  return {small, 1 - small - large, large};
}

std::span<const std::string_view> body_types() { return kBodyTypes; }

BodyFeatures body_features(const BodyProfile& body) {
  BodyFeatures f{};
  f[kConstant] = 1;
  size_t missing = kMissing;
  const auto put = [&](const std::optional<double>& value, size_t at, double centre, double unit) {
    if (value) {
      f[at] = std::clamp((*value - centre) / unit, -5.0, 5.0);
      f[at + 1] = f[at] * f[at];
    } else {
      f[missing] = 1;
    }
    ++missing;
  };
  put(body.height_cm, kHeight, 166, 7);
  put(body.weight_kg, kWeight, 63, 10);
  put(body.bust_cm, kBust, kBustCentre, kBustUnit);
  put(body.age, kAge, 34, 8);
  f[kHeightWeight] = f[kHeight] * f[kWeight];
  const auto type = std::find(kBodyTypes.begin(), kBodyTypes.end(), body.body_type);
  if (type != kBodyTypes.end()) f[kType + static_cast<size_t>(type - kBodyTypes.begin())] = 1;
  return f;
}

BodyKnown known_of(const BodyProfile& body) {
  if (body.height_cm && body.weight_kg) return BodyKnown::kHeightAndWeight;
  const bool something = body.height_cm || body.weight_kg || body.bust_cm;
  return something ? BodyKnown::kSomething : BodyKnown::kNothing;
}

namespace {

// Whether the body tells the size on this chart. The fitted weights are for women's clothes, the only ones
// with public labels; without them a bust girth does, of adults' clothes. Of the rest the mean is
// everybody's.
bool tells_size(const BodyProfile& body, SizeChart chart, const FitParameters& parameters) {
  if (!parameters.size_by_body.empty() && chart == SizeChart::kWomen)
    return known_of(body) != BodyKnown::kNothing;
  return body.bust_cm && (chart == SizeChart::kWomen || chart == SizeChart::kMen);
}

}  // namespace

FitModel::FitModel(FitParameters parameters, FitOptions options)
    : parameters_(std::move(parameters)), options_(options) {
  CHECK(parameters_.prior_variance.size() == kBodyKnownCount);
}

FitModel::TrueSize FitModel::prior(const BodyProfile& body, SizeChart chart) const {
  const BodyFeatures features = body_features(body);
  const bool fitted = !parameters_.size_by_body.empty() && chart == SizeChart::kWomen;
  const double mean = product(fitted ? parameters_.size_by_body : default_size_by_body(chart), features);
  const auto known = tells_size(body, chart, parameters_) ? known_of(body) : BodyKnown::kNothing;
  return {mean, parameters_.prior_variance[static_cast<size_t>(known)]};
}

FitModel::TrueSize FitModel::folded_size(const FitProfile& profile, SizeChart chart) const {
  const TrueSize before = prior(profile.body, chart);
  const SizeEvidence* evidence = profile.evidence(chart);
  if (evidence == nullptr) return before;
  const double information = 1 / before.variance + evidence->information;
  return {(before.mean / before.variance + evidence->weighted) / information, 1 / information};
}

FitModel::TrueSize FitModel::true_size(const FitProfile& profile, SizeChart chart) const {
  TrueSize size = folded_size(profile, chart);
  if (const SizeEvidence* evidence = profile.evidence(chart)) size.variance += spread_beyond(evidence->worn);
  return size;
}

FitModel::TrueSize FitModel::true_size_choosing(const FitProfile& profile,
                                                const FitObservation& asked) const {
  TrueSize size = true_size(profile, asked.chart);
  if (!asked.chosen) return size;
  const double meant = asked.position - garment(asked.garment_id, asked.category).taken;
  const double information = 1 / size.variance + 1 / parameters_.choice_variance;
  size.mean = (size.mean / size.variance + meant / parameters_.choice_variance) / information;
  size.variance = 1 / information;
  return size;
}

GarmentFit FitModel::garment(const std::string& id, const std::string& category) const {
  if (const auto found = garments_.find(id); found != garments_.end()) return found->second;
  GarmentFit fit;
  const auto known = parameters_.category_run.find(category);
  if (known != parameters_.category_run.end()) fit.run = known->second;
  fit.run_information = 1 / parameters_.run_variance;
  fit.taken_information = 1 / parameters_.taken_variance;
  fit.tolerance_information = 1 / parameters_.tolerance_variance;
  return fit;
}

FitProbabilities FitModel::predict(const FitProfile& profile, const FitObservation& asked) const {
  const GarmentFit fit = garment(asked.garment_id, asked.category);
  const TrueSize size = true_size_choosing(profile, asked);
  const double shift = product(parameters_.shift_by_body, body_features(profile.body));
  const Cuts cuts = cuts_of(parameters_, fit, asked.position, shift, size);
  return ordinal_probabilities(cuts.small, cuts.large);
}

double FitModel::runs(const GarmentFit& fit) const {
  return parameters_.meaning == FitMeaning::kOutcome ? fit.run / parameters_.slope : -fit.taken;
}

// P(fit) is greatest where both cuts are equally far from 0.
double FitModel::ideal_position(const FitProfile& profile, const FitObservation& asked) const {
  const double usual = true_size(profile, asked.chart).mean;
  const double runs = this->runs(garment(asked.garment_id, asked.category));
  if (parameters_.meaning == FitMeaning::kReview) return usual - runs;
  const double middle = (parameters_.threshold_small + parameters_.threshold_large) / 2 -
                        product(parameters_.shift_by_body, body_features(profile.body));
  return usual - runs + middle / parameters_.slope;
}

void FitModel::fold_fit(FitProfile& profile, const FitObservation& observation) const {
  const GarmentFit fit = garment(observation.garment_id, observation.category);
  SizeEvidence& evidence = profile.evidence(observation.chart);
  const bool fits = observation.outcome.value_or(FitFeedback::kFits) == FitFeedback::kFits;
  if (observation.chosen) {
    ++evidence.observations;
    add(evidence, 1 / parameters_.choice_variance, observation.position - fit.taken, options_.evidence_kept);
    if (fits) wear(evidence, observation.position);
  } else if (!fits && send_back(evidence, observation.position)) {
    --evidence.observations;
  }
  if (!observation.outcome) return;
  // Laplace approximation: mode and curvature of the posterior by Newton steps from the present mean.
  const TrueSize before = folded_size(profile, observation.chart);
  const double shift = product(parameters_.shift_by_body, body_features(profile.body));
  double mode = before.mean, information = 0;
  constexpr int kSteps = 4;
  for (int step = 0; step < kSteps; ++step) {
    // The unknown here is the shopper: their uncertainty is in `before`, not in the likelihood.
    const Cuts cuts = cuts_of(parameters_, fit, observation.position, shift, {mode, 0});
    const auto term = ordinal_term(cuts.small, cuts.large, *observation.outcome);
    const double slope = parameters_.slope * (term.by_small + term.by_large);
    information = parameters_.slope * parameters_.slope *
                  std::max(1e-9, term.info_small + 2 * term.info_cross + term.info_large);
    mode += (slope + (before.mean - mode) / before.variance) / (information + 1 / before.variance);
  }
  evidence.weighted += (1 / before.variance + information) * mode - before.mean / before.variance;
  evidence.information += information;
}

void FitModel::fold_usual_sizes(FitProfile& profile, SizeChart chart,
                                std::span<const double> positions) const {
  constexpr double kChoices = 4, kOfBefore = 0.1;
  if (positions.empty()) return;
  SizeEvidence& evidence = profile.evidence(chart);
  add(evidence, 0, 0, kOfBefore);
  evidence.worn.clear();
  for (const double position : positions) {
    add(evidence, kChoices / parameters_.choice_variance, position, 1);
    ++evidence.observations;
    wear(evidence, position);
  }
}

void FitModel::observe(const FitProfile& profile, const FitObservation& observation) {
  GarmentFit fit = garment(observation.garment_id, observation.category);
  if (observation.chosen) {
    const TrueSize before = true_size(profile, observation.chart);
    const double information = 1 / (before.variance + parameters_.choice_variance);
    fit.taken_information = std::min(fit.taken_information + information, options_.information_max);
    fit.taken += (observation.position - before.mean - fit.taken) * information / fit.taken_information;
  }
  if (observation.outcome) {
    const TrueSize size = true_size_choosing(profile, observation);
    const double shift = product(parameters_.shift_by_body, body_features(profile.body));
    const Cuts cuts = cuts_of(parameters_, fit, observation.position, shift, size);
    const auto term = ordinal_term(cuts.small, cuts.large, *observation.outcome);
    const double square = cuts.scale * cuts.scale;
    const auto step = [&](double& value, double& information, double slope, double added) {
      information = std::min(information + std::max(0.0, square * added), options_.information_max);
      value += cuts.scale * slope / information;
    };
    step(fit.run, fit.run_information, -term.by_small - term.by_large,
         term.info_small + 2 * term.info_cross + term.info_large);
    step(fit.tolerance, fit.tolerance_information, term.by_large - term.by_small,
         term.info_small - 2 * term.info_cross + term.info_large);
    ++fit.observations;
  }
  garments_[observation.garment_id] = fit;
}

void FitModel::learn_outcome(const FitObservation& observation, const BodyProfile& body) {
  FitProfile alone;
  alone.body = body;
  if (!observation.chosen) {
    FitObservation choice = observation;
    choice.chosen = true;
    choice.outcome.reset();
    fold_fit(alone, choice);
  }
  observe(alone, observation);
}

std::optional<SizeAdvice> FitModel::best_size(const FitProfile& profile, const std::string& garment_id,
                                              const std::string& category, SizeChart chart,
                                              std::span<const SizeId> in_stock) const {
  const SizeEvidence* evidence = profile.evidence(chart);
  if (evidence == nullptr && !tells_size(profile.body, chart, parameters_)) return std::nullopt;
  const FitObservation asked{garment_id, category, chart, 0, false, {}};
  const auto best = nearest_size(in_stock, chart, ideal_position(profile, asked));
  if (!best) return std::nullopt;
  SizeAdvice advice{*best, {}, {}};
  FitObservation at = asked;
  at.position = *size_position(*best, chart);
  advice.probabilities = predict(profile, at);
  const GarmentFit fit = garment(garment_id, category);
  const double mean = true_size(profile, chart).mean;
  const auto usual = nearest_size(in_stock, chart, mean);
  const double runs = this->runs(fit);
  if (fit.observations < options_.runs_observations || std::abs(runs) < options_.runs_from)
    advice.reason = !is_nearest_of_its_system(*best, chart, mean) ? SizeReason::kNearest
                    : evidence == nullptr                         ? SizeReason::kByBody
                    : is_worn(*evidence, *best, chart)            ? SizeReason::kUsual
                                                                  : SizeReason::kNearest;
  else if (*best != *usual)  // another label suits their true size
    advice.reason = runs < 0 ? SizeReason::kRunsSmall : SizeReason::kRunsLarge;
  else
    advice.reason = runs < 0 ? SizeReason::kRunsSlightlySmall : SizeReason::kRunsSlightlyLarge;
  return advice;
}

std::optional<double> FitModel::fit_share(const FitProfile& profile, const std::string& garment_id,
                                          const std::string& category, SizeChart chart,
                                          std::span<const SizeId> in_stock) const {
  if (profile.evidence(chart) == nullptr && !tells_size(profile.body, chart, parameters_))
    return std::nullopt;
  FitObservation at{garment_id, category, chart, 0, false, {}};
  const double ideal = ideal_position(profile, at);
  const auto best = nearest_size(in_stock, chart, ideal);
  if (!best) return std::nullopt;
  constexpr double kNear = 0.5;  // rows of the chart: the share is then 0.95 or more
  if (std::abs(*size_position(*best, chart) - ideal) <= kNear) return 1;
  at.position = ideal;
  const double most = predict(profile, at).fit;
  at.position = *size_position(*best, chart);
  return std::min(1.0, predict(profile, at).fit / std::max(most, 1e-9));
}

}  // namespace modiste
