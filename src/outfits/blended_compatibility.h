// Compatibility by rules and by a trained model together.
#pragma once

#include <memory>

#include "outfits/compatibility.h"

namespace modiste::outfits {

// The model's share of the score. A choice, not a measurement: a model of categories knows what is worn
// together, not whether these two colours clash.
inline constexpr double kLearnedShare = 0.35;

// Threads: any.
class BlendedCompatibility final : public Compatibility {
 public:
  BlendedCompatibility(std::shared_ptr<const Compatibility> rules,
                       std::shared_ptr<const Compatibility> learned)
      : rules_(std::move(rules)), learned_(std::move(learned)) {}

  [[nodiscard]] std::string_view name() const override { return "blended"; }
  [[nodiscard]] double pair(const Wearable& a, const Wearable& b) const override {
    return blend(rules_->pair(a, b), learned_->pair(a, b));
  }
  [[nodiscard]] double set(std::span<const Wearable> pieces) const override {
    return blend(rules_->set(pieces), learned_->set(pieces));
  }

 private:
  static double blend(double rules, double learned) {
    return (1 - kLearnedShare) * rules + kLearnedShare * learned;
  }

  std::shared_ptr<const Compatibility> rules_, learned_;
};

}  // namespace modiste::outfits
