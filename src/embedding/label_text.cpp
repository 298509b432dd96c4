#include "embedding/label_text.h"

#include <algorithm>
#include <set>

#include <boost/algorithm/string/case_conv.hpp>

namespace modiste {
namespace {

constexpr int kTriesPerText = 4;  // draws repeat when there are few names

// Facets before the noun, in English order; all others follow it.
constexpr std::array kBefore{Facet::kDepartment, Facet::kSeason, Facet::kFit,
                             Facet::kLength,     Facet::kColour, Facet::kPattern,
                             Facet::kFabric,     Facet::kSleeve, Facet::kAesthetic};

const Term* term_of(const KnownTerms& terms, Facet facet, const Vocabulary& vocabulary) {
  for (const auto& [known, name] : terms)
    if (known == facet) return vocabulary.find(facet, name);
  return nullptr;
}

std::string pick_name(const Term& term, Rng& rng) {
  const auto names = names_of(term);
  // The label is drawn as often as all synonyms together: it is the most common word.
  return rng.chance(0.5) ? names.front() : names[rng.below(names.size())];
}

std::string draw_text(const KnownTerms& terms, const Term& category, const Vocabulary& vocabulary, Rng& rng) {
  constexpr double kSaidProbability = 0.35;
  constexpr double kColourProbability = 0.5;
  std::string text;
  for (const Facet facet : kBefore) {
    const Term* term = term_of(terms, facet, vocabulary);
    const double probability = facet == Facet::kColour ? kColourProbability : kSaidProbability;
    if (term != nullptr && rng.chance(probability)) text += pick_name(*term, rng) + " ";
  }
  text += pick_name(category, rng);
  if (const Term* term = term_of(terms, Facet::kNeckline, vocabulary); term && rng.chance(kSaidProbability))
    text += " with " + pick_name(*term, rng);
  if (const Term* term = term_of(terms, Facet::kOccasion, vocabulary); term && rng.chance(kSaidProbability))
    text += " for " + pick_name(*term, rng);
  return text;
}

}  // namespace

std::vector<std::string> names_of(const Term& term) {
  std::vector<std::string> names{boost::algorithm::to_lower_copy(term.label)};
  for (const auto& synonym : term.synonyms) names.push_back(synonym);
  return names;
}

std::vector<std::string> draw_texts(const KnownTerms& terms, const Vocabulary& vocabulary, size_t count,
                                    Rng& rng) {
  const Term* category = term_of(terms, Facet::kCategory, vocabulary);
  if (category == nullptr) return {};
  std::set<std::string> texts;
  for (size_t i = 0; i < count * kTriesPerText && texts.size() < count; ++i)
    texts.insert(draw_text(terms, *category, vocabulary, rng));
  return {texts.begin(), texts.end()};
}

std::vector<std::string> category_prompts(const Term& category) {
  constexpr size_t kNamesMax = 4;
  std::vector<std::string> prompts;
  for (const auto& name : names_of(category)) {
    if (prompts.size() >= 2 * kNamesMax) break;
    prompts.push_back(name);
    prompts.push_back("a photo of a " + name);
  }
  return prompts;
}

}  // namespace modiste
