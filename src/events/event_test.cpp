#include "events/event.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

using std::chrono::days;
using std::chrono::minutes;

const TimePoint kReceivedAt = parse_rfc3339("2026-11-21T09:30:00Z").value();

Event event_of(EventType type) {
  Event event;
  event.event_id = "e1";
  event.shopper_id = "ada";
  event.type = type;
  return event;
}

void fill(Event& event, EventMember member) {
  switch (member) {
    case EventMember::kGarmentId:
      event.garment_id = "g1";
      return;
    case EventMember::kGarmentIds:
      event.garment_ids = {"g1", "g2"};
      return;
    case EventMember::kItems:
      event.items = {{"g1", "Red", 0, 0.5f}};
      return;
    case EventMember::kPage:
      event.page = "/new";
      return;
    case EventMember::kFilters:
      event.filters = {{"colour", {"red"}}};
      return;
    case EventMember::kReason:
      event.reason = ReturnReason::kStyle;
      return;
    case EventMember::kQuiz:
      event.quiz = QuizAnswers{};
      return;
    case EventMember::kVetoes:
      event.vetoes = Vetoes{};
      return;
    case EventMember::kConsent:
      event.consent = ConsentChoice{.personalisation = false, .training = {}};
      return;
    case EventMember::kQuery:
      event.query = "jacket";
      return;
    case EventMember::kUndoes:
      event.undoes = "e0";
      return;
    case EventMember::kRating:
      event.rating = 5;
      return;
    case EventMember::kBody:
      event.body = BodyProfile{};
      event.body->height_cm = 170;
      return;
    default:
      FAIL() << "no type needs this member: " << static_cast<int>(member);
  }
}

// The least that each type needs.
Event whole_event(EventType type) {
  Event event = event_of(type);
  for (auto member = EventMember::kGarmentId; member <= EventMember::kDegraded;
       member = static_cast<EventMember>(static_cast<int>(member) + 1))
    if (row_of(type).needs.contains(member)) fill(event, member);
  if (type == EventType::kIdentify) event.device_id = "d1";
  if (type == EventType::kReview) fill(event, EventMember::kRating);
  for (const EventType of_a_garment : {EventType::kReturn, EventType::kOwn, EventType::kDisown})
    if (type == of_a_garment) fill(event, EventMember::kGarmentId);
  return event;
}

void expect_refused(const Event& event, const std::string& pointer) {
  const auto result = validate(event, kReceivedAt);
  ASSERT_FALSE(result.ok()) << name_of(event.type) << " should be refused at " << pointer;
  EXPECT_EQ(result.error().code, Code::kInvalid);
  EXPECT_EQ(result.error().where, pointer);
  EXPECT_FALSE(result.error().what.empty());
  EXPECT_FALSE(result.error().expected.empty());
}

TEST(ValidateEvent, EveryTypeHasAFormThatPasses) {
  for (const auto& row : kEventTypes) {
    const auto result = validate(whole_event(row.type), kReceivedAt);
    EXPECT_TRUE(result.ok()) << row.name << ": " << result.error().message();
  }
}

TEST(ValidateEvent, EveryTypeNeedsItsOwn) {
  const std::vector<std::pair<EventType, std::string>> expected{{EventType::kImpression, "/items"},
                                                                {EventType::kUndo, "/undoes"},
                                                                {EventType::kQuiz, "/quiz"},
                                                                {EventType::kSearch, "/query"},
                                                                {EventType::kPageView, "/page"},
                                                                {EventType::kFilter, "/filters"},
                                                                {EventType::kOutfitView, "/garment_ids"},
                                                                {EventType::kOutfitComplete, "/garment_ids"},
                                                                {EventType::kIdentify, "/shopper_id"},
                                                                {EventType::kConsent, "/consent"},
                                                                {EventType::kLike, "/garment_id"},
                                                                {EventType::kPurchase, "/garment_id"},
                                                                {EventType::kReturn, "/garment_id"},
                                                                {EventType::kBody, "/body"},
                                                                {EventType::kOwn, "/garment_id"},
                                                                {EventType::kDisown, "/garment_id"}};
  for (const auto& [type, pointer] : expected) expect_refused(event_of(type), pointer);
  Event of_an_order = event_of(EventType::kReturn);
  of_an_order.order_id = "o";
  EXPECT_TRUE(validate(of_an_order, kReceivedAt).ok()) << "its garments are the order's";
}

// A row that forgets its garment would teach nothing and say nothing.
TEST(EventTypes, WhatTeachesTasteNamesAGarmentAndWeighsSomething) {
  for (const auto& row : kEventTypes) {
    EXPECT_EQ(enum_from_name<EventType>(row.name), row.type);
    EXPECT_LE(std::abs(row.weight), 1) << row.name;
    if (row.share != nullptr) {
      EXPECT_NE(row.weight, 0) << row.name << " has a share of nothing";
    }
    if (!row.teaches.contains(Lesson::kTaste)) continue;
    EXPECT_NE(row.weight, 0) << row.name;
    EXPECT_TRUE(row.needs.contains(EventMember::kGarmentId) || row.needs.contains(EventMember::kGarmentIds) ||
                row.type == EventType::kReturn)
        << row.name;
  }
}

TEST(ValidateEvent, IdentifiersAreNeeded) {
  Event event = whole_event(EventType::kLike);
  event.event_id.clear();
  expect_refused(event, "/event_id");
  event = whole_event(EventType::kLike);
  event.shopper_id.clear();
  expect_refused(event, "/shopper_id");
  event.session_id = "s1";
  EXPECT_TRUE(validate(event, kReceivedAt).ok()) << "any identifier will do";
  event = whole_event(EventType::kLike);
  event.schema_version = 2;
  expect_refused(event, "/schema_version");
}

TEST(ValidateEvent, WhatBelongsElsewhereIsSaid) {
  Event event = whole_event(EventType::kLike);
  event.reason = ReturnReason::kStyle;
  expect_refused(event, "/reason");
  event = whole_event(EventType::kLike);
  event.quiz = QuizAnswers{};
  expect_refused(event, "/quiz");
  event = whole_event(EventType::kUnsave);
  event.undoes = "e0";
  expect_refused(event, "/undoes");
  event = whole_event(EventType::kClick);
  event.items = {{"g1", "", 0, 1}};
  expect_refused(event, "/items");
  event = whole_event(EventType::kSearch);
  event.items = {{"g1", "", 0, 1}};
  EXPECT_TRUE(validate(event, kReceivedAt).ok()) << "a search may tell its results";
}

TEST(ValidateEvent, TheStrongestIdentifierCarriesTheEvent) {
  Event event = event_of(EventType::kLike);
  event.device_id = "d1";
  event.session_id = "s1";
  EXPECT_EQ(primary_identifier(event), "ada");
  event.shopper_id.clear();
  EXPECT_EQ(primary_identifier(event), "s1") << "a visit says more than the device it was made on";
  EXPECT_EQ(identifier_count(event), 2u);
}

TEST(ValidateEvent, HistoryMayBeOldWhenItIsImported) {
  Event event = whole_event(EventType::kPurchase);
  event.occurred_at = kReceivedAt - days(365 * 10);
  expect_refused(event, "/occurred_at");
  EXPECT_TRUE(validate(event, kReceivedAt, Arrival::kImport).ok());
}

TEST(ValidateEvent, AnUndoTakesBackAnother) {
  Event event = whole_event(EventType::kUndo);
  event.undoes = event.event_id;
  expect_refused(event, "/undoes");
}

TEST(ValidateEvent, ShownItemsAreCheckedOneByOne) {
  Event event = whole_event(EventType::kImpression);
  event.items.push_back({"", "Red", 1, 0.5f});
  expect_refused(event, "/items/1/garment_id");
  for (const float propensity : {0.0f, -0.1f, 1.1f, std::numeric_limits<float>::quiet_NaN()}) {
    event.items[1] = {"g2", "Red", 1, propensity};
    expect_refused(event, "/items/1/propensity");
  }
}

TEST(ValidateEvent, TimesAreNearTheirReceipt) {
  Event event = whole_event(EventType::kLike);
  for (const auto at : {kReceivedAt, kReceivedAt - days(30), kReceivedAt + minutes(5)}) {
    event.occurred_at = at;
    EXPECT_TRUE(validate(event, kReceivedAt).ok()) << to_rfc3339(at);
  }
  for (const auto at :
       {kReceivedAt - days(30) - Micros(1), kReceivedAt + minutes(5) + Micros(1), TimePoint()}) {
    event.occurred_at = at;
    expect_refused(event, "/occurred_at");
  }
}

TEST(TasteWeight, IsAsTheDomainSays) {
  const std::vector<std::pair<EventType, double>> expected{
      {EventType::kPurchase, 1},    {EventType::kSave, 0.8},
      {EventType::kAddToCart, 0.7}, {EventType::kLike, 0.6},
      {EventType::kClick, 0.25},    {EventType::kPass, -0.4},
      {EventType::kUnsave, -0.3},   {EventType::kRemoveFromCart, -0.3},
      {EventType::kImpression, 0},  {EventType::kUndo, 0},
      {EventType::kQuiz, 0},        {EventType::kSearch, 0},
      {EventType::kErase, 0},       {EventType::kOutfitComplete, 0.9},
      {EventType::kReview, 0.6},    {EventType::kOutfitView, 0.075},
      {EventType::kConsent, 0},     {EventType::kIdentify, 0}};
  for (const auto& [type, weight] : expected)
    EXPECT_DOUBLE_EQ(taste_weight(whole_event(type)), weight) << name_of(type);
}

TEST(TasteWeight, AViewCountsByItsLength) {
  Event view = whole_event(EventType::kProductView);
  EXPECT_DOUBLE_EQ(taste_weight(view), 0.075) << "nobody knows how long: as of five seconds";
  // Below two seconds it was a glance.
  for (const auto& [dwell_ms, weight] :
       {std::pair(0.0, 0.0), std::pair(500.0, 0.0), std::pair(1'999.0, 0.0), std::pair(2'000.0, 0.03),
        std::pair(5'000.0, 0.075), std::pair(20'000.0, 0.3), std::pair(3.6e6, 0.3)}) {
    view.dwell_ms = dwell_ms;
    EXPECT_DOUBLE_EQ(taste_weight(view), weight) << dwell_ms;
  }
  view.dwell_ms = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(taste_weight(view), 0);
}

TEST(TasteWeight, OfReturnsOnlyTasteWeighs) {
  Event event = whole_event(EventType::kReturn);
  for (size_t i = 0; i < EnumNames<ReturnReason>::kNames.size(); ++i) {
    event.reason = static_cast<ReturnReason>(i);
    const double expected = *event.reason == ReturnReason::kStyle         ? -0.6
                            : *event.reason == ReturnReason::kChangedMind ? -0.3
                                                                          : 0;
    EXPECT_DOUBLE_EQ(taste_weight(event), expected) << name_of(*event.reason);
  }
}

}  // namespace
}  // namespace modiste
