#include "base/text.h"

#include <gtest/gtest.h>

#include <array>

namespace modiste {
namespace {

TEST(Text, HexHasTwoLowerCaseDigitsAByte) {
  EXPECT_EQ(to_hex({}), "");
  const std::array<std::byte, 4> bytes{std::byte{0}, std::byte{0x0f}, std::byte{0xa9}, std::byte{0xff}};
  EXPECT_EQ(to_hex(bytes), "000fa9ff");
}

}  // namespace
}  // namespace modiste
