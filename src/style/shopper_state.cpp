#include "style/shopper_state.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

template <class T, class Same>
void remember(std::vector<T>& list, const T& latest, size_t max, const Same& same) {
  std::erase_if(list, same);
  list.push_back(latest);
  if (list.size() > max) list.erase(list.begin());
}

void remember_choice(ShopperState& state, const Signal& signal, size_t max) {
  if (signal.weight <= 0) return;
  remember(state.choices, Choice{signal.slot, kSessionMode}, max,
           [&](const Choice& other) { return other.slot == signal.slot; });
}

bool says_liking(EventType type) { return type == EventType::kLike || type == EventType::kSave; }

void remember_liked(ShopperState& state, const Signal& signal, size_t max) {
  const auto same = [&](const Liked& other) { return other.slot == signal.slot; };
  const auto known = std::find_if(state.liked.begin(), state.liked.end(), same);
  const auto how = known == state.liked.end() ? std::nullopt : std::optional(known->how);
  const auto after = liked_after(how, signal.type);
  if (!after)
    std::erase_if(state.liked, same);
  else if (liked_after(std::nullopt, signal.type))  // said again, it is the latest
    remember(state.liked, Liked{signal.slot, *after, signal.at}, max, same);
}

bool before(const PassRecord& record, Slot slot) { return record.slot < slot; }

void remember_pass(ShopperState& state, const Signal& signal, const StyleOptions& options) {
  const Slot slot = signal.slot;
  state.recent_passes.push_back(slot);
  if (state.recent_passes.size() > options.recent_passes)
    state.recent_passes.erase(state.recent_passes.begin());
  auto place = std::lower_bound(state.passed.begin(), state.passed.end(), slot, before);
  if (place == state.passed.end() || place->slot != slot)
    place = state.passed.insert(place, PassRecord{.slot = slot});
  ++place->count;
  place->at_signal = state.signals;
  place->at = std::max(place->at, signal.at);
  if (state.passed.size() <= options.passed_max) return;
  state.passed.erase(
      std::min_element(state.passed.begin(), state.passed.end(),
                       [](const auto& a, const auto& b) { return a.at_signal < b.at_signal; }));
}

template <class List>
bool has_slot(const List& list, Slot slot) {
  return std::any_of(list.begin(), list.end(), [=](const auto& one) { return one.slot == slot; });
}

void send_back(ShopperState& state, const Signal& signal) {
  const auto same = [&](const auto& one) { return one.slot == signal.slot; };
  const auto owned = std::find_if(state.owned.begin(), state.owned.end(), same);
  if (owned != state.owned.end() && (owned->pieces -= signal.pieces) <= 0) state.owned.erase(owned);
  // One of two sizes may have been kept.
  if (signal.wrong_size && !has_slot(state.owned, signal.slot)) std::erase_if(state.purchased, same);
}

// What enters and leaves the wardrobe says nothing of taste by itself.
void count_owned(ShopperState& state, const Signal& signal, const StyleOptions& options) {
  if (signal.slot == kNoSlot) return;
  const auto same = [&](const OwnedItem& other) { return other.slot == signal.slot; };
  if (signal.type == EventType::kReturn) return send_back(state, signal);
  if (signal.type == EventType::kDisown) std::erase_if(state.owned, same);
  if (signal.type != EventType::kPurchase && signal.type != EventType::kOwn) return;
  const auto known = std::find_if(state.owned.begin(), state.owned.end(), same);
  int pieces = known == state.owned.end() ? 0 : known->pieces;
  pieces = signal.type == EventType::kPurchase ? pieces + signal.pieces : std::max(pieces, 1);
  remember(state.owned, OwnedItem{signal.slot, signal.type, signal.at, pieces}, options.owned_max, same);
}

void count(ShopperState& state, const Signal& signal, const StyleOptions& options) {
  remember_choice(state, signal, options.choices_max);
  remember_liked(state, signal, options.liked_max);
  switch (signal.type) {
    case EventType::kLike:
      ++state.likes;
      break;
    case EventType::kSave:
      ++state.saves;
      break;
    case EventType::kPurchase:
      ++state.purchases;
      remember(state.purchased, Bought{signal.slot, signal.at}, options.liked_max,
               [&](const Bought& other) { return other.slot == signal.slot; });
      break;
    case EventType::kPass:
      ++state.passes;
      remember_pass(state, signal, options);
      break;
    default:
      break;
  }
}

void note_history(ShopperState& state, const StyleModel& model) {
  const StyleOptions& options = model.options();
  if (state.signals % static_cast<int>(options.history_every) != 0) return;
  std::vector<std::pair<TermId, float>> affinities(model.term_count());
  for (size_t term = 0; term < affinities.size(); ++term) affinities[term].first = static_cast<TermId>(term);
  for (const TasteShare& share : present_taste(state.style, state.session, model))
    for (const Evidence& evidence : share.taste.terms)
      affinities[evidence.key].second += share.share * share.taste.affinity(evidence, options);
  std::erase_if(affinities, [](const auto& one) { return one.second == 0; });
  HistoryPoint point{.signals = state.signals};
  point.count = static_cast<uint32_t>(std::min(affinities.size(), HistoryPoint::kShown));
  std::partial_sort_copy(
      affinities.begin(), affinities.end(), point.affinities.begin(),
      point.affinities.begin() + static_cast<std::ptrdiff_t>(point.count), [](const auto& a, const auto& b) {
        return std::pair(-std::abs(a.second), a.first) < std::pair(-std::abs(b.second), b.first);
      });
  state.history.push_back(point);
  if (state.history.size() <= options.history_max) return;
  size_t kept = 0;
  for (size_t i = 0; i < state.history.size(); i += 2) state.history[kept++] = state.history[i];
  state.history.resize(kept);
}

bool before_item(const MetItem& item, Slot slot) { return item.slot < slot; }

void forget_old_pages(Session& session, TimePoint now, const StyleOptions& options) {
  if (!session.running() && now > session.shown_at + options.session_idle) session = {};
}

// Who has it already does not turn it down. What was only liked counts as left all the same: it is what tells
// that a taste has changed.
bool is_theirs(const ShopperState& state, Slot slot) {
  return has_slot(state.purchased, slot) || has_slot(state.owned, slot);
}

void show(ShopperState& state, const Signal& shown, const StyleModel& model) {
  if (state.signals == 0 && !state.preferences.answered) return;
  settle(state, shown.at, model);
  forget_old_pages(state.session, shown.at, model.options());
  Session& session = state.session;
  session.shown_at = std::max(session.shown_at, shown.at);
  const auto place = std::lower_bound(session.met.begin(), session.met.end(), shown.slot, before_item);
  const bool known =
      (place != session.met.end() && place->slot == shown.slot) || is_theirs(state, shown.slot);
  if (known || shown.facts == nullptr || session.met.size() >= model.options().seen_max) return;
  session.met.insert(place, {shown.slot, true});
  learn_left(session.left, *shown.facts, shown.vector, model.options().left_weight);
}

// What the shopper acts on is not left.
void take_up(Session& session, const Signal& signal, const StyleOptions& options) {
  const auto place = std::lower_bound(session.met.begin(), session.met.end(), signal.slot, before_item);
  if (place == session.met.end() || place->slot != signal.slot) {
    if (session.met.size() < options.seen_max) session.met.insert(place, {signal.slot, false});
  } else if (place->left) {
    place->left = false;
    learn_left(session.left, *signal.facts, signal.vector, -options.left_weight);
  }
}

// Opens a session if none is active, and closes one that has been idle for too long.
void hear(ShopperState& state, TimePoint at, const StyleModel& model) {
  settle(state, at, model);
  forget_old_pages(state.session, at, model.options());
  Session& session = state.session;
  if (!session.running()) session.started_at = session.heard_at = at;
  session.heard_at = std::max(session.heard_at, at);
  ++session.signals;
}

}  // namespace

std::optional<EventType> liked_after(std::optional<EventType> before, EventType event) {
  switch (event) {
    case EventType::kLike:
    case EventType::kSave:
      return event;
    case EventType::kAddToCart:
    case EventType::kPurchase:
      return before && says_liking(*before) ? before : event;
    case EventType::kPass:
    case EventType::kUnsave:
      return std::nullopt;
    case EventType::kReturn:
      return before == EventType::kPurchase ? std::nullopt : before;
    case EventType::kRemoveFromCart:
      return before == EventType::kAddToCart ? std::nullopt : before;
    default:
      return before;
  }
}

const PassRecord* ShopperState::pass_of(Slot slot) const {
  const auto place = std::lower_bound(passed.begin(), passed.end(), slot, before);
  return place != passed.end() && place->slot == slot ? &*place : nullptr;
}

std::vector<const PassRecord*> ShopperState::latest_passes(size_t most) const {
  std::vector<const PassRecord*> latest;
  for (const PassRecord& pass : passed) latest.push_back(&pass);
  const size_t count = std::min(most, latest.size());
  std::partial_sort(latest.begin(), latest.begin() + static_cast<std::ptrdiff_t>(count), latest.end(),
                    [](const PassRecord* a, const PassRecord* b) { return a->at_signal > b->at_signal; });
  latest.resize(count);
  return latest;
}

void fold(ShopperState& state, const Signal& signal, const StyleModel& model) {
  if (signal.type == EventType::kImpression) return show(state, signal, model);
  count_owned(state, signal, model.options());
  if (signal.weight == 0 && signal.type != EventType::kUnsave) return;
  ++state.signals;
  hear(state, signal.at, model);
  if (signal.slot != kNoSlot) count(state, signal, model.options());
  if (signal.facts == nullptr) return;
  take_up(state.session, signal, model.options());
  if (says_liking(signal.type)) ++state.session.likes;
  learn(state.session.taste, {*signal.facts, signal.vector, signal.weight, signal.price_paid, signal.reduced},
        model.options());
  note_history(state, model);
}

void fold_quiz(ShopperState& state, StatedPreferences preferences, const StyleModel& model) {
  Taste& taste = leading_mode(state.style).taste;
  for (const TermId term : preferences.terms)
    evidence_of(taste.terms, term).positive += model.options().quiz_evidence;
  for (const BrandId brand : preferences.brands)
    evidence_of(taste.brands, brand).positive += model.options().quiz_evidence;
  preferences.vetoes = std::move(state.preferences.vetoes);
  preferences.answered = true;
  state.preferences = std::move(preferences);
}

void fold_vetoes(ShopperState& state, Vetoes vetoes) { state.preferences.vetoes = std::move(vetoes); }

void fold_owned_photo(ShopperState& state, OwnedPhoto owned, const StyleModel& model) {
  const std::string& id = owned.garment->id;
  remember(state.owned_photos, owned, model.options().owned_photos_max,
           [&](const OwnedPhoto& other) { return other.garment->id == id; });
}

void forget_owned_photo(ShopperState& state, std::string_view id) {
  std::erase_if(state.owned_photos, [&](const OwnedPhoto& one) { return one.garment->id == id; });
}

bool session_is_over(const ShopperState& state, TimePoint now, const StyleModel& model) {
  return state.session.running() && now > state.session.heard_at + model.options().session_idle;
}

void settle(ShopperState& state, TimePoint now, const StyleModel& model) {
  if (session_is_over(state, now, model)) close_session(state, model);
  if (!state.session.running()) fade_to(state.style, now, model.options());
}

bool is_settled(const ShopperState& state, TimePoint now, const StyleModel& model) {
  if (state.session.running()) return !session_is_over(state, now, model);
  return state.style.modes.empty() || now - state.style.faded_at < model.options().fade_step;
}

void close_session(ShopperState& state, const StyleModel& model) {
  if (!state.session.running()) return;
  const Merged merged = merge(state.style, state.session, model);
  for (Choice& choice : state.choices) {
    if (choice.mode == kSessionMode) choice.mode = merged.mode;
    if (merged.replaced_by != 0 && choice.mode == merged.replaced) choice.mode = merged.replaced_by;
  }
  state.session = {};
}

}  // namespace modiste
