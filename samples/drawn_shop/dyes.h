// The colours the drawn brands dye in, by the names shops give them (data/colours.toml).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "drawn_shop/drawing/design.h"

namespace modiste::drawn_shop {

struct Dye {
  std::string name;
  drawing::Ink ink;
};

[[nodiscard]] std::span<const Dye> dyes();
// CHECKs that there is one; is_dye says whether.
[[nodiscard]] const Dye& dye(std::string_view name);
[[nodiscard]] bool is_dye(std::string_view name);

// The names of what a cloth is dyed in whatever the brand; empty: the brand's own dyes.
[[nodiscard]] const std::vector<std::string>& natural_dyes(const drawing::Design& design, Rng& rng);

}  // namespace modiste::drawn_shop
