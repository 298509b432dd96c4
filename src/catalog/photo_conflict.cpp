#include "catalog/photo_conflict.h"

#include <fmt/format.h>

namespace modiste {
namespace {

std::string label_of(const Vocabulary& vocabulary, Facet facet, const std::string& name) {
  const Term* term = vocabulary.find(facet, name);
  return term == nullptr ? name : term->label;
}

}  // namespace

std::string PhotoConflict::message(const Vocabulary& vocabulary) const {
  return fmt::format("{}{}: the supplier says {}, the photo shows {}{}", garment_id,
                     colour.empty() ? "" : " in " + colour, label_of(vocabulary, facet, supplier_term),
                     label_of(vocabulary, facet, photo_term), hex.empty() ? "" : " (" + hex + ")");
}

}  // namespace modiste
