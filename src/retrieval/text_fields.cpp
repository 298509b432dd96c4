#include "catalog/garment_attributes.h"
#include "retrieval/text_index.h"

namespace modiste {
namespace {

// Every ancestor of a term up to the root: a search for tops finds tees too.
void append_path(std::string& text, const Term& term, const Vocabulary& vocabulary) {
  text += ' ' + term.label;
  if (term.parent) append_path(text, vocabulary.term(*term.parent), vocabulary);
}

}  // namespace

TextFields text_fields(const Garment& garment, std::string_view colour, const Vocabulary& vocabulary) {
  TextFields fields{garment.title, garment.brand, garment.category, garment.description, {}};
  fields.attributes = {garment.department, std::string(colour)};
  // An item must not be found by the colours or patterns of other variants.
  for (const Attribute* one : attributes_of(garment, colour)) {
    const Attribute& attribute = *one;
    const Term* term = vocabulary.find(attribute.facet, attribute.term);
    if (term != nullptr && attribute.facet == Facet::kCategory)
      append_path(fields.category, *term, vocabulary);
    else if (term != nullptr)
      fields.attributes.push_back(term->label);
    else if (!attribute.word.empty())
      fields.attributes.push_back(attribute.word);
  }
  return fields;
}

}  // namespace modiste
