// Multinomial logistic regression over few features: one Linear and a softmax.
#pragma once

#include <cstddef>
#include <vector>

namespace modiste {

struct LinearClassifier {
  size_t features = 0, classes = 0;
  std::vector<float> weight;  // classes x features
  std::vector<float> bias;    // classes
};

}  // namespace modiste
