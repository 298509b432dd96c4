#include "retrieval/text_index.h"

namespace modiste {
namespace {

// Every ancestor of a term up to the root: a search for tops finds tees too.
void append_path(std::string& text, const Term& term, const Vocabulary& vocabulary) {
  text += ' ' + term.label;
  if (term.parent) append_path(text, vocabulary.term(*term.parent), vocabulary);
}

// An item must not be found by the colours of other variants.
bool speaks_of_other_colour(const Attribute& attribute, const Garment& garment, std::string_view colour) {
  if (attribute.facet != Facet::kColour || attribute.word == colour) return false;
  for (const Variant& variant : garment.variants)
    if (variant.colour == attribute.word) return true;
  return false;
}

}  // namespace

TextFields text_fields(const Garment& garment, std::string_view colour, const Vocabulary& vocabulary) {
  TextFields fields{garment.title, garment.brand, garment.category, garment.description, {}};
  fields.attributes = {garment.department, std::string(colour)};
  for (const Attribute& attribute : garment.attributes) {
    if (speaks_of_other_colour(attribute, garment, colour)) continue;
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
