// Which items are of which garment, in 12 bytes an item: what is asked of thousands of candidates stays in
// the processor's cache, which the facts of a million items do not.
//
// Snapshots of the catalog share pages. A slot keeps its garment, so a writer fills what readers do not count
// yet; only the page of a garment that gets a further colour is copied.
//
// Threads: immutable through const; the catalog's writer changes its own copy.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "catalog/item.h"

namespace modiste {

class GarmentSlots {
 public:
  static constexpr size_t kBytesAnItem =
      3 * sizeof(uint32_t);  // at most: a garment's colours share one of them

  // The garment of the next slot.
  void add(uint32_t garment) {
    const auto slot = static_cast<Slot>(slots_++);
    reach(garment_of_, slot);
    reach(before_, slot);
    while (reach(latest_, garment)) own_.push_back(true);
    garments_ = std::max<size_t>(garments_, garment + size_t{1});
    at(garment_of_, slot) = garment;
    at(before_, slot) = at(latest_, garment);
    if (at(latest_, garment) != kNoSlot && !own_[garment / kPage]) {
      auto& page = latest_[garment / kPage];
      page = std::make_shared<Page>(*page);
      own_[garment / kPage] = true;
    }
    at(latest_, garment) = slot;
  }
  // After some changes: whoever copies this copies the pages of garments that it changes.
  void share() { own_.assign(own_.size(), false); }

  [[nodiscard]] uint32_t garment_of(Slot slot) const { return at(garment_of_, slot); }
  // Calls visit(slot) for each item of the garment, live or not.
  template <class Visit>
  void for_each(uint32_t garment, const Visit& visit) const {
    if (garment >= garments_) return;
    for (Slot slot = at(latest_, garment); slot != kNoSlot; slot = at(before_, slot)) visit(slot);
  }

 private:
  static constexpr size_t kPage = 4096;
  using Page = std::array<uint32_t, kPage>;
  using Pages = std::vector<std::shared_ptr<Page>>;

  static uint32_t& at(Pages& pages, uint32_t place) { return (*pages[place / kPage])[place % kPage]; }
  static uint32_t at(const Pages& pages, uint32_t place) { return (*pages[place / kPage])[place % kPage]; }
  // False: the place has a page already; else one page more.
  static bool reach(Pages& pages, uint32_t place) {
    if (place / kPage < pages.size()) return false;
    pages.push_back(std::make_shared<Page>());
    pages.back()->fill(kNoSlot);
    return true;
  }

  size_t slots_ = 0, garments_ = 0;
  Pages garment_of_, before_;  // by slot; before: the item of the same garment that was added before it
  Pages latest_;               // by garment: the item that was added last
  std::vector<bool> own_;      // by page of latest_: nobody else reads it
};

}  // namespace modiste
