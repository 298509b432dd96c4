#include "embedding/encoder_clip.h"

#include <array>
#include <cmath>
#include <optional>

#include "embedding/palette.h"
#include "embedding/tags.h"

namespace modiste {
namespace {

// Facets that a photo shows. Colour comes from the palette; occasion and season are not visible.
constexpr std::array kSeenFacets{Facet::kCategory, Facet::kPattern, Facet::kSleeve, Facet::kNeckline,
                                 Facet::kLength};

std::string prompt(const Term& term) {
  switch (term.facet) {
    case Facet::kPattern:
      return "a photo of clothing with a " + term.label + " pattern";
    case Facet::kSleeve:
      return "a photo of a garment, sleeves: " + term.label;
    case Facet::kNeckline:
      return "a photo of a garment, neckline: " + term.label;
    case Facet::kLength:
      return "a photo of a garment, length: " + term.label;
    default:
      return "a photo of a " + term.label + ", a fashion product";
  }
}

// The terms of one facet and the vectors of their prompts.
struct PromptTable {
  Facet facet{};
  std::vector<std::string> terms;
  std::vector<float> vectors;  // terms x dimension
};

// Only leaf categories are compared; an uncertain tag backs off to their parents.
bool has_children(const Vocabulary& vocabulary, const Term& term) {
  for (const auto& other : vocabulary.terms(term.facet))
    if (other.parent == term.id) return true;
  return false;
}

PromptTable make_table(const Clip& clip, const Vocabulary& vocabulary, Facet facet) {
  PromptTable table{facet, {}, {}};
  std::vector<std::string> prompts;
  for (const auto& term : vocabulary.terms(facet)) {
    if (has_children(vocabulary, term)) continue;
    table.terms.push_back(term.name);
    prompts.push_back(prompt(term));
  }
  table.vectors = clip.embed_texts(prompts);
  return table;
}

class ClipEncoder final : public Encoder {
 public:
  ClipEncoder(Clip clip, OnDemand<Clip>::Load load, std::string id, const Vocabulary& vocabulary)
      : dimension_(clip.dimension()),
        logit_scale_(clip.logit_scale()),
        id_(std::move(id)),
        vocabulary_(vocabulary) {
    for (const Facet facet : kSeenFacets) tables_.push_back(make_table(clip, vocabulary, facet));
    clip_.emplace(std::move(load), std::move(clip));
  }

  std::string id() const override { return id_; }
  size_t dimension() const override { return dimension_; }

  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override {
    if (images.empty()) return std::vector<ImageUnderstanding>{};
    std::vector<RgbView> views;
    for (const auto& image : images) views.push_back({image.width, image.height, image.pixels});
    TRY_ASSIGN(const auto clip, clip_->get());
    const auto vectors = clip->embed_images(views);
    std::vector<ImageUnderstanding> understood(images.size());
    for (size_t i = 0; i < images.size(); ++i) {
      const auto vector = std::span(vectors).subspan(i * dimension(), dimension());
      const auto palette = find_palette(find_foreground(images[i]));
      understood[i].vector.assign(vector.begin(), vector.end());
      understood[i].palette = to_hexes(palette);
      understood[i].tags = colour_tags(palette, vocabulary_);
      for (const auto& table : tables_)
        if (auto tag = facet_tag(table, vector)) understood[i].tags.push_back(std::move(*tag));
    }
    return understood;
  }

  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override {
    if (texts.empty()) return std::vector<Vector>{};
    TRY_ASSIGN(const auto clip, clip_->get());
    const auto matrix = clip->embed_texts(texts);
    std::vector<Vector> vectors(texts.size());
    for (size_t i = 0; i < texts.size(); ++i) {
      const auto row = std::span(matrix).subspan(i * dimension(), dimension());
      vectors[i].assign(row.begin(), row.end());
    }
    return vectors;
  }

  bool release_unused() override { return clip_->release_unused(); }

 private:
  std::optional<Attribute> facet_tag(const PromptTable& table, std::span<const float> vector) const {
    std::vector<float> probabilities;
    float largest = -1;
    for (size_t t = 0; t < table.terms.size(); ++t) {
      probabilities.push_back(dot(vector, std::span(table.vectors).subspan(t * dimension(), dimension())));
      largest = std::max(largest, probabilities.back());
    }
    float total = 0;
    for (auto& p : probabilities) total += p = std::exp((p - largest) * logit_scale_);
    for (auto& p : probabilities) p /= total;
    return tag_of({table.facet, table.terms, probabilities}, vocabulary_);
  }

  size_t dimension_;
  float logit_scale_;
  std::optional<OnDemand<Clip>> clip_;  // set at the end of the constructor
  std::string id_;
  const Vocabulary& vocabulary_;
  std::vector<PromptTable> tables_;
};

}  // namespace

std::unique_ptr<Encoder> make_clip_encoder(Clip clip, OnDemand<Clip>::Load load, std::string id,
                                           const Vocabulary& vocabulary) {
  return std::make_unique<ClipEncoder>(std::move(clip), std::move(load), std::move(id), vocabulary);
}

}  // namespace modiste
