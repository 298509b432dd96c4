// How a garment's sizes are read: the chart, by what it is, who wears it and the sizes themselves; and what a
// number means there.
//
// Threads: any. Pure.
#pragma once

#include "catalog/garment.h"
#include "catalog/item.h"
#include "vocabulary/size_context.h"

namespace modiste {

// size_chart_of(); for clothes and shoes of no known department the women's chart where it reads more of the
// garment's sizes than the men's: "2" to "20" are women's sizes, and of no man.
[[nodiscard]] SizeChart size_chart_of_garment(const Garment& garment, TermId category, TermId department,
                                              const Vocabulary& vocabulary);

// How the sizes of such a garment are read: the currency says where it is sold, the category what a number of
// men's clothes measures: a shirt's is the collar, that of other tops, jackets and suits the chest, else the
// waist.
[[nodiscard]] SizeContext size_context_of(std::string_view currency, SizeChart chart, TermId category,
                                          const Vocabulary& vocabulary);

}  // namespace modiste
