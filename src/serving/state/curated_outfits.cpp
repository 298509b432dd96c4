#include "serving/state/curated_outfits.h"

#include <algorithm>

#include "base/mutex.h"
#include "base/rng.h"
#include "outfits/curated_pairs.h"

namespace modiste {
namespace {

constexpr std::string_view kSetPrefix = "set:";
constexpr size_t kSetGarmentsMax = 12;  // of a larger one nobody wears all

}  // namespace

void CuratedOutfits::put(ShopOutfit outfit) {
  (void)remove(outfit.id);
  const MutexLock lock(mutex_);
  for (const ShopOutfitItem& item : outfit.items) of_garment_[item.garment_id].insert(outfit.id);
  std::string id = outfit.id;
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
    named->second.erase(known->first);
    if (named->second.empty()) sets_.erase(named);
  }
  named_by_.erase(known);
}

void CuratedOutfits::put_garment(const Garment& garment) {
  const MutexLock lock(mutex_);
  forget(garment.id);
  if (garment.sets.empty()) return;
  for (const std::string& name : garment.sets) sets_[name].insert(garment.id);
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
  if (!outfits_.empty()) {
    auto at = std::next(outfits_.begin(), static_cast<std::ptrdiff_t>(mix64(seed) % outfits_.size()));
    for (size_t i = 0; i < std::min(most, outfits_.size()); ++i) {
      found.push_back(at->second);
      if (++at == outfits_.end()) at = outfits_.begin();
    }
  }
  if (sets_.empty()) return found;
  auto at = std::next(sets_.begin(), static_cast<std::ptrdiff_t>(mix64(seed) % sets_.size()));
  for (size_t i = 0; i < sets_.size() && found.size() < most; ++i) {
    if (auto outfit = outfit_of_set(at->first); outfit.items.size() >= kShopOutfitItemsMin)
      found.push_back(std::move(outfit));
    if (++at == sets_.end()) at = sets_.begin();
  }
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
