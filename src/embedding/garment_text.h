// The texts under which a garment is embedded. One definition for ingest and for training.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/garment.h"

namespace modiste {

// Texts as a shopper would type them and as the shop writes them: the title with its terms, then the
// beginning of the description (if there is one). colour: the supplier's word, empty for all colours.
[[nodiscard]] std::vector<std::string> garment_texts(const Garment& garment, std::string_view colour,
                                                     const Vocabulary& vocabulary);

}  // namespace modiste
