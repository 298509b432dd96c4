#include <algorithm>
#include <set>

#include "embedding/garment_text.h"
#include "learning/datasets/photo_sets.h"

namespace modiste {
namespace {

// The surest term of each facet, the supplier's words only: photos must not teach themselves.
KnownTerms terms_of(const Garment& garment, const Vocabulary& vocabulary) {
  KnownTerms terms;
  std::set<Facet> several;
  for (const auto& attribute : garment.attributes) {
    if (attribute.source != AttributeSource::kSupplier || attribute.facet == Facet::kColour) continue;
    if (vocabulary.find(attribute.facet, attribute.term) == nullptr) continue;
    const auto known = std::find_if(terms.begin(), terms.end(),
                                    [&](const auto& term) { return term.first == attribute.facet; });
    if (known == terms.end()) terms.emplace_back(attribute.facet, attribute.term);
    if (known != terms.end() && attribute.facet == Facet::kDepartment && known->second != attribute.term)
      several.insert(attribute.facet);
  }
  // A garment for women and men teaches neither.
  std::erase_if(terms, [&](const auto& term) { return several.contains(term.first); });
  return terms;
}

void add_colour(KnownTerms& terms, const Garment& garment, const std::string& word) {
  for (const auto& attribute : garment.attributes)
    if (attribute.facet == Facet::kColour && attribute.word == word && attribute.term != "unknown")
      return terms.emplace_back(Facet::kColour, attribute.term), void();
}

}  // namespace

std::vector<PhotoRecord> photos_of_garments(const std::string& source, const std::vector<Garment>& garments,
                                            const std::filesystem::path& images,
                                            const Vocabulary& vocabulary) {
  std::vector<PhotoRecord> records;
  for (const auto& garment : garments) {
    const auto terms = terms_of(garment, vocabulary);
    for (const auto& image : garment.images) {
      PhotoRecord record;
      record.file = images / std::filesystem::path(image.url).filename();
      if (!std::filesystem::exists(record.file)) continue;
      record.source = source;
      record.photo = record.file.filename().string();
      record.group = garment.id;
      record.garment = garment.id + "/" + image.colour;
      record.terms = terms;
      if (!image.colour.empty()) add_colour(record.terms, garment, image.colour);
      for (const auto& [facet, term] : terms)
        if (facet == Facet::kCategory) record.label = term;
      record.texts = garment_texts(garment, image.colour, vocabulary);
      records.push_back(std::move(record));
    }
  }
  return records;
}

}  // namespace modiste
