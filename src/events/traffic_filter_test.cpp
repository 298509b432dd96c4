#include "events/traffic_filter.h"

#include <gtest/gtest.h>

#include <map>

namespace modiste {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const TimePoint kStart = parse_rfc3339("2026-11-21T09:30:00Z").value();

// Feeds events one by one and collects the marks of each, by number.
struct MarkedLog {
  TrafficFilter marker;
  std::map<uint64_t, TrafficMarks> marks;
  uint64_t next = 0;
  TimePoint now = kStart;
  std::vector<LateMark> late;

  uint64_t add(EventType type, std::string garment = "g1", std::optional<double> dwell_ms = {},
               std::string visitor = "v") {
    Event event;
    event.event_id = "e" + std::to_string(next);
    event.type = type;
    event.session_id = visitor;
    event.garment_id = std::move(garment);
    event.dwell_ms = dwell_ms;
    event.occurred_at = now;
    return add(event, visitor);
  }
  uint64_t add(const Event& event, const std::string& visitor = "v") {
    marks[next] |= marker.observe(visitor, event, LogPosition::of(next), now, late);
    collect();
    return next++;
  }
  void collect() {
    for (const auto& mark : late) marks[mark.position.number()] |= mark.marks;
    late.clear();
  }
  void end() {
    now += std::chrono::hours(1);
    marker.close_idle(now, late);
    collect();
  }
};

TEST(Noise, ARobotThatSaysSoIsMarkedWithItsWholeVisit) {
  MarkedLog log;
  const auto before = log.add(EventType::kPageView);
  Event event;
  event.event_id = "x";
  event.type = EventType::kPageView;
  event.session_id = "v";
  event.context = EventContext{};
  event.context->user_agent = "Mozilla/5.0 (compatible; SomeBot/2.1)";
  const auto said = log.add(event);
  log.now += seconds(30);
  const auto after = log.add(EventType::kLike);
  for (const auto number : {before, said, after}) EXPECT_EQ(log.marks[number], kMarkBot) << number;
  EXPECT_TRUE(log.marker.is_bot("v"));
  EXPECT_FALSE(log.marker.is_bot("w"));
}

TEST(Noise, APhoneIsNoRobotAndAPreviewIs) {
  const auto marks = [](const char* agent) {
    MarkedLog log;
    Event event;
    event.event_id = "x";
    event.type = EventType::kLike;
    event.garment_id = "g1";
    event.session_id = "v";
    event.context = EventContext{};
    event.context->user_agent = agent;
    return log.marks[log.add(event)];
  };
  EXPECT_EQ(marks("Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36"), 0);
  EXPECT_EQ(marks("Mozilla/5.0 (Linux; Android 9; CUBOT_X19; compatible; SomeBot/1)"), kMarkBot);
  EXPECT_EQ(marks("facebookexternalhit/1.1"), kMarkBot);
  EXPECT_EQ(marks("Mediapartners-Google"), kMarkBot);
}

TEST(Noise, SwipingFastIsNoRobotYetFiveASecondIs) {
  MarkedLog log;
  for (int i = 0; i < 300; ++i) {
    log.now += milliseconds(800);
    log.add(EventType::kPass, "g1", {}, "human");
  }
  for (int i = 0; i < 300; ++i) {
    log.now += milliseconds(200);
    log.add(EventType::kPass, "g1", {}, "robot");
  }
  EXPECT_FALSE(log.marker.is_bot("human"));
  EXPECT_TRUE(log.marker.is_bot("robot"));
}

TEST(Noise, WhoWasTakenForARobotIsHeardAgainAtTheNextVisit) {
  MarkedLog log;
  for (int i = 0; i < 300; ++i) {
    log.now += milliseconds(200);
    log.add(EventType::kPass);
  }
  EXPECT_TRUE(log.marker.is_bot("v"));
  log.now += std::chrono::hours(2);
  EXPECT_EQ(log.marks[log.add(EventType::kLike)], 0);
  EXPECT_FALSE(log.marker.is_bot("v"));
}

TEST(Noise, PagesThatNobodyReadsAreARobots) {
  MarkedLog log;
  for (int i = 0; i < 40; ++i) {
    log.now += seconds(5);
    log.add(EventType::kProductView, "g" + std::to_string(i), 20, "crawler");
    log.add(EventType::kProductView, "g" + std::to_string(i), i % 10 == 0 ? 3'000 : 100, "skimmer");
  }
  EXPECT_TRUE(log.marker.is_bot("crawler"));
  EXPECT_FALSE(log.marker.is_bot("skimmer"));
}

TEST(Noise, ViewsWithoutALengthAreReadForAsLongAsNothingFollows) {
  MarkedLog log;
  for (int i = 0; i < 40; ++i) {
    log.now += milliseconds(250);
    log.add(EventType::kProductView, "g" + std::to_string(i), {}, "crawler");
  }
  for (int i = 0; i < 40; ++i) {
    log.now += seconds(4);
    log.add(EventType::kProductView, "g" + std::to_string(i), {}, "shopper");
  }
  EXPECT_TRUE(log.marker.is_bot("crawler"));
  EXPECT_FALSE(log.marker.is_bot("shopper"));
}

TEST(Noise, WhereLengthsAreToldAViewWithoutOneWasLeftAtOnce) {
  MarkedLog log;
  for (int i = 0; i < 40; ++i) {
    log.now += seconds(4);
    log.add(EventType::kProductView, "g" + std::to_string(i), 8'000, "shopper");
    log.add(EventType::kProductView, "g" + std::to_string(i), 5'000, "another");
    log.add(EventType::kProductView, "g" + std::to_string(i), {}, "crawler");
  }
  EXPECT_TRUE(log.marker.is_bot("crawler"));
  EXPECT_FALSE(log.marker.is_bot("shopper"));
}

TEST(Noise, EventsWithoutTimesOfTheirOwnSayNothingOfSpeed) {
  MarkedLog log;
  Event event;
  event.type = EventType::kProductView;
  event.garment_id = "g";
  for (int i = 0; i < 200; ++i) {
    event.event_id = "of one body " + std::to_string(i);
    log.add(event, "body");
  }
  event.occurred_at = std::chrono::floor<std::chrono::days>(kStart);
  for (int i = 0; i < 200; ++i) {
    event.event_id = "of one day " + std::to_string(i);
    log.add(event, "days");
  }
  EXPECT_FALSE(log.marker.is_bot("body"));
  EXPECT_FALSE(log.marker.is_bot("days"));
}

TEST(Noise, WhatIsStatedOrPaidCountsWhateverTheVisitLooksLike) {
  MarkedLog log;
  const auto opt_out = log.add(EventType::kConsent, "");
  for (int i = 0; i < 300; ++i) {
    log.now += milliseconds(200);
    log.add(EventType::kPass);
  }
  EXPECT_TRUE(log.marker.is_bot("v"));
  EXPECT_EQ(log.marks[opt_out], 0) << "before the visit was marked";
  for (const EventType type : {EventType::kVetoes, EventType::kPurchase, EventType::kReturn})
    EXPECT_EQ(log.marks[log.add(type)], 0) << name_of(type);
  EXPECT_EQ(log.marks[log.add(EventType::kLike)], kMarkBot);
}

TEST(Noise, AClickUndoneAtOnceIsAccidental) {
  MarkedLog log;
  const auto slip = log.add(EventType::kClick);
  log.now += seconds(1);
  Event undo;
  undo.event_id = "u";
  undo.type = EventType::kUndo;
  undo.session_id = "v";
  undo.undoes = "e0";
  undo.occurred_at = log.now;
  log.add(undo);
  log.now += seconds(10);
  const auto meant = log.add(EventType::kClick, "g2");
  log.now += seconds(5);
  log.add(EventType::kProductView, "g2", 5'000);
  const auto left = log.add(EventType::kClick, "g3");
  log.now += seconds(1);
  log.add(EventType::kProductView, "g3", 900);
  EXPECT_EQ(log.marks[slip], kMarkAccidental);
  EXPECT_EQ(log.marks[meant], 0);
  EXPECT_EQ(log.marks[left], kMarkAccidental);
}

TEST(Noise, AVisitThatNobodyStayedForIsAbandoned) {
  MarkedLog log;
  const auto bounced = log.add(EventType::kImpression, "", {}, "bounce");
  const auto stayed = log.add(EventType::kImpression, "", {}, "stays");
  log.now += seconds(4);
  log.add(EventType::kLike, "g1", {}, "stays");
  const auto read = log.add(EventType::kPageView, "", {}, "reads");
  log.now += seconds(20);
  log.add(EventType::kPageView, "", {}, "reads");
  log.end();
  EXPECT_EQ(log.marks[bounced], kMarkAbandoned);
  EXPECT_EQ(log.marks[stayed], 0);
  EXPECT_EQ(log.marks[read], 0);
}

TEST(Noise, ImportedHistoryIsNotJudged) {
  MarkedLog log;
  Event event;
  event.type = EventType::kPurchase;
  event.shopper_id = "v";
  event.occurred_at = kStart - std::chrono::days(400);
  for (int i = 0; i < 500; ++i) log.add(event);
  EXPECT_FALSE(log.marker.is_bot("v"));
}

// A day's history is sent within a minute.
TEST(Noise, VisitsThatAreOverByTheTimeOfTheEventsAreNotKept) {
  MarkedLog log;
  const TimePoint received = log.now + std::chrono::hours(24);
  std::string saved;
  size_t largest = 0;
  for (int i = 0; i < 60'000; ++i) {
    Event event;
    event.event_id = "e";
    event.type = EventType::kLike;
    event.session_id = "v" + std::to_string(i);
    event.occurred_at = log.now + i * milliseconds(1'440);
    log.marker.observe(event.session_id, event, LogPosition::of(1), received, log.late);
    if (i % 10'000 != 9'999) continue;
    saved.clear();
    log.marker.save(saved);
    largest = std::max(largest, saved.size());
  }
  EXPECT_LT(largest, 16'384 * 120U) << "more than are open at the first look";
  TrafficFilter again;
  ASSERT_TRUE(again.load(saved).ok());
  std::string bytes;
  again.save(bytes);
  EXPECT_EQ(bytes, saved);
}

}  // namespace
}  // namespace modiste
