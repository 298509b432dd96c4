#include "vocabulary/google_taxonomy.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

std::string read(std::string_view text) {
  const auto found = google_category(text);
  if (!found) return "not a number";
  if (!found->fashion) return "elsewhere";
  return found->category == nullptr ? "nothing" : found->category->name;
}

TEST(GoogleTaxonomy, NumbersMeanCategories) {
  const std::pair<const char*, const char*> kNumbers[] = {
      {"166", "clothing"},
      {"2271", "dress"},
      {"187", "shoes"},
      {"212", "tops"},
      {"1581", "skirt"},
      {"204", "pants"},
      {"5598", "outerwear"},
      {"5329", "wedding-dress"},
      {"214", "bra"},
      {"2302", "robe"},
      {"173", "hat"},
      {"201", "watch"},
      {"3032", "handbag"},
      {"100", "backpack"},
      {" 5344 ", "skort"},
      {"2271 - Apparel & Accessories > Clothing > Dresses", "dress"},
      {"1856", "nothing"},   // shoelaces
      {"536", "elsewhere"},  // Home & Garden
      {"99999", "elsewhere"},
      {"501 Jeans", "not a number"},
      {"Dresses", "not a number"},
      {"", "not a number"},
      {"-5", "not a number"}};
  for (const auto& [text, category] : kNumbers) EXPECT_EQ(read(text), category) << text;
}

TEST(GoogleTaxonomy, NumbersForBabiesNameTheDepartment) {
  EXPECT_EQ(google_category("5424")->category->name, "dress");
  EXPECT_EQ(google_category("5424.0")->category->name, "dress") << "through a spreadsheet";
  EXPECT_EQ(google_category(" 5424,00 ")->category->name, "dress");
  EXPECT_FALSE(google_category("5424.5"));
  EXPECT_FALSE(google_category("5424.05"));
  EXPECT_EQ(google_category("5424")->department->name, "baby");
  EXPECT_EQ(google_category("2271")->department, nullptr);
}

}  // namespace
}  // namespace modiste
