// For tests only: events by number, and logs read whole.
#pragma once

#include <gtest/gtest.h>

#include <charconv>
#include <string>
#include <vector>

#include "storage/event_log/append_limits.h"

namespace modiste {

inline const TimePoint kReceivedAt = parse_rfc3339("2026-11-21T09:30:00.123456Z").value();

inline std::string event_name(size_t number) { return "event-" + std::to_string(number); }

inline size_t event_number(std::string_view name) {
  size_t number = SIZE_MAX;
  name.remove_prefix(std::string_view("event-").size());
  std::from_chars(name.data(), name.data() + name.size(), number);
  return number;
}

inline Event some_event(size_t number) {
  Event event;
  event.event_id = event_name(number);
  event.type = EventType::kLike;
  event.shopper_id = "00112233445566778899aabbccddeeff";
  event.garment_id = "garment-" + std::to_string(number % 50);
  return event;
}

inline std::vector<Event> some_events(size_t first, size_t count) {
  std::vector<Event> events;
  for (size_t i = 0; i < count; ++i) events.push_back(some_event(first + i));
  return events;
}

// Every member set, with the characters that framing and JSON could trip over.
inline Event full_event() {
  Event event = some_event(1);
  event.type = EventType::kReturn;
  event.occurred_at = kReceivedAt - std::chrono::hours(3);
  event.request_id = "r-1";
  event.colour = "Grün \"fluo\"\n\\ \t MBLK";
  event.sku = "S-1";
  event.dwell_ms = 1234.5;
  event.scroll_depth = 0.25;
  event.quantity = 3;
  event.price = 19.99;
  event.reason = ReturnReason::kTooLarge;
  event.query = "warm jacket";
  event.items = {{"g1", "Red", 0, 0.25f}, {"g2", "", 1, 1.0f}};
  event.quiz = QuizAnswers{{"women"}, {"jackets"}, {"blue"},
                           {"Acme"},  {"minimal"}, {"M"},
                           80.0,      0.4,         Vetoes{{"shoes"}, {}, {"leather"}, {"Uni"}}};
  event.undoes = "event-0";
  return event;
}

inline std::vector<LogPosition> positions_of(const std::vector<uint64_t>& offsets) {
  std::vector<LogPosition> positions;
  for (const uint64_t offset : offsets) positions.push_back(LogPosition::of(offset));
  return positions;
}

// From an offset on.
inline std::vector<LoggedEvent> replayed(const EventLog& log, uint64_t from = 0) {
  std::vector<LoggedEvent> events;
  const auto result = log.replay(position_before(from), [&](const LoggedEvent& event) -> Result<Done> {
    events.push_back(event);
    return kOk;
  });
  EXPECT_TRUE(result.ok()) << result.error().message();
  return events;
}

}  // namespace modiste
