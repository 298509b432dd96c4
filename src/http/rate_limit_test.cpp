#include "http/rate_limit.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace modiste::http {
namespace {

using std::chrono::seconds;

TEST(RateLimit, ABucketPerAddressFillsEvenly) {
  RateLimit limit(6);
  RateLimit::Time now{};
  for (int i = 0; i < 6; ++i) EXPECT_FALSE(limit.take("a", now).has_value()) << i;
  EXPECT_EQ(limit.take("a", now), 10);
  EXPECT_FALSE(limit.take("b", now).has_value());
  now += seconds(9);
  EXPECT_EQ(limit.take("a", now), 1);
  now += seconds(1);
  EXPECT_FALSE(limit.take("a", now).has_value());
  EXPECT_TRUE(limit.take("a", now).has_value());
  now += seconds(3600);  // no more than a minute's calls are saved
  for (int i = 0; i < 6; ++i) EXPECT_FALSE(limit.take("a", now).has_value()) << i;
  EXPECT_TRUE(limit.take("a", now).has_value());
}

TEST(RateLimit, NoneIsNone) {
  RateLimit none(0);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(none.take("a", {}).has_value());
}

// Whoever comes from many addresses does not lock out others.
TEST(RateLimit, AddressesAreBounded) {
  RateLimit limit(2);
  const RateLimit::Time now{};
  EXPECT_FALSE(limit.take("shopper", now).has_value());
  EXPECT_FALSE(limit.take("shopper", now).has_value());
  for (size_t i = 0; i < RateLimit::kAddressesMax / 2; ++i)
    EXPECT_FALSE(limit.take(fmt::format("{}", i), now).has_value());
  EXPECT_TRUE(limit.take("shopper", now).has_value()) << "its calls were forgotten too early";
  for (size_t i = 0; i < 3 * RateLimit::kAddressesMax; ++i)
    EXPECT_FALSE(limit.take(fmt::format("more {}", i), now).has_value());
  EXPECT_FALSE(limit.take("shopper", now).has_value()) << "more addresses are kept than said";
}

}  // namespace
}  // namespace modiste::http
