#include "events/event_time_order.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

// Refuses nothing and counts what is read.
class ListedEvents final : public LoggedEvents {
 public:
  void add(TimePoint happened, TimePoint received) {
    LoggedEvent logged{LogPosition::of(events_.size()), received, {}};
    logged.event.event_id = std::to_string(events_.size());
    logged.event.occurred_at = happened;
    events_.push_back(std::move(logged));
  }
  Result<Done> replay(LogPosition after, const EventVisitor& visit) const override {
    for (const auto& logged : events_)
      if (logged.position > after) TRY(visit(logged));
    return kOk;
  }
  Result<Done> read(std::span<const LogPosition> positions, const EventVisitor& visit) const override {
    for (size_t i = 0; i < positions.size(); ++i) {
      EXPECT_TRUE(i == 0 || positions[i - 1] < positions[i]) << "as the port wants it";
      TRY(visit(events_.at(positions[i].number())));
    }
    return kOk;
  }

 private:
  std::vector<LoggedEvent> events_;
};

TimePoint day(int days) { return TimePoint(std::chrono::days(days)); }

std::string ids(const LoggedEvents& log, LogPosition after = LogPosition::begin()) {
  std::string text;
  LogPosition last = after;
  EXPECT_TRUE(log.replay(after,
                         [&](const LoggedEvent& logged) -> Result<Done> {
                           EXPECT_GT(logged.position, last);
                           last = logged.position;
                           text += logged.event.event_id + ' ';
                           return kOk;
                         })
                  .ok());
  return text;
}

TEST(EventTimeOrder, HistoryStandsWhereItHappenedAndLiveEventsWhereTheyCame) {
  ListedEvents log;
  log.add(day(300), day(1000));   // 0: imported, the later first
  log.add(day(100), day(1000));   // 1
  log.add(day(999), day(1000));   // 2: a phone that was offline for a day
  log.add(day(200), day(1001));   // 3: another import
  log.add(day(1001), day(1001));  // 4
  log.add(day(300), day(1002));   // 5: as old as the first
  const auto order = EventTimeOrder::of(log);
  ASSERT_TRUE(order.ok());
  EXPECT_EQ(order->size(), 6U);
  EXPECT_EQ(ids(*order), "1 3 0 5 2 4 ");
  EXPECT_EQ(ids(*order, LogPosition::of(2)), "5 2 4 ");
  std::string read;
  const std::vector some{LogPosition::of(0), LogPosition::of(2), LogPosition::of(5)};
  ASSERT_TRUE(order
                  ->read(some,
                         [&](const LoggedEvent& logged) -> Result<Done> {
                           read +=
                               logged.event.event_id + '@' + std::to_string(logged.position.number()) + ' ';
                           return kOk;
                         })
                  .ok());
  EXPECT_EQ(read, "1@0 0@2 4@5 ");
  const std::vector beyond{LogPosition::of(0), LogPosition::of(6)};
  EXPECT_EQ(order->read(beyond, [](const LoggedEvent&) -> Result<Done> { return kOk; }).error().code,
            Code::kInvalid);
}

TEST(EventTimeOrder, OfALiveShopIsTheLogOverPages) {
  ListedEvents log;
  const size_t count = EventTimeOrder::kPageEvents + 10;
  for (size_t i = 0; i < count; ++i) log.add(day(1000) + Micros(i), day(1000) + Micros(i));
  const auto order = EventTimeOrder::of(log);
  ASSERT_TRUE(order.ok());
  EXPECT_EQ(ids(*order), ids(log));
  size_t visited = 0;
  const auto stopped = order->replay(LogPosition::of(4), [&](const LoggedEvent&) -> Result<Done> {
    if (++visited == EventTimeOrder::kPageEvents + 1) return Error{Code::kInternal, "enough", "", ""};
    return kOk;
  });
  EXPECT_EQ(stopped.error().what, "enough");
  EXPECT_EQ(visited, EventTimeOrder::kPageEvents + 1);
}

}  // namespace
}  // namespace modiste
