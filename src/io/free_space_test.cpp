#include "io/free_space.h"

#include <gtest/gtest.h>

#include "io/test_directory.h"

namespace modiste {
namespace {

TEST(FreeSpace, AReserveIsLeft) {
  const TestDirectory directory;
  const auto left = free_bytes(directory.path());
  ASSERT_TRUE(left.has_value());
  EXPECT_TRUE(leave_reserve(directory.path(), 0).ok());
  const auto refused = leave_reserve(directory.path(), UINT64_MAX);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
}

TEST(FreeSpace, WhatTheSystemDoesNotSayRefusesNothing) {
  const TestDirectory directory;
  EXPECT_FALSE(free_bytes(directory.path() / "nowhere").has_value());
  EXPECT_TRUE(leave_reserve(directory.path() / "nowhere").ok());
}

}  // namespace
}  // namespace modiste
