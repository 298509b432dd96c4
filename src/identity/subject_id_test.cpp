#include "identity/subject_id.h"

#include <gtest/gtest.h>

#include <array>

namespace modiste {
namespace {

TEST(SubjectId, WritesEveryBitAsHex) {
  std::array<std::byte, kSubjectBytes> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 17);
  EXPECT_EQ(subject_id(bytes), "00112233445566778899aabbccddeeff");
}

TEST(SubjectId, IsReadBackBitByBit) {
  std::array<std::byte, kSubjectBytes> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 29 + 7);
  EXPECT_EQ(parse_subject_id(subject_id(bytes)), bytes);
}

TEST(SubjectId, KnowsItsOwnKind) {
  EXPECT_TRUE(is_subject_id("00112233445566778899aabbccddeeff"));
  EXPECT_FALSE(is_subject_id("00112233445566778899AABBCCDDEEFF")) << "one spelling only";
  EXPECT_FALSE(is_subject_id("00112233445566778899aabbccddeef"));
  EXPECT_FALSE(is_subject_id("00112233445566778899aabbccddeeff0"));
  EXPECT_FALSE(is_subject_id("ada@example.com"));
  EXPECT_FALSE(is_subject_id(""));
}

}  // namespace
}  // namespace modiste
