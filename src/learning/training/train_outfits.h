// Trains the model of outfits that a shop serves with (outfits/learned_compatibility.h).
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "learning/datasets/curated_outfits.h"
#include "learning/evaluation/evaluate_outfits.h"
#include "learning/registry/model_manifest.h"

namespace modiste {

struct TrainOutfitsFiles {
  // At least one of them; empty: none.
  std::filesystem::path curated;   // of the shop's garments, one outfit a line of JSON
  std::filesystem::path polyvore;  // teaches categories
};

struct TrainedOutfits {
  ModelDraft draft;
  std::vector<std::byte> payload;
  OutfitsReport
      report;  // of a model that saw half of the curated outfits (without any: of all), on the other half
};

// kConflict: the model does not beat pairs of categories on the outfits held out; nothing should be
// published. Other errors: those of the files; kInvalid: too few outfits.
Result<TrainedOutfits> train_outfits(const TrainOutfitsFiles& files, const CuratedShop& shop,
                                     const std::function<void(const std::string&)>& progress);

}  // namespace modiste
