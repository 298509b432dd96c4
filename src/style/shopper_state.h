// What is known of one shopper: a fold of the shopper's signals, never reset.
//
// Holds the style and the current session (style.h), the stated preferences from the quiz, and a memory of
// items. Sessions close by event time, in log order, and a shopper's clock never runs backwards: a late event
// counts at the time of the latest event before it in the log, so it belongs to the current session and never
// reopens a closed one. A session is closed by the next signal after it, or by a reader at a later time
// (settled()); both give the same state.
//
// Values are immutable once published: a fold creates a new one. About 2 to 12 KB each.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
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
  int at_signal = 0;  // signal count at the latest pass
  TimePoint at{};     // of the latest

  friend bool operator==(const PassRecord&, const PassRecord&) = default;
};

// An item that the shopper reacted to positively, and the mode it belongs to.
struct Choice {
  Slot slot = kNoSlot;
  ModeId mode = kSessionMode;

  friend bool operator==(const Choice&, const Choice&) = default;
};

// An item that was bought, and when last.
struct Bought {
  Slot slot = kNoSlot;
  TimePoint at{};

  friend bool operator==(const Bought&, const Bought&) = default;
};

// An item that the shopper liked, saved, put into the cart or bought: how they said so most clearly (a like
// or save stays one when the item is bought), and when last. What was only bought leaves when it is sent back
// as not to their taste.
struct Liked {
  Slot slot = kNoSlot;
  EventType how = EventType::kLike;
  TimePoint at{};

  friend bool operator==(const Liked&, const Liked&) = default;
};

// An item of the shop that the shopper has: bought and not sent back, or said so; and since when.
struct OwnedItem {
  Slot slot = kNoSlot;
  EventType how = EventType::kOwn;  // or kPurchase
  TimePoint at{};
  int pieces = 1;  // bought and not sent back, in whatever sizes

  friend bool operator==(const OwnedItem&, const OwnedItem&) = default;
};

// A garment that the shopper has and the shop need not know. Immutable, shared by the copies of a state.
struct OwnedPhoto {
  std::shared_ptr<const OwnedGarment> garment;  // never null
  TimePoint at{};

  friend bool operator==(const OwnedPhoto& a, const OwnedPhoto& b) {
    return a.at == b.at && *a.garment == *b.garment;
  }
};

// How an item stands among the liked ones after an event, from how it stood before; empty: it does not. Of
// returns only those that say something of taste.
[[nodiscard]] std::optional<EventType> liked_after(std::optional<EventType> before, EventType event);

struct HistoryPoint {
  static constexpr size_t kShown = 12;
  int signals = 0;
  uint32_t count = 0;
  std::array<std::pair<TermId, float>, kShown> affinities{};  // the first `count`, strongest first

  friend bool operator==(const HistoryPoint&, const HistoryPoint&) = default;
};

// What the shopper stated: quiz answers in the catalog's terms, and vetoes.
struct StatedPreferences {
  bool answered = false;  // the quiz
  std::vector<TermId> departments;
  std::vector<TermId> terms;  // categories, colours, styles
  std::vector<BrandId> brands;
  std::vector<std::string> sizes;  // as the shopper wrote them
  SizeSet sizes_fitting;           // with their equivalents
  SizeSet sizes_comparable;        // every size of the kinds that the shopper named; other sizes are unknown
  std::optional<float> budget_max;
  std::optional<float> formality;  // 0 loungewear to 1 black tie
  Vetoes vetoes;                   // in their words: the shop may carry a vetoed brand later

  friend bool operator==(const StatedPreferences&, const StatedPreferences&) = default;
};

struct ShopperState {
  uint32_t subject = UINT32_MAX;  // dense index, for the neighbours; the maximum means none
  int signals = 0, likes = 0, passes = 0, saves = 0, purchases = 0;
  // Of the signals; 0 without any.
  [[nodiscard]] double share_of_passes() const {
    return signals > 0 ? static_cast<double>(passes) / static_cast<double>(signals) : 0;
  }
  StatedPreferences preferences;
  Style style;
  Session session;
  std::vector<Slot> recent_passes;       // latest last
  std::vector<PassRecord> passed;        // by slot
  std::vector<Liked> liked;              // latest last, one an item; what was passed since is not in it
  std::vector<Bought> purchased;         // latest last, one an item
  std::vector<OwnedItem> owned;          // latest last, one an item
  std::vector<OwnedPhoto> owned_photos;  // latest last, one an id
  std::vector<Choice> choices;           // with positive weight; latest last, unique
  std::vector<HistoryPoint> history;

  // Null if the shopper never passed it.
  [[nodiscard]] const PassRecord* pass_of(Slot slot) const;
  // At most `most`, the latest first.
  [[nodiscard]] std::vector<const PassRecord*> latest_passes(size_t most) const;

  friend bool operator==(const ShopperState&, const ShopperState&) = default;
};

// One event as input to the style.
struct Signal {
  EventType type{};
  uint64_t event_hash = 0;  // of the event id, for undo
  Slot slot = kNoSlot;
  float weight = 0;                  // taste_weight(event)
  const ItemFacts* facts = nullptr;  // null if the shop never had the garment: counted, but not learned from
  std::span<const float> vector;     // empty without one
  TimePoint at{};                    // when it happened
  float price_paid = 0;              // for one piece; 0: not said
  bool reduced = false;              // the garment was below its list price
  int pieces = 1;                    // bought or sent back
  bool wrong_size = false;           // the reason of a return
};

// Folds one signal into the state. An impression of an item is kept until the session ends: it counts if the
// item is left and another one is liked. It neither opens nor prolongs a session, and teaches nothing
// about a shopper without other signals. Pure: the same state and signal give the same result. A signal
// without information about taste (weight 0) neither opens nor prolongs a session. A purchase enters the
// wardrobe, a return takes its pieces out, whatever its reason. What is sent back in the wrong size counts as
// not bought: the shopper may want another size.
void fold(ShopperState& state, const Signal& signal, const StyleModel& model);
// For a shopper without quiz answers: a quiz that replaces another is folded into a state built without the
// other (serving/state/profile_builder.h). Vetoes stay as they are.
void fold_quiz(ShopperState& state, StatedPreferences preferences, const StyleModel& model);
// Replaces all vetoes.
void fold_vetoes(ShopperState& state, Vetoes vetoes);
// Adds a garment that the shop need not know, or replaces the one with its id.
void fold_owned_photo(ShopperState& state, OwnedPhoto owned, const StyleModel& model);
void forget_owned_photo(ShopperState& state, std::string_view id);

// True when a reader at this time sees another state, because the session is over.
[[nodiscard]] bool session_is_over(const ShopperState& state, TimePoint now, const StyleModel& model);
// The state as it is to be read at this time: a session that is over is merged into the style, and time has
// faded it.
void settle(ShopperState& state, TimePoint now, const StyleModel& model);
// Whether that changes anything.
[[nodiscard]] bool is_settled(const ShopperState& state, TimePoint now, const StyleModel& model);
// Merges the session into the style, if one is active.
void close_session(ShopperState& state, const StyleModel& model);

}  // namespace modiste
