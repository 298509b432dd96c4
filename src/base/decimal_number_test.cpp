#include "base/decimal_number.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

TEST(DecimalNumber, APointOrACommaBeforeOneOrTwoDigits) {
  EXPECT_EQ(decimal_number("12.50"), 12.5);
  EXPECT_EQ(decimal_number("52,00"), 52);
  EXPECT_EQ(decimal_number("4,5"), 4.5);
  EXPECT_EQ(decimal_number("-3"), -3);
  EXPECT_EQ(decimal_number("1e3"), 1000);
  for (const char* none : {"", "1,299", "1.299,00", "12 EUR", "nan", "inf", " 5"})
    EXPECT_FALSE(decimal_number(none)) << none;
}

}  // namespace
}  // namespace modiste
