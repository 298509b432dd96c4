#include "learning/training/left_out.h"

#include <map>
#include <utility>

namespace modiste {

std::vector<LeftOut> leave_out_each_set(const PhotoExamples& examples) {
  std::map<std::string, size_t> photographed;
  for (const auto* example : examples) photographed[example->source] += example->photographed ? 1 : 0;
  std::vector<LeftOut> splits;
  for (const auto& [source, photos] : photographed) {
    if (photos < kLeftOutPhotosMin) continue;
    LeftOut split{source, {}, {}};
    for (const auto* example : examples)
      (example->source == source ? split.unseen : split.training).push_back(example);
    if (!split.training.empty()) splits.push_back(std::move(split));
  }
  return splits;
}

}  // namespace modiste
