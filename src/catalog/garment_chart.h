// The chart that reads a garment's sizes, by what it is, who wears it and the sizes themselves.
//
// Threads: any. Pure.
#pragma once

#include "catalog/garment.h"
#include "catalog/item.h"

namespace modiste {

// size_chart_of(); for clothes and shoes of no known department the women's chart where it reads more of the
// garment's sizes than the men's: "2" to "20" are women's sizes, and of no man.
[[nodiscard]] SizeChart size_chart_of_garment(const Garment& garment, TermId category, TermId department,
                                              const Vocabulary& vocabulary);

}  // namespace modiste
