// Event path: validate -> know again -> append durably -> fold in the order of the log -> acknowledge.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "serving/engine.h"

namespace modiste {
Result<Done> Engine::check(const Event& event, TimePoint now, Arrival arrival) const {
  TRY(validate(event, now, arrival));
  if (is_internal(event.type))
    return Error{Code::kInvalid, fmt::format("{} is not an event to send", name_of(event.type)), "/type",
                 "a type of the taxonomy; shoppers are forgotten by DELETE /v1/shoppers/{id}"};
  if (event.quiz) TRY(understand_quiz(*event.quiz, catalog_));
  return kOk;
}

// Raw identifiers end here: the log and everything after it know subjects only.
Result<Done> Engine::hide_identifiers(std::span<Event*> events) {
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

Result<std::vector<Result<IngestResult>>> Engine::ingest(std::vector<Event> events, Arrival arrival) {
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

  // A repeated event is acknowledged only when the one it repeats is durable: its ids stay "in flight" until
  // then.
  std::vector<Event> fresh;
  std::vector<uint64_t> flying, repeated;
  {
    const std::lock_guard lock(ids_mutex_);
    for (const size_t i : good) {
      Event& event = events[i];
      const std::string_view carrier = primary_identifier(event);
      const uint64_t id = hash64(event.event_id, hash64(carrier));
      if (recent_ids_.insert(carrier, event.event_id)) {
        flying.push_back(id);
        fresh.push_back(std::move(event));
      } else {
        if (in_flight_.contains(id)) repeated.push_back(id);
        fates[i] = IngestResult::kDuplicate;
      }
    }
    in_flight_.insert(flying.begin(), flying.end());
  }
  if (!fresh.empty()) {
    // What was answered goes before what answers to it.
    auto served = impressions_.take(options_.impressions.ride_max);
    const size_t riding = served.size();
    fresh.insert(fresh.begin(), std::make_move_iterator(served.begin()),
                 std::make_move_iterator(served.end()));
    const auto appended = append_and_fold(std::move(fresh), now, flying);
    if (!appended.ok()) {
      impressions_.count_lost(riding);
      return appended.error();
    }
  }
  TRY(await_landing(repeated));
  return fates;
}

// Durable first, then folded in the order of the log, whichever thread appended: a replay gives the same
// state.
Result<Done> Engine::append_and_fold(std::vector<Event> events, TimePoint now,
                                     std::span<const uint64_t> flying) {
  const auto offset = ports_.log.append(events, now);
  land(flying, events, offset.ok());
  if (!offset.ok()) return offset.error();
  std::unique_lock lock(fold_mutex_);
  fold_turn_.wait(lock, [&] { return fold_next_ == *offset; });
  lock.unlock();
  for (size_t i = 0; i < events.size(); ++i) profiles_.fold({*offset + i, now, std::move(events[i])});
  // The events are kept whatever happens now: persons that could not be read again stay due for the next
  // batch.
  const auto settled = profiles_.settle();
  lock.lock();
  fold_next_ = *offset + events.size();
  lock.unlock();
  fold_turn_.notify_all();
  if (!settled.ok()) spdlog::error("persons wait to be folded again: {}", settled.error().message());
  return kOk;
}

void Engine::land(std::span<const uint64_t> flying, std::span<const Event> events, bool durable) {
  {
    const std::lock_guard lock(ids_mutex_);
    for (const uint64_t id : flying) {
      in_flight_.erase(id);
      if (!durable) lost_.insert(id);
    }
    if (durable)
      for (const uint64_t id : flying) lost_.erase(id);
    else
      for (const auto& event : events) recent_ids_.forget(primary_identifier(event), event.event_id);
  }
  landed_.notify_all();
}

Result<Done> Engine::await_landing(std::span<const uint64_t> ids) {
  std::unique_lock lock(ids_mutex_);
  for (const uint64_t id : ids) {
    landed_.wait(lock, [&] { return !in_flight_.contains(id); });
    if (lost_.contains(id))
      return Error{Code::kUnavailable, "the event that this one repeats could not be kept", "",
                   "sending it again"};
  }
  return kOk;
}

std::shared_ptr<const ShopperState> Engine::shopper_state(const std::optional<std::string>& person) const {
  static const auto kNobody = std::make_shared<const ShopperState>();
  const auto known = person ? profiles_.find(*person, ports_.clock.now()) : nullptr;
  return known == nullptr ? kNobody : known;
}

std::vector<IdentityKey> Engine::subjects_of(std::span<const Identifier> who) const {
  std::vector<IdentityKey> subjects;
  for (const Identifier& identifier : who) {
    auto found = ports_.subjects.find(identifier);
    // A name that was never heard is kept as nobody: an account that is new must not be taken for the
    // device's.
    subjects.push_back({identifier.kind, found.ok() ? std::move(*found) : std::string()});
  }
  return subjects;
}

}  // namespace modiste
