// The event taxonomy, version 1: what shoppers do, as facts that never change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"

namespace modiste {

enum class EventType : uint8_t {
  kImpression,
  kProductView,
  kClick,
  kLike,
  kPass,
  kUndo,
  kSave,
  kUnsave,
  kAddToCart,
  kRemoveFromCart,
  kPurchase,
  kReturn,
  kQuiz,
  kSearch,
  kErase
};

template <>
struct EnumNames<EventType> {
  static constexpr std::array<std::string_view, 15> kNames{
      "impression",  "product_view",     "click",    "like",   "pass", "undo",   "save", "unsave",
      "add_to_cart", "remove_from_cart", "purchase", "return", "quiz", "search", "erase"};
};

enum class ReturnReason : uint8_t { kTooSmall, kTooLarge, kNotAsDescribed, kDefective, kChangedMind, kStyle };

template <>
struct EnumNames<ReturnReason> {
  static constexpr std::array<std::string_view, 6> kNames{"too_small", "too_large",    "not_as_described",
                                                          "defective", "changed_mind", "style"};
};

// One shown item of an impression.
struct ShownItem {
  std::string garment_id;
  std::string colour;
  int position = 0;      // from 0
  float propensity = 1;  // probability that this item was shown at this place
};

// The six steps of the quiz; terms are vocabulary names.
struct QuizAnswers {
  std::vector<std::string> departments;
  std::vector<std::string> categories;
  std::vector<std::string> colours;
  std::vector<std::string> brands;
  std::vector<std::string> styles;   // aesthetics
  std::vector<std::string> sizes;    // as written: "M", "EU 38", "W32 L34"
  std::optional<double> budget_max;  // for one garment, in the shop's currency
};

struct Event {
  std::string event_id;  // the sender's, unique: a repeated one is acknowledged and changes nothing
  EventType type{};
  int schema_version = 1;
  std::string shopper_id;
  std::optional<TimePoint> occurred_at;  // the sender's clock; absent: when received
  std::string request_id;                // the answer it responds to
  std::string garment_id;
  std::string colour;  // empty: the garment's first
  std::string sku;
  std::optional<double> dwell_ms;
  std::optional<double> scroll_depth;  // 0 to 1
  std::optional<int> quantity;
  std::optional<double> price;
  std::optional<ReturnReason> reason;
  std::string query;
  std::vector<ShownItem> items;  // impressions
  std::optional<QuizAnswers> quiz;
  std::string undoes;  // event_id that an undo takes back
};

// Refuses by type: a like needs a garment, an impression items, a return a reason; times outside
// [received - 30 days, received + 5 minutes]. where: JSON pointer into the event.
Result<Done> validate(const Event& event, TimePoint received_at);

// Weight of an event as a signal of taste, in [-1, 1]; 0 for those that say nothing (domain.md "Signal
// weights").
[[nodiscard]] double taste_weight(const Event& event);

template <>
struct Contract<ShownItem> {
  static constexpr std::string_view kName = "ShownItem";
  static constexpr std::string_view kDoc = "An item as it was shown.";
  static constexpr auto kFields =
      std::tuple{field("garment_id", &ShownItem::garment_id,
                       {.doc = "The garment", .required = true, .length_max = 200}),
                 field("colour", &ShownItem::colour, {.doc = "The colour shown", .length_max = 100}),
                 field("position", &ShownItem::position,
                       {.doc = "Place in the answer, from 0", .min = 0, .max = 10'000}),
                 field("propensity", &ShownItem::propensity,
                       {.doc = "Probability with which it was shown there", .min = 0, .max = 1})};
};

template <>
struct Contract<QuizAnswers> {
  static constexpr std::string_view kName = "QuizAnswers";
  static constexpr std::string_view kDoc = "Answers to the six steps; each may be empty.";
  static constexpr auto kFields = std::tuple{
      field("departments", &QuizAnswers::departments,
            {.doc = "women, men, unisex, ...", .length_max = 60, .items_max = 10}),
      field("categories", &QuizAnswers::categories,
            {.doc = "Vocabulary names", .length_max = 60, .items_max = 50}),
      field("colours", &QuizAnswers::colours, {.doc = "Colour families", .length_max = 60, .items_max = 50}),
      field("brands", &QuizAnswers::brands,
            {.doc = "As shown to shoppers", .length_max = 200, .items_max = 50}),
      field("styles", &QuizAnswers::styles, {.doc = "Aesthetics", .length_max = 60, .items_max = 50}),
      field("sizes", &QuizAnswers::sizes,
            {.doc = "As the shopper says them", .length_max = 60, .items_max = 20}),
      field("budget_max", &QuizAnswers::budget_max,
            {.doc = "For one garment, in the shop's currency", .min = 0, .max = 1e7})};
};

template <>
struct Contract<Event> {
  static constexpr std::string_view kName = "Event";
  static constexpr std::string_view kDoc = "Something a shopper did.";
  static constexpr auto kFields = std::tuple{
      field("event_id", &Event::event_id,
            {.doc = "Unique; sending it twice is harmless", .required = true, .length_max = 100}),
      field("type", &Event::type, {.doc = "What happened", .required = true}),
      field("schema_version", &Event::schema_version, {.doc = "Of the taxonomy", .min = 1, .max = 1}),
      field("shopper_id", &Event::shopper_id, {.doc = "Who did it", .required = true, .length_max = 100}),
      field("occurred_at", &Event::occurred_at, {.doc = "When, by the sender's clock"}),
      field("request_id", &Event::request_id, {.doc = "The recommendation it answers to", .length_max = 100}),
      field("garment_id", &Event::garment_id, {.doc = "The garment it is about", .length_max = 200}),
      field("colour", &Event::colour, {.doc = "In which colour", .length_max = 100}),
      field("sku", &Event::sku, {.doc = "Which variant", .length_max = 200}),
      field("dwell_ms", &Event::dwell_ms, {.doc = "Time looked at it", .min = 0, .max = 86'400'000}),
      field("scroll_depth", &Event::scroll_depth, {.doc = "Share of the page seen", .min = 0, .max = 1}),
      field("quantity", &Event::quantity, {.doc = "Pieces", .min = 1, .max = 10'000}),
      field("price", &Event::price, {.doc = "Paid for one piece", .min = 0, .max = 1e7}),
      field("reason", &Event::reason, {.doc = "Of a return"}),
      field("query", &Event::query, {.doc = "Of a search", .length_max = 1'000}),
      field("items", &Event::items, {.doc = "Of an impression", .items_max = 500}),
      field("quiz", &Event::quiz, {.doc = "Of a quiz"}),
      field("undoes", &Event::undoes, {.doc = "The event an undo takes back", .length_max = 100})};
};

}  // namespace modiste
