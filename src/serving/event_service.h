// The event path: what shoppers do, into the log and into their profiles.
//
//   validate -> drop repeats -> replace identifiers by subjects -> append durably -> fold in the order of the
//   log
//
// Threads: every method from any thread. ingest() waits for the log's fsync; concurrent calls share it.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "events/event.h"
#include "events/event_log.h"
#include "identity/subject_store.h"
#include "ingest/recent_event_ids.h"
#include "serving/impression_log.h"
#include "serving/shop_state.h"

namespace modiste {

struct EventPorts {
  Clock& clock;
  EventLog& log;
  SubjectStore& subjects;
};

class EventService {
 public:
  // Borrows everything.
  EventService(const EventPorts& ports, ShopState& shop, ImpressionQueue& impressions,
               const ImpressionOptions& options);

  // Once, before anything else and after the catalog was loaded: folds the whole log.
  Result<Done> replay(const std::function<void(uint64_t events)>& progress = {});

  // One result per event, in their order; the outer error means that none was taken. What is accepted is
  // durable and the next answer reflects it.
  Result<std::vector<Result<IngestResult>>> ingest(std::vector<Event> events,
                                                   Arrival arrival = Arrival::kLive);

  // Appends and folds an event of the shop itself (erase, unlink, relink), whose identifiers are subjects
  // already.
  Result<Done> record(Event event);

  // Appends the impressions since the last call; ingest takes some of them along. To be called about once a
  // second, and at the end. On an error of the log the impressions at hand are lost and counted.
  Result<Done> flush_impressions();
  [[nodiscard]] uint64_t impressions_lost() const { return impressions_.lost(); }

 private:
  Result<Done> check(const Event& event, TimePoint now, Arrival arrival) const;
  Result<Done> hide_identifiers(std::span<Event*> events);
  Result<Done> append_and_fold(std::vector<Event> events, TimePoint now, std::span<const uint64_t> pending);
  void mark_durable(std::span<const uint64_t> pending, std::span<const Event> events, bool durable);
  Result<Done> await_durable(std::span<const uint64_t> ids);

  EventPorts ports_;
  ShopState& shop_;
  ImpressionQueue& impressions_;
  const ImpressionOptions options_;

  std::mutex ids_mutex_;  // guards what follows
  RecentEventIds recent_ids_;
  std::condition_variable became_durable_;
  std::unordered_set<uint64_t> pending_;  // appended, not durable yet
  std::unordered_set<uint64_t> lost_;     // whose append failed; gone when they are sent again

  std::mutex fold_mutex_;  // guards fold_next_
  std::condition_variable fold_turn_;
  uint64_t fold_next_ = 0;  // offset of the event to be folded next
};

}  // namespace modiste
