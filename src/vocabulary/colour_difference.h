// CIEDE2000: how different two colours look (Sharma, Wu & Dalal 2005, equations 2 to 22, kL = kC = kH = 1).
//
// About 1 is just noticeable side by side, above 20 different colours. Symmetric; zero for equal colours.
#pragma once

#include "vocabulary/vocabulary.h"

namespace modiste {
[[nodiscard]] double colour_difference(const Lab& a, const Lab& b);
}
