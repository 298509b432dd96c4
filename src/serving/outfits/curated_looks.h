// The outfits that the shop put together and that fit a request, and the composer's part in them: a piece
// that is sold out, or that this shopper does not want, is replaced (vetoes, another department, none in
// their size, above their price for a garment), and what an outfit needs beside is added.
//
// Threads: any.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "outfits/composer.h"
#include "outfits/explicit_compatibility.h"
#include "serving/outfits/outfit_candidates.h"
#include "serving/outfits/outfit_plan.h"

namespace modiste {

struct CuratedLook {
  std::string id, title;
  std::vector<Slot> pieces;          // in stock, allowed and preferred, without the anchors
  std::vector<OutfitRole> taken;     // by these pieces
  std::vector<OutfitRole> replaced;  // of pieces that are not
  std::vector<uint32_t> left_out;    // these pieces (ItemFacts::garment): nothing is replaced by itself
};

// Why an outfit may be said to be the shop's.
struct ByShop {
  std::string title;
  std::vector<OutfitRole> replaced;
};

// In the order in which they are shown, at most `most`. Of two garments of the shop's outfit or more, the
// anchors included; every anchor is one of them. None for an outfit that is being changed.
[[nodiscard]] std::vector<CuratedLook> curated_looks(const OutfitRequest& asked, const ShopState& shop,
                                                     const RequestState& request, const OutfitPlan& plan,
                                                     size_t most);

// What the shop links to the anchors, to be among the candidates.
[[nodiscard]] std::vector<Slot> linked_items(const ShopState& shop, const RequestState& request,
                                             const OutfitPlan& plan);

// The look with what it lacks; empty: the shop has nothing that completes it within the budget. The rules
// hold for what is added: what the shop put together it did on purpose.
[[nodiscard]] std::optional<outfits::Composed> complete_look(const CuratedLook& look, const OutfitPlan& plan,
                                                             const OutfitCandidates& candidates,
                                                             std::optional<double> budget,
                                                             const outfits::Compatibility& compatibility,
                                                             const outfits::ExplicitCompatibility& rules);

}  // namespace modiste
