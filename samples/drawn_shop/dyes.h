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
[[nodiscard]] const Dye* find_dye(std::string_view name);
// CHECKs that there is one.
[[nodiscard]] const Dye& dye(std::string_view name);
// kInvalid unless "#rrggbb".
[[nodiscard]] Result<Done> check_ink(std::string_view ink, std::string where);

// The names of what a cloth is dyed in whatever the brand; empty: the brand's own dyes.
[[nodiscard]] const std::vector<std::string>& natural_dyes(const drawing::Design& design, Rng& rng);

}  // namespace modiste::drawn_shop
