#include "catalog/normaliser.h"

#include "catalog/garment_reading.h"
#include "catalog/matcher.h"

namespace modiste {

struct Normaliser::Tables {
  Matcher matcher;
};

Normaliser::Normaliser(const Vocabulary& vocabulary, TextEmbedder embedder, NormaliserOptions options)
    : tables_(new Tables{Matcher(vocabulary, std::move(embedder), options)}) {}

Normaliser::~Normaliser() = default;

Match Normaliser::match(Facet facet, std::string_view word) const {
  return tables_->matcher.match(facet, word);
}

const PhraseIndex& Normaliser::phrases() const { return tables_->matcher.phrases(); }

void Normaliser::normalise(Garment& garment, VocabularyReport* report) const {
  VocabularyReport ignored;
  GarmentReading(tables_->matcher, garment, report == nullptr ? ignored : *report).read();
}

}  // namespace modiste
