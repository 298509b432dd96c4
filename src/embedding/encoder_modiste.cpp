#include "embedding/encoder_modiste.h"

#include <algorithm>

namespace modiste {
namespace {

std::vector<Vector> rows_of(const std::vector<float>& matrix, size_t columns) {
  std::vector<Vector> rows;
  for (size_t at = 0; at < matrix.size(); at += columns)
    rows.emplace_back(matrix.begin() + static_cast<std::ptrdiff_t>(at),
                      matrix.begin() + static_cast<std::ptrdiff_t>(at + columns));
  return rows;
}

class ModisteEncoder final : public Encoder {
 public:
  ModisteEncoder(ModisteEncoderParts parts, const Vocabulary& vocabulary)
      : parts_(std::move(parts)), vocabulary_(vocabulary) {
    for (const auto& head : parts_.heads.info().attributes) {
      facets_.push_back(enum_from_name<Facet>(head.facet));
      temperatures_.push_back(1);
      for (const auto& calibration : parts_.manifest.calibration)
        if (calibration.facet == head.facet) temperatures_.back() = calibration.temperature;
    }
  }

  std::string id() const override { return parts_.manifest.name; }
  size_t dimension() const override { return parts_.heads.info().dimension; }

  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override {
    const auto features = parts_.towers->image_features(images);
    auto vectors = rows_of(parts_.heads.image(features.values), dimension());
    auto probabilities = parts_.heads.attribute_probabilities(features.values);
    std::vector<ImageUnderstanding> understood(images.size());
    for (size_t i = 0; i < images.size(); ++i) {
      understood[i].vector = std::move(vectors[i]);
      understood[i].palette = to_hexes(features.palettes[i]);
      understood[i].tags = colour_tags(features.palettes[i], vocabulary_);
      for (size_t head = 0; head < facets_.size(); ++head)
        if (auto tag = facet_tag(head, i, probabilities[head])) understood[i].tags.push_back(std::move(*tag));
    }
    return understood;
  }

  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override {
    return rows_of(parts_.heads.text(parts_.towers->text_features(texts)), dimension());
  }

 private:
  std::optional<Attribute> facet_tag(size_t head, size_t row, std::vector<float>& probabilities) const {
    if (!facets_[head]) return std::nullopt;
    const auto& terms = parts_.heads.info().attributes[head].terms;
    const auto of_row = std::span(probabilities).subspan(row * terms.size(), terms.size());
    rescale(of_row, temperatures_[head]);
    return tag_of(*facets_[head], terms, of_row, vocabulary_);
  }

  ModisteEncoderParts parts_;
  const Vocabulary& vocabulary_;
  std::vector<std::optional<Facet>> facets_;  // by head; none: a facet this vocabulary does not have
  std::vector<double> temperatures_;          // by head
};

}  // namespace

Result<std::pair<ProjectionHeads, EncoderManifest>> load_heads(const FileReader& files) {
  TRY_ASSIGN(const auto manifest_bytes, files("manifest.json"));
  TRY_ASSIGN(auto manifest, parse_encoder_manifest(manifest_bytes));
  TRY_ASSIGN(const auto heads_bytes, files(manifest.heads_file));
  if (content_hash(heads_bytes) != manifest.heads_hash)
    return Error{Code::kCorrupt, "the hash of the encoder's heads differs from its manifest",
                 manifest.heads_file, "a file whose hash is " + manifest.heads_hash};
  TRY_ASSIGN(auto heads, ProjectionHeads::parse(heads_bytes));
  if (heads.info().image_features != kImageFeatures || heads.info().text_features != kTextFeatures)
    return Error{Code::kCorrupt, "the encoder's heads need features of another size", manifest.heads_file,
                 std::to_string(kImageFeatures) + " and " + std::to_string(kTextFeatures)};
  return std::pair{std::move(heads), std::move(manifest)};
}

std::unique_ptr<Encoder> make_modiste_encoder(ModisteEncoderParts parts, const Vocabulary& vocabulary) {
  return std::make_unique<ModisteEncoder>(std::move(parts), vocabulary);
}

}  // namespace modiste
