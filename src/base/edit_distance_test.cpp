#include "base/edit_distance.h"

#include <gtest/gtest.h>

#include <array>

namespace modiste {
namespace {

constexpr std::array<std::string_view, 5> kNames{"fit", "size", "colour", "price", "garment_id"};

std::string_view nearest(std::string_view got) { return nearest_name(got, kNames.data(), kNames.size()); }

TEST(NearestName, IsOfAlmostTheSameLetters) {
  EXPECT_EQ(nearest("ift"), "fit");
  EXPECT_EQ(nearest("siz"), "size");
  EXPECT_EQ(nearest("color"), "colour");
  EXPECT_EQ(nearest("colr"), "colour");
  EXPECT_EQ(nearest("garmentid"), "garment_id");
}

TEST(NearestName, IsNotGuessedWhereMostLettersDiffer) {
  for (const std::string_view got : {"foo", "f", "", "si", "prxxe_", "fox", "something"})
    EXPECT_EQ(nearest(got), "") << got;
}

}  // namespace
}  // namespace modiste
