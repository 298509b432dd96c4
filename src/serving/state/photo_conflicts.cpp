#include "serving/state/photo_conflicts.h"

namespace modiste {

void PhotoConflicts::put(GarmentConflicts conflicts) {
  const MutexLock lock(mutex_);
  auto old = conflicts_.lower_bound({conflicts.garment_id, ""});
  while (old != conflicts_.end() && old->first.first == conflicts.garment_id) {
    garments_.erase(old->second.id);
    old = conflicts_.erase(old);
  }
  for (auto& one : conflicts.conflicts) {
    garments_.insert_or_assign(one.id, conflicts.garment_id);
    const Place place{conflicts.garment_id, one.id};
    conflicts_.insert_or_assign(place, std::move(one));
  }
}

std::vector<PhotoConflict> PhotoConflicts::of(std::string_view garment_id) const {
  const MutexLock lock(mutex_);
  std::vector<PhotoConflict> found;
  for (auto at = conflicts_.lower_bound({std::string(garment_id), ""});
       at != conflicts_.end() && at->first.first == garment_id; ++at)
    found.push_back(at->second);
  return found;
}

std::optional<PhotoConflict> PhotoConflicts::find(std::string_view conflict_id) const {
  const MutexLock lock(mutex_);
  const auto garment = garments_.find(conflict_id);
  if (garment == garments_.end()) return std::nullopt;
  return conflicts_.at({garment->second, garment->first});
}

Result<ConflictPage> PhotoConflicts::page(const Catalog& catalog, ConflictState state, std::string_view after,
                                          size_t count) const {
  Place place;
  if (!after.empty()) {
    const auto space = after.rfind(' ');
    if (space == std::string_view::npos)
      return Error{Code::kInvalid, "'after' is not from a page", "?after", "the `next` of a page"};
    place = {std::string(after.substr(0, space)), std::string(after.substr(space + 1))};
  }
  const MutexLock lock(mutex_);
  ConflictPage page;
  const Place* last = nullptr;
  for (const auto& [at, conflict] : conflicts_) {
    if (catalog.slots(at.first).empty()) continue;  // no longer sold
    ++page.total;
    page.open += conflict.settled ? 0 : 1;
    const bool asked_for =
        state == ConflictState::kAll || (state == ConflictState::kSettled) == conflict.settled.has_value();
    if (!asked_for || at <= place) continue;
    if (page.conflicts.size() == count) {
      if (!page.next) page.next = last->first + " " + last->second;
      continue;
    }
    const auto garment = catalog.garment(at.first);  // its text is read for what is shown alone
    if (garment == nullptr) continue;
    page.conflicts.push_back({conflict, garment->title, conflict.message(catalog.vocabulary())});
    last = &at;
  }
  return page;
}

}  // namespace modiste
