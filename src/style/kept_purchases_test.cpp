#include "style/kept_purchases.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

using std::chrono::days;

// The payload is the size that was bought.
struct Kept : testing::Test {
  KeptPurchases<std::string> purchases;
  TimePoint now{days(100)};
  std::vector<std::string> kept;

  static Event event(EventType type, std::string size, std::string colour = "") {
    Event event;
    event.type = type;
    event.shopper_id = "ada";
    event.garment_id = "D1";
    event.size = std::move(size);
    event.colour = std::move(colour);
    return event;
  }
  void tell(Event event) {
    now += std::chrono::hours(1);
    event.event_id = std::to_string(++ids);
    purchases.observe(event, now, [this](std::string size) { kept.push_back(std::move(size)); });
    if (event.type == EventType::kPurchase) purchases.bought(event, now, event.size + event.colour);
  }
  void wait() {
    now += days(31);
    tell(event(EventType::kLike, ""));
  }
  int ids = 0;
};

TEST_F(Kept, OfTwoSizesOnlyTheOneThatWasNotSentBack) {
  tell(event(EventType::kPurchase, "S"));
  tell(event(EventType::kPurchase, "M"));
  tell(event(EventType::kReturn, "S"));
  wait();
  EXPECT_EQ(kept, std::vector<std::string>{"M"});
}

TEST_F(Kept, NoneOfTwoThatWereSentBack) {
  tell(event(EventType::kPurchase, "S"));
  tell(event(EventType::kPurchase, "M"));
  tell(event(EventType::kReturn, ""));  // of either: the latest
  tell(event(EventType::kReturn, ""));
  wait();
  EXPECT_TRUE(kept.empty());
}

TEST_F(Kept, AnotherColourIsAnotherPurchase) {
  tell(event(EventType::kPurchase, "M", "Red"));
  tell(event(EventType::kPurchase, "M", "Blue"));
  tell(event(EventType::kReturn, "M", "Red"));
  wait();
  EXPECT_EQ(kept, std::vector<std::string>{"MBlue"});
}

TEST_F(Kept, AReturnOfAnotherSizeLeavesThePurchase) {
  tell(event(EventType::kPurchase, "M"));
  tell(event(EventType::kReturn, "S"));  // of a purchase long ago
  wait();
  EXPECT_EQ(kept, std::vector<std::string>{"M"});
}

}  // namespace
}  // namespace modiste
