// The event types of the taxonomy: one row each says everything that is particular to a type. Validation, the
// JSON Schema, taste weights, the traffic filter and the profiles read the rows; docs/recipes/event-type.md
// says how to add one.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "base/json.h"

namespace modiste {

enum class EventType : uint8_t {
  kImpression,
  kPageView,
  kProductView,
  kOutfitView,
  kSearch,
  kFilter,
  kClick,
  kLike,
  kPass,
  kUndo,
  kSave,
  kUnsave,
  kAddToCart,
  kRemoveFromCart,
  kOutfitComplete,
  kPurchase,
  kReturn,
  kReview,
  kQuiz,
  kVetoes,  // what the shopper never wants to be shown
  kBody,    // what the shopper says of their body; replaces what they said before
  kOwn,     // a garment that the shopper has: of the shop, or one the shop never sold
  kDisown,  // has no longer
  kIdentify,
  kConsent,
  kServed,  // what a request was answered with, and the features it was ranked by
  kUnlink,  // an operator splits what a link had merged
  kRelink,  // and joins it again
  kErase
};

// The members that an event type may need or have of its own. Every other member may be on every type.
enum class EventMember : uint8_t {
  kGarmentId,
  kGarmentIds,
  kItems,
  kPage,
  kFilters,
  kReason,
  kQuiz,
  kVetoes,
  kBody,
  kOwned,
  kConsent,
  kRating,
  kFit,
  kQuery,
  kUndoes,
  kSubjects,
  kLink,
  kDegraded
};

// What an event of the type changes in a profile.
enum class Lesson : uint8_t {
  kTaste,        // each garment of the event is a signal of taste, by taste_weight()
  kSeen,         // its garments were shown: one that is left counts a little against itself
  kPreferences,  // states preferences
  kSize,         // says which sizes fit
  kRetraction,   // undoes an earlier signal
  kWardrobe,     // says what the shopper has
  kConsent       // allows or forbids learning
};

// A set of values of an enum: one bit each.
template <class Enum>
class EnumSet {
 public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<Enum> values) {
    for (const Enum value : values) insert(value);
  }
  static constexpr EnumSet all() {
    EnumSet set;
    set.bits_ = ~uint32_t{0};
    return set;
  }
  constexpr void insert(Enum value) { bits_ |= bit(value); }
  [[nodiscard]] constexpr bool contains(Enum value) const { return (bits_ & bit(value)) != 0; }

 private:
  static constexpr uint32_t bit(Enum value) { return uint32_t{1} << static_cast<unsigned>(value); }
  uint32_t bits_ = 0;
};

struct Event;

// Shares of the row's weight that an event has: a view by its length, a return by its reason, a review by its
// rating.
[[nodiscard]] double view_share(const Event& event);
[[nodiscard]] double return_share(const Event& event);
[[nodiscard]] double review_share(const Event& event);

struct EventTypeRow {
  EventType type{};
  std::string_view name;
  double weight = 0;                        // as a signal of taste, in [-1, 1]; 0: none
  double (*share)(const Event&) = nullptr;  // of the weight; null: all of it
  EnumSet<Lesson> teaches = {};
  bool is_deliberate = true;  // done on purpose: a sign that a visit is a person's
  // What was paid or sent back, and what the shopper says of themselves: it counts whatever the visit looks
  // like.
  bool counts_always = false;
  bool is_internal = false;  // a fact that the shop itself adds to the log; refused from outside
  EnumSet<EventMember> needs = {};
  EnumSet<EventMember> may_have = {};  // beside what it needs
};

namespace event_rows {

using T = EventType;
using M = EventMember;
using L = Lesson;

inline constexpr auto kRows = std::to_array<EventTypeRow>(
    {{.type = T::kImpression,
      .name = "impression",
      .teaches = {L::kSeen},
      .is_deliberate = false,
      .needs = {M::kItems}},
     {.type = T::kPageView, .name = "page_view", .is_deliberate = false, .needs = {M::kPage}},
     {.type = T::kProductView,
      .name = "product_view",
      .weight = 0.3,
      .share = view_share,
      .teaches = {L::kTaste},
      .is_deliberate = false,
      .needs = {M::kGarmentId}},
     {.type = T::kOutfitView,
      .name = "outfit_view",
      .weight = 0.3,
      .share = view_share,
      .teaches = {L::kTaste},
      .is_deliberate = false,
      .needs = {M::kGarmentIds}},
     {.type = T::kSearch, .name = "search", .needs = {M::kQuery}, .may_have = {M::kItems, M::kFilters}},
     {.type = T::kFilter, .name = "filter", .needs = {M::kFilters}},
     {.type = T::kClick,
      .name = "click",
      .weight = 0.25,
      .teaches = {L::kTaste},
      .is_deliberate = false,
      .needs = {M::kGarmentId}},
     {.type = T::kLike, .name = "like", .weight = 0.6, .teaches = {L::kTaste}, .needs = {M::kGarmentId}},
     {.type = T::kPass, .name = "pass", .weight = -0.4, .teaches = {L::kTaste}, .needs = {M::kGarmentId}},
     {.type = T::kUndo, .name = "undo", .teaches = {L::kRetraction}, .needs = {M::kUndoes}},
     {.type = T::kSave, .name = "save", .weight = 0.8, .teaches = {L::kTaste}, .needs = {M::kGarmentId}},
     {.type = T::kUnsave, .name = "unsave", .weight = -0.3, .teaches = {L::kTaste}, .needs = {M::kGarmentId}},
     {.type = T::kAddToCart,
      .name = "add_to_cart",
      .weight = 0.7,
      .teaches = {L::kTaste},
      .needs = {M::kGarmentId}},
     {.type = T::kRemoveFromCart,
      .name = "remove_from_cart",
      .weight = -0.3,
      .teaches = {L::kTaste},
      .needs = {M::kGarmentId}},
     {.type = T::kOutfitComplete,
      .name = "outfit_complete",
      .weight = 0.9,
      .teaches = {L::kTaste},
      .needs = {M::kGarmentIds}},
     {.type = T::kPurchase,
      .name = "purchase",
      .weight = 1,
      .teaches = {L::kTaste, L::kSize},
      .counts_always = true,
      .needs = {M::kGarmentId},
      .may_have = {M::kBody, M::kFit}},
     {.type = T::kReturn,
      .name = "return",
      .weight = -0.6,
      .share = return_share,
      .teaches = {L::kTaste, L::kSize},
      .counts_always = true,
      .may_have = {M::kReason, M::kFit}},
     {.type = T::kReview,
      .name = "review",
      .weight = 0.3,
      .share = review_share,
      .teaches = {L::kTaste, L::kSize},
      .needs = {M::kGarmentId},
      .may_have = {M::kBody, M::kRating, M::kFit}},
     {.type = T::kQuiz,
      .name = "quiz",
      .teaches = {L::kPreferences, L::kSize},
      .counts_always = true,
      .needs = {M::kQuiz},
      .may_have = {M::kBody}},
     {.type = T::kVetoes,
      .name = "vetoes",
      .teaches = {L::kPreferences},
      .counts_always = true,
      .needs = {M::kVetoes}},
     {.type = T::kBody, .name = "body", .teaches = {L::kSize}, .counts_always = true, .needs = {M::kBody}},
     {.type = T::kOwn,
      .name = "own",
      .teaches = {L::kWardrobe},
      .counts_always = true,
      .may_have = {M::kOwned}},
     {.type = T::kDisown,
      .name = "disown",
      .teaches = {L::kWardrobe},
      .counts_always = true,
      .may_have = {M::kOwned}},
     {.type = T::kIdentify, .name = "identify", .is_deliberate = false},
     {.type = T::kConsent,
      .name = "consent",
      .teaches = {L::kConsent},
      .counts_always = true,
      .needs = {M::kConsent}},
     {.type = T::kServed,
      .name = "served",
      .is_deliberate = false,
      .is_internal = true,
      .may_have = {M::kItems, M::kDegraded, M::kQuery, M::kGarmentId}},
     {.type = T::kUnlink, .name = "unlink", .is_internal = true, .may_have = {M::kLink}},
     {.type = T::kRelink, .name = "relink", .is_internal = true, .may_have = {M::kLink}},
     {.type = T::kErase, .name = "erase", .is_internal = true, .may_have = {M::kSubjects}}});

}  // namespace event_rows

// In the order of EventType.
inline constexpr auto& kEventTypes = event_rows::kRows;

static_assert(
    [] {
      for (size_t i = 0; i < kEventTypes.size(); ++i)
        if (static_cast<size_t>(kEventTypes[i].type) != i) return false;
      return kEventTypes.size() == static_cast<size_t>(EventType::kErase) + 1;
    }(),
    "every event type has its row, in the order of the enum");

[[nodiscard]] constexpr const EventTypeRow& row_of(EventType type) {
  return kEventTypes[static_cast<size_t>(type)];
}
[[nodiscard]] constexpr bool is_internal(EventType type) { return row_of(type).is_internal; }
[[nodiscard]] constexpr bool teaches(EventType type, Lesson lesson) {
  return row_of(type).teaches.contains(lesson);
}

template <>
struct EnumNames<EventType> {
  static constexpr auto kNames = [] {
    std::array<std::string_view, kEventTypes.size()> names;
    for (size_t i = 0; i < names.size(); ++i) names[i] = kEventTypes[i].name;
    return names;
  }();
};

}  // namespace modiste
