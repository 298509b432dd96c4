#include "learning/evaluation/contact_sheet.h"

#include <gtest/gtest.h>

#include "io/read_file.h"
#include "io/test_directory.h"

namespace modiste {
namespace {

Sheet sheet() {
  Sheet made{"alike", "Photos <alike>", {}};
  for (int i = 0; i < 6; ++i)
    made.rows.push_back({{{"/photos/" + std::to_string(i) + ".jpg", "row " + std::to_string(i), i != 1}},
                         static_cast<double>(i * 5 % 6)});
  return made;
}

TEST(ContactSheet, WorstComeFirst) {
  const Sheet worst = worst_rows(sheet(), 2);
  ASSERT_EQ(worst.rows.size(), 2U);
  EXPECT_EQ(worst.rows[0].tiles[0].caption, "row 0");
  EXPECT_EQ(worst.rows[1].tiles[0].caption, "row 5");
  EXPECT_EQ(worst.name, "alike-worst");
}

TEST(ContactSheet, RandomRowsAreTheSameBySeed) {
  const auto captions = [](uint64_t seed) {
    std::vector<std::string> all;
    for (const auto& row : random_rows(sheet(), 3, seed).rows) all.push_back(row.tiles[0].caption);
    return all;
  };
  EXPECT_EQ(captions(1).size(), 3U);
  EXPECT_EQ(captions(1), captions(1));
  EXPECT_EQ(random_rows(sheet(), 100, 1).rows.size(), 6U);
}

TEST(ContactSheet, IsAPageOfPhotos) {
  const TestDirectory directory;
  ASSERT_TRUE(write_sheet(sheet(), directory.path() / "sheets").ok());
  const auto page = read_text_file(directory.path() / "sheets" / "alike.html");
  ASSERT_TRUE(page.ok());
  EXPECT_NE(page->find("Photos &#60;alike&#62;"), std::string::npos);
  EXPECT_NE(page->find("src=\"/photos/0.jpg\""), std::string::npos);
  EXPECT_NE(page->find("class=\"wrong\">row 1<"), std::string::npos);
}

}  // namespace
}  // namespace modiste
