// Splits that leave a whole set of photos out: what heads are worth on a shop that they never saw.
#pragma once

#include <string>
#include <vector>

#include "learning/training/head_fitting.h"

namespace modiste {

using PhotoExamples = std::vector<const PhotoExample*>;

struct LeftOut {
  std::string source;  // the set that is left out
  PhotoExamples training, unseen;
};

// A smaller set says little, and is only trained on.
inline constexpr size_t kLeftOutPhotosMin = 100;

// One split for each set of real photos, by name; pictures drawn by a program are only trained on. None
// where nothing would be left to train on.
[[nodiscard]] std::vector<LeftOut> leave_out_each_set(const PhotoExamples& examples);

}  // namespace modiste
