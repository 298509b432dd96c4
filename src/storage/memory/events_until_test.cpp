#include "events/events_until.h"

#include <gtest/gtest.h>

#include "events/event_time_order.h"
#include "storage/memory/memory_event_log.h"

namespace modiste {
namespace {

constexpr TimePoint kNoon{std::chrono::days(20'000) + std::chrono::hours(12)};

Event numbered(int number) {
  Event event;
  event.event_id = std::to_string(number);
  event.type = EventType::kLike;
  event.garment_id = "G";
  event.shopper_id = "ada";
  return event;
}

std::vector<std::string> replayed(const LoggedEvents& log) {
  std::vector<std::string> ids;
  const auto done = log.replay(LogPosition::begin(), [&](const LoggedEvent& logged) -> Result<Done> {
    ids.push_back(logged.event.event_id);
    return kOk;
  });
  EXPECT_TRUE(done.ok());
  return ids;
}

// An hour apart; what is appended after the time is not there, neither in the log's order nor in time's.
TEST(EventsUntil, HoldsWhatTheLogHeldThen) {
  MemoryEventLog log;
  for (int i = 0; i < 4; ++i) {
    const Event event = numbered(i);
    ASSERT_TRUE(log.append({&event, 1}, kNoon + std::chrono::hours(i)).ok());
  }
  Event imported = numbered(4);
  imported.occurred_at = kNoon - std::chrono::days(700);
  ASSERT_TRUE(log.append({&imported, 1}, kNoon + std::chrono::hours(9)).ok());
  const EventsUntil then(log, kNoon + std::chrono::hours(1));
  const std::vector<std::string> first{"0", "1"};
  EXPECT_EQ(replayed(then), first);
  const auto ordered = EventTimeOrder::of(then);
  ASSERT_TRUE(ordered.ok());
  EXPECT_EQ(ordered->size(), 2U);
  EXPECT_EQ(replayed(*ordered), first);
  EXPECT_EQ(replayed(EventsUntil(log, TimePoint::max())).size(), 5U);
}

}  // namespace
}  // namespace modiste
