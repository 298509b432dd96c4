// The words a merchant uses for what a design says: the catalog's vocabulary understands them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulation/drawn_item.h"

namespace modiste {

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
// "shirt dress", "jeans": the most specific name of the thing, lower case.
[[nodiscard]] std::string noun_of(const drawing::Design& design);

}  // namespace modiste
