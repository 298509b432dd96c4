// Determines a garment's category from the shop's path, the title and the attributes together.
#pragma once

#include <string>
#include <vector>

#include "catalog/matcher.h"

namespace modiste {

struct CategoryChoice {
  const Term* term = nullptr;  // null when nothing was understood
  std::string word;            // what it was understood from
  float confidence = 0;
  MatchStep path_step = MatchStep::kUnknown;  // how the path's own word was understood
};

// The path decides the branch ("Men/Tops/Hoodies & Sweatshirts"), the title the leaf ("Chaz Kangeroo
// Hoodie"). A title outside the path's branch is ignored, unless the path is too general ("Women/Tops").
[[nodiscard]] CategoryChoice choose_category(const Matcher& matcher, const Garment& garment,
                                             const std::vector<Match>& hints);

// The steps of a path: "Men/Tops/Jackets", "Apparel > Shoes".
[[nodiscard]] std::vector<std::string> category_steps(std::string_view category);

}  // namespace modiste
