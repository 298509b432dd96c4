// What one shopper likes, as a logistic regression on the contents of garments whose prior the shop learned
// from all its shoppers (learned_taste.h): an input that shoppers differ about may get a weight from few
// likes, one that they agree about hardly any.
//
//   P(like) = 1 / (1 + exp(-x . w)),  w ~ Normal(mean, variance), one variance for each input
//
// The most probable w by Newton's method, whose steps conjugate gradients solve: inputs are few and sparse.
// The curvature at it tells how certain each weight is when all others are held (the Laplace approximation,
// MacKay 1992, "The evidence framework", of a factorised posterior).
//
// Pure, deterministic. Threads: any. Work: at most some 300 passes over the examples'
// inputs, 50 as a rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace modiste {

struct TasteInput {
  uint32_t number = 0;  // of the prior's inputs
  float value = 0;
};

// Garments that a shopper liked, or did not.
class TasteExamples {
 public:
  // weight: above 0; 1 for a garment that was liked or passed.
  void add(std::span<const TasteInput> inputs, bool liked, float weight);

  [[nodiscard]] size_t size() const { return liked_.size(); }
  [[nodiscard]] std::span<const TasteInput> inputs(size_t example) const {
    return std::span(inputs_).subspan(begin(example), ends_[example] - begin(example));
  }
  [[nodiscard]] float liked(size_t example) const { return liked_[example]; }
  [[nodiscard]] float weight(size_t example) const { return weights_[example]; }

 private:
  [[nodiscard]] size_t begin(size_t example) const { return example == 0 ? 0 : ends_[example - 1]; }

  std::vector<TasteInput> inputs_;
  std::vector<size_t> ends_;  // by example, in inputs_
  std::vector<float> liked_;  // 1 or 0
  std::vector<float> weights_;
};

// By input.
struct TastePrior {
  std::vector<float> mean, variance;  // of as many; variances above 0
};

// Of the inputs that the examples have; others keep the prior's mean and variance.
struct TastePosterior {
  std::vector<uint32_t> numbers;  // ascending
  std::vector<float> weights;     // the most probable
  std::vector<float> variances;
};

// Inputs' numbers must be the prior's. Without examples: no inputs.
[[nodiscard]] TastePosterior fit_taste(const TasteExamples& examples, const TastePrior& prior);

// By input of the prior: the posterior's, else the prior's mean.
[[nodiscard]] std::vector<float> all_weights(const TastePosterior& posterior, const TastePrior& prior);

}  // namespace modiste
