#include "events/log_position.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace modiste {
namespace {

std::vector<LogPosition> some_positions() {
  std::vector<LogPosition> positions{LogPosition::begin()};
  for (const uint64_t number :
       {uint64_t{0}, uint64_t{1}, uint64_t{255}, uint64_t{256}, uint64_t{1} << 40, UINT64_MAX - 1})
    positions.push_back(LogPosition::of(number));
  return positions;
}

TEST(LogPosition, BeginsBeforeEveryEvent) {
  EXPECT_EQ(LogPosition(), LogPosition::begin());
  EXPECT_LT(LogPosition::begin(), LogPosition::of(0));
  EXPECT_LT(LogPosition::of(0), LogPosition::of(1));
  EXPECT_EQ(LogPosition::of(7).number(), 7u);
}

TEST(LogPosition, ComesBackFromBytesAndText) {
  for (const LogPosition position : some_positions()) {
    EXPECT_EQ(LogPosition::from_bytes(position.to_bytes()).value(), position);
    EXPECT_EQ(LogPosition::from_text(position.to_text()).value(), position);
  }
}

TEST(LogPosition, BytesAndTextSortAsPositionsDo) {
  const auto positions = some_positions();
  for (size_t i = 1; i < positions.size(); ++i) {
    EXPECT_LT(positions[i - 1], positions[i]);
    EXPECT_LT(positions[i - 1].to_bytes(), positions[i].to_bytes());
    EXPECT_LT(positions[i - 1].to_text(), positions[i].to_text());
  }
}

TEST(LogPosition, RefusesOtherTexts) {
  for (const char* text : {"", "0", "000000000000000g", "00000000000000000", "000000000000000A",
                           " 00000000000000a", "+00000000000000a", "0x00000000000000"})
    EXPECT_EQ(LogPosition::from_text(text).error().code, Code::kInvalid) << text;
  const std::array<std::byte, 7> seven{};
  EXPECT_EQ(LogPosition::from_bytes(seven).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace modiste
