// What the crowd did in a season is found by shoppers who ask in that season, wherever both are.
#include <gtest/gtest.h>

#include "serving/state/request_context.h"
#include "serving/state/style_clusters.h"

namespace modiste {
namespace {

TEST(Season, OfAnEventIsThatOfARequestFromTheSamePlace) {
  EventContext singapore, australia, oslo, sydney, nowhere;
  singapore.country = "SG";
  singapore.latitude = 1.3;
  singapore.longitude = 103.8;
  australia.country = "AU";
  oslo.latitude = 59.9;
  oslo.longitude = 10.7;
  sydney.time_zone = "Australia/Sydney";
  const OccasionModel table(Vocabulary::standard());
  for (EventContext said : {singapore, australia, oslo, sydney, nowhere})
    for (const unsigned month : {1U, 3U, 4U, 6U, 7U, 9U, 10U, 12U})
      for (const char* occasion : {"", "beach"}) {
        said.occasion = occasion;
        const TimePoint at =
            TimePoint(std::chrono::sys_days(std::chrono::year(2026) / month / 15)) + std::chrono::hours(11);
        Event event;
        event.type = EventType::kLike;
        event.context = said;
        const RequestContext asked = request_in(said);
        ContextInput input;
        input.now = at;
        input.time_zone = asked.time_zone;
        input.place = asked.place;
        input.occasion = enum_from_name<Occasion>(said.occasion);
        const auto context = infer_context(input, table);
        ASSERT_TRUE(context.ok()) << context.error().message();
        EXPECT_EQ(context_bucket(event, at), context_bucket(std::optional(*context), at))
            << said.country << said.time_zone << ' ' << month;
      }
}

TEST(Season, OfAnEventWithoutAContextIsThatOfARequestWithoutOne) {
  for (const unsigned month : {1U, 4U, 7U, 10U}) {
    const TimePoint at(std::chrono::sys_days(std::chrono::year(2026) / month / 15));
    EXPECT_EQ(context_bucket(Event{}, at), context_bucket(std::optional<Context>(), at));
  }
}

}  // namespace
}  // namespace modiste
