#include "embedding/on_demand.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

TEST(OnDemandTest, LoadsWhenNeededAndGivesBackWhatASpanDidNotNeed) {
  int loads = 0;
  OnDemand<int> number([&]() -> Result<int> { return ++loads; });
  EXPECT_FALSE(number.release_unused());
  EXPECT_EQ(loads, 0);
  EXPECT_EQ(**number.get(), 1);
  EXPECT_EQ(**number.get(), 1);
  EXPECT_FALSE(number.release_unused());  // needed since the last call
  EXPECT_TRUE(number.release_unused());
  EXPECT_FALSE(number.release_unused());  // it is gone already
  EXPECT_EQ(**number.get(), 2);
}

TEST(OnDemandTest, WhoWorksWithItKeepsIt) {
  OnDemand<int> number([]() -> Result<int> { return 7; }, 6);
  const auto kept = number.get();
  number.release_unused();
  EXPECT_TRUE(number.release_unused());
  EXPECT_EQ(**kept, 6);
  EXPECT_EQ(**number.get(), 7);
}

TEST(OnDemandTest, AFailedLoadIsToldAndTriedAgain) {
  bool there = false;
  OnDemand<int> number([&]() -> Result<int> {
    if (there) return 1;
    return Error{Code::kNotFound, "no such file", "model.json", ""};
  });
  EXPECT_EQ(number.get().error().code, Code::kNotFound);
  there = true;
  EXPECT_EQ(**number.get(), 1);
}

}  // namespace
}  // namespace modiste
