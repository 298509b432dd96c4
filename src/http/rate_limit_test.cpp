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

TEST(RateLimit, AddressesAreBounded) {
  RateLimit limit(2);
  RateLimit::Time now{};
  for (size_t i = 0; i < RateLimit::kAddressesMax; ++i)
    EXPECT_FALSE(limit.take(fmt::format("{}", i), now).has_value());
  EXPECT_TRUE(limit.take("one more", now).has_value());
  EXPECT_FALSE(limit.take("7", now).has_value());
  EXPECT_FALSE(limit.take("one more", now + seconds(60)).has_value());
}

TEST(RateLimit, AProxyOnThisMachineNamesTheAddress) {
  EXPECT_EQ(limited_address("203.0.113.9", "198.51.100.1"), "203.0.113.9");
  EXPECT_EQ(limited_address("127.0.0.1", "10.9.9.9, 198.51.100.1"), "198.51.100.1");
  EXPECT_EQ(limited_address("127.0.0.1", ""), "127.0.0.1");
}

}  // namespace
}  // namespace modiste::http
