#include "embedding/encoder_modiste.h"

#include <algorithm>
#include <optional>
#include <utility>

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
      : resnet_(std::move(parts.resnet)),
        minilm_(std::move(parts.minilm)),
        heads_(std::move(parts.heads)),
        reader_(heads_, vocabulary),
        rules_(conflict_rules_of(heads_.info())) {}

  std::string id() const override { return heads_.info().name; }
  size_t dimension() const override { return heads_.info().dimension; }
  std::span<const ConflictRule> conflict_rules() const override { return rules_; }

  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override {
    if (images.empty()) return std::vector<ImageUnderstanding>{};
    TRY_ASSIGN(const auto resnet, resnet_.get());
    const auto features = image_features(*resnet, images);
    std::vector<const std::vector<Swatch>*> palettes;
    for (const auto& palette : features.palettes) palettes.push_back(&palette);
    return reader_.read(features.values, palettes);
  }

  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override {
    if (texts.empty()) return std::vector<Vector>{};
    TRY_ASSIGN(const auto minilm, minilm_.get());
    return rows_of(heads_.text(minilm->embed(texts)), dimension());
  }

  bool release_unused() override {
    const bool photos = resnet_.release_unused(), words = minilm_.release_unused();
    return photos || words;
  }

 private:
  OnDemand<ResNet50> resnet_;
  OnDemand<MiniLm> minilm_;
  const ProjectionHeads heads_;
  const PhotoReader reader_;
  const std::vector<ConflictRule> rules_;
};

// As the heads learned to name them; by the anchors of the vocabulary where they did not.
std::vector<Attribute> colours_in(const std::vector<Swatch>& palette, const ProjectionHeads& heads,
                                  const Vocabulary& vocabulary) {
  const auto& terms = heads.info().colour_terms;
  if (terms.empty()) return colour_tags(palette, vocabulary);
  return named_colours(terms, heads.colour_probabilities(naming_features(palette)), vocabulary);
}

std::vector<RoleShare> roles_in(std::span<const std::string> terms, std::span<const float> probabilities,
                                const Vocabulary& vocabulary) {
  std::vector<RoleShare> roles;
  for (size_t i = 0; i < terms.size(); ++i) {
    const Term* term = vocabulary.find(Facet::kCategory, terms[i]);
    if (term == nullptr) continue;
    const auto known = std::find_if(roles.begin(), roles.end(),
                                    [&](const RoleShare& one) { return one.role == term->role; });
    if (known == roles.end())
      roles.push_back({term->role, probabilities[i]});
    else
      known->share += probabilities[i];
  }
  return roles;
}

}  // namespace

PhotoReader::PhotoReader(const ProjectionHeads& heads, const Vocabulary& vocabulary)
    : heads_(heads), vocabulary_(vocabulary) {
  for (const auto& head : heads.info().attributes) facets_.push_back(enum_from_name<Facet>(head.facet));
}

std::vector<ImageUnderstanding> PhotoReader::read(
    std::span<const float> features, std::span<const std::vector<Swatch>* const> palettes) const {
  auto vectors = rows_of(heads_.image(features), heads_.info().dimension);
  auto probabilities = heads_.attribute_probabilities(features);
  std::vector<ImageUnderstanding> understood(palettes.size());
  for (size_t i = 0; i < palettes.size(); ++i) {
    understood[i].vector = std::move(vectors[i]);
    understood[i].palette = to_hexes(*palettes[i]);
    for (const auto& swatch : *palettes[i]) understood[i].palette_shares.push_back(swatch.share);
    understood[i].tags = colours_in(*palettes[i], heads_, vocabulary_);
    if (!understood[i].tags.empty()) understood[i].guesses.push_back(understood[i].tags.front());
    for (size_t head = 0; head < facets_.size(); ++head) {
      const size_t terms = heads_.info().attributes[head].terms.size();
      read_facet(head, std::span(probabilities[head]).subspan(i * terms, terms), understood[i]);
    }
    drop_impossible_tags(understood[i].tags, vocabulary_);
  }
  return understood;
}

void PhotoReader::read_facet(size_t head, std::span<float> probabilities, ImageUnderstanding& into) const {
  if (!facets_[head]) return;
  const AttributeHead& of = heads_.info().attributes[head];
  rescale(probabilities, of.temperature);
  const FacetGuess guess{*facets_[head], of.terms, probabilities};
  if (auto tag = tag_of(guess, vocabulary_, static_cast<float>(of.keep_from)))
    into.tags.push_back(std::move(*tag));
  if (auto best = tag_of(guess, vocabulary_, 0)) into.guesses.push_back(std::move(*best));
  if (*facets_[head] == Facet::kCategory) into.roles = roles_in(of.terms, probabilities, vocabulary_);
}

std::vector<ConflictRule> conflict_rules_of(const HeadsInfo& info) {
  std::vector<ConflictRule> rules;
  for (const auto& measured : info.conflicts)
    if (const auto kind = enum_from_name<ConflictKind>(measured.kind))
      rules.push_back(
          {*kind, static_cast<float>(measured.report_from), static_cast<float>(measured.precision)});
  return rules;
}

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
