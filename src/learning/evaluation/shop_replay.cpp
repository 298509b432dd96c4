#include "learning/evaluation/shop_replay.h"

#include <algorithm>

namespace modiste {
namespace {

constexpr size_t kBatchGarments = 500, kBatchEvents = 2'000;

// Calls take with the elements, some at a time.
template <class T, class Take>
Result<Done> in_batches(std::vector<T>& all, size_t size, std::string_view what,
                        const NextItemProgress& progress, const Take& take) {
  for (size_t begin = 0; begin < all.size(); begin += size) {
    const size_t end = std::min(all.size(), begin + size);
    TRY(take(std::vector<T>(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(begin)),
                            std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(end)))));
    if (progress) progress(what, end, all.size());
  }
  return kOk;
}

}  // namespace

Result<Done> import_garments(Shop& shop, std::vector<Garment> garments, const NextItemProgress& progress) {
  return in_batches(garments, kBatchGarments, "garments", progress,
                    [&](std::vector<Garment> some) { return shop.catalog().upsert(std::move(some)); });
}

Result<Done> import_events(Shop& shop, std::vector<Event> events, const NextItemProgress& progress) {
  return in_batches(events, kBatchEvents, "events", progress, [&](std::vector<Event> some) {
    return shop.events().ingest(std::move(some), Arrival::kImport);
  });
}

ShopReplay::ShopReplay(const AskedShop& asked, std::vector<Event> events)
    : asked_(asked), events_(std::move(events)) {
  for (size_t order = 0; order < events_.size(); ++order)
    places_.emplace_back(time_of(events_[order], {}), order);
  std::sort(places_.begin(), places_.end());
}

Result<Done> ShopReplay::until(const HeldOutItem& one) {
  std::vector<Event> due;
  for (; next_ < places_.size() && places_[next_] < std::pair(one.at, one.order); ++next_)
    due.push_back(std::move(events_[places_[next_].second]));
  asked_.set_time(one.at);
  return import_events(asked_.shop, std::move(due), {});
}

}  // namespace modiste
