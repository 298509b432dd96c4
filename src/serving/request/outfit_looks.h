// Items of the catalog as outfits see them.
//
// Threads: any. Pure.
#pragma once

#include <optional>

#include "catalog/catalog.h"
#include "context/context.h"
#include "outfits/composer.h"
#include "serving/state/item_embeddings.h"

namespace modiste {

// Views into the item and its embedding (null: none), which outlive it.
[[nodiscard]] outfits::Wearable wearable_of(const Item& item, const ItemEmbedding* embedding,
                                            const Vocabulary& vocabulary);

// How dressy a garment is, 0 lounge to 1 black tie: three parts what its category says, one part what its
// cut, fabric and occasions do. ItemFacts::formality, which rankers learned from, counts every term alike: a
// navy T-shirt would be as dressy as a chino. Empty: nothing says it.
[[nodiscard]] std::optional<double> dressiness_of(const ItemFacts& item, const Vocabulary& vocabulary);

// Who wears the garments of a department, as bits: women and men share unisex, girls and boys what is for
// kids. An unknown department is for anyone.
[[nodiscard]] uint8_t wearers_of_department(TermId department, const Vocabulary& vocabulary);

// The department by which proportion rules judge a garment: its own, and where it is unisex or unknown that
// of the shopper, if they have one.
[[nodiscard]] std::optional<TermId> department_worn(const ItemFacts& item,
                                                    const std::vector<TermId>& departments,
                                                    const Vocabulary& vocabulary);

// What an outfit is worn for, as far as the context tells: not an inferred occasion, nor a guessed season.
[[nodiscard]] outfits::WornFor worn_for(const std::optional<Context>& context);

// What a fit counts where a garment does not say.
inline constexpr double kUnknownSuits = 0.65;
// Where it does not fit: a piece of no more than this is left out where others suit.
inline constexpr double kUnsuited = 0.1;

// Of a price in this item's currency, as outfits::Option has it.
[[nodiscard]] uint64_t currency_code(const Item& item);

// How well a piece suits it, 0 to 1: the mean over what is known of the occasion the garment names, how
// dressy it is, season and warmth; 1 where nothing is asked. A coat that does not suit the weather,
// and what is far too casual or too dressy for the occasion, is unsuited whatever else it suits.
[[nodiscard]] double context_fit(const ItemFacts& item, const std::optional<Context>& context,
                                 const Vocabulary& vocabulary);

}  // namespace modiste
