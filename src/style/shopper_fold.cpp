#include "style/shopper_fold.h"

#include <algorithm>
#include <functional>

namespace modiste {

namespace {

bool is_shown(const StoredSignal& signal) { return signal.type == EventType::kImpression; }

// How many of the earliest signals an undo need not reach any more.
size_t settled_signals(const std::vector<StoredSignal>& recent, const StyleOptions& options) {
  constexpr size_t kShownMax = 256;
  size_t acts = static_cast<size_t>(std::count_if(recent.begin(), recent.end(), std::not_fn(is_shown)));
  size_t shown = recent.size() - acts, settled = 0;
  while (acts > options.undo_window || shown > kShownMax) --(is_shown(recent[settled++]) ? shown : acts);
  return settled;
}

}  // namespace

ShopperFold::ShopperFold(uint32_t subject) : base(std::make_shared<ShopperState>()) {
  base->subject = subject;
  current = base;
}

// A copy of the fold is made by whoever also keeps others from changing this one, so that the count can only
// fall meanwhile: at worst it is copied needlessly.
ShopperState& ShopperFold::own_base() {
  if (base.use_count() > 1) base = std::make_shared<ShopperState>(*base);
  return *base;
}

void apply(ShopperFold& shopper, std::span<const StoredSignal> signals, const SignalResolver& resolve,
           const StyleModel& model) {
  auto next = std::make_shared<ShopperState>(*shopper.current);
  for (const StoredSignal& signal : signals) fold(*next, resolve(signal), model);
  shopper.recent.insert(shopper.recent.end(), signals.begin(), signals.end());
  const size_t settled = settled_signals(shopper.recent, model.options());
  if (settled > 0) {
    ShopperState& base = shopper.own_base();
    for (size_t i = 0; i < settled; ++i) fold(base, resolve(shopper.recent[i]), model);
  }
  shopper.recent.erase(shopper.recent.begin(), shopper.recent.begin() + static_cast<std::ptrdiff_t>(settled));
  shopper.current = std::move(next);
}

void apply_quiz(ShopperFold& shopper, StatedPreferences preferences, const SignalResolver& resolve,
                const StyleModel& model) {
  ShopperState& base = shopper.own_base();
  for (const StoredSignal& signal : shopper.recent) fold(base, resolve(signal), model);
  shopper.recent.clear();
  fold_quiz(base, std::move(preferences), model);
  shopper.current = shopper.base;
}

namespace {

// What does not depend on the signals: of the state before them and of the one after.
template <class Change>
void change_both(ShopperFold& shopper, const Change& change) {
  change(shopper.own_base());
  auto next = std::make_shared<ShopperState>(*shopper.current);
  change(*next);
  shopper.current = std::move(next);
}

}  // namespace

void apply_vetoes(ShopperFold& shopper, const Vetoes& vetoes) {
  change_both(shopper, [&](ShopperState& state) { fold_vetoes(state, vetoes); });
}

void apply_owned_photo(ShopperFold& shopper, const OwnedPhoto& owned, const StyleModel& model) {
  change_both(shopper, [&](ShopperState& state) { fold_owned_photo(state, owned, model); });
}

void remove_owned_photo(ShopperFold& shopper, std::string_view id) {
  change_both(shopper, [&](ShopperState& state) { forget_owned_photo(state, id); });
}

std::vector<StoredSignal> undo(ShopperFold& shopper, uint64_t event_hash, const SignalResolver& resolve,
                               const StyleModel& model) {
  const auto left_out =
      std::stable_partition(shopper.recent.begin(), shopper.recent.end(),
                            [&](const StoredSignal& signal) { return signal.event_hash != event_hash; });
  std::vector<StoredSignal> undone(left_out, shopper.recent.end());
  if (undone.empty()) return undone;
  shopper.recent.erase(left_out, shopper.recent.end());
  auto next = std::make_shared<ShopperState>(*shopper.base);
  for (const StoredSignal& left : shopper.recent) fold(*next, resolve(left), model);
  shopper.current = std::move(next);
  return undone;
}

}  // namespace modiste
