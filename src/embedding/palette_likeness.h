// How alike the colours of two garments are, from their palettes as they are stored.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace modiste {

// palettes: "#rrggbb", largest share first; how large is not stored, so that each colour counts for less than
// the one before it by a fixed factor. Bhattacharyya's coefficient of their shares near fixed anchors in
// CIELAB: 1 for the same colours, about 0 for colours far apart, 0 when either palette is empty. What is no
// colour is skipped.
class PaletteLikeness {
 public:
  explicit PaletteLikeness(std::span<const std::string> palette);
  [[nodiscard]] float to(std::span<const std::string> palette) const;

 private:
  std::vector<float> roots_;  // of the shares; empty without colours
};

}  // namespace modiste
