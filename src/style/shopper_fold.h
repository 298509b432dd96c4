// The fold of one shopper as a value: the state, and the last signals kept separately so that
// an undo is exact.
//
// Everything is pure: a signal's garment is looked up through the resolver, nothing else is read. Folding the
// same signals gives the same states, whether one by one as they arrive or all again after a merge of
// identities. `current` is immutable once set.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "style/shopper_state.h"

namespace modiste {

// A signal that can be folded again: its garment is looked up at the time of folding.
struct StoredSignal {
  EventType type{};
  uint64_t event_hash = 0;
  Slot slot = kNoSlot;
  float weight = 0;
  TimePoint at{};           // when it happened
  float price_paid = 0;     // for one piece; 0: not said
  bool reduced = false;     // the garment was below its list price
  int pieces = 1;           // bought or sent back
  bool wrong_size = false;  // the reason of a return
};

// Fills facts and vector of a signal. They must stay valid during the fold.
using SignalResolver = std::function<Signal(const StoredSignal&)>;

struct ShopperFold {
  explicit ShopperFold(uint32_t subject = UINT32_MAX);

  std::shared_ptr<ShopperState> base;  // before the signals in `recent`; never null. Copies share it
  std::vector<StoredSignal> recent;    // latest last, at most StyleOptions::undo_window beside impressions
  std::shared_ptr<const ShopperState> current;

  // The base, to be changed: a copy of its own where another fold or a reader shares it.
  ShopperState& own_base();
};

// Several at once cost one new state.
void apply(ShopperFold& shopper, std::span<const StoredSignal> signals, const SignalResolver& resolve,
           const StyleModel& model);
// Signals before this call can no longer be undone.
void apply_quiz(ShopperFold& shopper, StatedPreferences preferences, const SignalResolver& resolve,
                const StyleModel& model);
// Signals before these can still be undone.
void apply_vetoes(ShopperFold& shopper, const Vetoes& vetoes);
void apply_owned_photo(ShopperFold& shopper, const OwnedPhoto& owned, const StyleModel& model);
void remove_owned_photo(ShopperFold& shopper, std::string_view id);
// Undoes the signals of an event, which are among the recent: the result is as if they had never come,
// sessions included. Answers them; empty if they are not among the recent.
std::vector<StoredSignal> undo(ShopperFold& shopper, uint64_t event_hash, const SignalResolver& resolve,
                               const StyleModel& model);

}  // namespace modiste
