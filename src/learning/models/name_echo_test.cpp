#include "learning/models/name_echo.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

OutfitItems named(std::initializer_list<const char*> names) {
  OutfitItems items;
  items.categories = {"any"};
  for (const char* name : names) items.items.push_back({0, name, -1, {}, {}, {}});
  return items;
}

TEST(NameEcho, WeighsSharedWordsByHowFewUseThem) {
  const OutfitItems items =
      named({"Aldo black pumps", "ALDO tote, black", "black jeans", "", "Zova cap", "zova"});
  const std::vector<ItemList> outfits{{0, 1}, {2, 3}};  // three named items; nobody teaches "zova"
  const NameEcho echo(items, outfits);
  const double aldo = std::log(4 / 2.5), black = std::log(4 / 3.5), unseen = std::log(4 / 0.5);
  EXPECT_NEAR(echo.pair(0, 1), aldo + black, 1e-6);
  EXPECT_NEAR(echo.pair(1, 0), aldo + black, 1e-6);
  EXPECT_NEAR(echo.pair(4, 5), unseen, 1e-6);
  EXPECT_EQ(echo.pair(0, 3), 0);
  EXPECT_NEAR(echo.with(0, std::vector<OutfitItemNumber>{1, 2}), (aldo + 2 * black) / 2, 1e-6);
  EXPECT_NEAR(echo.within(std::vector<OutfitItemNumber>{0, 1, 2}), (aldo + 3 * black) / 3, 1e-6);
  EXPECT_EQ(echo.with(0, {}), 0);
  EXPECT_EQ(echo.within(std::vector<OutfitItemNumber>{0}), 0);
}

}  // namespace
}  // namespace modiste
