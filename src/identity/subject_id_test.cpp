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
  EXPECT_TRUE(parse_subject_id("00112233445566778899aabbccddeeff").has_value());
  EXPECT_FALSE(parse_subject_id("00112233445566778899AABBCCDDEEFF").has_value()) << "one spelling only";
  EXPECT_FALSE(parse_subject_id("00112233445566778899aabbccddeef").has_value());
  EXPECT_FALSE(parse_subject_id("00112233445566778899aabbccddeeff0").has_value());
  EXPECT_FALSE(parse_subject_id("ada@example.com").has_value());
  EXPECT_FALSE(parse_subject_id("").has_value());
}

}  // namespace
}  // namespace modiste
