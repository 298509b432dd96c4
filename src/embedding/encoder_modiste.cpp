#include "embedding/encoder_modiste.h"

#include <optional>

#include "embedding/tags.h"

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
      : parts_(std::move(parts)), resnet_(parts_.resnet), minilm_(parts_.minilm), vocabulary_(vocabulary) {
    for (const auto& head : parts_.heads.info().attributes)
      facets_.push_back(enum_from_name<Facet>(head.facet));
  }

  std::string id() const override { return parts_.heads.info().name; }
  size_t dimension() const override { return parts_.heads.info().dimension; }

  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override {
    if (images.empty()) return std::vector<ImageUnderstanding>{};
    TRY_ASSIGN(const auto resnet, resnet_.get());
    const auto features = image_features(*resnet, images);
    auto vectors = rows_of(parts_.heads.image(features.values), dimension());
    auto probabilities = parts_.heads.attribute_probabilities(features.values);
    std::vector<ImageUnderstanding> understood(images.size());
    for (size_t i = 0; i < images.size(); ++i) {
      understood[i].vector = std::move(vectors[i]);
      understood[i].palette = to_hexes(features.palettes[i]);
      understood[i].tags = colours(features.palettes[i]);
      for (size_t head = 0; head < facets_.size(); ++head)
        if (auto tag = facet_tag(head, i, probabilities[head])) understood[i].tags.push_back(std::move(*tag));
      drop_impossible_tags(understood[i].tags, vocabulary_);
    }
    return understood;
  }

  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override {
    if (texts.empty()) return std::vector<Vector>{};
    TRY_ASSIGN(const auto minilm, minilm_.get());
    return rows_of(parts_.heads.text(minilm->embed(texts)), dimension());
  }

  bool release_unused() override {
    const bool photos = resnet_.release_unused(), words = minilm_.release_unused();
    return photos || words;
  }

 private:
  // As the heads learned to name them; by the anchors of the vocabulary where they did not.
  std::vector<Attribute> colours(const std::vector<Swatch>& palette) const {
    const auto& terms = parts_.heads.info().colour_terms;
    if (terms.empty()) return colour_tags(palette, vocabulary_);
    return named_colours(terms, parts_.heads.colour_probabilities(naming_features(palette)), vocabulary_);
  }

  std::optional<Attribute> facet_tag(size_t head, size_t row, std::vector<float>& probabilities) const {
    if (!facets_[head]) return std::nullopt;
    const AttributeHead& facet = parts_.heads.info().attributes[head];
    const auto of_row = std::span(probabilities).subspan(row * facet.terms.size(), facet.terms.size());
    rescale(of_row, facet.temperature);
    return tag_of({*facets_[head], facet.terms, of_row}, vocabulary_, static_cast<float>(facet.keep_from));
  }

  ModisteEncoderParts parts_;
  OnDemand<ResNet50> resnet_;
  OnDemand<MiniLm> minilm_;
  const Vocabulary& vocabulary_;
  std::vector<std::optional<Facet>> facets_;  // by head; none: a facet this vocabulary does not have
};

}  // namespace

Result<ProjectionHeads> read_heads(std::span<const std::byte> file) {
  TRY_ASSIGN(auto heads, ProjectionHeads::parse(file));
  const HeadsInfo& info = heads.info();
  if (info.towers != Towers::kId)
    return Error{Code::kCorrupt, "the heads were trained on towers " + info.towers, "towers",
                 std::string(Towers::kId) + ": train them again with `modiste train encoder`"};
  if (info.image_features != kImageFeatures || info.text_features != kTextFeatures)
    return Error{Code::kCorrupt, "the encoder's heads need features of another size", "heads",
                 std::to_string(kImageFeatures) + " and " + std::to_string(kTextFeatures)};
  if (!info.colour_terms.empty() && info.colour_inputs != kNamingFeatures)
    return Error{Code::kCorrupt, "the encoder's heads name colours from shares of another grid",
                 "colour_inputs", std::to_string(kNamingFeatures)};
  return heads;
}

std::unique_ptr<Encoder> make_modiste_encoder(ModisteEncoderParts parts, const Vocabulary& vocabulary) {
  return std::make_unique<ModisteEncoder>(std::move(parts), vocabulary);
}

}  // namespace modiste
