// What an open shop does beside its requests.
#include "shop/background/background.h"

#include <gtest/gtest.h>

#include <thread>

#include "io/test_directory.h"

namespace modiste {
namespace {

Garment dress(const std::string& id) {
  Garment garment;
  garment.id = id;
  garment.title = "Red dress " + id;
  garment.currency = "EUR";
  garment.variants.push_back({id + "-S", "S", "Red", 40.0, {}, {}, 3});
  return garment;
}

Event like(const std::string& garment_id) {
  Event event;
  event.event_id = "of " + garment_id;
  event.type = EventType::kLike;
  event.shopper_id = "ada";
  event.garment_id = garment_id;
  return event;
}

class BackgroundTest : public testing::Test {
 protected:
  BackgroundTest() {
    config_.data.directory = (directory_.path() / "data").string();
    config_.embedding.model = "none";
    shop_ = OpenShop::open(config_).value();
    EXPECT_TRUE(shop_->services().catalog().upsert({dress("A"), dress("B"), dress("C")}).ok());
  }

  // Until it is so, for ten seconds at most.
  static bool becomes(const std::function<bool()>& so) {
    for (int tries = 0; tries < 500 && !so(); ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return so();
  }

  TestDirectory directory_;
  Config config_;
  std::unique_ptr<OpenShop> shop_;
};

TEST_F(BackgroundTest, WhatWasAnsweredIsInTheLogWhenItEnds) {
  const SystemClock clock;
  LookMaker looks(config_, shop_->services(), clock);
  Jobs jobs(clock, {});
  std::atomic<int> failures = 0;
  const auto before = shop_->log().status()->events;
  {
    const Background background({config_, *shop_, looks, jobs, clock, failures});
    RecommendRequest request;
    request.shopper_id = "ada";
    ASSERT_TRUE(shop_->services().recommender().recommend(request).ok());
  }
  EXPECT_GT(shop_->log().status()->events, before);
}

TEST_F(BackgroundTest, SealsOldDaysAndFollowsTheChampions) {
  ASSERT_TRUE(shop_->services().events().ingest({like("A")}).ok());
  const ManualClock later(shop_->clock().now() + std::chrono::days(2));
  LookMaker looks(config_, shop_->services(), later);
  Jobs jobs(later, {});
  std::atomic<int> failures = 0;
  const Background background({config_, *shop_, looks, jobs, later, failures});
  EXPECT_TRUE(becomes([&] { return shop_->log().status()->days.size() == 1; }));

  std::vector<OccasionExample> examples(500);
  for (auto& example : examples) example.said = Occasion::kBeach;
  const std::string payload = OccasionModel::fit(examples, Vocabulary::standard())->serialize();
  const auto registry = open_registry(shop_->directory().models()).value();  // as another process would
  ModelDraft draft;
  draft.name = "occasions";
  draft.kind = kOccasionModelKind;
  const auto made = registry->publish(draft, std::as_bytes(std::span(payload)), later.now());
  ASSERT_TRUE(made.ok());
  ASSERT_TRUE(registry->set_alias("occasions", ModelAlias::kChampion, made->version, later.now()).ok());
  EXPECT_TRUE(becomes([&] {
    const auto states = shop_->models().states();
    return std::any_of(states.begin(), states.end(), [](const auto& state) {
      return std::string_view(state.row->name) == "occasions" && state.version == 1;
    });
  }));
}

}  // namespace
}  // namespace modiste
