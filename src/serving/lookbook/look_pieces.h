// The looks of a pool as the catalog and one shopper make them now: what is sold, what it lacks for the
// shopper, how much they like it.
//
// Threads: lives for one request; any number beside each other.
#pragma once

#include <vector>

#include "lookbook/last_mile.h"
#include "lookbook/look.h"
#include "serving/request/request_state.h"

namespace modiste {

// What a shopper's cluster is, apart from the weather.
struct StyleCluster {
  std::string department, style;
};
// The department that the shopper named, else that of most of their latest choices; the style that most of
// these are of, else lookbook::kNewStyle.
[[nodiscard]] StyleCluster style_cluster(const ShopperState& shopper, const ShopState& shop,
                                         const CatalogSnapshot& catalog);

// The slots of a look's pieces now; kNoSlot for what is not sold, or not in this snapshot.
[[nodiscard]] std::vector<Slot> slots_of_look(const lookbook::Look& look, const Catalog& catalog,
                                              const CatalogSnapshot& snapshot);

// slots: of each look. pool: outlives the result.
[[nodiscard]] std::vector<lookbook::MileLook> mile_looks(const lookbook::LookPool& pool,
                                                         const std::vector<std::vector<Slot>>& slots,
                                                         const RequestState& request);

// Of what the shopper chose and passed lately.
[[nodiscard]] lookbook::TraitDirection traits_of_shopper(const ShopperState& shopper,
                                                         const CatalogSnapshot& catalog,
                                                         const Vocabulary& vocabulary,
                                                         const lookbook::GarmentTraits& traits);

// Of every garment on sale, for lookbook::GarmentTraits::learn(). now: what is chosen around then counts
// beside what was chosen twelve weeks before.
[[nodiscard]] lookbook::GarmentTraits learn_traits(const ShopState& shop, TimePoint now);

// Vibe, trend and dare of a look of these items, which are on sale.
[[nodiscard]] lookbook::LookTraits look_traits_now(std::span<const Slot> slots, const ShopState& shop,
                                                   const CatalogSnapshot& catalog,
                                                   const lookbook::GarmentTraits& traits);

// The style that most of the pieces name, and half of them at least; empty: none.
[[nodiscard]] std::string_view shared_aesthetic(std::span<const Item* const> items,
                                                const Vocabulary& vocabulary);

}  // namespace modiste
