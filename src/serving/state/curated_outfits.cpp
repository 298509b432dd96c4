#include "serving/state/curated_outfits.h"

#include <algorithm>

#include "base/mutex.h"
#include "base/rng.h"
#include "outfits/curated_pairs.h"

namespace modiste {
namespace {

constexpr std::string_view kSetPrefix = "set:";
constexpr size_t kSetGarmentsMax = 12;  // of a larger one nobody wears all

using Drawn = std::multimap<uint64_t, std::string>;

void undraw(Drawn& drawn, const std::string& name) {
  auto [at, end] = drawn.equal_range(hash64(name));
  while (at != end && at->second != name) ++at;
  if (at != end) drawn.erase(at);
}

// Calls take(name) for at most `most` names, beginning with the one that the seed draws.
template <class Take>
void draw(const Drawn& drawn, uint64_t seed, size_t most, const Take& take) {
  auto at = drawn.lower_bound(mix64(seed));
  for (size_t left = std::min(most, drawn.size()); left > 0; --left) {
    if (at == drawn.end()) at = drawn.begin();
    take((at++)->second);
  }
}

}  // namespace

void CuratedOutfits::put(ShopOutfit outfit) {
  (void)remove(outfit.id);
  const MutexLock lock(mutex_);
  for (const ShopOutfitItem& item : outfit.items) of_garment_[item.garment_id].insert(outfit.id);
  std::string id = outfit.id;
  drawn_outfits_.emplace(hash64(id), id);
  outfits_.insert_or_assign(std::move(id), std::move(outfit));
}

bool CuratedOutfits::remove(std::string_view id) {
  const MutexLock lock(mutex_);
  const auto known = outfits_.find(id);
  if (known == outfits_.end()) return false;
  for (const ShopOutfitItem& item : known->second.items) {
    const auto named = of_garment_.find(item.garment_id);
    if (named == of_garment_.end()) continue;
    named->second.erase(known->first);
    if (named->second.empty()) of_garment_.erase(named);
  }
  undraw(drawn_outfits_, known->first);
  outfits_.erase(known);
  return true;
}

std::optional<ShopOutfit> CuratedOutfits::find(std::string_view id) const {
  const ReaderLock lock(mutex_);
  const auto known = outfits_.find(id);
  return known == outfits_.end() ? std::nullopt : std::optional(known->second);
}

ShopOutfitPage CuratedOutfits::page(std::string_view after, size_t count) const {
  const ReaderLock lock(mutex_);
  ShopOutfitPage page;
  for (auto at = after.empty() ? outfits_.begin() : outfits_.upper_bound(after); at != outfits_.end(); ++at) {
    if (page.outfits.size() == count) {
      page.next = page.outfits.back().id;
      break;
    }
    page.outfits.push_back(at->second);
  }
  return page;
}

void CuratedOutfits::forget(std::string_view garment_id) {
  const auto known = named_by_.find(std::string(garment_id));
  if (known == named_by_.end()) return;
  for (const std::string& name : known->second) {
    const auto named = sets_.find(name);
    if (named == sets_.end()) continue;
    if (named->second.size() == kShopOutfitItemsMin) undraw(drawn_sets_, name);
    named->second.erase(known->first);
    if (named->second.empty()) sets_.erase(named);
  }
  named_by_.erase(known);
}

void CuratedOutfits::put_garment(const Garment& garment) {
  const MutexLock lock(mutex_);
  forget(garment.id);
  if (garment.sets.empty()) return;
  for (const std::string& name : garment.sets)
    if (auto& set = sets_[name]; set.insert(garment.id).second && set.size() == kShopOutfitItemsMin)
      drawn_sets_.emplace(hash64(name), name);
  named_by_[garment.id] = garment.sets;
}

void CuratedOutfits::remove_garment(std::string_view garment_id) {
  const MutexLock lock(mutex_);
  forget(garment_id);
}

ShopOutfit CuratedOutfits::outfit_of_set(const std::string& name) const {
  ShopOutfit outfit{std::string(kSetPrefix) + name, {}, {}, {}};
  if (const auto known = sets_.find(name); known != sets_.end())
    for (const std::string& garment : known->second)
      if (outfit.items.size() < kSetGarmentsMax) outfit.items.push_back({garment, {}});
  return outfit;
}

std::vector<ShopOutfit> CuratedOutfits::with_garment(std::string_view garment_id, size_t most) const {
  const ReaderLock lock(mutex_);
  std::vector<ShopOutfit> found;
  const std::string id(garment_id);
  if (const auto named = of_garment_.find(id); named != of_garment_.end())
    for (const std::string& outfit : named->second)
      if (found.size() < most) found.push_back(outfits_.find(outfit)->second);
  if (const auto named = named_by_.find(id); named != named_by_.end())
    for (const std::string& name : named->second)
      if (found.size() < most)
        if (auto outfit = outfit_of_set(name); outfit.items.size() >= kShopOutfitItemsMin)
          found.push_back(std::move(outfit));
  return found;
}

std::vector<ShopOutfit> CuratedOutfits::some(uint64_t seed, size_t most) const {
  const ReaderLock lock(mutex_);
  std::vector<ShopOutfit> found;
  draw(drawn_outfits_, seed, most,
       [&](const std::string& id) { found.push_back(outfits_.find(id)->second); });
  draw(drawn_sets_, seed, most - found.size(),
       [&](const std::string& name) { found.push_back(outfit_of_set(name)); });
  return found;
}

bool CuratedOutfits::empty() const {
  const ReaderLock lock(mutex_);
  return outfits_.empty() && sets_.empty();
}

std::unordered_set<uint64_t> curated_pairs_among(std::span<const Slot> items, const CatalogSnapshot& catalog,
                                                 const CuratedOutfits& curated) {
  constexpr size_t kOutfitsOfGarment = 64;
  std::unordered_set<uint64_t> garments, pairs;
  for (const Slot slot : items) garments.insert(hash64(catalog.item(slot).garment.id()));
  std::unordered_set<uint64_t> seen;
  for (const Slot slot : items) {
    const Item& item = catalog.item(slot);
    const uint64_t mine = hash64(item.garment.id());
    if (!seen.insert(mine).second) continue;
    const auto join = [&](std::string_view other_id) {
      const uint64_t other = hash64(other_id);
      if (other != mine && garments.contains(other)) pairs.insert(outfits::curated_key(mine, other));
    };
    const auto garment = item.garment.read();
    for (const std::string& other : garment->goes_with) join(other);
    for (const ShopOutfit& outfit : curated.with_garment(item.garment.id(), kOutfitsOfGarment))
      for (const ShopOutfitItem& other : outfit.items) join(other.garment_id);
  }
  return pairs;
}

}  // namespace modiste
