// From photo files to examples that heads are fitted to: decode, frozen towers, palette, texts. Cached.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "embedding/towers.h"
#include "learning/datasets/feature_cache.h"
#include "learning/datasets/photo_sets.h"
#include "learning/training/head_fitting.h"

namespace modiste {

struct PhotoProgress {
  size_t done = 0, total = 0;
  size_t computed = 0;  // the others came from the cache
};

struct ExaminedPhotos {
  std::vector<PhotoExample> examples;  // in the records' order, without those refused
  std::vector<std::string> refused;    // "file: reason", the first kRefusedMax
  size_t refused_count = 0;
};
inline constexpr size_t kRefusedMax = 100;

// Columns of a cache of photos: the image features, then the palette.
inline constexpr size_t kPhotoColumns = kImageFeatures + kPaletteMax * 4;
inline constexpr size_t kDrawnTexts = 4;  // texts made up per photo; more repeat each other

// Photos that cannot be read are refused and the others go on. Texts are drawn by `seed` and the photo's
// name. progress is called after each batch.
ExaminedPhotos examine_photos(const std::vector<PhotoRecord>& records, const Towers& towers,
                              FeatureCache& cache, const Vocabulary& vocabulary, uint64_t seed,
                              const std::function<void(const PhotoProgress&)>& progress = {});

// Features of every text of the examples, and of `more`.
TextFeatureTable examine_texts(const std::vector<PhotoExample>& examples,
                               const std::vector<std::string>& more, const Towers& towers,
                               FeatureCache& cache);

}  // namespace modiste
