// What is known of one shopper: a fold of the signals she gave, never reset.
//
// Her style and the session that runs (style.h), her wishes from the quiz, and a memory of items. Sessions
// close by event time, in the order of the log, and a shopper's clock never goes back: an event that comes
// late counts at the time of the latest one heard before it, so it belongs to the running session and never
// opens a closed one again. A session is closed by the next signal after it, or by a reader that looks later
// (settled()); both give the same state.
//
// Values are immutable once published: a fold makes a new one. About 2 to 12 KB each.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/item.h"
#include "events/event.h"
#include "style/style.h"

namespace modiste {

struct PassRecord {
  Slot slot = kNoSlot;
  int count = 0;
  int at_signal = 0;  // of the latest

  friend bool operator==(const PassRecord&, const PassRecord&) = default;
};

// An item she reacted to well, and what of her it belongs to.
struct Choice {
  Slot slot = kNoSlot;
  ModeId mode = kSessionMode;

  friend bool operator==(const Choice&, const Choice&) = default;
};

struct HistoryPoint {
  static constexpr size_t kShown = 12;
  int signals = 0;
  uint32_t count = 0;
  std::array<std::pair<TermId, float>, kShown> affinities{};  // the first `count`, strongest first

  friend bool operator==(const HistoryPoint&, const HistoryPoint&) = default;
};

// Quiz answers in the catalog's terms.
struct StatedPreferences {
  bool answered = false;
  std::vector<TermId> departments;
  std::vector<TermId> terms;  // categories, colours, styles
  std::vector<BrandId> brands;
  std::vector<std::string> sizes;  // as she said them
  SizeSet sizes_fitting;           // with their equivalents
  SizeSet sizes_comparable;        // every size of the kinds she named: outside it nothing is known
  std::optional<float> budget_max;

  friend bool operator==(const StatedPreferences&, const StatedPreferences&) = default;
};

struct ShopperState {
  uint32_t subject = UINT32_MAX;  // dense index, for the neighbours; the maximum is nobody's
  int signals = 0, likes = 0, passes = 0, saves = 0, purchases = 0;
  StatedPreferences preferences;
  Style style;
  Session session;
  std::vector<Slot> recent_passes;  // latest last
  std::vector<PassRecord> passed;   // by slot
  std::vector<Slot> liked;          // liked, saved or in the cart; latest last, unique
  std::vector<Slot> purchased;      // latest last, unique
  std::vector<Choice> choices;      // of positive weight; latest last, unique
  std::vector<HistoryPoint> history;

  // Null when she never passed it.
  [[nodiscard]] const PassRecord* pass_of(Slot slot) const;

  friend bool operator==(const ShopperState&, const ShopperState&) = default;
};

// One event as the style reads it.
struct Signal {
  EventType type{};
  uint64_t event_hash = 0;  // of the event id, for undo
  Slot slot = kNoSlot;
  float weight = 0;                  // taste_weight(event)
  const ItemFacts* facts = nullptr;  // null when the shop never had the garment: counted, not learned from
  std::span<const float> vector;     // empty when there is none
  TimePoint at{};                    // when it happened
  float price_paid = 0;              // for one piece; 0: not said
  bool reduced = false;              // the garment was below its list price
};

// Folds one signal into the state. Pure: the same state and signal give the same result. What says nothing of
// taste (weight 0) neither opens nor prolongs a session.
void fold(ShopperState& state, const Signal& signal, const StyleModel& model);
void fold_quiz(ShopperState& state, StatedPreferences preferences, const StyleModel& model);

// True when a reader at this time sees another state: the session is over.
[[nodiscard]] bool session_is_over(const ShopperState& state, TimePoint now, const StyleModel& model);
// Merges the session into the style, if one runs.
void close_session(ShopperState& state, const StyleModel& model);

}  // namespace modiste
