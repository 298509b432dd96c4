#include "events/event_time_order.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

// Refuses nothing and counts what is read.
class ListedEvents final : public LoggedEvents {
 public:
  void add(TimePoint happened, TimePoint received) {
    LoggedEvent logged{events_.size(), received, {}};
    logged.event.event_id = std::to_string(events_.size());
    logged.event.occurred_at = happened;
    events_.push_back(std::move(logged));
  }
  Result<Done> replay(uint64_t from,
                      const std::function<Result<Done>(const LoggedEvent&)>& visit) const override {
    for (; from < events_.size(); ++from) TRY(visit(events_[from]));
    return kOk;
  }
  Result<Done> read(std::span<const uint64_t> offsets,
                    const std::function<Result<Done>(const LoggedEvent&)>& visit) const override {
    for (size_t i = 0; i < offsets.size(); ++i) {
      EXPECT_TRUE(i == 0 || offsets[i - 1] < offsets[i]) << "as the port wants it";
      TRY(visit(events_.at(offsets[i])));
    }
    return kOk;
  }
  [[nodiscard]] uint64_t size() const override { return events_.size(); }

 private:
  std::vector<LoggedEvent> events_;
};

TimePoint day(int days) { return TimePoint(std::chrono::days(days)); }

std::string ids(const LoggedEvents& log, uint64_t from = 0) {
  std::string text;
  uint64_t offset = from;
  EXPECT_TRUE(log.replay(from,
                         [&](const LoggedEvent& logged) -> Result<Done> {
                           EXPECT_EQ(logged.offset, offset++);
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
  EXPECT_EQ(ids(*order, 3), "5 2 4 ");
  std::string read;
  const std::vector<uint64_t> some{0, 2, 5};
  ASSERT_TRUE(order
                  ->read(some,
                         [&](const LoggedEvent& logged) -> Result<Done> {
                           read += logged.event.event_id + '@' + std::to_string(logged.offset) + ' ';
                           return kOk;
                         })
                  .ok());
  EXPECT_EQ(read, "1@0 0@2 4@5 ");
  const std::vector<uint64_t> beyond{0, 6};
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
  const auto stopped = order->replay(5, [&](const LoggedEvent&) -> Result<Done> {
    if (++visited == EventTimeOrder::kPageEvents + 1) return Error{Code::kInternal, "enough", "", ""};
    return kOk;
  });
  EXPECT_EQ(stopped.error().what, "enough");
  EXPECT_EQ(visited, EventTimeOrder::kPageEvents + 1);
}

}  // namespace
}  // namespace modiste
