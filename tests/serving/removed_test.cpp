// Garments that are no longer sold still count: a restart rebuilds the running process's state from the log,
// and they are never recommended.
#include <gtest/gtest.h>

#include <algorithm>

#include "small_shop.h"

namespace modiste {
namespace {

const Identifier kBuyer{IdentifierKind::kUser, "ada"};

bool has_id(const std::vector<std::string>& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class EngineRemoved : public testing::Test {
 protected:
  EngineRemoved() { EXPECT_TRUE(shop->catalog().upsert(make_garments(40)).ok()); }
  void signal(EventType type, const std::string& garment, const std::string& colour = "") {
    Event event = make_event(type, "ada", garment);
    event.colour = colour;
    send(*shop, event);
    stores.clock.advance(std::chrono::seconds(20));
  }
  [[nodiscard]] std::string state() const {
    std::string bytes;
    shop->write_profiles(bytes);
    return bytes;
  }
  // Without the shares of style clusters: a restart relearns the clusters from the garments that are sold.
  [[nodiscard]] std::string style() const {
    StyleView view = shop->shoppers().style(kBuyer);
    view.aesthetics.clear();
    return to_json_text(view);
  }
  [[nodiscard]] double affinity_to(const std::string& term) const {
    for (const auto& trait : shop->shoppers().style(kBuyer).affinities)
      if (trait.term == term) return trait.score;
    return 0;
  }
  // Every call that answers with garments.
  void expect_never_answered(const std::string& garment, const std::string& words) {
    EXPECT_FALSE(has_id(recommended(*shop, "ada", 100), garment));
    EXPECT_FALSE(has_id(recommended(*shop, "nobody", 100), garment));
    SearchRequest search;
    search.query = words;
    search.count = 100;
    const auto found = shop->search().by_words(search);
    for (const auto& item : found->items) EXPECT_NE(item.garment_id, garment);
    SimilarRequest similar;
    similar.garment_id = garment;
    EXPECT_EQ(shop->search().similar(similar).error().code, Code::kNotFound);
    similar.garment_id = "G2";
    similar.count = 100;
    const auto alike = shop->search().similar(similar);
    for (const auto& item : alike->items) EXPECT_NE(item.garment_id, garment);
    for (const auto& item : shop->shoppers().style(kBuyer).liked) EXPECT_NE(item.garment_id, garment);
    EXPECT_EQ(shop->catalog().view().garment(garment), nullptr);
    EXPECT_TRUE(shop->catalog().view().slots(garment).empty());
    for (const auto& known : shop->catalog().view().page("", 1000)) EXPECT_NE(known->id, garment);
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

TEST_F(EngineRemoved, AStyleKeepsWhatARemovedGarmentTaughtAcrossARestart) {
  signal(EventType::kLike, "G0");
  signal(EventType::kLike, "G1", "Navy");
  signal(EventType::kPurchase, "G4");
  signal(EventType::kPass, "G3");
  const double floral = affinity_to("floral");
  ASSERT_GT(floral, 0);
  for (const char* id : {"G0", "G1", "G4", "G3"}) ASSERT_TRUE(shop->catalog().remove(id).ok());
  signal(EventType::kLike, "G0");  // from a page that was still open
  const std::string held = state(), seen = style();
  EXPECT_GE(affinity_to("floral"), floral);

  shop = stores.open();
  EXPECT_EQ(style(), seen);
  EXPECT_TRUE(state() == held) << state().size() << " and " << held.size() << " bytes";
  EXPECT_GE(affinity_to("floral"), floral);
  for (const char* id : {"G0", "G1", "G4", "G3"}) expect_never_answered(id, "floral dress plain shirt");
  EXPECT_EQ(shop->catalog().view().garment_count(), 36u);
  EXPECT_EQ(shop->catalog().view().snapshot()->live_count(), 36u);
  EXPECT_EQ(shop->catalog().indexes().vectors()->size(), 36u);
}

TEST_F(EngineRemoved, WhatIsAddedAgainIsSoldAgain) {
  signal(EventType::kLike, "G0");
  ASSERT_TRUE(shop->catalog().remove("G0").ok());
  shop = stores.open();
  const Slot slot = shop->catalog().view().slot_ever("G0", "Red");
  const auto again = shop->catalog().upsert({make_garment(0)});
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->front()->created);
  EXPECT_EQ(shop->catalog().view().slot("G0", "Red"), slot);
  EXPECT_TRUE(has_id(recommended(*shop, "nobody", 100), "G0"));
  const std::string held = state();
  shop = stores.open();
  EXPECT_TRUE(state() == held);
  EXPECT_TRUE(has_id(recommended(*shop, "nobody", 100), "G0"));
  EXPECT_EQ(shop->catalog().view().garment_count(), 40u);
}

TEST_F(EngineRemoved, AnotherGarmentMayTakeTheSkusOfARemovedOne) {
  ASSERT_TRUE(shop->catalog().remove("G7").ok());
  Garment heir = make_garment(31);
  heir.id = "A";  // loaded before it
  heir.variants[0].sku = "G7-S";
  heir.variants[1].sku = "G7-M";
  ASSERT_TRUE(shop->catalog().upsert({heir})->front().ok());
  for (int restart = 0; restart < 2; ++restart) {
    const auto owner = shop->catalog().view().garment_of_sku("G7-M");
    ASSERT_NE(owner, nullptr);
    EXPECT_EQ(owner->id, "A");
    shop = stores.open();
  }
}

TEST_F(EngineRemoved, SkusMaySwapBetweenGarmentsOfOneBatch) {
  Garment one = make_garment(1), other = make_garment(3);
  std::swap(one.variants[0].sku, other.variants[0].sku);
  ASSERT_TRUE(shop->catalog().upsert({one, other}).ok());
  EXPECT_EQ(shop->catalog().view().garment_of_sku("G3-S")->id, "G1");
  EXPECT_EQ(shop->catalog().view().garment_of_sku("G1-S")->id, "G3");
}

TEST_F(EngineRemoved, AColourThatIsDroppedGoesOnTeaching) {
  Garment garment = make_garment(50);
  garment.variants[1].colour = "Green";
  ASSERT_TRUE(shop->catalog().upsert({garment}).ok());
  signal(EventType::kLike, "G50", "Green");
  signal(EventType::kLike, "G0");
  const double green = affinity_to("green");
  ASSERT_GT(green, 0);
  garment.variants.pop_back();
  ASSERT_TRUE(shop->catalog().upsert({garment}).ok());
  EXPECT_EQ(shop->catalog().indexes().vectors()->size(), 41U);
  const std::string held = state(), seen = style();
  // As after a clean shutdown: the slots of new colours follow those of earlier garments.
  const SavedSections saved = saved_index(*shop);
  shop =
      std::make_unique<Shop>(ShopPorts{stores.clock, stores.log, stores.store, stores.store, &stores.encoder},
                             Vocabulary::standard());
  ASSERT_TRUE(shop->catalog().adopt(saved).ok());
  ASSERT_TRUE(shop->load().ok());
  EXPECT_EQ(style(), seen);
  EXPECT_TRUE(state() == held);
  EXPECT_EQ(affinity_to("green"), green) << "though nothing green is sold";
  EXPECT_EQ(shop->catalog().view().slot("G50", "Green"), kNoSlot);
  EXPECT_EQ(shop->catalog().view().slots("G50").size(), 1u);
  RecommendRequest request;
  request.count = 100;
  const auto answer_now = shop->recommender().recommend(request);
  for (const auto& item : answer_now->items) EXPECT_NE(item.colour, "Green");
}

}  // namespace
}  // namespace modiste
