// What a shopper never wants to be shown, from their words to the items that it forbids.
//
// A veto holds in every list: recommendations of every source, explored items, every step of relaxation,
// similar garments, decks, searches. Nothing that a shop promotes comes before it. One thing does: the
// shopper's own word in a search.
#pragma once

#include <string_view>

#include "catalog/catalog.h"
#include "events/event.h"
#include "serving/query/query_reading.h"

namespace modiste {

// Refuses names that the vocabulary does not have. where of an error: a JSON pointer under `pointer`. Any
// brand may be vetoed: the shop may carry it later.
Result<Done> check_vetoes(const Vetoes& vetoes, const Catalog& catalog, std::string_view pointer);

// Names that the vocabulary no longer has, and brands that the shop does not carry, are left out. A basic
// colour forbids its shades too (catalog/colour_shades.h).
[[nodiscard]] Veto veto_of(const Vetoes& vetoes, const Catalog& catalog);

// Takes out of a veto what a query asks for: who vetoed leather and searches for "leather belt" wants to see
// one, who searches for "belt" or "jacket without leather" does not. A narrower term asks for a vetoed one
// too, but for nothing else below it: who vetoed trousers and searches for jeans wants no leggings.
void lift_veto(Veto& veto, const QueryReading& query, const Vocabulary& vocabulary);

}  // namespace modiste
