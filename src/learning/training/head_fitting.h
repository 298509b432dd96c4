// Fits projection heads to described photos whose frozen features are known. Pure: files and clocks stay out.
//
// Training ships what this makes; evaluation makes it again without the senders it tests on.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "embedding/tags.h"
#include "nn/head_trainer.h"

namespace modiste {

// A photo, what is known of it, and what the towers made of it.
struct PhotoExample {
  std::string source;   // data set
  std::string photo;    // file or record, for people
  std::string group;    // who took it, or the garment: photos of one group are held out together
  std::string garment;  // photos of one garment belong together; empty: alone
  std::string label;    // the data set's own word; empty: unknown
  std::vector<std::pair<Facet, std::string>> attributes;  // vocabulary terms, at most one per facet
  std::vector<std::string> texts;                         // each describes the photo
  std::vector<float> features;                            // kImageFeatures
};

// Features of every text of the examples, by text.
using TextFeatureTable = std::map<std::string, std::vector<float>, std::less<>>;

struct HeadFittingOptions {
  size_t hidden = 256;
  size_t dimension = 128;
  float validation_share = 0.12F;  // of the groups, for early stop and calibration
  size_t term_examples_min = 12;   // an attribute term seen more rarely is not learned
  bool label_garments = false;     // photos that have a garment also carry their category as label
  HeadTrainerOptions trainer;
};

struct FittedHeads {
  ProjectionHeads heads;
  std::vector<HeadEpoch> epochs;
  std::vector<FacetCalibration> calibration;  // measured on the validation groups
  size_t photos_training = 0, photos_validation = 0;
};

// Answers false to stop early.
using EpochProgress = std::function<bool(const HeadEpoch&)>;

// name: identity of the weights. kInvalid: nothing to learn from, or a text without features.
Result<FittedHeads> fit_heads(std::string name, std::span<const PhotoExample* const> examples,
                              const TextFeatureTable& texts, const HeadFittingOptions& options,
                              const EpochProgress& progress = {});

// Share of the groups that `group` falls into: stable, independent of the order of photos. [0, 1)
[[nodiscard]] double group_position(const PhotoExample& example, uint64_t seed);

}  // namespace modiste
