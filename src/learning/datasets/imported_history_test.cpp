#include "learning/datasets/imported_history.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

// The set is read from the text.
ImportedSet rentals(std::string rows) {
  const std::string text =
      "user_id,item_id,rating,fit,rented_for,category,size,age,body_type,bust_size_num,bust_size_letter,"
      "height_in,weight_lbs,review_date\n" +
      std::move(rows);
  HistoryOptions options;
  options.now = TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 1));
  return {&kRtrHistory, options, [text]() -> Result<std::unique_ptr<FeedInput>> {
            return std::unique_ptr<FeedInput>(std::make_unique<MemoryInput>("rentals", text));
          }};
}

TEST(ImportedHistory, FitRowsAreWhatTheShopObservesInTheOrderOfTime) {
  const auto read = read_fit_rows(rentals("3,8,8,large,party,dress,20,117,,,,5,,2016-05-02\n"
                                          "1,7,10,small,wedding,gown,8,38,hourglass,34,d,68,125,2015-01-02\n"
                                          "1,7,10,small,wedding,gown,8,38,hourglass,34,d,68,125,2015-01-02\n"
                                          "2,7,10,,wedding,gown,8,38,hourglass,34,d,68,125,2015-01-03\n"
                                          "4,7,10,fit,wedding,gown,9,38,hourglass,34,d,68,125,2016-01-03\n"),
                                  Vocabulary::standard());
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(read->count.rows, 5U);
  EXPECT_EQ(read->count.refused, 1U);
  EXPECT_EQ(read->count.repeated, 1U);
  ASSERT_EQ(read->rows.size(), 3U);
  const FitRow& first = read->rows[0];
  const double us4 = *size_position(*parse_size("US 4", SizeChart::kWomen), SizeChart::kWomen);
  EXPECT_EQ(first.shopper, "1");
  EXPECT_EQ(first.observation.position, us4);
  EXPECT_EQ(first.observation.category, "gown");
  EXPECT_EQ(first.observation.outcome, FitFeedback::kTooSmall);
  EXPECT_TRUE(first.observation.chosen);
  EXPECT_EQ(first.body.body_type, "hourglass");
  EXPECT_DOUBLE_EQ(*first.body.bust_cm, 96.5);    // 34 and four cups of an inch
  EXPECT_DOUBLE_EQ(*first.body.weight_kg, 56.7);  // 125 pounds of 0.45359237 kg
  EXPECT_EQ(read->rows[1].observation.position, us4) << "a half size is the nearest whole one";
  EXPECT_EQ(read->rows[2].body, BodyProfile{}) << "neither 117 years nor 5 inches";
}

TEST(ImportedHistory, OccasionsAreReadByDayAndWhatIsLeftOutIsCounted) {
  const auto said = read_said_occasions(rentals("2,1,10,fit,party,sheath,8,,,,,,,2016-02-03\n"
                                                "1,2,10,fit,formal affair,gown,8,,,,,,,2015-02-03\n"
                                                "1,2,10,fit,other,gown,8,,,,,,,2015-02-03\n"
                                                "1,2,10,fit,,gown,8,,,,,,,2015-02-03\n"
                                                "1,3,10,fit,work,thingummy,8,,,,,,,2016-02-29\n"
                                                "1,2,10,fit,work,gown,8,,,,,,,2015-02-29\n"),
                                        Vocabulary::standard());
  ASSERT_TRUE(said.ok()) << said.error().message();
  EXPECT_EQ(said->rows_read, 6U);
  ASSERT_EQ(said->rows.size(), 3U);
  EXPECT_EQ(said->rows[0].occasion, Occasion::kFormal) << "by day";
  EXPECT_EQ(Vocabulary::standard().term(*said->rows[0].category).name, "gown");
  EXPECT_EQ(Vocabulary::standard().term(*said->rows[1].category).name, "sheath-dress");
  EXPECT_FALSE(said->rows[2].category.has_value());
  EXPECT_EQ(said->categories_unknown.at("Women/thingummy"), 1U);
  EXPECT_EQ(said->dropped.at("no occasion of ours"), 2U);
  EXPECT_EQ(said->dropped.at("refused"), 1U) << "the date does not exist";
}

TEST(ImportedHistory, RefusesAnotherFile) {
  ImportedSet other = rentals("");
  other.open = []() -> Result<std::unique_ptr<FeedInput>> {
    return std::unique_ptr<FeedInput>(std::make_unique<MemoryInput>("other", "a,b\n1,2\n"));
  };
  EXPECT_EQ(read_fit_rows(other, Vocabulary::standard()).error().code, Code::kInvalid);
  EXPECT_EQ(read_said_occasions(other, Vocabulary::standard()).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace modiste
