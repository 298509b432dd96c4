#include "http/client_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace modiste::http {
namespace {

using testing::HasSubstr;

TrustedProxies trusting(std::vector<std::string> listed) {
  auto proxies = TrustedProxies::make(listed);
  EXPECT_TRUE(proxies.ok());
  return std::move(*proxies);
}

TEST(TrustedProxies, OfThisMachineAreBelieved) {
  const auto proxies = trusting({});
  EXPECT_EQ(proxies.client_of("203.0.113.9", "198.51.100.1"), "203.0.113.9");
  EXPECT_EQ(proxies.client_of("127.0.0.1", "10.9.9.9, 198.51.100.1"), "198.51.100.1");
  EXPECT_EQ(proxies.client_of("::ffff:127.0.0.1", "198.51.100.1"), "198.51.100.1");
  EXPECT_EQ(proxies.client_of("::1", ""), "::/64");
  EXPECT_EQ(proxies.client_of("", "198.51.100.1"), "");
}

// The container's gateway, behind the shop's own proxy.
TEST(TrustedProxies, ThoseListedAreBelievedToo) {
  const auto proxies = trusting({"172.16.0.0/12", "10.0.0.5", "fd00::/8"});
  EXPECT_EQ(proxies.client_of("172.18.0.1", "198.51.100.1"), "198.51.100.1");
  EXPECT_EQ(proxies.client_of("172.18.0.1", "198.51.100.1, 10.0.0.5"), "198.51.100.1");
  EXPECT_EQ(proxies.client_of("fd12::1", "198.51.100.1,172.31.0.9"), "198.51.100.1");
  EXPECT_EQ(proxies.client_of("172.32.0.1", "198.51.100.1"), "172.32.0.1");
  EXPECT_EQ(proxies.client_of("10.0.0.6", "198.51.100.1"), "10.0.0.6");
}

TEST(TrustedProxies, AClientCannotNameItself) {
  const auto proxies = trusting({});
  // HAProxy adds a field of its own behind the client's.
  EXPECT_EQ(proxies.client_of("127.0.0.1", "1.1.1.1,198.51.100.1"), "198.51.100.1");
  EXPECT_EQ(proxies.client_of("127.0.0.1", "198.51.100.1, unknown"), "127.0.0.1");
  EXPECT_EQ(proxies.client_of("127.0.0.1", "198.51.100.1:5678"), "198.51.100.1");
  EXPECT_EQ(proxies.client_of("127.0.0.1", "[2001:db8::1]:443"), "2001:db8::/64");
}

TEST(TrustedProxies, OneHomeIsOneAddress) {
  const auto proxies = trusting({});
  EXPECT_EQ(proxies.client_of("2001:db8:0:7::1", ""), proxies.client_of("2001:db8:0:7:ffff::2", ""));
  EXPECT_NE(proxies.client_of("2001:db8:0:7::1", ""), proxies.client_of("2001:db8:0:8::1", ""));
  EXPECT_EQ(proxies.client_of("::ffff:203.0.113.9", ""), "203.0.113.9");
}

TEST(TrustedProxies, WhatIsNotAnAddressIsRefused) {
  for (const char* entry : {"proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0", "fd00::/129", ""}) {
    const auto refused = TrustedProxies::make(std::vector<std::string>{entry});
    ASSERT_FALSE(refused.ok()) << entry;
    EXPECT_THAT(refused.error().message(), HasSubstr("server.trusted_proxies")) << entry;
  }
}

}  // namespace
}  // namespace modiste::http
