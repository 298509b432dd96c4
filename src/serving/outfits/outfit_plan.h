// What a request for outfits asks for, in the catalog's terms: read and checked once.
//
// Threads: any. Pure.
#pragma once

#include <memory>
#include <vector>

#include "outfits/composer.h"
#include "serving/outfits/outfit_requests.h"
#include "serving/request/request_state.h"

namespace modiste {

struct FixedPiece {
  Slot slot = kNoSlot;
  bool owned = false;
  std::shared_ptr<const ItemEmbedding> embedding;
  std::shared_ptr<const Item> described = {};  // of a piece that the shopper described; its slot is kNoSlot
};

struct OutfitPlan {
  std::vector<FixedPiece> anchors;
  std::vector<outfits::Option> fixed;  // of the anchors, in their order
  std::vector<Slot> current;           // what may stay; without the piece to swap
  std::vector<outfits::OutfitTemplate> templates;
  std::vector<OutfitRole> open;  // every role of the templates, each once
  double fixed_price = 0;
  uint64_t currency = 0;  // of the budget, as outfits::Option has it; 0: unknown
};

// Adds to the request: its vetoes and what is not to be shown again. Errors: kInvalid with a JSON pointer
// into the request.
Result<OutfitPlan> plan_outfits(const OutfitRequest& asked, const ShopState& shop, RequestState& request);

// Weaker templates, for a shop that cannot fill those of the plan: first without insisting on coat and shoes,
// then without insisting on anything.
[[nodiscard]] std::vector<std::vector<outfits::OutfitTemplate>> weaker_templates(const OutfitPlan& plan);

}  // namespace modiste
