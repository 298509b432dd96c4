// `modiste train encoder`: heads over frozen towers, from described photos.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "embedding/tags.h"
#include "learning/datasets/photo_features.h"
#include "learning/registry/model_manifest.h"
#include "learning/training/conflict_precision.h"
#include "learning/training/head_fitting.h"
#include "learning/training/tag_precision.h"

namespace modiste {

// A catalog to learn from: garments that are read and normalised, and the folder of their photos.
struct GarmentSet {
  std::string name;
  std::vector<Garment> garments;
  std::filesystem::path images;
};

struct TrainEncoderOptions {
  std::filesystem::path cache;         // folder for features; empty: they are computed each time
  std::filesystem::path clothing_cc0;  // empty: without
  std::vector<GarmentSet> garment_sets;
  std::filesystem::path fashion_mnist;  // empty: without
  size_t fashion_mnist_photos = 1'000;  // 28 x 28 greys teach shape and little else
  HeadFittingOptions fitting;
  LookedAt looked_at;  // doubts about photos of the sets that people found right
};

// What is going on, for a progress bar or a line of log.
struct TrainEncoderProgress {
  std::function<void(const PhotoProgress&)> photos;
  std::function<void(size_t texts)> texts;
  EpochProgress epoch;
};

struct TrainedEncoder {
  std::vector<std::byte> heads;  // docs/formats/heads.md
  ModelDraft draft;
  std::string name;  // identity of the vectors: other weights have another
  size_t photos_training = 0, photos_validation = 0, photos_refused = 0, texts = 0;
  std::vector<std::string> refused;
  std::vector<HeadEpoch> epochs;
  std::vector<FacetCalibration> calibration;
  std::vector<FacetPrecision> tags;      // on sets left out of training
  std::vector<KindPrecision> conflicts;  // on the same
};

// Reads the photo sets that the options name. The same examples serve training and evaluation.
Result<ExaminedPhotos> read_examples(const TrainEncoderOptions& options, const Towers& towers,
                                     const Vocabulary& vocabulary,
                                     const std::function<void(const PhotoProgress&)>& progress = {});
Result<TextFeatureTable> read_text_features(const TrainEncoderOptions& options,
                                            const std::vector<PhotoExample>& examples,
                                            const std::vector<std::string>& more, const Towers& towers);

Result<TrainedEncoder> train_encoder(const TrainEncoderOptions& options, const Towers& towers,
                                     const Vocabulary& vocabulary, const TrainEncoderProgress& progress = {});

// Options of the heads that ship: what iteration on the held-out senders has found best.
[[nodiscard]] HeadFittingOptions default_head_fitting();

}  // namespace modiste
