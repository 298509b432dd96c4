// The words under which a garment is embedded. One definition for ingest and for training.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/garment.h"

namespace modiste {

// What a shopper might type, what the shop says: the title with the understood terms, then the description's
// beginning (absent when there is none). colour: the supplier's word, empty for all colours.
[[nodiscard]] std::vector<std::string> garment_texts(const Garment& garment, std::string_view colour,
                                                     const Vocabulary& vocabulary);

}  // namespace modiste
