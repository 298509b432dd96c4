// Event path: validate -> know again -> append durably -> fold in the order of the log -> acknowledge.
#include <fmt/format.h>

#include <algorithm>

#include "engine/engine.h"

namespace modiste {
namespace {

bool is_feedback(EventType type) {
  switch (type) {
    case EventType::kProductView:
    case EventType::kClick:
    case EventType::kLike:
    case EventType::kPass:
    case EventType::kSave:
    case EventType::kUnsave:
    case EventType::kAddToCart:
    case EventType::kRemoveFromCart:
    case EventType::kPurchase:
    case EventType::kReturn:
    case EventType::kReview:
      return true;
    default:
      return false;
  }
}

bool is_reduced(const Item& item) {
  if (item.garment == nullptr) return false;
  return std::any_of(item.garment->variants.begin(), item.garment->variants.end(), [&](const Variant& v) {
    return v.colour == item.colour && v.list_price.value_or(0) > v.price;
  });
}

}  // namespace

Result<Done> Engine::check(const Event& event, TimePoint now) const {
  TRY(validate(event, now));
  if (is_internal(event.type))
    return Error{Code::kInvalid, fmt::format("{} is not an event to send", name_of(event.type)), "/type",
                 "a type of the taxonomy; shoppers are forgotten by DELETE /v1/shoppers/{id}"};
  if (event.quiz) TRY(understand_quiz(*event.quiz, catalog_));
  return kOk;
}

Result<std::vector<Result<EventFate>>> Engine::ingest(std::vector<Event> events) {
  const TimePoint now = ports_.clock.now();
  std::vector<Result<EventFate>> fates;
  std::vector<size_t> good;
  std::vector<Identifier> shoppers;
  for (size_t i = 0; i < events.size(); ++i) {
    auto checked = check(events[i], now);
    if (checked.ok()) {
      fates.emplace_back(EventFate::kAccepted);
      good.push_back(i);
      shoppers.push_back({IdentifierKind::kUser, events[i].shopper_id});
    } else {
      fates.emplace_back(std::move(checked).error());
    }
  }
  TRY_ASSIGN(auto subjects, ports_.subjects.subjects(shoppers));

  // A repeated event is acknowledged only when the one it repeats is durable: its ids stay "in flight" until
  // then.
  std::vector<Event> fresh;
  std::vector<uint64_t> flying, repeated;
  {
    const std::lock_guard lock(ids_mutex_);
    for (size_t i = 0; i < good.size(); ++i) {
      Event& event = events[good[i]];
      event.shopper_id = std::move(subjects[i]);
      const uint64_t id = hash64(event.event_id, hash64(event.shopper_id));
      if (recent_ids_.insert(event.shopper_id, event.event_id)) {
        flying.push_back(id);
        fresh.push_back(std::move(event));
      } else {
        if (in_flight_.contains(id)) repeated.push_back(id);
        fates[good[i]] = EventFate::kDuplicate;
      }
    }
    in_flight_.insert(flying.begin(), flying.end());
  }
  if (fresh.empty()) {
    TRY(await_landing(repeated));
    return fates;
  }

  auto offset = ports_.log.append(fresh, now);
  land(flying, fresh, offset.ok());
  if (!offset.ok()) return std::move(offset).error();
  await_turn(*offset);
  for (size_t i = 0; i < fresh.size(); ++i) fold({*offset + i, now, std::move(fresh[i])});
  {
    const std::lock_guard lock(fold_mutex_);
    fold_next_ = *offset + fresh.size();
  }
  fold_turn_.notify_all();
  TRY(await_landing(repeated));
  return fates;
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
      for (const auto& event : events) recent_ids_.forget(event.shopper_id, event.event_id);
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

// Batches are folded in the order of the log, whichever thread appended them, so that a replay gives the same
// state.
void Engine::await_turn(uint64_t offset) {
  std::unique_lock lock(fold_mutex_);
  fold_turn_.wait(lock, [&] { return fold_next_ == offset; });
}

SignalResolver Engine::resolver() const {
  // The snapshot and the look are kept alive by the closure until the next signal is resolved.
  return [snapshot = catalog_.snapshot(), look = std::shared_ptr<const Look>(),
          this](const StoredSignal& stored) mutable {
    Signal signal{stored.type, stored.event_hash, stored.slot,       stored.weight, nullptr,
                  {},          stored.at,         stored.price_paid, stored.reduced};
    if (stored.slot == kNoSlot) return signal;
    signal.facts = &snapshot->facts(stored.slot);
    look = looks_.get(stored.slot);
    if (look != nullptr) signal.vector = look->vector;
    return signal;
  };
}

void Engine::fold(const LoggedEvent& logged) {
  const Event& event = logged.event;
  if (is_feedback(event.type)) return fold_feedback(logged);
  switch (event.type) {
    case EventType::kImpression:
      for (const auto& shown : event.items)
        if (const Slot slot = catalog_.slot(shown.garment_id, shown.colour); slot != kNoSlot)
          popularity_.record_impression(slot, logged.received_at);
      return;
    case EventType::kQuiz:
      // Understood when it was accepted; words that a later vocabulary dropped are passed over.
      if (auto wishes = understand_quiz(*event.quiz, catalog_); wishes.ok())
        shoppers_.apply_quiz(event.shopper_id, std::move(*wishes), resolver());
      return;
    case EventType::kUndo:
      return fold_undo(event, logged.received_at);
    case EventType::kErase:
      if (const auto subject = shoppers_.erase(event.shopper_id)) neighbours_.erase(*subject);
      return;
    default:
      return;
  }
}

void Engine::fold_feedback(const LoggedEvent& logged) {
  const Event& event = logged.event;
  const Slot slot = catalog_.slot(event.garment_id, event.colour);
  const StoredSignal signal{event.type,
                            hash64(event.event_id),
                            slot,
                            static_cast<float>(taste_weight(event)),
                            event.occurred_at.value_or(logged.received_at),
                            static_cast<float>(event.price.value_or(0)),
                            slot != kNoSlot && is_reduced(catalog_.snapshot()->item(slot))};
  const auto shopper = shoppers_.apply(event.shopper_id, signal, resolver());
  count_signal(*shopper, signal, logged.received_at, 1);
}

void Engine::count_signal(const ShopperState& shopper, const StoredSignal& signal, TimePoint at,
                          double sign) {
  if (signal.slot == kNoSlot || signal.weight == 0) return;
  neighbours_.record(shopper.subject, signal.slot, static_cast<float>(sign) * signal.weight);
  if (signal.weight > 0)
    popularity_.record_positive(signal.slot, sign * static_cast<double>(signal.weight), at);
}

void Engine::fold_undo(const Event& event, TimePoint at) {
  const auto undone = shoppers_.undo(event.shopper_id, hash64(event.undoes), resolver());
  if (!undone) return;  // too long ago, or undone already
  if (const auto shopper = shoppers_.find(event.shopper_id)) count_signal(*shopper, *undone, at, -1);
}

Result<Done> Engine::erase(std::string_view shopper_id) {
  const Identifier shopper{IdentifierKind::kUser, std::string(shopper_id)};
  TRY_ASSIGN(const std::string subject, ports_.subjects.find(shopper));
  Event event;
  event.type = EventType::kErase;
  event.shopper_id = subject;
  event.event_id = fmt::format("erase-{}", subject);
  const TimePoint now = ports_.clock.now();
  TRY_ASSIGN(const uint64_t offset, ports_.log.append({&event, 1}, now));
  await_turn(offset);
  fold({offset, now, event});
  {
    const std::lock_guard lock(fold_mutex_);
    fold_next_ = offset + 1;
  }
  fold_turn_.notify_all();
  TRY(ports_.subjects.erase({&shopper, 1}));
  return kOk;
}

std::shared_ptr<const ShopperState> Engine::shopper_state(std::string_view shopper_id) const {
  static const auto kNobody = std::make_shared<const ShopperState>();
  if (shopper_id.empty()) return kNobody;
  const auto subject = ports_.subjects.find({IdentifierKind::kUser, std::string(shopper_id)});
  if (!subject.ok()) return kNobody;
  const auto known = shoppers_.find(*subject, ports_.clock.now());
  return known == nullptr ? kNobody : known;
}

}  // namespace modiste
