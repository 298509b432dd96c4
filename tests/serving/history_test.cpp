// Importing a history: the resulting profiles, and that a second import changes nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "history/history_testing.h"
#include "io/file_input.h"
#include "small_shop.h"

namespace modiste {
namespace {

constexpr std::string_view kRentals =
    "user_id,item_id,rating,fit,rented_for,category,size,age,body_type,bust_size_num,bust_size_letter,"
    "height_in,weight_lbs,review_date\n"
    "1,9,10,fit,wedding,gown,8,28,hourglass,34,d,68,137,2015-01-02\n"
    "2,9,2,small,wedding,gown,12,,,,,,,2015-01-05\n"
    "1,7,10,fit,party,jumpsuit,8,28,hourglass,34,d,68,137,2015-03-02\n"
    "1,9,10,fit,wedding,gown,8,28,hourglass,34,d,68,137,2015-01-02\n"
    "1,8,8,fit,wedding,gown,8,28,hourglass,34,d,68,137,2016-03-02\n";

struct Fates {
  size_t accepted = 0, known = 0;
};

Fates import_rentals(Shop& shop) {
  auto read = read_set(kRentals, kRtrHistory, history_options("rtr-"));
  // In the order in which a store returns them, so that slots are the same after a restart.
  std::sort(read.garments.begin(), read.garments.end(),
            [](const Garment& a, const Garment& b) { return a.id < b.id; });
  EXPECT_TRUE(shop.catalog().upsert(std::move(read.garments)).ok());
  const auto fates = shop.events().ingest(std::move(read.events), Arrival::kImport);
  EXPECT_TRUE(fates.ok());
  Fates counted;
  for (const auto& fate : *fates) {
    EXPECT_TRUE(fate.ok()) << fate.error().message();
    ++(*fate == IngestResult::kAccepted ? counted.accepted : counted.known);
  }
  return counted;
}

TEST(HistoryImport, AShopperIsReadBackWithHerStyleOccasionsAndSizes) {
  SmallShop stores;
  const auto shop = stores.open();
  const Fates fates = import_rentals(*shop);
  EXPECT_EQ(fates.accepted, 8U);
  EXPECT_EQ(fates.known, 2U);  // a row that stands twice
  const auto style = shop->shoppers().style({IdentifierKind::kUser, "rtr-1"});
  EXPECT_EQ(style.purchases, 3);
  ASSERT_FALSE(style.modes.empty());
  EXPECT_GT(style.modes.front().occasions.at("wedding"), 0);
  ASSERT_FALSE(style.sizes_known.empty());
  EXPECT_EQ(style.sizes_known.front().size, "US 4");
  const bool gown =
      std::any_of(style.affinities.begin(), style.affinities.end(),
                  [](const Affinity& leaning) { return leaning.term == "gown" && leaning.score > 0; });
  EXPECT_TRUE(gown);
}

TEST(HistoryImport, ImportingTwiceChangesNothing) {
  SmallShop stores;
  const auto shop = stores.open();
  import_rentals(*shop);
  std::string once, twice, replayed;
  shop->write_profiles(once);
  const Fates again = import_rentals(*shop);
  EXPECT_EQ(again.accepted, 0U);
  EXPECT_EQ(again.known, 10U);
  shop->write_profiles(twice);
  EXPECT_TRUE(once == twice);
  stores.open()->write_profiles(replayed);  // and after a restart
  EXPECT_TRUE(once == replayed);
}

// The expected numbers were counted in the file with awk.
TEST(HistoryReal, RtrIsReadWhole) {
  const std::string file = std::string(MODISTE_SOURCE_DIR) + "/../shared/data/rtr/interactions_train.csv.gz";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "the research data is not beside the source tree";
  size_t garments = 0, reviews = 0, with_occasion = 0;
  std::set<std::string> purchases;
  HistorySinks sinks;
  sinks.garment = [&](Garment&&) -> Result<Done> { return ++garments, kOk; };
  sinks.event = [&](Event&& event, size_t) -> Result<Done> {
    if (event.type == EventType::kReview) return ++reviews, kOk;
    with_occasion += event.context ? 1 : 0;
    EXPECT_FALSE(event.size.empty());
    purchases.insert(std::move(event.event_id));
    return kOk;
  };
  auto input = FileInput::open(file);
  ASSERT_TRUE(input.ok());
  const HistoryOptions options = history_options("rtr-");
  const auto report = read_history(*input, kRtrHistory, options, sinks);
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->rows.rows_read, 147'592U);
  EXPECT_EQ(report->rows.rows_refused, 0U);
  EXPECT_EQ(report->shoppers, 86'901U);
  EXPECT_EQ(garments, 3'941U);
  EXPECT_EQ(reviews, 147'510U);                       // 82 rows have no rating
  EXPECT_EQ(purchases.size(), 147'592U - 135U);       // 135 rows repeat another
  EXPECT_EQ(with_occasion, 147'592U - 12'610U - 9U);  // rented for "other", or for nothing said
}

}  // namespace
}  // namespace modiste
