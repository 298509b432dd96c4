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

std::optional<Attribute> tag_of(const FacetGuess& guess, const Vocabulary& vocabulary, float keep_from) {
  const auto& [facet, terms, probabilities] = guess;
  CHECK(terms.size() == probabilities.size());
  auto tag = likeliest(facet, terms, probabilities, vocabulary);
  if (!tag || tag->confidence >= keep_from) return tag;
  auto parent = vocabulary.find(facet, tag->term)->parent;
  while (parent) {
    const Term& ancestor = vocabulary.term(*parent);
    const float mass = mass_below(ancestor, terms, probabilities, vocabulary);
    if (mass >= keep_from) return Attribute{facet, ancestor.name, "", AttributeSource::kPhoto, mass};
    parent = ancestor.parent;
  }
  return std::nullopt;
}

void drop_impossible_tags(std::vector<Attribute>& tags, const Vocabulary& vocabulary) {
  const auto category = std::find_if(tags.begin(), tags.end(),
                                     [](const Attribute& tag) { return tag.facet == Facet::kCategory; });
  const Term* term = category == tags.end() ? nullptr : vocabulary.find(Facet::kCategory, category->term);
  if (term == nullptr) return;
  std::erase_if(tags,
                [&](const Attribute& tag) { return !term->possible.test(static_cast<size_t>(tag.facet)); });
}

bool may_be_called(Facet facet, std::string_view term, std::string_view truth, const Vocabulary& vocabulary) {
  if (term == truth) return true;
  const Term* said = vocabulary.find(facet, term);
  const Term* is = vocabulary.find(facet, truth);
  if (said == nullptr || is == nullptr) return false;
  return vocabulary.is_a(said->id, is->id) || vocabulary.is_a(is->id, said->id);
}

}  // namespace modiste
