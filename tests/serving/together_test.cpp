// What is chosen or bought together, as the shop answers it.
#include <gtest/gtest.h>

#include <algorithm>

#include "small_shop.h"

namespace modiste {
namespace {

class Together : public testing::Test {
 protected:
  Together() { EXPECT_TRUE(shop->catalog().upsert(make_garments(8)).ok()); }

  void buy(const std::string& who, const std::string& garment) {
    send(*shop, make_event(EventType::kPurchase, who, garment));
  }
  std::vector<std::string> with(const std::string& garment, TogetherBy by, const std::string& asker = "") {
    TogetherRequest request;
    request.garment_id = garment;
    request.by = by;
    request.shopper_id = asker;
    const auto answer = shop->search().together(request);
    EXPECT_TRUE(answer.ok());
    std::vector<std::string> ids;
    for (const AnswerItem& item : answer->items) {
      ids.push_back(item.garment_id);
      EXPECT_EQ(item.reasons.size(), 1U);
      EXPECT_EQ(item.reasons.front().args.garment_id, garment);
      EXPECT_GE(item.reasons.front().args.count, 2);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

using Ids = std::vector<std::string>;

TEST_F(Together, APurchaseCountsInTheNextAnswer) {
  for (const char* who : {"ada", "ben"}) {
    buy(who, "G1");
    buy(who, "G2");
    send(*shop, make_event(EventType::kLike, who, "G5"));
  }
  buy("ada", "G3");  // one shopper alone tells nothing
  EXPECT_EQ(with("G1", TogetherBy::kBought), Ids{"G2"});
  EXPECT_EQ(with("G1", TogetherBy::kChosen), (Ids{"G2", "G5"}));
  buy("ben", "G3");
  EXPECT_EQ(with("G1", TogetherBy::kBought), (Ids{"G2", "G3"}));
  ASSERT_TRUE(shop->catalog().remove("G3").ok());
  EXPECT_EQ(with("G1", TogetherBy::kBought), Ids{"G2"});
}

TEST_F(Together, WhatTheAskerOwnsIsNotShown) {
  for (const char* who : {"ada", "ben", "cleo"}) {
    buy(who, "G1");
    buy(who, "G2");
  }
  buy("dan", "G2");
  EXPECT_EQ(with("G1", TogetherBy::kBought, "eve"), Ids{"G2"});
  EXPECT_TRUE(with("G1", TogetherBy::kBought, "dan").empty());
}

TEST_F(Together, TheAskersOwnChoicesDoNotCount) {
  for (const char* who : {"ada", "ben"}) {
    buy(who, "G1");
    send(*shop, make_event(EventType::kLike, who, "G5"));
  }
  EXPECT_EQ(with("G1", TogetherBy::kChosen), Ids{"G5"});
  EXPECT_EQ(with("G1", TogetherBy::kChosen, "eve"), Ids{"G5"});
  EXPECT_TRUE(with("G1", TogetherBy::kChosen, "ada").empty()) << "it would say what ben liked";
  buy("cleo", "G1");
  send(*shop, make_event(EventType::kLike, "cleo", "G5"));
  EXPECT_EQ(with("G1", TogetherBy::kChosen, "ada"), Ids{"G5"});
}

TEST_F(Together, WhoIsErasedLeavesNoTrace) {
  for (const char* who : {"ada", "ben"}) {
    buy(who, "G1");
    buy(who, "G2");
  }
  ASSERT_TRUE(shop->shoppers().erase(Identifier{IdentifierKind::kUser, "ben"}).ok());
  EXPECT_TRUE(with("G1", TogetherBy::kBought).empty());
}

TEST_F(Together, AVariantNamesItsGarment) {
  for (const char* who : {"ada", "ben"}) {
    buy(who, "G1");
    buy(who, "G2");
  }
  TogetherRequest request;
  request.garment_id = make_garment(1).variants.front().sku;
  request.by = TogetherBy::kBought;
  const auto answer = shop->search().together(request);
  ASSERT_TRUE(answer.ok());
  ASSERT_EQ(answer->items.size(), 1U);
  EXPECT_EQ(answer->items.front().garment_id, "G2");
}

TEST_F(Together, AnUnknownGarmentIsNotFound) {
  TogetherRequest request;
  request.garment_id = "NONE";
  EXPECT_EQ(shop->search().together(request).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace modiste
