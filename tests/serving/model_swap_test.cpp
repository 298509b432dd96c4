// Models are replaced while requests run.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "small_shop.h"
#include "storage/memory/memory_event_log.h"

namespace modiste {
namespace {

constexpr const char* kTuesday = "2026-06-09T10:00";

// What nobody's prior expects of a Tuesday morning.
std::shared_ptr<const OccasionModel> always(Occasion occasion) {
  std::vector<OccasionExample> examples(500);
  for (auto& example : examples) {
    example.clues.local = parse_local_time(kTuesday).value();
    example.said = occasion;
    example.weight = 10;
  }
  return std::make_shared<const OccasionModel>(OccasionModel::fit(examples, Vocabulary::standard()).value());
}

class ModelSwap : public testing::Test {
 protected:
  ModelSwap() { EXPECT_TRUE(shop->catalog().upsert(make_garments(40)).ok()); }

  std::optional<Occasion> inferred() {
    RecommendRequest request;
    request.shopper_id = "ada";
    request.context.emplace();
    request.context->time_zone = "Europe/Vienna";
    request.context->local_time = kTuesday;
    const auto answer = shop->recommender().recommend(request);
    if (!answer.ok() || !answer->context || answer->items.empty()) return std::nullopt;
    return answer->context->occasion;
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

TEST_F(ModelSwap, OccasionsChangeWithTheModelAndGoBack) {
  const auto before = inferred();
  ASSERT_TRUE(before.has_value());
  ASSERT_NE(*before, Occasion::kWedding);
  shop->use_occasions(always(Occasion::kWedding), 1);
  EXPECT_EQ(inferred(), Occasion::kWedding);
  EXPECT_GT(shop->occasions()->evidence(), 0);
  shop->use_occasions(nullptr, 0);
  EXPECT_EQ(inferred(), before);
}

TEST_F(ModelSwap, EveryRequestIsAnsweredByOneModelOrTheOther) {
  const std::array models{always(Occasion::kWedding), always(Occasion::kBeach)};
  std::array<std::optional<Occasion>, 2> alone;
  for (size_t i = 0; i < models.size(); ++i) {
    shop->use_occasions(models[i], 1);
    alone[i] = inferred();
    ASSERT_TRUE(alone[i].has_value());
  }
  ASSERT_NE(alone[0], alone[1]);
  std::atomic<int> wrong = 0, running = 2;
  std::vector<std::thread> shoppers;
  for (int i = 0; i < 2; ++i)
    shoppers.emplace_back([&] {
      for (int request = 0; request < 60; ++request) {
        const auto occasion = inferred();
        if (occasion != alone[0] && occasion != alone[1]) ++wrong;
      }
      --running;
    });
  for (int version = 2; running > 0; ++version) {
    shop->use_occasions(models[static_cast<size_t>(version) % 2], version);
    shop->use_fit({}, version);
    std::this_thread::yield();
  }
  for (auto& shopper : shoppers) shopper.join();
  EXPECT_EQ(wrong, 0);
}

Event returned(const std::string& shopper, const std::string& garment, ReturnReason reason) {
  Event event = make_event(EventType::kReturn, shopper, garment);
  event.reason = reason;
  event.size = "M";
  return event;
}

// How garments run is learned again under the new parameters: the same as a shop learns that opens with them.
TEST_F(ModelSwap, SizesAreAdvisedAsAfterARestart) {
  for (int i = 0; i < 30; ++i) {
    stores.clock.advance(std::chrono::hours(1));
    send(*shop, returned("s" + std::to_string(i), "G" + std::to_string(i % 3), ReturnReason::kTooSmall));
  }
  const auto sizes = [](Shop& of) {
    std::map<std::string, std::pair<std::string, double>> advised;
    RecommendRequest request;
    request.shopper_id = "s0";
    request.count = 40;
    const auto answer = of.recommender().recommend(request);
    EXPECT_TRUE(answer.ok());
    for (const auto& item : answer->items)
      if (item.size) advised[item.garment_id] = {*item.size, item.fit.value_or(-1)};
    return advised;
  };
  const auto by_default = sizes(*shop);
  ASSERT_FALSE(by_default.empty());
  FitParameters other;
  other.slope = 2.5;
  other.run_variance = 2;
  shop->use_fit(other, 1);
  const auto swapped = sizes(*shop);
  EXPECT_NE(swapped, by_default);

  ShopPorts ports{stores.clock, stores.log, stores.store, stores.store, &stores.encoder};
  Shop restarted(ports, Vocabulary::standard());
  restarted.use_fit(other, 1);
  ASSERT_TRUE(restarted.load().ok());
  const auto after = sizes(restarted);
  ASSERT_FALSE(after.empty());
  for (const auto& [garment, advice] : after) {
    ASSERT_TRUE(swapped.contains(garment));
    EXPECT_EQ(swapped.at(garment).first, advice.first) << garment;
  }
  shop->use_fit({}, 0);
  EXPECT_EQ(sizes(*shop), by_default);
}

}  // namespace
}  // namespace modiste
