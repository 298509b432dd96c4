// The eight invented brands of the drawn shop (data/brands.toml, which says what each member means).
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "drawn_shop/drawing/design.h"

namespace modiste::drawn_shop {

struct Brand {
  std::string name, code;
  std::vector<std::string> aesthetics;
  double share = 1, women = 0.6, price = 1, formality = 0;
  drawing::Ink backdrop, hardware;
  std::vector<std::string> dyes;
  std::vector<std::pair<drawing::Print, double>> prints;
  std::vector<std::pair<drawing::Kind, double>> kinds;
  std::vector<drawing::Fit> fits;
  std::vector<std::string> names, openers, closers;
};

// In the file's order, once per program.
[[nodiscard]] std::span<const Brand> brands();

}  // namespace modiste::drawn_shop
