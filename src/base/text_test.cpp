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

TEST(Text, AWordHasTheArticleThatIsSpoken) {
  for (const auto* said : {"a like", "an undo", "an unsave", "an identify", "an own", "an outer",
                           "an accessory", "a one piece", "a one_piece", "a suit", "a unisex"}) {
    const std::string_view text(said);
    EXPECT_EQ(with_article(text.substr(text.find(' ') + 1)), text);
  }
  EXPECT_EQ(with_article(""), "a ");
}

}  // namespace
}  // namespace modiste
