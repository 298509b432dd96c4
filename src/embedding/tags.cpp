#include "embedding/tags.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

std::optional<Attribute> likeliest(Facet facet, std::span<const std::string> terms,
                                   std::span<const float> probabilities, const Vocabulary& vocabulary) {
  const auto best = std::max_element(probabilities.begin(), probabilities.end());
  if (best == probabilities.end()) return std::nullopt;
  const auto& name = terms[static_cast<size_t>(best - probabilities.begin())];
  if (vocabulary.find(facet, name) == nullptr) return std::nullopt;
  return Attribute{facet, name, "", AttributeSource::kPhoto, *best};
}

float mass_below(const Term& ancestor, std::span<const std::string> terms,
                 std::span<const float> probabilities, const Vocabulary& vocabulary) {
  float mass = 0;
  for (size_t i = 0; i < terms.size(); ++i) {
    const Term* term = vocabulary.find(ancestor.facet, terms[i]);
    if (term != nullptr && vocabulary.is_a(term->id, ancestor.id)) mass += probabilities[i];
  }
  return std::min(mass, 1.0F);
}

}  // namespace

void rescale(std::span<float> probabilities, double temperature) {
  CHECK(temperature > 0);
  double total = 0;
  for (auto& p : probabilities) {
    p = static_cast<float>(std::pow(std::max(static_cast<double>(p), 1e-12), 1 / temperature));
    total += static_cast<double>(p);
  }
  for (auto& p : probabilities) p = static_cast<float>(static_cast<double>(p) / total);
}

std::optional<Attribute> tag_of(Facet facet, std::span<const std::string> terms,
                                std::span<const float> probabilities, const Vocabulary& vocabulary) {
  CHECK(terms.size() == probabilities.size());
  auto tag = likeliest(facet, terms, probabilities, vocabulary);
  if (!tag || tag->confidence >= kTagConfidenceMin) return tag;
  auto parent = vocabulary.find(facet, tag->term)->parent;
  while (parent) {
    const Term& ancestor = vocabulary.term(*parent);
    const float mass = mass_below(ancestor, terms, probabilities, vocabulary);
    if (mass >= kTagConfidenceMin) return Attribute{facet, ancestor.name, "", AttributeSource::kPhoto, mass};
    parent = ancestor.parent;
  }
  return std::nullopt;
}

}  // namespace modiste
