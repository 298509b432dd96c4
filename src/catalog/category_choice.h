// Determines a garment's category from the shop's path, the title and the attributes together.
#pragma once

#include <string>
#include <vector>

#include "catalog/matcher.h"

namespace modiste {

struct CategoryChoice {
  const Term* term = nullptr;        // null when nothing was understood
  const Term* department = nullptr;  // where the path's number in Google's taxonomy names one
  std::string word;                  // what it was understood from
  float confidence = 0;
  std::string path_word;                      // the path's own word, for the report; empty: there is no path
  MatchStep path_step = MatchStep::kUnknown;  // how it was understood
};

// The path decides the branch ("Men/Tops/Hoodies & Sweatshirts"), the title the leaf ("Chaz Kangeroo
// Hoodie"). A title outside the path's branch is ignored, unless the path is too general ("Women/Tops"). The
// path is the shop's own or, where that is not understood, a path or number of Google's taxonomy. Words are
// read in the garment's languages; a word that these languages understand differently is told apart by the
// other source and by the department, else it is unknown. A guess of the embedder comes last, and only for
// English words.
[[nodiscard]] CategoryChoice choose_category(const Matcher& matcher, const Garment& garment,
                                             const LanguageWeights& weights, const std::vector<Match>& hints);

// What the garment's texts say about its language.
[[nodiscard]] LanguageWeights languages_of(const Matcher& matcher, const Garment& garment);

// The steps of a path: "Men/Tops/Jackets", "Apparel > Shoes".
[[nodiscard]] std::vector<std::string> category_steps(std::string_view category);

}  // namespace modiste
