#include "features/taste_regression.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

constexpr int kNewtonSteps = 12, kConjugateSteps = 12, kHalvings = 24;
constexpr float kStepEnough = 1e-3F;  // the largest change of a weight, relative to its prior's deviation

float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }
// log(1 + exp(x)) without overflow.
float softplus(float x) { return std::max(x, 0.0F) + std::log1p(std::exp(-std::abs(x))); }

// The examples with their inputs numbered among those that occur. Weights are differences from the prior's
// mean, in its standard deviations: then every input has the same prior.
class TasteFit {
 public:
  TasteFit(const TasteExamples& examples, const TastePrior& prior) : examples_(examples) {
    for (size_t e = 0; e < examples.size(); ++e)
      for (const TasteInput& input : examples.inputs(e)) numbers_.push_back(input.number);
    std::sort(numbers_.begin(), numbers_.end());
    numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
    for (const uint32_t number : numbers_) deviation_.push_back(std::sqrt(prior.variance[number]));
    for (size_t e = 0; e < examples.size(); ++e) {
      float mean = 0;
      for (const TasteInput& input : examples.inputs(e)) {
        const auto at = std::lower_bound(numbers_.begin(), numbers_.end(), input.number) - numbers_.begin();
        scaled_.push_back({static_cast<uint32_t>(at), input.value * deviation_[static_cast<size_t>(at)]});
        mean += input.value * prior.mean[input.number];
      }
      ends_.push_back(scaled_.size());
      offset_.push_back(mean);
    }
    moved_.assign(numbers_.size(), 0);
    logit_ = offset_;
  }

  TastePosterior fit(const TastePrior& prior) {
    for (int step = 0; step < kNewtonSteps; ++step)
      if (!improve()) break;
    TastePosterior posterior{numbers_, {}, {}};
    const std::vector<float> curvature = curvatures(slopes_of_slopes());
    for (size_t i = 0; i < numbers_.size(); ++i) {
      posterior.weights.push_back(prior.mean[numbers_[i]] + deviation_[i] * moved_[i]);
      posterior.variances.push_back(prior.variance[numbers_[i]] / curvature[i]);
    }
    return posterior;
  }

 private:
  [[nodiscard]] std::span<const TasteInput> inputs(size_t example) const {
    const size_t begin = example == 0 ? 0 : ends_[example - 1];
    return std::span(scaled_).subspan(begin, ends_[example] - begin);
  }

  // One step of Newton's method; false when it changes nothing more.
  bool improve() {
    const std::vector<float> bends = slopes_of_slopes();
    std::vector<float> errors(examples_.size());
    for (size_t e = 0; e < errors.size(); ++e)
      errors[e] = examples_.weight(e) * (examples_.liked(e) - sigmoid(logit_[e]));
    std::vector<float> slope = moved_;
    for (float& one : slope) one = -one;
    add_transposed(errors, slope);
    const std::vector<float> step = solve(bends, slope);
    const std::vector<float> along = product(step);
    const float before = loss(0, step, along);
    float length = 1;
    int halvings = 0;
    while (!(loss(length, step, along) < before) && ++halvings <= kHalvings) length /= 2;
    if (halvings > kHalvings) return false;
    float largest = 0;
    for (size_t i = 0; i < step.size(); ++i) {
      moved_[i] += length * step[i];
      largest = std::max(largest, std::abs(length * step[i]));
    }
    for (size_t e = 0; e < logit_.size(); ++e) logit_[e] += length * along[e];
    return largest > kStepEnough;
  }

  // Minus the logarithm of the posterior density, `length` of the step ahead.
  [[nodiscard]] float loss(float length, std::span<const float> step, std::span<const float> along) const {
    float sum = 0;
    for (size_t i = 0; i < step.size(); ++i) {
      const float at = moved_[i] + length * step[i];
      sum += at * at / 2;
    }
    for (size_t e = 0; e < logit_.size(); ++e) {
      const float at = logit_[e] + length * along[e];
      sum += examples_.weight(e) * (softplus(at) - examples_.liked(e) * at);
    }
    return sum;
  }

  // By example: weight times the derivative of the sigmoid.
  [[nodiscard]] std::vector<float> slopes_of_slopes() const {
    std::vector<float> bends(examples_.size());
    for (size_t e = 0; e < bends.size(); ++e) {
      const float liked = sigmoid(logit_[e]);
      bends[e] = examples_.weight(e) * liked * (1 - liked);
    }
    return bends;
  }

  // The diagonal of 1 + X' bends X.
  [[nodiscard]] std::vector<float> curvatures(std::span<const float> bends) const {
    std::vector<float> diagonal(numbers_.size(), 1);
    for (size_t e = 0; e < bends.size(); ++e)
      for (const TasteInput& input : inputs(e))
        diagonal[input.number] += bends[e] * input.value * input.value;
    return diagonal;
  }

  // Conjugate gradients on (1 + X' bends X) step = slope, preconditioned by the diagonal.
  [[nodiscard]] std::vector<float> solve(std::span<const float> bends, std::vector<float> slope) const {
    constexpr float kEnough = 1e-6F;
    const std::vector<float> diagonal = curvatures(bends);
    const auto dot = [](std::span<const float> a, std::span<const float> b) {
      float sum = 0;
      for (size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
      return sum;
    };
    std::vector<float> step(slope.size(), 0), eased(slope.size());
    const auto ease = [&] {
      for (size_t i = 0; i < slope.size(); ++i) eased[i] = slope[i] / diagonal[i];
    };
    ease();
    std::vector<float> towards = eased;
    float left = dot(slope, eased);
    const float enough = kEnough * left;
    for (int round = 0; round < kConjugateSteps && left > enough; ++round) {
      std::vector<float> along = product(towards);
      for (size_t e = 0; e < along.size(); ++e) along[e] *= bends[e];
      std::vector<float> image = towards;
      add_transposed(along, image);
      const float length = left / dot(towards, image);
      for (size_t i = 0; i < step.size(); ++i) {
        step[i] += length * towards[i];
        slope[i] -= length * image[i];
      }
      ease();
      const float now = dot(slope, eased);
      for (size_t i = 0; i < step.size(); ++i) towards[i] = eased[i] + now / left * towards[i];
      left = now;
    }
    return step;
  }

  [[nodiscard]] std::vector<float> product(std::span<const float> by_input) const {
    std::vector<float> by_example(examples_.size(), 0);
    for (size_t e = 0; e < by_example.size(); ++e)
      for (const TasteInput& input : inputs(e)) by_example[e] += input.value * by_input[input.number];
    return by_example;
  }
  void add_transposed(std::span<const float> by_example, std::vector<float>& by_input) const {
    for (size_t e = 0; e < by_example.size(); ++e)
      for (const TasteInput& input : inputs(e)) by_input[input.number] += input.value * by_example[e];
  }

  const TasteExamples& examples_;
  std::vector<uint32_t> numbers_;
  std::vector<float> deviation_, moved_;  // by input that occurs
  std::vector<TasteInput> scaled_;        // numbered among those
  std::vector<size_t> ends_;
  std::vector<float> offset_, logit_;  // by example
};

}  // namespace

void TasteExamples::add(std::span<const TasteInput> inputs, bool liked, float weight) {
  inputs_.insert(inputs_.end(), inputs.begin(), inputs.end());
  ends_.push_back(inputs_.size());
  liked_.push_back(liked ? 1.0F : 0.0F);
  weights_.push_back(weight);
}

TastePosterior fit_taste(const TasteExamples& examples, const TastePrior& prior) {
  if (examples.size() == 0) return {};
  return TasteFit(examples, prior).fit(prior);
}

std::vector<float> all_weights(const TastePosterior& posterior, const TastePrior& prior) {
  std::vector<float> weights = prior.mean;
  for (size_t i = 0; i < posterior.numbers.size(); ++i) weights[posterior.numbers[i]] = posterior.weights[i];
  return weights;
}

}  // namespace modiste
