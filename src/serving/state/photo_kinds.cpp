#include "serving/state/photo_kinds.h"

#include <algorithm>

#include "base/rng.h"

namespace modiste {
namespace {

constexpr double kRelearnShare = 0.2;  // of the items on sale, as aesthetic clusters are learned again
constexpr auto kRelearnAfter = std::chrono::hours(24);

// At most `count` items whose category the shop states; the same ones of the same catalog.
std::vector<Slot> draw_items(const CatalogSnapshot& catalog, size_t count) {
  std::vector<Slot> slots;
  for (Slot slot = 0; slot < catalog.slot_count(); ++slot) {
    const ItemFacts& item = catalog.facts(slot);
    const bool is_stated =
        item.category != kNoTerm && !item.facets_seen[static_cast<size_t>(Facet::kCategory)];
    if (item.live && is_stated) slots.push_back(slot);
  }
  if (slots.size() <= count) return slots;
  const auto end = slots.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(slots.begin(), end, slots.end(), [](Slot a, Slot b) { return mix64(a) < mix64(b); });
  slots.erase(end, slots.end());
  std::sort(slots.begin(), slots.end());
  return slots;
}

}  // namespace

PhotoKinds::Learned PhotoKinds::learn(const CatalogSnapshot& catalog, TimePoint now) const {
  const KindRegressionOptions options;
  const auto slots = draw_items(catalog, options.items_max);
  const ItemVectors vectors = embeddings_.vectors(slots);
  std::vector<KindExample> examples;
  for (size_t i = 0; i < slots.size(); ++i)
    if (!vectors[i].empty() && (examples.empty() || vectors[i].size() == examples.front().vector.size()))
      examples.push_back({{vectors[i].begin(), vectors[i].end()}, catalog.facts(slots[i]).category});
  return {KindRegression::learn(examples, options), catalog.live_count(), now};
}

std::shared_ptr<const PhotoKinds::Learned> PhotoKinds::learned(TimePoint now) const {
  const auto catalog = catalog_.snapshot();
  {
    const MutexLock lock(mutex_);
    if (learned_ != nullptr) {
      const auto items = static_cast<double>(learned_->items);
      const bool is_current =
          std::abs(static_cast<double>(catalog->live_count()) - items) <= kRelearnShare * items &&
          now - learned_->at < kRelearnAfter;
      if (is_current || learning_) return learned_;
      learning_ = true;
    }
  }
  auto fresh = std::make_shared<const Learned>(learn(*catalog, now));
  const MutexLock lock(mutex_);
  learning_ = false;
  return learned_ = std::move(fresh);
}

std::vector<TermShare> PhotoKinds::shown_by(std::span<const float> photo, TimePoint now) const {
  return learned(now)->kinds.kinds(photo);
}

}  // namespace modiste
