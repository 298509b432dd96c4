// Outfits curated over a shop's catalog (outfits/outfit.h), as models of outfits learn from them and are
// judged by them: docs/formats/outfits.md.
#pragma once

#include <filesystem>
#include <vector>

#include "catalog/catalog.h"
#include "learning/datasets/outfit_task.h"
#include "serving/state/item_embeddings.h"

namespace modiste {

struct CuratedShop {
  const CatalogSnapshot& catalog;
  const ItemEmbeddings& embeddings;
  const Vocabulary& vocabulary;
};

struct CuratedExamples {
  OutfitItems items;  // of the catalog's live items: categories are vocabulary names
  std::vector<ItemList> outfits;
  std::vector<BrandId> brands;  // by item number
  size_t left_out = 0;          // have fewer than two pieces that the shop sells
  size_t unknown = 0;           // pieces that it does not sell
};

// One outfit a line of JSON. kInvalid names the line; also when the shop sells nothing of any outfit.
Result<CuratedExamples> read_curated_outfits(const std::filesystem::path& file, const CuratedShop& shop);

enum class CuratedSplit { kDrawn, kBrands };
// Half of the outfits teach, half of them are tested: drawn, or those of one half of the brands and those of
// the other; an outfit of brands of both halves is in neither.
[[nodiscard]] OutfitTask split_curated(const CuratedExamples& curated, CuratedSplit split, uint64_t seed);

// The vocabulary's name for one of Polyvore's category ids; empty: nothing that is worn.
[[nodiscard]] std::string_view polyvore_category(std::string_view id);
// Polyvore's outfits in the vocabulary's categories, added behind `items`; what is not worn is left out of
// them, and outfits of fewer than two such items.
Result<std::vector<ItemList>> read_polyvore_outfits(const std::filesystem::path& file, OutfitItems& items);

}  // namespace modiste
