#include "serving/event_service.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "serving/stated_preferences.h"

namespace modiste {

EventService::EventService(const EventPorts& ports, ShopState& shop, ImpressionQueue& impressions,
                           const ImpressionOptions& options)
    : ports_(ports), shop_(shop), impressions_(impressions), options_(options) {}

Result<Done> EventService::check(const Event& event, TimePoint now, Arrival arrival) const {
  TRY(validate(event, now, arrival));
  if (is_internal(event.type))
    return Error{Code::kInvalid, fmt::format("{} is not an event to send", name_of(event.type)), "/type",
                 "a type of the taxonomy; shoppers are forgotten by DELETE /v1/shoppers/{id}"};
  if (event.quiz) TRY(understand_quiz(*event.quiz, shop_.catalog));
  return kOk;
}

// Raw identifiers end here: the log and everything after it know subjects only.
Result<Done> EventService::hide_identifiers(std::span<Event*> events) {
  std::vector<Identifier> identifiers;
  std::vector<std::string*> places;
  for (Event* event : events) {
    const auto ids = identifiers_of(*event);
    for (size_t kind = 0; kind < ids.size(); ++kind) {
      if (ids[kind]->empty()) continue;
      identifiers.push_back({static_cast<IdentifierKind>(kind), std::move(*ids[kind])});
      places.push_back(ids[kind]);
    }
  }
  TRY_ASSIGN(auto subjects, ports_.subjects.subjects(identifiers));
  for (size_t i = 0; i < places.size(); ++i) *places[i] = std::move(subjects[i]);
  return kOk;
}

Result<std::vector<Result<IngestResult>>> EventService::ingest(std::vector<Event> events, Arrival arrival) {
  const TimePoint now = ports_.clock.now();
  std::vector<Result<IngestResult>> fates;
  std::vector<size_t> good;
  std::vector<Event*> taken;
  for (size_t i = 0; i < events.size(); ++i) {
    auto checked = check(events[i], now, arrival);
    if (checked.ok()) {
      fates.emplace_back(IngestResult::kAccepted);
      good.push_back(i);
      taken.push_back(&events[i]);
    } else {
      fates.emplace_back(std::move(checked).error());
    }
  }
  TRY(hide_identifiers(taken));

  // A repeated event is acknowledged only when the one it repeats is durable: its ids are pending until
  // then.
  std::vector<Event> fresh;
  std::vector<uint64_t> pending, repeated;
  {
    const std::lock_guard lock(ids_mutex_);
    for (const size_t i : good) {
      Event& event = events[i];
      const std::string_view carrier = primary_identifier(event);
      const uint64_t id = hash64(event.event_id, hash64(carrier));
      if (recent_ids_.insert(carrier, event.event_id)) {
        pending.push_back(id);
        fresh.push_back(std::move(event));
      } else {
        if (pending_.contains(id)) repeated.push_back(id);
        fates[i] = IngestResult::kDuplicate;
      }
    }
    pending_.insert(pending.begin(), pending.end());
  }
  if (!fresh.empty()) {
    // Impressions are logged before the events that cite them.
    auto served = impressions_.take(options_.ride_max);
    const size_t riding = served.size();
    fresh.insert(fresh.begin(), std::make_move_iterator(served.begin()),
                 std::make_move_iterator(served.end()));
    const auto appended = append_and_fold(std::move(fresh), now, pending);
    if (!appended.ok()) {
      impressions_.count_lost(riding);
      return appended.error();
    }
  }
  TRY(await_durable(repeated));
  return fates;
}

// Durable first, then folded in the order of the log, whichever thread appended: a replay gives the same
// state.
Result<Done> EventService::append_and_fold(std::vector<Event> events, TimePoint now,
                                           std::span<const uint64_t> pending) {
  const auto offset = ports_.log.append(events, now);
  mark_durable(pending, events, offset.ok());
  if (!offset.ok()) return offset.error();
  std::unique_lock lock(fold_mutex_);
  fold_turn_.wait(lock, [&] { return fold_next_ == *offset; });
  lock.unlock();
  for (size_t i = 0; i < events.size(); ++i) shop_.profiles.fold({*offset + i, now, std::move(events[i])});
  // The events are kept whatever happens now: persons that could not be read again stay due for the next
  // batch.
  const auto settled = shop_.profiles.settle();
  lock.lock();
  fold_next_ = *offset + events.size();
  lock.unlock();
  fold_turn_.notify_all();
  if (!settled.ok()) spdlog::error("persons wait to be folded again: {}", settled.error().message());
  return kOk;
}

void EventService::mark_durable(std::span<const uint64_t> pending, std::span<const Event> events,
                                bool durable) {
  {
    const std::lock_guard lock(ids_mutex_);
    for (const uint64_t id : pending) {
      pending_.erase(id);
      if (!durable) lost_.insert(id);
    }
    if (durable)
      for (const uint64_t id : pending) lost_.erase(id);
    else
      for (const auto& event : events) recent_ids_.forget(primary_identifier(event), event.event_id);
  }
  became_durable_.notify_all();
}

Result<Done> EventService::await_durable(std::span<const uint64_t> ids) {
  std::unique_lock lock(ids_mutex_);
  for (const uint64_t id : ids) {
    became_durable_.wait(lock, [&] { return !pending_.contains(id); });
    if (lost_.contains(id))
      return Error{Code::kUnavailable, "the event that this one repeats could not be kept", "",
                   "sending it again"};
  }
  return kOk;
}

Result<Done> EventService::record(Event event) {
  std::vector<Event> one;
  one.push_back(std::move(event));
  return append_and_fold(std::move(one), ports_.clock.now(), {});
}

Result<Done> EventService::flush_impressions() {
  while (true) {
    auto events = impressions_.take(options_.batch_max);
    if (events.empty()) return kOk;
    const size_t count = events.size();
    const auto appended = append_and_fold(std::move(events), ports_.clock.now(), {});
    if (appended.ok()) continue;
    impressions_.count_lost(count);
    return appended.error();
  }
}

Result<Done> EventService::replay(const std::function<void(uint64_t events)>& progress) {
  TRY(ports_.log.replay(0, [&](const LoggedEvent& logged) -> Result<Done> {
    if (!is_internal(logged.event.type))  // nobody sends those again
      recent_ids_.insert(primary_identifier(logged.event), logged.event.event_id);
    shop_.profiles.fold(logged);
    fold_next_ = logged.offset + 1;
    if (logged.offset % 10'000 == 0 && progress) progress(logged.offset);
    return kOk;
  }));
  return shop_.profiles.settle();
}

}  // namespace modiste
