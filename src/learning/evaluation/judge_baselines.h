// Ranks the held-out items by what every recommender must beat, and adds the scores to the report.
#pragma once

#include <span>

#include "learning/evaluation/evaluate_next_item.h"
#include "learning/evaluation/held_out_items.h"
#include "learning/evaluation/word_profiles.h"

namespace modiste {

// shoppers: those who are asked. words: of the garments. With options.at_its_time the baselines know what the
// shop knows then, and words are not asked.
void judge_baselines(const HeldOutItems& split, std::span<const HeldOutItem> shoppers,
                     const WordProfiles& words, const NextItemOptions& options, NextItemReport& report);

}  // namespace modiste
