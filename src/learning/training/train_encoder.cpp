#include "learning/training/train_encoder.h"

#include "io/atomic_write.h"

namespace modiste {
namespace {

constexpr const char* kHeadsFile = "heads.safetensors";

std::filesystem::path cache_file(const TrainEncoderOptions& options, const char* name) {
  return options.cache.empty() ? std::filesystem::path{} : options.cache / name;
}

void append(std::vector<PhotoRecord>& all, std::vector<PhotoRecord> more) {
  for (auto& record : more) all.push_back(std::move(record));
}

Result<std::vector<PhotoRecord>> read_records(const TrainEncoderOptions& options,
                                              const Vocabulary& vocabulary) {
  std::vector<PhotoRecord> records;
  if (!options.clothing_cc0.empty()) {
    TRY_ASSIGN(auto photos, read_clothing_cc0(options.clothing_cc0, vocabulary));
    append(records, std::move(photos));
  }
  for (const auto& set : options.garment_sets)
    append(records, photos_of_garments(set.name, set.garments, set.images, vocabulary));
  if (!options.fashion_mnist.empty() && options.fashion_mnist_photos > 0) {
    TRY_ASSIGN(auto photos,
               read_fashion_mnist(options.fashion_mnist, options.fashion_mnist_photos, vocabulary));
    append(records, std::move(photos));
  }
  if (records.empty())
    return Error{Code::kInvalid, "there are no photos to train on", "", "a data set or a catalog"};
  return records;
}

Result<size_t> write_encoder(const TrainEncoderOptions& options, const FittedHeads& fitted) {
  const auto heads = fitted.heads.serialize();
  EncoderManifest manifest;
  manifest.name = options.name;
  manifest.towers = Towers::kId;
  manifest.heads_file = kHeadsFile;
  manifest.heads_hash = content_hash(heads);
  manifest.trained_on = fitted.heads.info().trained_on;
  manifest.calibration = fitted.calibration;
  const std::string text = to_json_text(manifest) + "\n";
  std::error_code error;
  std::filesystem::create_directories(options.output, error);
  TRY(write_atomically(options.output / kHeadsFile, heads));
  TRY(write_atomically(options.output / "manifest.json", text));
  return heads.size();
}

}  // namespace

HeadFittingOptions default_head_fitting() {
  HeadFittingOptions options;
  options.label_garments = true;
  options.trainer.epochs_max = 14;
  options.trainer.patience = 8;
  // A few thousand photos of a few hundred people: without this much noise the heads learn their floors.
  options.trainer.dropout = 0.4F;
  options.trainer.input_dropout = 0.3F;
  options.trainer.weight_decay = 0.05F;
  options.trainer.supervised_weight = 0.5F;
  options.trainer.attribute_weight = 1.0F;
  return options;
}

Result<ExaminedPhotos> read_examples(const TrainEncoderOptions& options, const Towers& towers,
                                     const Vocabulary& vocabulary,
                                     const std::function<void(const PhotoProgress&)>& progress) {
  TRY_ASSIGN(const auto records, read_records(options, vocabulary));
  TRY_ASSIGN(auto cache, FeatureCache::open(cache_file(options, "photos.features"), std::string(Towers::kId),
                                            kPhotoColumns));
  return examine_photos(records, towers, cache, vocabulary, options.fitting.trainer.seed, progress);
}

Result<TextFeatureTable> read_text_features(const TrainEncoderOptions& options,
                                            const std::vector<PhotoExample>& examples,
                                            const std::vector<std::string>& more, const Towers& towers) {
  TRY_ASSIGN(auto cache,
             FeatureCache::open(cache_file(options, "texts.features"), "all-MiniLM-L6-v2", kTextFeatures));
  return examine_texts(examples, more, towers, cache);
}

Result<TrainEncoderReport> train_encoder(const TrainEncoderOptions& options, const Towers& towers,
                                         const Vocabulary& vocabulary, const TrainEncoderProgress& progress) {
  TRY_ASSIGN(const auto photos, read_examples(options, towers, vocabulary, progress.photos));
  TRY_ASSIGN(const auto texts, read_text_features(options, photos.examples, {}, towers));
  if (progress.texts) progress.texts(texts.size());
  std::vector<const PhotoExample*> examples;
  for (const auto& example : photos.examples) examples.push_back(&example);
  TRY_ASSIGN(const auto fitted, fit_heads(options.name, examples, texts, options.fitting, progress.epoch));

  TrainEncoderReport report;
  TRY_ASSIGN(report.heads_bytes, write_encoder(options, fitted));
  report.name = options.name;
  report.trained_on = fitted.heads.info().trained_on;
  report.photos_training = fitted.photos_training;
  report.photos_validation = fitted.photos_validation;
  report.photos_refused = photos.refused_count;
  report.refused = photos.refused;
  report.texts = texts.size();
  report.epochs = fitted.epochs;
  report.calibration = fitted.calibration;
  return report;
}

}  // namespace modiste
