// What a request tells of its situation moves shoppers of any taste, and an inferred season newcomers.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "context/suitability.h"
#include "small_shop.h"

namespace modiste {
namespace {

const Vocabulary& words() { return Vocabulary::standard(); }

// A garment of one fabric for one occasion and one season, where they are said.
Garment sewn(int number, std::string_view fabric, std::string_view occasion, std::string_view season) {
  constexpr std::array<std::string_view, 3> kColours{"Black", "Blue", "White"};
  Garment garment;
  garment.id = fmt::format("S{:03}", number);
  garment.title = fmt::format("{} {} top", fabric, occasion);
  garment.brand = number % 3 == 0 ? "Noir" : "Mare";
  garment.category = "Women/Tops";
  garment.department = "Women";
  garment.supplier_attributes["fabric"] = {std::string(fabric)};
  if (!occasion.empty()) garment.supplier_attributes["occasion"] = {std::string(occasion)};
  if (!season.empty()) garment.supplier_attributes["season"] = {std::string(season)};
  garment.variants.push_back({garment.id + "-M",
                              "M",
                              std::string(kColours[static_cast<size_t>(number) % kColours.size()]),
                              40.0 + number % 50,
                              {},
                              {},
                              2});
  return garment;
}

constexpr std::array<std::string_view, 5> kSewnFabrics{"Leather", "Silk", "Wool", "Linen", "Denim"};

struct InSituation : testing::Test {
  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();

  void sell(std::vector<Garment> garments) { ASSERT_TRUE(shop->catalog().upsert(garments).ok()); }
  void set_day(unsigned month, unsigned day) {
    const TimePoint at(std::chrono::sys_days(std::chrono::year(2027) / month / day));
    stores.clock.advance(at + std::chrono::hours(12) - stores.clock.now());
  }

  std::vector<AnswerItem> ask(const RequestContext& context, const std::string& who, uint64_t seed = 3) {
    RecommendRequest request;
    request.shopper_id = who;
    request.count = 10;
    request.seed = seed;
    request.context = context;
    auto answer = shop->recommender().recommend(request);
    EXPECT_TRUE(answer.ok()) << answer.error().message();
    return std::move(answer->items);
  }

  ItemFacts facts_of(const AnswerItem& item) {
    const auto snapshot = shop->catalog().view().snapshot();
    return snapshot->facts(shop->catalog().view().slots(item.garment_id).front());
  }

  template <class Test>
  double share(const std::vector<AnswerItem>& items, const Test& test) {
    const auto found = std::count_if(items.begin(), items.end(), test);
    return static_cast<double>(found) / static_cast<double>(items.size());
  }

  double share_suiting(const std::vector<AnswerItem>& items, Occasion occasion) {
    return share(items, [&](const AnswerItem& item) {
      return suits_occasion(facts_of(item), occasion, words()) == Suits::kYes;
    });
  }
};

// Sixteen garments for each occasion, of all fabrics but leather for lounging, sport and the beach, among
// many more without an occasion.
std::vector<Garment> dressed_for_everything() {
  std::vector<Garment> garments;
  int number = 0;
  for (const auto occasion : EnumNames<Occasion>::kNames) {
    const bool soft = occasion == "lounge" || occasion == "sport" || occasion == "beach";
    for (int i = 0; i < 16; ++i) {
      const size_t fabric = soft ? 1 + static_cast<size_t>(i) % 4 : static_cast<size_t>(i) % 5;
      garments.push_back(sewn(number++, kSewnFabrics[fabric], occasion, ""));
    }
  }
  for (int i = 0; i < 100; ++i)
    garments.push_back(sewn(number++, kSewnFabrics[static_cast<size_t>(i) % 5], "", ""));
  return garments;
}

// A shopper for each fabric, who likes twelve garments of it, some for an occasion and some for none.
void like_their_fabrics(Shop& shop, const std::vector<Garment>& garments) {
  for (const auto fabric : kSewnFabrics) {
    int liked = 0;
    for (size_t i = 0; i < garments.size() && liked < 12; ++i) {
      constexpr size_t kStride = 7;  // here and there
      const Garment& garment = garments[i * kStride % garments.size()];
      if (!garment.title.starts_with(fabric)) continue;
      send(shop, make_event(EventType::kLike, std::string(fabric), garment.id));
      ++liked;
    }
    ASSERT_EQ(liked, 12);
  }
}

TEST_F(InSituation, ATellingOfTheOccasionMovesShoppersOfEveryTaste) {
  const auto garments = dressed_for_everything();
  sell(garments);
  like_their_fabrics(*shop, garments);
  for (size_t o = 0; o < kOccasionCount; ++o) {
    RequestContext context;
    context.occasion = static_cast<Occasion>(o);
    double of_taste = 0;
    for (const std::string_view who : {"Leather", "Silk", "Wool", "Linen", "Denim", "nobody"})
      for (const uint64_t seed : {1U, 2U}) {
        const auto items = ask(context, std::string(who), seed);
        ASSERT_EQ(items.size(), 10U);
        EXPECT_GE(share_suiting(items, *context.occasion), 0.8)
            << who << ' ' << EnumNames<Occasion>::kNames[o] << ' ' << seed;
        for (const AnswerItem& item : items)
          for (size_t r = 1; r < item.reasons.size(); ++r)
            EXPECT_NE(item.reasons[r].code, ReasonCode::kForOccasion) << "what was told is said first";
        for (size_t i = 0; i < 3; ++i)
          if (shop->catalog().view().garment(items[i].garment_id)->title.starts_with(who)) of_taste += 1;
      }
    // By chance a fifth would be of the shopper's taste.
    EXPECT_GT(of_taste / 30, 0.3) << "among the first three the taste decides, "
                                  << EnumNames<Occasion>::kNames[o];
  }
}

TEST_F(InSituation, WhereFewSuitTheyComeFirstAndThePageIsFull) {
  auto garments = dressed_for_everything();
  std::erase_if(garments, [](const Garment& garment) {
    const auto said = garment.supplier_attributes.find("occasion");
    return said != garment.supplier_attributes.end() && said->second.front() == "lounge" &&
           garment.id.back() != '4';
  });
  sell(garments);
  like_their_fabrics(*shop, garments);
  RequestContext context;
  context.occasion = Occasion::kLounge;
  const auto items = ask(context, "Leather");
  ASSERT_EQ(items.size(), 10U);
  const auto is_lounge = [&](const AnswerItem& item) {
    return suits_occasion(facts_of(item), Occasion::kLounge, words()) == Suits::kYes;
  };
  const auto suiting = std::count_if(items.begin(), items.end(), is_lounge);
  EXPECT_GT(suiting, 0);
  EXPECT_LT(suiting, 5);
  EXPECT_TRUE(std::is_partitioned(items.begin(), items.end(), is_lounge));
  EXPECT_EQ(share(items,
                  [&](const AnswerItem& item) {
                    return suits_occasion(facts_of(item), Occasion::kLounge, words()) == Suits::kNo;
                  }),
            0)
      << "what is for other occasions waits for what names none";
}

TEST_F(InSituation, ToldWeatherMovesShoppersOfEveryTaste) {
  const auto garments = dressed_for_everything();
  sell(garments);
  like_their_fabrics(*shop, garments);
  for (const double degrees : {-8.0, 31.0}) {
    RequestContext context;
    context.weather = Weather{.temperature_c = degrees};
    const double wanted = degrees < 0 ? 1 : 0;
    for (const std::string_view who : {"Leather", "Silk", "Wool", "Linen", "Denim", "nobody"}) {
      const auto items = ask(context, std::string(who));
      EXPECT_GE(share(items,
                      [&](const AnswerItem& item) {
                        return suits_warmth(facts_of(item), wanted, words()) == Suits::kYes;
                      }),
                0.8)
          << who << " at " << degrees;
    }
  }
}

// 24 linen garments for summer, 24 woollen ones for winter, 24 that name no season.
std::vector<Garment> of_all_seasons() {
  std::vector<Garment> garments;
  for (int i = 0; i < 24; ++i) {
    garments.push_back(sewn(3 * i, "Linen", "", "Summer"));
    garments.push_back(sewn(3 * i + 1, "Wool", "", "Winter"));
    garments.push_back(sewn(3 * i + 2, "Denim", "", ""));
  }
  return garments;
}

struct FirstPage {
  std::vector<std::string> ids;
  int summer = 0, winter = 0;
};

FirstPage first_page(const std::vector<AnswerItem>& items) {
  FirstPage page;
  for (const AnswerItem& item : items) {
    page.ids.push_back(item.garment_id);
    const int number = std::stoi(item.garment_id.substr(1));
    page.summer += number % 3 == 0 ? 1 : 0;
    page.winter += number % 3 == 1 ? 1 : 0;
  }
  return page;
}

TEST_F(InSituation, AnInferredSeasonReachesNewcomers) {
  sell(of_all_seasons());
  // A crowd likes summer garments, so that popularity alone would lead with them.
  for (int i = 0; i < 6; ++i)
    for (int g = 0; g < 30; g += 3)
      send(*shop, make_event(EventType::kLike, fmt::format("crowd{}", i), fmt::format("S{:03}", g)));
  RequestContext oslo, sydney, singapore;
  oslo.time_zone = "Europe/Oslo";
  sydney.place.country = "AU";
  singapore.place = {"SG", 1.3, 103.8};
  set_day(1, 15);
  const auto january = first_page(ask(oslo, "newcomer"));
  EXPECT_EQ(january.summer, 0);
  EXPECT_EQ(first_page(ask(sydney, "newcomer")).winter, 0);
  EXPECT_EQ(first_page(ask(singapore, "newcomer")).winter, 0);
  set_day(7, 15);
  const auto july = first_page(ask(oslo, "newcomer"));
  EXPECT_EQ(july.winter, 0);
  EXPECT_NE(january.ids, july.ids);
  EXPECT_EQ(first_page(ask(sydney, "newcomer")).summer, 0);
  EXPECT_EQ(first_page(ask(singapore, "newcomer")).winter, 0) << "no winter in the tropics";
}

TEST_F(InSituation, OutOfSeasonIsShownWhereTheShopHasNothingElse) {
  auto garments = of_all_seasons();
  std::erase_if(garments, [](const Garment& garment) {
    const int number = std::stoi(garment.id.substr(1));
    return number % 3 != 0 && number > 8;
  });
  sell(garments);
  RequestContext oslo;
  oslo.time_zone = "Europe/Oslo";
  set_day(1, 15);
  const auto items = ask(oslo, "newcomer");
  ASSERT_EQ(items.size(), 10U);
  const auto page = first_page(items);
  EXPECT_EQ(page.summer, 4);
  for (size_t i = 0; i < 6; ++i) EXPECT_NE(std::stoi(items[i].garment_id.substr(1)) % 3, 0) << i;
}

TEST_F(InSituation, ASeasonOfAnUnknownPlaceHidesNothing) {
  sell(of_all_seasons());
  set_day(1, 15);
  int summer = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) summer += first_page(ask({}, "newcomer", seed)).summer;
  EXPECT_GT(summer, 0);
}

}  // namespace
}  // namespace modiste
