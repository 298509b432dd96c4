// Whether the weather of a context is against a garment.
//
// Threads: any. Pure.
#pragma once

#include "context/suitability.h"

namespace modiste {

// As suits_warmth() of the context's warmth, but what is worn under a coat or with tights is not against the
// cold for being light: kUnknown for tops, layers, dresses and skirts. Bare kinds (sundresses), and dresses
// and skirts that name other seasons only, are.
[[nodiscard]] Suits suits_weather(const ItemFacts& item, const Context& context,
                                  const Vocabulary& vocabulary);

}  // namespace modiste
