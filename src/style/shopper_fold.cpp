#include "style/shopper_fold.h"

#include <algorithm>

namespace modiste {

ShopperFold::ShopperFold(uint32_t subject) {
  base.subject = subject;
  current = std::make_shared<ShopperState>(base);
}

void apply(ShopperFold& shopper, const StoredSignal& signal, const SignalResolver& resolve,
           const StyleModel& model) {
  auto next = std::make_shared<ShopperState>(*shopper.current);
  fold(*next, resolve(signal), model);
  shopper.recent.push_back(signal);
  if (shopper.recent.size() > model.options().undo_window) {
    fold(shopper.base, resolve(shopper.recent.front()), model);
    shopper.recent.erase(shopper.recent.begin());
  }
  shopper.current = std::move(next);
}

void apply_quiz(ShopperFold& shopper, StatedPreferences preferences, const SignalResolver& resolve,
                const StyleModel& model) {
  for (const StoredSignal& signal : shopper.recent) fold(shopper.base, resolve(signal), model);
  shopper.recent.clear();
  fold_quiz(shopper.base, std::move(preferences), model);
  shopper.current = std::make_shared<ShopperState>(shopper.base);
}

void apply_vetoes(ShopperFold& shopper, const Vetoes& vetoes) {
  fold_vetoes(shopper.base, vetoes);
  auto next = std::make_shared<ShopperState>(*shopper.current);
  fold_vetoes(*next, vetoes);
  shopper.current = std::move(next);
}

std::optional<StoredSignal> undo(ShopperFold& shopper, uint64_t event_hash, const SignalResolver& resolve,
                                 const StyleModel& model) {
  const auto undone =
      std::find_if(shopper.recent.rbegin(), shopper.recent.rend(),
                   [&](const StoredSignal& signal) { return signal.event_hash == event_hash; });
  if (undone == shopper.recent.rend()) return std::nullopt;
  const StoredSignal signal = *undone;
  shopper.recent.erase(std::next(undone).base());
  auto next = std::make_shared<ShopperState>(shopper.base);
  for (const StoredSignal& left : shopper.recent) fold(*next, resolve(left), model);
  shopper.current = std::move(next);
  return signal;
}

}  // namespace modiste
