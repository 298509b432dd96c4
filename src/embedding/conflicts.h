// Reports supplier words that photos contradict, such as a garment called red whose photos are
// blue. Reported at import, in the facets that proved right often enough.
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
  std::string colour;  // the supplier's colour word; empty: the whole garment
  Facet facet{};
  std::string supplier_term, supplier_word;
  std::string photo_term;
  float confidence = 0;  // probability that the photo's term is right
  std::string hex;       // colour in the photo; colours only

  // "MH01 in Red: the supplier says red, the photo shows blue (#2b4a9f)"
  [[nodiscard]] std::string message(const Vocabulary& vocabulary) const;
};

struct ConflictOptions {
  // Facets that are reported: those whose contradictions are right at least 8 times in 10 on shops that
  // training never saw. None is: of 24 contradictions looked at by eye on two such shops, one was right.
  std::vector<Facet> facets = {};
  // Minimum confidence of a photo's term to report a contradiction.
  float colour_confidence_min = 0.4F;
  float confidence_min = 0.85F;
};

// photos: tags and palettes by the supplier's colour word ("" for photos of all colours). Checked facets:
// colour (by hue and by words that merchants interchange), category (only if neither is in the other's branch
// of the tree), pattern and sleeve; each only if the options name it.
[[nodiscard]] std::vector<PhotoConflict> find_conflicts(
    const Garment& garment, const std::map<std::string, std::vector<ImageUnderstanding>>& photos,
    const Vocabulary& vocabulary, const ConflictOptions& options = {});

template <>
struct Contract<PhotoConflict> {
  static constexpr std::string_view kName = "PhotoConflict";
  static constexpr std::string_view kDoc = "A supplier's word that the photo contradicts.";
  static constexpr auto kFields = std::tuple{
      field("garment_id", &PhotoConflict::garment_id, {.doc = "Id of the garment", .required = true}),
      field("colour", &PhotoConflict::colour, {.doc = "Colour name, as the shop writes it"}),
      field("facet", &PhotoConflict::facet, {.doc = "Facet of the contradiction", .required = true}),
      field("supplier_term", &PhotoConflict::supplier_term,
            {.doc = "The supplier's term in the vocabulary", .required = true}),
      field("supplier_word", &PhotoConflict::supplier_word, {.doc = "The supplier's word"}),
      field("photo_term", &PhotoConflict::photo_term,
            {.doc = "The photo's term in the vocabulary", .required = true}),
      field("confidence", &PhotoConflict::confidence,
            {.doc = "Probability that the photo's term is right", .min = 0, .max = 1}),
      field("hex", &PhotoConflict::hex, {.doc = "The colour in the photo, #rrggbb"})};
};

}  // namespace modiste
