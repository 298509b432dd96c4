// The colours the drawn brands dye in, by the names shops give them.
#pragma once

#include <span>
#include <string_view>

#include "base/rng.h"
#include "simulation/drawing/palette.h"

namespace modiste {

struct Dye {
  std::string_view name;
  drawing::Ink ink;
};

[[nodiscard]] std::span<const Dye> dyes();
// CHECKs that there is one: names come from our own tables.
[[nodiscard]] const Dye& dye(std::string_view name);

}  // namespace modiste
