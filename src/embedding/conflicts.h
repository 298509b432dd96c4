// Photos question the supplier: a garment called red whose photos are blue is reported at import.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "catalog/garment.h"
#include "embedding/encoder.h"

namespace modiste {

struct PhotoConflict {
  std::string garment_id;
  std::string colour;  // the supplier's word for the colour concerned; empty: the garment as a whole
  Facet facet{};
  std::string supplier_term, supplier_word;
  std::string photo_term;
  float confidence = 0;  // that the photo's term is right
  std::string hex;       // what was seen; colours only

  // "MH01 in Red: the supplier says red, the photo shows blue (#2b4a9f)"
  [[nodiscard]] std::string message(const Vocabulary& vocabulary) const;
};

struct ConflictOptions {
  // Photos must be this sure before they contradict a person.
  float colour_confidence_min = 0.4F;
  float confidence_min = 0.85F;
};

// photos: what was seen, by the supplier's colour word ("" for photos of all colours). PartialBatch facets:
// colour (by hue and by what merchants use for one another), category (only outside of one another's branch
// of the tree), pattern and sleeve.
[[nodiscard]] std::vector<PhotoConflict> find_conflicts(
    const Garment& garment, const std::map<std::string, std::vector<ImageUnderstanding>>& photos,
    const Vocabulary& vocabulary, const ConflictOptions& options = {});

template <>
struct Contract<PhotoConflict> {
  static constexpr std::string_view kName = "PhotoConflict";
  static constexpr std::string_view kDoc = "A supplier's word that the photo contradicts.";
  static constexpr auto kFields = std::tuple{
      field("garment_id", &PhotoConflict::garment_id, {.doc = "The garment", .required = true}),
      field("colour", &PhotoConflict::colour, {.doc = "In this colour, as the shop writes it"}),
      field("facet", &PhotoConflict::facet, {.doc = "What is in doubt", .required = true}),
      field("supplier_term", &PhotoConflict::supplier_term, {.doc = "As understood", .required = true}),
      field("supplier_word", &PhotoConflict::supplier_word, {.doc = "As written"}),
      field("photo_term", &PhotoConflict::photo_term, {.doc = "As seen", .required = true}),
      field("confidence", &PhotoConflict::confidence, {.doc = "Of what is seen", .min = 0, .max = 1}),
      field("hex", &PhotoConflict::hex, {.doc = "The colour seen"})};
};

}  // namespace modiste
