// Which colours are worn together.
#pragma once

#include "vocabulary/vocabulary.h"

namespace modiste::outfits {

// How well two colours go together, 0 to 1. Neutrals (chroma < 16) go with everything, best at a contrast of
// lightness; of two chromatic colours, near hues (<= 35 degrees) and opposite ones (150 to 210) go, the more
// so the less saturated they are; hues between clash.
[[nodiscard]] double colour_harmony(const Lab& a, const Lab& b);

}  // namespace modiste::outfits
