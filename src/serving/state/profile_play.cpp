// What an event makes of a profile (serving/state/profile_builder.h).
#include <algorithm>

#include "base/rng.h"
#include "base/text.h"
#include "events/return_why.h"
#include "serving/state/event_item.h"
#include "serving/state/profile_builder.h"
#include "serving/state/stated_preferences.h"

namespace modiste {
namespace {

// What an event tells of it; empty: nothing.
Whereabouts told_by(const Event& event) {
  if (!event.context) return {};
  const EventContext& told = *event.context;
  return {{told.country, told.latitude, told.longitude}, told.time_zone};
}

struct Paid {
  float price = 0;  // for one piece, in the garment's currency; 0: not said
  bool reduced = false;
};

Paid paid_of(const Event& event, Slot slot, const CatalogSnapshot& catalog) {
  const auto price = static_cast<float>(event.price.value_or(0));
  const bool said_reduced = event.discount.value_or(0) > 0;
  if (slot == kNoSlot) return {price, said_reduced};
  const bool any_reduced = catalog.facts(slot).discount > 0;
  const Item& item = catalog.item(slot);
  if (price <= 0 || item.garment == nullptr) return {price, said_reduced || any_reduced};
  const auto garment = item.garment.read();
  if (!event.currency.empty() && !garment->currency.empty() &&
      ascii_lower(event.currency) != ascii_lower(garment->currency))
    return {0, said_reduced || any_reduced};
  // Another size may be on sale.
  const auto bought =
      std::find_if(garment->variants.begin(), garment->variants.end(), [&](const Variant& variant) {
        return event.sku.empty()
                   ? variant.colour == item.colour && !event.size.empty() && variant.size == event.size
                   : variant.sku == event.sku;
      });
  if (bought == garment->variants.end()) return {price, said_reduced || any_reduced};
  constexpr double kLess = 0.99;  // of the full price: less than rounding explains
  return {price, said_reduced || *event.price < kLess * bought->list_price.value_or(bought->price)};
}

}  // namespace

// Price and quantity are those of the event's garment; an outfit's event does not say whose they are.
StoredSignal ProfileBuilder::signal_of(const Event& event, Slot slot, TimePoint at) const {
  const Paid paid = paid_of(event, slot, *ports_.catalog.snapshot());
  const bool returns = event.type == EventType::kReturn;
  const bool wrong_size = event.reason == ReturnReason::kTooSmall || event.reason == ReturnReason::kTooLarge;
  return {.type = event.type,
          .event_hash = hash64(event.event_id),
          .slot = slot,
          .weight = static_cast<float>(taste_weight(event)),
          .at = at,
          .price_paid = paid.price,
          .reduced = paid.reduced,
          .pieces = only_says_why(event) ? 0 : event.quantity.value_or(1),
          .wrong_size = returns && wrong_size};
}

// Where no colour is said, what is sent back, given away or taken from a list is the one that the shopper has
// there.
Slot ProfileBuilder::acted_slot(const Event& event, std::string_view garment_id,
                                const ShopperState& shopper) const {
  const Slot said = slot_of(event, garment_id, ports_.catalog);
  if (said == kNoSlot || !event.colour.empty() || !event.sku.empty()) return said;
  const auto snapshot = ports_.catalog.snapshot();
  const auto theirs = [&](const auto& list) {
    const auto of_garment = [&](const auto& one) {
      return one.slot < snapshot->slot_count() &&
             snapshot->garment_of(one.slot) == snapshot->garment_of(said);
    };
    if (std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.slot == said; })) return said;
    const auto latest = std::find_if(list.rbegin(), list.rend(), of_garment);
    return latest == list.rend() ? said : latest->slot;
  };
  switch (event.type) {
    case EventType::kReturn:
    case EventType::kDisown:
      return theirs(shopper.owned);
    case EventType::kUnsave:
    case EventType::kRemoveFromCart:
      return theirs(shopper.liked);
    default:
      return said;
  }
}

SignalResolver ProfileBuilder::resolver() const {
  // The snapshot and the look are kept alive by the closure until the next signal is resolved.
  return [snapshot = ports_.catalog.snapshot(), embedding = std::shared_ptr<const ItemEmbedding>(),
          this](const StoredSignal& stored) mutable {
    Signal signal{stored.type, stored.event_hash, stored.slot,    stored.weight, nullptr,          {},
                  stored.at,   stored.price_paid, stored.reduced, stored.pieces, stored.wrong_size};
    if (stored.slot == kNoSlot) return signal;
    signal.facts = &snapshot->facts(stored.slot);
    embedding = ports_.embeddings.get(stored.slot);
    if (embedding != nullptr) signal.vector = embedding->vector;
    return signal;
  };
}

void ProfileBuilder::play(const Draft& draft, const LoggedEvent& logged, EventFate fate) const {
  const Event& event = logged.event;
  if (fate == EventFate::kWithdrawn) {
    draft.shopper = ShopperFold(draft.shopper.base->subject);
    draft.fit = {};
    draft.where = {};
    draft.effects.clear();
  }
  if (fate != EventFate::kKept || event.type == EventType::kConsent) return;
  if (Whereabouts told = told_by(event); !told.empty()) draft.where = std::move(told);
  if (event.type == EventType::kQuiz && event.quiz->vetoes) apply_vetoes(draft.shopper, *event.quiz->vetoes);
  if (event.type == EventType::kQuiz && logged.position < draft.quiz_from)
    return;  // a later quiz replaces it
  if (teaches(event.type, Lesson::kSize)) ports_.sizing.fold(draft.fit, event);
  if (event.type == EventType::kQuiz) {
    // Understood when it was accepted; words that a later vocabulary dropped are passed over.
    if (auto preferences = understand_quiz(*event.quiz, ports_.catalog); preferences.ok())
      apply_quiz(draft.shopper, std::move(*preferences), resolver(), model());
  } else if (event.type == EventType::kVetoes) {
    apply_vetoes(draft.shopper, *event.vetoes);
  } else if (teaches(event.type, Lesson::kWardrobe) && event.owned) {
    if (event.type == EventType::kOwn)
      apply_owned_photo(
          draft.shopper,
          {std::make_shared<const OwnedGarment>(*event.owned), time_of(event, logged.received_at)}, model());
    else
      remove_owned_photo(draft.shopper, event.owned->id);
  } else if (event.type == EventType::kUndo) {
    play_undo(draft, hash64(event.undoes));
  } else if (teaches(event.type, Lesson::kSeen)) {
    play_shown(draft, logged);
  } else {
    play_feedback(draft, logged);
  }
}

void ProfileBuilder::play_undo(const Draft& draft, uint64_t event_hash) const {
  draft.undone = undo(draft.shopper, event_hash, resolver(), model());
  std::erase_if(draft.effects, [&](const Effect& effect) { return effect.event_hash == event_hash; });
  // Sizes have no undo, and what is older lies in the profile's evidence: only a build without it takes it
  // out.
  if (draft.undone.empty() || teaches(draft.undone.front().type, Lesson::kSize))
    draft.leave_out.insert(event_hash);
}

void ProfileBuilder::play_shown(const Draft& draft, const LoggedEvent& logged) const {
  const TimePoint at = time_of(logged.event, logged.received_at);
  std::vector<StoredSignal> shown;
  for (const auto& item : logged.event.items)
    if (const Slot slot = ports_.catalog.slot_ever(item.garment_id, item.colour); slot != kNoSlot)
      shown.push_back({.type = logged.event.type, .slot = slot, .at = at});
  if (!shown.empty()) apply(draft.shopper, shown, resolver(), model());
}

void ProfileBuilder::play_feedback(const Draft& draft, const LoggedEvent& logged) const {
  const Event& event = logged.event;
  const TimePoint at = time_of(event, logged.received_at);
  const auto hear = [&](std::string_view garment_id) {
    const Slot slot = acted_slot(event, garment_id, *draft.shopper.current);
    const StoredSignal signal = signal_of(event, slot, at);
    apply(draft.shopper, {&signal, 1}, resolver(), model());
    if (signal.slot != kNoSlot && signal.weight != 0)
      draft.effects.push_back({signal.event_hash, signal.slot, signal.weight, at});
  };
  if (!event.garment_id.empty()) hear(event.garment_id);
  for (const auto& garment_id : event.garment_ids) hear(garment_id);
}

}  // namespace modiste
