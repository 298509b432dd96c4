// The words a merchant uses for what a design says (data/words.toml): the catalog's vocabulary understands
// them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drawn_shop/item.h"

namespace modiste::drawn_shop {

[[nodiscard]] std::vector<std::string> material_words(const drawing::Design& design,
                                                      std::string_view aesthetic);
// In running text: "organic cotton", "cable-knit merino wool".
[[nodiscard]] std::string material_phrase(const drawing::Design& design, std::string_view aesthetic);
[[nodiscard]] std::string_view print_word(drawing::Print print);
[[nodiscard]] std::string_view fit_word(drawing::Fit fit);
// Empty where the facet says nothing.
[[nodiscard]] std::string_view silhouette_word(drawing::Silhouette silhouette);
[[nodiscard]] std::string_view sleeve_word(drawing::Sleeve sleeve);
[[nodiscard]] std::string_view neckline_word(drawing::Neckline neckline);
[[nodiscard]] std::string_view length_word(const drawing::Design& design);
// What a description points out, "a horsebit across the vamp"; empty where neckline and sleeve say enough.
[[nodiscard]] std::string_view detail_text(const drawing::Design& design);
// "shirt dress", "jeans": the most specific name of the thing, lower case.
[[nodiscard]] std::string noun_of(const drawing::Design& design);

// How people dress for an occasion.
struct OccasionHabit {
  std::string name;        // vocabulary name
  std::string phrase;      // in descriptions: "the office"
  double share = 0;        // of the curated outfits
  double formality = 0.5;  // that outfits for it aim at
  bool one_piece = false;  // a dress is usual
};
[[nodiscard]] const std::vector<OccasionHabit>& occasion_habits();

}  // namespace modiste::drawn_shop
