// What a shopper has, as requests read it: garments of the shop that they bought or named, and others that
// they described by a photo.
//
// Threads: immutable once made.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "outfits/compatibility.h"
#include "serving/state/item_embeddings.h"
#include "style/shopper_state.h"

namespace modiste {

// One owned garment in one colour.
struct OwnedPiece {
  std::string id;   // of the garment, or of the owned garment that the shop need not know
  EventType how{};  // own, or purchase
  TimePoint at{};
  bool sold_here = false;                          // false: described by the shopper
  std::shared_ptr<const Item> item;                // never null; of a described one its slot is kNoSlot
  std::shared_ptr<const ItemEmbedding> embedding;  // null: none of this shop's space
  outfits::Wearable look;                          // views into item and embedding
};

struct WardrobeParts {
  const CatalogSnapshot& catalog;
  const ItemEmbeddings& embeddings;
  const Vocabulary& vocabulary;
  std::string_view encoder;  // vectors of another encoder are left out
};

struct ShopState;
[[nodiscard]] WardrobeParts wardrobe_parts(const ShopState& shop, const CatalogSnapshot& catalog);

// Latest first. What the catalog's snapshot does not have, and what is never part of an outfit, is in it too.
[[nodiscard]] std::vector<OwnedPiece> wardrobe_of(const ShopperState& shopper, const WardrobeParts& parts);
// The described garment with this id.
[[nodiscard]] std::optional<OwnedPiece> owned_photo(const ShopperState& shopper, std::string_view id,
                                                    const WardrobeParts& parts);

// The latest few of each role: what a purchase is judged by.
inline constexpr size_t kJudgingPerRole = 3, kJudgingMax = 12;
[[nodiscard]] std::shared_ptr<const std::vector<OwnedPiece>> judging_pieces(const ShopperState& shopper,
                                                                            const WardrobeParts& parts);

// A photo's vector as an event holds it, and back; empty where the text is not one.
[[nodiscard]] std::string packed_vector(std::span<const float> vector);
[[nodiscard]] Vector unpacked_vector(std::string_view text);

}  // namespace modiste
