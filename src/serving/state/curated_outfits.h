// The outfits that the shop put together: told to the API, and named by its catalog (Garment::sets). Links
// between two garments (Garment::goes_with) stand in the garments themselves.
//
// Threads: any. Memory: of the outfits and of the garments that name a set; nothing for others.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/mutex.h"
#include "catalog/catalog.h"
#include "catalog/shop_outfit.h"

namespace modiste {

inline constexpr int kShopOutfitsPerPageMax = 200;

// Some of the outfits that the API was told, by id.
struct ShopOutfitPage {
  std::vector<ShopOutfit> outfits;
  std::optional<std::string> next;  // send it as `after`; absent on the last page
};

class CuratedOutfits {
 public:
  void put(ShopOutfit outfit);
  bool remove(std::string_view id);  // false: there is none
  [[nodiscard]] std::optional<ShopOutfit> find(std::string_view id) const;
  [[nodiscard]] ShopOutfitPage page(std::string_view after, size_t count) const;

  // What the catalog says of sets: as the garment is now, and when it is no longer sold.
  void put_garment(const Garment& garment);
  void remove_garment(std::string_view garment_id);

  // With this garment, those of the API before the catalog's sets; at most `most`. The id of a set is
  // "set:" and its name, its title is empty.
  [[nodiscard]] std::vector<ShopOutfit> with_garment(std::string_view garment_id, size_t most) const;
  // Of the API, then sets of two garments or more, which ones the seed draws; at most `most`.
  [[nodiscard]] std::vector<ShopOutfit> some(uint64_t seed, size_t most) const;
  [[nodiscard]] bool empty() const;

 private:
  [[nodiscard]] ShopOutfit outfit_of_set(const std::string& name) const REQUIRES_SHARED(mutex_);
  void forget(std::string_view garment_id) REQUIRES(mutex_);

  mutable SharedMutex mutex_;
  std::map<std::string, ShopOutfit, std::less<>> outfits_ GUARDED_BY(mutex_);
  std::unordered_map<std::string, std::set<std::string>> of_garment_ GUARDED_BY(mutex_);   // ids of outfits_
  std::map<std::string, std::set<std::string>> sets_ GUARDED_BY(mutex_);                   // name -> garments
  std::unordered_map<std::string, std::vector<std::string>> named_by_ GUARDED_BY(mutex_);  // garment -> names
  // By the hash of its name, what some() draws from: of outfits_, and of sets_ those that are outfits.
  std::multimap<uint64_t, std::string> drawn_outfits_ GUARDED_BY(mutex_), drawn_sets_ GUARDED_BY(mutex_);
};

// The pairs among these items that the shop put together, as outfits::curated_key of the hashes of their ids.
// Takes each garment apart: about 2 microseconds an item.
[[nodiscard]] std::unordered_set<uint64_t> curated_pairs_among(std::span<const Slot> items,
                                                               const CatalogSnapshot& catalog,
                                                               const CuratedOutfits& curated);

template <>
struct Contract<ShopOutfitPage> {
  static constexpr std::string_view kName = "ShopOutfitPage";
  static constexpr std::string_view kDoc = "Outfits that the shop put together, by id.";
  static constexpr auto kFields =
      Fields{field("outfits", &ShopOutfitPage::outfits, {.doc = "By id", .required = true}),
             field("next", &ShopOutfitPage::next,
                   {.doc = "Send it as `after` to get the next page; absent on the last page"})};
};

}  // namespace modiste
