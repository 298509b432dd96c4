#include "embedding/garment_text.h"

#include <algorithm>

#include "catalog/garment_attributes.h"

namespace modiste {
namespace {

// About a hundred tokens; later sentences are about care and sizing.
constexpr size_t kDescriptionBytes = 420;

// The facets whose terms are included, in the order a person would say them.
constexpr std::array kSaid{Facet::kDepartment, Facet::kCategory, Facet::kPattern,  Facet::kFabric,
                           Facet::kFit,        Facet::kSleeve,   Facet::kNeckline, Facet::kLength,
                           Facet::kSeason,     Facet::kOccasion, Facet::kAesthetic};

bool is_sure(const Attribute& attribute) {
  return attribute.source == AttributeSource::kSupplier && attribute.term != "unknown";
}

std::string terms_said(const Garment& garment, std::string_view colour, const Vocabulary& vocabulary) {
  std::string said;
  const auto attributes = attributes_of(garment, colour);
  for (const Facet facet : kSaid)
    for (const Attribute* attribute : attributes) {
      if (attribute->facet != facet || !is_sure(*attribute)) continue;
      const Term* term = vocabulary.find(facet, attribute->term);
      if (term == nullptr || said.find(term->label) != std::string::npos) continue;
      said += (said.empty() ? "" : ", ") + term->label;
    }
  return said;
}

// The beginning of a text, cut at a sentence, else at a word.
std::string_view beginning(std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  text = text.substr(0, bytes_max);
  const size_t sentence = text.rfind(". ");
  if (sentence != std::string_view::npos && sentence > bytes_max / 3) return text.substr(0, sentence + 1);
  return text.substr(0, std::min(text.size(), text.rfind(' ')));
}

}  // namespace

std::vector<std::string> garment_texts(const Garment& garment, std::string_view colour,
                                       const Vocabulary& vocabulary) {
  std::string first = garment.title;
  if (!colour.empty()) first += ", " + std::string(colour);
  if (const auto said = terms_said(garment, colour, vocabulary); !said.empty()) first += ". " + said;
  std::vector<std::string> texts{std::move(first)};
  if (!garment.description.empty()) texts.emplace_back(beginning(garment.description, kDescriptionBytes));
  return texts;
}

}  // namespace modiste
