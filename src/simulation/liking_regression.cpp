#include "simulation/liking_regression.h"

#include <cmath>
#include <unordered_map>

namespace modiste {
namespace {

// The attributes and the brand of an item, numbered among those that any item of the stock has.
struct LikingInputs {
  std::vector<size_t> features;
  double scale = 1;  // items with many attributes count as much as those with few
};

class LikingRegression {
 public:
  LikingRegression(std::span<const ItemFacts* const> liked, std::span<const ItemFacts* const> stock) {
    for (const ItemFacts* item : liked) liked_.push_back(inputs_of(*item));
    for (const ItemFacts* item : stock) stock_.push_back(inputs_of(*item));
    weights_.assign(numbers_.size(), 0);
  }

  std::vector<double> fit() {
    constexpr int kSteps = 150;
    if (!liked_.empty())
      for (int step = 0; step < kSteps; ++step) ascend();
    std::vector<double> utilities;
    for (const LikingInputs& item : stock_) utilities.push_back(utility(item));
    return utilities;
  }

 private:
  LikingInputs inputs_of(const ItemFacts& item) {
    LikingInputs inputs;
    for (const TermId term : item.terms) inputs.features.push_back(number_of(term));
    constexpr uint64_t kBrands = 1ULL << 32;
    if (item.brand != 0) inputs.features.push_back(number_of(kBrands + item.brand));
    inputs.scale = 1 / std::sqrt(static_cast<double>(inputs.features.size()) + 1);
    return inputs;
  }
  size_t number_of(uint64_t key) { return numbers_.try_emplace(key, numbers_.size()).first->second; }

  [[nodiscard]] double utility(const LikingInputs& item) const {
    double sum = 0;
    for (const size_t feature : item.features) sum += weights_[feature];
    return sum * item.scale;
  }

  void ascend() {
    constexpr double kStock = 3;  // weight of the whole stock, for each like
    constexpr double kRate = 0.1, kBiasRate = 0.02, kPrior = 0.7;
    std::vector<double> slopes(weights_.size(), 0);
    double bias_slope = 0;
    const auto learn_from = [&](const LikingInputs& item, double liked, double weight) {
      const double error = weight * (liked - 1 / (1 + std::exp(-(utility(item) + bias_))));
      bias_slope += error;
      for (const size_t feature : item.features) slopes[feature] += error * item.scale;
    };
    const double each = kStock * static_cast<double>(liked_.size()) / static_cast<double>(stock_.size());
    for (const LikingInputs& item : liked_) learn_from(item, 1, 1);
    for (const LikingInputs& item : stock_) learn_from(item, 0, each);
    bias_ += kBiasRate * bias_slope;
    for (size_t f = 0; f < weights_.size(); ++f) weights_[f] += kRate * (slopes[f] - kPrior * weights_[f]);
  }

  std::unordered_map<uint64_t, size_t> numbers_;
  std::vector<LikingInputs> liked_, stock_;
  std::vector<double> weights_;
  double bias_ = -1;
};

}  // namespace

std::vector<double> learned_likings(std::span<const ItemFacts* const> liked,
                                    std::span<const ItemFacts* const> stock) {
  return LikingRegression(liked, stock).fit();
}

}  // namespace modiste
