#include "serving/events/event_service.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <map>
#include <set>

#include "base/mutex.h"
#include "catalog/product_ids.h"
#include "serving/events/event_garments.h"
#include "serving/state/stated_preferences.h"
#include "serving/state/vetoes.h"

namespace modiste {
namespace {

// Who the events that may end a consent to a profile are about; their identifiers are subjects already.
std::vector<std::vector<IdentityKey>> withdrawn_by(std::span<Event* const> events) {
  std::vector<std::vector<IdentityKey>> withdrawn;
  for (const Event* event : events) {
    const bool chooses =
        event->type == EventType::kConsent && event->consent && event->consent->personalisation == false;
    if (!chooses && event->type != EventType::kIdentify) continue;
    const auto ids = identifiers_of(*event);
    auto& who = withdrawn.emplace_back();
    for (size_t kind = 0; kind < ids.size(); ++kind)
      if (!ids[kind]->empty()) who.push_back({static_cast<IdentifierKind>(kind), *ids[kind]});
  }
  return withdrawn;
}

}  // namespace

EventService::EventService(const EventPorts& ports, ShopState& shop, ImpressionQueue& impressions,
                           const ImpressionOptions& options)
    : ports_(ports), shop_(shop), impressions_(impressions), options_(options) {}

EventKey EventService::key_of(const Event& event) { return {primary_identifier(event), event.event_id}; }

Result<Done> EventService::check(Event& event, TimePoint now, Arrival arrival) {
  const NamedGarments named = name_garments(event, shop_.catalog);
  if (named.shown_unknown > 0) unknown_shown_ += named.shown_unknown;
  event.order_id = std::string(without_gid(event.order_id));
  if (event.type == EventType::kReturn && !event.reason) event.reason = ReturnReason::kUnknown;
  if (!named.known && arrival != Arrival::kImport) return unknown_garment(event);
  TRY(validate(event, now, arrival));
  if (is_internal(event.type))
    return Error{Code::kInvalid, fmt::format("events of type {} cannot be sent", name_of(event.type)),
                 "/type",
                 "a type that shoppers' apps send; to erase a shopper call DELETE /v1/shoppers/{id}"};
  if (event.quiz) TRY(understand_quiz(*event.quiz, shop_.catalog));
  if (event.vetoes) TRY(check_vetoes(*event.vetoes, shop_.catalog, "/vetoes"));
  return kOk;
}

// Replaces raw identifiers by subjects: the log and everything after it contain subjects only.
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
  Fates fates;
  std::vector<Event*> taken;
  bool has_orders = false;
  for (Event& event : events) {
    auto checked = check(event, now, arrival);
    if (checked.ok()) {
      fates.emplace_back(IngestResult::kAccepted);
      taken.push_back(&event);
      has_orders = has_orders || !event.order_id.empty();
    } else {
      fates.emplace_back(std::move(checked).error());
    }
  }
  TRY(hide_identifiers(taken));
  const auto withdrawn = forget_person_ ? withdrawn_by(taken) : std::vector<std::vector<IdentityKey>>();
  if (!has_orders) {
    Batch batch;
    for (size_t i = 0; i < events.size(); ++i) {
      if (!fates[i].ok()) continue;
      batch.events.push_back(std::move(events[i]));
      batch.given.push_back(i);
    }
    TRY_ASSIGN(const auto repeated, append_fresh(std::move(batch), now, fates));
    TRY(forget_withdrawn(withdrawn));
    TRY(await_confirmed(repeated));
    return fates;
  }
  const MutexLock lock(orders_mutex_);
  std::map<std::string, OrderBook::Lines> before;
  for (const Event* event : taken)
    if (!event->order_id.empty()) before.try_emplace(event->order_id, orders_.lines(event->order_id));
  const auto repeated = append_fresh(resolve_orders(events, fates), now, fates);
  if (!repeated.ok())
    for (auto& [order_id, lines] : before) orders_.restore(order_id, std::move(lines));
  TRY(forget_withdrawn(withdrawn));
  if (!repeated.ok()) return repeated.error();
  TRY(await_confirmed(*repeated));
  return fates;
}

// What these persons hold is decided by their consent now: a choice that arrives late may be outdated.
Result<Done> EventService::forget_withdrawn(std::span<const std::vector<IdentityKey>> withdrawn) {
  for (const auto& who : withdrawn)
    if (const auto person = shop_.profiles.person_of(refs_of(who));
        person && !shop_.profiles.declared(*person).consent.personalisation)
      TRY(forget_person_(*person));
  return kOk;
}

// Refuses returns of unknown orders, and marks repeated lines as duplicates.
EventService::Batch EventService::resolve_orders(std::vector<Event>& events, Fates& fates) {
  Batch batch;
  const auto accepted = [&](const Event& event) {
    const auto claimed = ports_.deduplicator.is_claimed(key_of(event));
    const auto is_it = [&](const Event& other) {
      return other.event_id == event.event_id && primary_identifier(other) == primary_identifier(event);
    };
    return (claimed.ok() && *claimed) || std::any_of(batch.events.begin(), batch.events.end(), is_it);
  };
  for (size_t i = 0; i < events.size(); ++i) {
    if (!fates[i].ok()) continue;
    auto entered = orders_.enter(std::move(events[i]), accepted);
    if (!entered.ok()) {
      fates[i] = std::move(entered).error();
      continue;
    }
    if (entered->empty()) fates[i] = IngestResult::kDuplicate;
    for (Event& event : *entered) {
      batch.events.push_back(std::move(event));
      batch.given.push_back(i);
    }
  }
  return batch;
}

// On an error nothing was appended. Else answers the events that repeat one which is being stored.
Result<std::vector<EventService::Repeated>> EventService::append_fresh(Batch batch, TimePoint now,
                                                                       Fates& fates) {
  std::vector<EventKey> keys;
  for (const Event& event : batch.events) keys.push_back(key_of(event));
  TRY_ASSIGN(const auto claims, ports_.deduplicator.claim(keys));
  std::vector<Event> fresh;
  std::vector<Repeated> pending;
  std::set<size_t> accepted;
  for (size_t i = 0; i < batch.events.size(); ++i) {
    Event& event = batch.events[i];
    if (claims[i] == Claim::kNew) {
      fresh.push_back(std::move(event));
      accepted.insert(batch.given[i]);
      fates[batch.given[i]] = IngestResult::kAccepted;
      continue;
    }
    if (!accepted.contains(batch.given[i])) fates[batch.given[i]] = IngestResult::kDuplicate;
    if (claims[i] == Claim::kPending)
      pending.push_back({std::string(primary_identifier(event)), std::move(event.event_id)});
  }
  if (!fresh.empty()) TRY(take_along_impressions(std::move(fresh), now));
  return pending;
}

// The oldest answers of the queue, as they are logged. Those whose new identifiers cannot be stored are lost.
std::vector<Event> EventService::take_answers(size_t most) {
  auto answers = impressions_.take(most);
  std::vector<Event*> raw;
  for (QueuedAnswer& answer : answers)
    if (answer.raw) raw.push_back(&answer.event);
  const auto hidden = raw.empty() ? Result<Done>(kOk) : hide_identifiers(raw);
  if (!hidden.ok()) {
    spdlog::error("answers to new shoppers are not logged: {}", hidden.error().message());
    impressions_.count_lost(std::erase_if(answers, [](const QueuedAnswer& answer) { return answer.raw; }));
  }
  std::vector<Event> events;
  events.reserve(answers.size());
  for (QueuedAnswer& answer : answers) events.push_back(std::move(answer.event));
  return events;
}

// Impressions are logged before the events that cite them.
Result<Done> EventService::take_along_impressions(std::vector<Event> claimed, TimePoint now) {
  auto batch = take_answers(options_.ride_max);
  const size_t riding = batch.size();
  batch.insert(batch.end(), std::make_move_iterator(claimed.begin()), std::make_move_iterator(claimed.end()));
  auto appended = append_and_fold(std::move(batch), now, riding);
  if (!appended.ok()) impressions_.count_lost(riding);
  return appended;
}

Result<Done> EventService::append_and_fold(std::vector<Event> events, TimePoint now, size_t first_claimed) {
  {
    const ReaderLock gate(gate_);
    TRY(append_and_fold_now(std::move(events), now, first_claimed));
  }
  forget_joined();
  return kOk;
}

// Durable first, then folded in log order, whichever thread appended: a replay gives the same state.
Result<Done> EventService::append_and_fold_now(std::vector<Event> events, TimePoint now,
                                               size_t first_claimed) {
  const auto appended = ports_.log.append(events, now);
  settle_claims(std::span(events).subspan(first_claimed), appended.ok());
  if (!appended.ok()) return appended.error();
  CHECK(appended->previous.has_value());  // the shop is the only appender of its log
  MutexLock lock(fold_mutex_);
  fold_turn_.wait(lock, [&]() REQUIRES(fold_mutex_) { return folded_ == *appended->previous; });
  folding_ = true;
  lock.unlock();
  Folded folded = fold_all(std::move(events), appended->positions, now);
  // The events are durable whatever fails now: profiles that could not be rebuilt are retried
  // with the next batch.
  const auto settled = shop_.profiles.settle();
  lock.lock();
  folded_ = appended->positions.back();
  folding_ = false;
  events_folded_ += appended->positions.size();
  if (fit_version_ != shop_.sizing.version()) fit_version_ = kFoldedByMany;
  forgotten_.insert(forgotten_.end(), folded.forgotten.begin(), folded.forgotten.end());
  if (forget_person_) joined_.merge(folded.changed);
  const auto forgot = forgotten_.size() < kForgottenAtOnce ? Result<Done>(kOk) : forget_identifiers();
  lock.unlock();
  fold_turn_.notify_all();
  if (!settled.ok()) spdlog::error("profiles wait to be rebuilt: {}", settled.error().message());
  if (!forgot.ok()) spdlog::error("identifiers wait to be deleted: {}", forgot.error().message());
  return kOk;
}

// Nothing may throw out of it: the state would be left between two events, and every later batch would wait
// for this one. The process ends instead, and the next start folds the log.
EventService::Folded EventService::fold_all(std::vector<Event> events, std::span<const LogPosition> positions,
                                            TimePoint now) noexcept {
  Folded folded;
  for (size_t i = 0; i < events.size(); ++i) {
    const PersonEvent& of_person = shop_.profiles.fold({positions[i], now, std::move(events[i])});
    folded.forgotten.insert(folded.forgotten.end(), of_person.forgotten.begin(), of_person.forgotten.end());
    folded.changed.insert(of_person.rebuild.begin(), of_person.rebuild.end());
  }
  return folded;
}

// Any event that names two identifiers may join a person to one who does not consent to a profile. What could
// not be deleted is tried again with the next batch.
void EventService::forget_joined() {
  std::set<std::string> joined;
  {
    const MutexLock lock(fold_mutex_);
    joined.swap(joined_);
  }
  std::erase_if(joined, [&](const std::string& person) {
    if (shop_.profiles.identity_keys(person).empty() ||
        shop_.profiles.declared(person).consent.personalisation)
      return true;
    const auto forgot = forget_person_(person);
    if (!forgot.ok()) spdlog::error("what a person stored waits to be deleted: {}", forgot.error().message());
    return forgot.ok();
  });
  if (joined.empty()) return;
  const MutexLock lock(fold_mutex_);
  joined_.merge(joined);
}

Result<Done> EventService::forget_identifiers() {
  // A retired session that came back meanwhile is a key again; what was erased never is.
  std::erase_if(forgotten_, [this](const std::string& subject) {
    const NodeRef node{IdentifierKind::kSession, subject};
    return !shop_.profiles.timeline().is_erased(subject) && shop_.profiles.person_of({&node, 1});
  });
  if (forgotten_.empty()) return kOk;
  TRY_ASSIGN(const auto known, ports_.subjects.identifiers(forgotten_));
  std::vector<Identifier> identifiers;
  for (const auto& identifier : known)
    if (identifier) identifiers.push_back(*identifier);
  if (!identifiers.empty()) TRY(ports_.subjects.erase(identifiers));
  forgotten_.clear();
  return kOk;
}

// What cannot be confirmed stays claimed: it is in the log, and a repetition waits for the next process.
void EventService::settle_claims(std::span<const Event> claimed, bool durable) {
  std::vector<EventKey> keys;
  for (const Event& event : claimed) keys.push_back(key_of(event));
  const auto settled = durable ? ports_.deduplicator.confirm(keys) : ports_.deduplicator.release(keys);
  {
    const MutexLock lock(claims_mutex_);
    ++claims_settled_;
  }
  claims_changed_.notify_all();
  if (!settled.ok()) spdlog::error("claims of events are not settled: {}", settled.error().message());
}

// A repeated event is acknowledged only once the event that it repeats is durable.
Result<Done> EventService::await_confirmed(std::span<const Repeated> repeated) {
  constexpr auto kLookAgain = std::chrono::milliseconds(50);  // poll claims that other processes settle
  for (const auto& [subject, event_id] : repeated) {
    const EventKey key{subject, event_id};
    while (true) {
      MutexLock lock(claims_mutex_);
      const uint64_t settled = claims_settled_;
      lock.unlock();
      TRY_ASSIGN(const auto claims, ports_.deduplicator.claim({&key, 1}));
      if (claims.front() == Claim::kKnown) break;
      if (claims.front() == Claim::kNew) {
        TRY(ports_.deduplicator.release({&key, 1}));
        return Error{Code::kUnavailable, "the event that this one repeats could not be stored", "",
                     "a retry with the same event"};
      }
      lock.lock();
      claims_changed_.wait_for(lock, kLookAgain,
                               [&]() REQUIRES(claims_mutex_) { return claims_settled_ != settled; });
    }
  }
  return kOk;
}

Result<Done> EventService::record(const std::function<Result<Event>()>& make) {
  const MutexLock lock(orders_mutex_);
  {
    const MutexLock gate(gate_);
    TRY_ASSIGN(const Event event, make());
    TRY(append_and_fold_now({event}, ports_.clock.now(), 1));
    orders_.observe(event);  // what could not be appended did not happen
    const MutexLock fold_lock(fold_mutex_);
    TRY(forget_identifiers());
  }
  forget_joined();
  return kOk;
}

Result<Done> EventService::flush_impressions() {
  while (true) {
    auto events = take_answers(options_.batch_max);
    if (events.empty()) return kOk;
    const size_t count = events.size();
    const auto appended = append_and_fold(std::move(events), ports_.clock.now(), count);
    if (appended.ok()) continue;
    impressions_.count_lost(count);
    return appended.error();
  }
}

}  // namespace modiste
