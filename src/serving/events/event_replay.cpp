// How the fold gets to where the log is when a shop starts, and what a snapshot takes of it.
#include "base/mutex.h"
#include "base/rng.h"
#include "serving/events/event_service.h"

namespace modiste {

Result<Done> EventService::replay(const std::function<void(uint64_t events)>& progress) {
  constexpr uint64_t kProgressEvents = 10'000;
  // As a batch does when events come in: a person who is joined early has few events to be built from.
  constexpr uint64_t kSettledEvents = 500;
  uint64_t events = 0;
  const auto take = [&](const LoggedEvent& logged) -> Result<Done> {
    const EventKey key = key_of(logged.event);
    if (!is_internal(logged.event.type))
      TRY(ports_.deduplicator.confirm({&key, 1}));  // internal events are never claimed
    const PersonEvent& of_person = shop_.profiles.fold(logged);
    const MutexLock order_lock(orders_mutex_);
    orders_.observe(logged.event);
    const MutexLock fold_lock(fold_mutex_);
    folded_ = logged.position;
    forgotten_.insert(forgotten_.end(), of_person.forgotten.begin(), of_person.forgotten.end());
    if (forgotten_.size() >= kForgottenAtOnce) TRY(forget_identifiers());
    replayed_an_erasure_ = replayed_an_erasure_ || logged.event.type == EventType::kErase;
    if (events++ % kProgressEvents == 0 && progress) progress(events);
    if (events % kSettledEvents == 0) TRY(shop_.profiles.settle());
    return kOk;
  };
  LogPosition from;
  {
    const MutexLock lock(fold_mutex_);
    fit_version_ = shop_.sizing.version();
    from = folded_;
  }
  TRY(ports_.log.replay(from, take));
  events_folded_ = events;
  TRY(shop_.profiles.settle());
  const MutexLock lock(fold_mutex_);
  return forget_identifiers();
}

Result<ShopSnapshot> EventService::cut() {
  const MutexLock orders_lock(orders_mutex_);
  MutexLock lock(fold_mutex_);
  fold_turn_.wait(lock, [&]() REQUIRES(fold_mutex_) { return !folding_; });
  if (!shop_.profiles.is_settled())
    return Error{Code::kUnavailable, "profiles wait to be rebuilt", "", "a snapshot once they are"};
  TRY(forget_identifiers());
  TRY_ASSIGN(const uint64_t mark, mark_of(folded_));
  return cut_snapshot(parts(), {folded_, mark, fit_version_});
}

Result<Done> EventService::check_log(const SnapshotAbout& about) const {
  const auto mark = mark_of(about.includes);
  if (mark.ok() && *mark == about.mark) return kOk;
  return Error{Code::kConflict, "the snapshot is of another log, or ahead of this one", "", ""};
}

Result<Done> EventService::restore(const SnapshotAbout& about, SnapshotBlocks& blocks) {
  const MutexLock orders_lock(orders_mutex_);
  TRY(restore_snapshot(parts(), blocks));
  const MutexLock lock(fold_mutex_);
  folded_ = about.includes;
  return kOk;
}

// What tells the log's event at a position from another log's.
Result<uint64_t> EventService::mark_of(LogPosition position) const {
  uint64_t mark = 0;
  if (position.is_begin()) return mark;
  TRY(ports_.log.read({&position, 1}, [&](const LoggedEvent& logged) -> Result<Done> {
    mark = hash64(to_json_text(logged.event),
                  static_cast<uint64_t>(logged.received_at.time_since_epoch().count()));
    return kOk;
  }));
  return mark;
}

}  // namespace modiste
