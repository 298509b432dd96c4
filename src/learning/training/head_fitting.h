// Fits projection heads to described photos whose frozen features are known. Pure: files and clocks stay out.
//
// Training ships what this makes; evaluation makes it again without the senders it tests on.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "embedding/palette.h"
#include "embedding/tags.h"
#include "head_training/head_trainer.h"

namespace modiste {

// A photo, what is known of it, and what the towers made of it.
struct PhotoExample {
  std::string source;          // data set
  std::string photo;           // file or record, for people
  std::filesystem::path file;  // empty: made of pixels
  std::string group;           // who took it, or the garment: photos of one group are held out together
  std::string garment;         // photos of one garment belong together; empty: alone
  std::string label;           // the data set's own word; empty: unknown
  bool photographed =
      true;  // false: drawn by a program, or a tiny grey picture: it teaches, but proves nothing
  std::vector<std::pair<Facet, std::string>> attributes;  // vocabulary terms without colour, one per facet
  std::string colour;                                     // the owner's, as a vocabulary term; empty: unknown
  std::vector<std::string> texts;                         // each describes the photo
  std::vector<float> features;                            // kImageFeatures
  std::vector<Swatch> palette;

  // What is known of a facet; null: nothing.
  [[nodiscard]] const std::string* term_of(Facet facet) const {
    for (const auto& [known, term] : attributes)
      if (known == facet) return &term;
    return nullptr;
  }
};

// Features of every text of the examples, by text.
using TextFeatureTable = std::map<std::string, std::vector<float>, std::less<>>;

struct HeadFittingOptions {
  size_t hidden = 256;
  size_t dimension = 128;                         // of the whole vector (nn/projection_heads.h)
  size_t kept = 48;                               // of it: what the tower sees, trained or not
  double kept_share = 0.45, colour_share = 0.15;  // in the cosine of two photos
  float validation_share = 0.12F;                 // of the groups, for early stop and calibration
  size_t term_examples_min = 12;                  // an attribute term seen more rarely is not learned
  bool label_garments = false;     // photos that have a garment also carry their category as label
  size_t colour_examples_min = 5;  // a colour seen more rarely is not named
  size_t colour_words_min = 16;  // a shop with fewer words calls pink red and navy blue: it teaches no names
  double colour_l2 = 0.1;        // on the weights that name colours, in photos
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

// Shares of the photos whose colour is named as their owner does.
struct ColourScores {
  double learned = 0, anchors = 0;  // by the heads; by the nearest anchor of the vocabulary
  size_t photos = 0;
};
[[nodiscard]] ColourScores score_colours(const ProjectionHeads& heads,
                                         std::span<const PhotoExample* const> photos,
                                         const Vocabulary& vocabulary);

// Share of the groups that `group` falls into: stable, independent of the order of photos. [0, 1)
[[nodiscard]] double group_position(const PhotoExample& example, uint64_t seed);

}  // namespace modiste
