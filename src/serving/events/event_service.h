// The event path: appends shopper events to the log and folds them into the profiles.
//
//   name the garments as the catalog does -> validate -> replace identifiers by subjects -> resolve orders
//   -> drop repeats -> append durably -> fold in log order
//
// A batch that tells of orders waits for other such batches, so that an order that is sent twice at once
// counts once too.
//
// Threads: every method from any thread. ingest() waits for the log's fsync; concurrent calls share it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "events/event.h"
#include "events/event_log.h"
#include "identity/subject_store.h"
#include "ingest/deduplicator.h"
#include "ingest/recent_event_ids.h"
#include "retrieval/fair_lock.h"
#include "serving/events/impression_log.h"
#include "serving/events/order_book.h"
#include "serving/events/shop_snapshot.h"
#include "serving/state/shop_state.h"

namespace modiste {

struct EventPorts {
  Clock& clock;
  EventLog& log;
  SubjectStore& subjects;
  Deduplicator& deduplicator;
};

class EventService {
 public:
  // Borrows everything.
  EventService(const EventPorts& ports, ShopState& shop, ImpressionQueue& impressions,
               const ImpressionOptions& options);

  // Call once, before anything else and after the catalog was loaded: folds the log, after what was restored.
  Result<Done> replay(const std::function<void(uint64_t events)>& progress = {});

  // What is folded so far, copied while no batch is folded: requests go on, events wait. kUnavailable:
  // profiles wait to be rebuilt. It says which fit model all of it was folded by; a start with another one
  // leaves it aside.
  Result<ShopSnapshot> cut();
  // kConflict: the snapshot is of another log, or ahead of this one.
  [[nodiscard]] Result<Done> check_log(const SnapshotAbout& about) const;
  // Before replay(), the blocks after the first. kCorrupt: not what a snapshot holds; the shop is of no use
  // any more.
  Result<Done> restore(const SnapshotAbout& about, SnapshotBlocks& blocks);
  // Of the log, in this process, by replay() and since.
  [[nodiscard]] uint64_t events_folded() const { return events_folded_; }
  // Erasures among what replay() folded after a snapshot: the snapshot holds what they deleted.
  [[nodiscard]] bool replayed_an_erasure() const { return replayed_an_erasure_; }

  // One result per event, in the order given. Accepted events
  // are durable, and the next answer reflects them. After an outer error some may be durable too: the same
  // batch sent again counts each once. kNotFound: about a garment or an order that nobody knows,
  // which an import may be.
  Result<std::vector<Result<IngestResult>>> ingest(std::vector<Event> events,
                                                   Arrival arrival = Arrival::kLive);
  // Deletes what a person stored beside the log, such as photos: called with the person whose consent to a
  // profile ends, by their choice or by an event that joins them to one without, before ingest() returns, and
  // again where the choice or the login is sent again. Set it before the first.
  void on_withdrawal(std::function<Result<Done>(std::string_view person)> forget) {
    forget_person_ = std::move(forget);
  }
  // Shown items of accepted events that the catalog does not know.
  [[nodiscard]] uint64_t unknown_shown() const { return unknown_shown_; }

  // Appends and folds an event that the shop itself creates (erase, unlink, relink). Its
  // identifiers are subjects already. `make` says it while nothing is appended: what it reads of the state is
  // what the event is folded into. It takes nothing in itself.
  Result<Done> record(const std::function<Result<Event>()>& make);

  // Appends the impressions queued since the last call; ingest() takes some of them along. Call about once a
  // second, and at shutdown. If the log fails, the impressions taken are lost and counted.
  Result<Done> flush_impressions();
  [[nodiscard]] uint64_t impressions_lost() const { return impressions_.lost(); }

 private:
  // Of forgotten subjects, deleted in one durable step. An erasure does not wait for so many.
  static constexpr size_t kForgottenAtOnce = 4'096;

  static EventKey key_of(const Event& event);
  Result<Done> check(Event& event, TimePoint now, Arrival arrival);
  // What is appended for the events of a batch, and which of them each is for.
  struct Batch {
    std::vector<Event> events;
    std::vector<size_t> given;
  };
  using Fates = std::vector<Result<IngestResult>>;
  Batch resolve_orders(std::vector<Event>& events, Fates& fates) REQUIRES(orders_mutex_);
  struct Repeated {
    std::string subject, event_id;
  };
  Result<std::vector<Repeated>> append_fresh(Batch batch, TimePoint now, Fates& fates);
  Result<Done> hide_identifiers(std::span<Event*> events);
  Result<Done> forget_withdrawn(std::span<const std::vector<IdentityKey>> withdrawn);
  std::vector<Event> take_answers(size_t most);
  Result<Done> take_along_impressions(std::vector<Event> claimed, TimePoint now);
  // first_claimed: the index from which events are claimed at the deduplicator.
  Result<Done> append_and_fold(std::vector<Event> events, TimePoint now, size_t first_claimed);
  Result<Done> append_and_fold_now(std::vector<Event> events, TimePoint now, size_t first_claimed)
      REQUIRES_SHARED(gate_);
  struct Folded {
    std::vector<std::string> forgotten;  // subjects that nothing is filed under any more
    std::set<std::string> changed;       // persons who merged or split
  };
  Folded fold_all(std::vector<Event> events, std::span<const LogPosition> positions, TimePoint now) noexcept;
  void forget_joined() EXCLUDES(fold_mutex_);
  [[nodiscard]] Result<uint64_t> mark_of(LogPosition position) const;
  [[nodiscard]] FoldedParts parts() REQUIRES(orders_mutex_) { return {shop_, orders_, ports_.deduplicator}; }
  void settle_claims(std::span<const Event> claimed, bool durable);
  Result<Done> forget_identifiers() REQUIRES(fold_mutex_);
  Result<Done> await_confirmed(std::span<const Repeated> repeated);

  EventPorts ports_;
  ShopState& shop_;
  ImpressionQueue& impressions_;
  const ImpressionOptions options_;

  Mutex orders_mutex_;  // held from the look into the book to the fold
  OrderBook orders_ GUARDED_BY(orders_mutex_);

  std::function<Result<Done>(std::string_view person)> forget_person_;
  std::atomic<uint64_t> unknown_shown_{0};

  // Shared from an append until its events are folded. Taken after orders_mutex_.
  FairSharedMutex gate_;

  Mutex claims_mutex_;
  std::condition_variable_any claims_changed_;
  uint64_t claims_settled_ GUARDED_BY(claims_mutex_) = 0;  // batches

  Mutex fold_mutex_;
  std::condition_variable_any fold_turn_;
  bool folding_ GUARDED_BY(fold_mutex_) = false;  // a batch has its turn
  LogPosition folded_ GUARDED_BY(fold_mutex_);    // position of the last folded event
  // PersonEvent::forgotten, whose identifiers are still stored. None when a snapshot is cut: after a crash
  // the events that follow it name them again.
  std::vector<std::string> forgotten_ GUARDED_BY(fold_mutex_);
  // Persons who merged or split: what they stored may have to be deleted (on_withdrawal).
  std::set<std::string> joined_ GUARDED_BY(fold_mutex_);
  std::atomic<uint64_t> events_folded_{0};
  bool replayed_an_erasure_ = false;
  int fit_version_ GUARDED_BY(fold_mutex_) = 0;  // by which all was folded; kFoldedByMany
};

}  // namespace modiste
