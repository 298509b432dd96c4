#include "learning/datasets/photo_features.h"

#include <algorithm>
#include <set>

#include "base/rng.h"
#include "io/read_file.h"

namespace modiste {
namespace {

// A photo waiting for the towers.
struct Pending {
  size_t record = 0;
  uint64_t content = 0;
  RgbImage image;
};

uint64_t hash_of(std::span<const uint8_t> bytes) {
  return hash64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::vector<float> to_row(std::span<const float> features, const std::vector<Swatch>& palette) {
  std::vector<float> row(features.begin(), features.end());
  for (const auto& swatch : palette)
    row.insert(row.end(), {swatch.lab.l, swatch.lab.a, swatch.lab.b, swatch.share});
  row.resize(kPhotoColumns);  // a share of 0 ends a shorter palette
  return row;
}

std::vector<Swatch> palette_of(const std::vector<float>& row) {
  std::vector<Swatch> palette;
  for (size_t at = kImageFeatures; at < row.size() && row[at + 3] > 0; at += 4)
    palette.push_back({{row[at], row[at + 1], row[at + 2]}, row[at + 3]});
  return palette;
}

PhotoExample to_example(const PhotoRecord& record, const std::vector<float>& row,
                        const Vocabulary& vocabulary, uint64_t seed) {
  PhotoExample example;
  example.source = record.source;
  example.photo = record.photo;
  example.file = record.file;
  example.group = record.group;
  example.garment = record.garment;
  example.label = record.label;
  example.photographed = !record.file.empty() && record.file.extension() != ".svg";
  example.features.assign(row.begin(), row.begin() + kImageFeatures);
  example.palette = palette_of(row);
  KnownTerms terms = record.terms;
  const bool coloured =
      std::any_of(terms.begin(), terms.end(), [](const auto& term) { return term.first == Facet::kColour; });
  if (!coloured)
    if (const auto seen = colour_tags(palette_of(row), vocabulary); !seen.empty())
      terms.emplace_back(Facet::kColour, seen.front().term);
  // Photos of like garments share their texts, or each would cost the text tower its own.
  constexpr uint64_t kVariants = 6;
  std::string key;
  for (const auto& [facet, term] : terms) key += term + "/";
  Rng rng(hash64(key, seed + hash64(record.photo) % kVariants));
  example.texts = record.texts;
  for (auto& text : draw_texts(terms, vocabulary, kDrawnTexts, rng)) example.texts.push_back(std::move(text));
  for (const auto& [facet, term] : record.terms) {
    if (facet == Facet::kColour)
      example.colour = term;
    else
      example.attributes.emplace_back(facet, term);
  }
  return example;
}

// Looks at photos in the records' order, a batch at a time.
class Examiner {
 public:
  Examiner(const std::vector<PhotoRecord>& records, const Towers& towers, FeatureCache& cache)
      : records_(records), towers_(towers), cache_(cache), contents_(records.size()) {}

  // False when the photo was refused.
  bool embedding(size_t index, ExaminedPhotos& out) {
    auto opened = open(index);
    if (!opened.ok()) {
      ++out.refused_count;
      if (out.refused.size() < kRefusedMax)
        out.refused.push_back(records_[index].photo + ": " + opened.error().message());
      return false;
    }
    if (*opened && pending_.size() >= ResNet50::kBatch) flush();
    return true;
  }

  void flush() {
    std::vector<RgbImage> images;
    for (auto& photo : pending_) images.push_back(std::move(photo.image));
    const auto seen = towers_.image_features(images);
    for (size_t i = 0; i < pending_.size(); ++i)
      cache_.add(
          pending_[i].content,
          to_row(std::span(seen.values).subspan(i * kImageFeatures, kImageFeatures), seen.palettes[i]));
    computed_ += pending_.size();
    pending_.clear();
  }

  [[nodiscard]] const std::vector<float>* row(size_t index) const { return cache_.find(contents_[index]); }
  [[nodiscard]] size_t computed() const { return computed_; }

 private:
  // True when the towers must look at it.
  Result<bool> open(size_t index) {
    const auto& record = records_[index];
    if (record.file.empty()) {
      contents_[index] = hash_of(record.pixels.pixels);
      if (cache_.find(contents_[index]) != nullptr) return false;
      pending_.push_back({index, contents_[index], record.pixels});
      return true;
    }
    TRY_ASSIGN(const auto bytes, read_file(record.file));
    contents_[index] = hash_of({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
    if (cache_.find(contents_[index]) != nullptr) return false;
    TRY_ASSIGN(auto image, decode_image(bytes));
    pending_.push_back({index, contents_[index], std::move(image)});
    return true;
  }

  const std::vector<PhotoRecord>& records_;
  const Towers& towers_;
  FeatureCache& cache_;
  std::vector<uint64_t> contents_;
  std::vector<Pending> pending_;
  size_t computed_ = 0;
};

}  // namespace

ExaminedPhotos examine_photos(const std::vector<PhotoRecord>& records, const Towers& towers,
                              FeatureCache& cache, const Vocabulary& vocabulary, uint64_t seed,
                              const std::function<void(const PhotoProgress&)>& progress) {
  constexpr size_t kReportEvery = 64;
  ExaminedPhotos out;
  Examiner examiner(records, towers, cache);
  std::vector<size_t> good;
  for (size_t i = 0; i < records.size(); ++i) {
    if (examiner.embedding(i, out)) good.push_back(i);
    if (progress && (i + 1) % kReportEvery == 0) progress({i + 1, records.size(), examiner.computed()});
  }
  examiner.flush();
  if (progress) progress({records.size(), records.size(), examiner.computed()});
  out.examples.reserve(good.size());
  for (const size_t i : good)
    out.examples.push_back(to_example(records[i], *examiner.row(i), vocabulary, seed));
  return out;
}

TextFeatureTable examine_texts(const std::vector<PhotoExample>& examples,
                               const std::vector<std::string>& more, const Towers& towers,
                               FeatureCache& cache) {
  std::set<std::string> texts(more.begin(), more.end());
  for (const auto& example : examples) texts.insert(example.texts.begin(), example.texts.end());
  std::vector<std::string> unknown;
  for (const auto& text : texts)
    if (cache.find(hash64(text)) == nullptr) unknown.push_back(text);
  // Texts of a batch are padded to the longest: like lengths go together.
  std::stable_sort(unknown.begin(), unknown.end(),
                   [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  const auto features = towers.text_features(unknown);
  for (size_t i = 0; i < unknown.size(); ++i) {
    const auto row = std::span(features).subspan(i * kTextFeatures, kTextFeatures);
    cache.add(hash64(unknown[i]), {row.begin(), row.end()});
  }
  TextFeatureTable table;
  for (const auto& text : texts) table.emplace(text, *cache.find(hash64(text)));
  return table;
}

}  // namespace modiste
