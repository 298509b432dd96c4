#include "serving/state/sizing.h"

#include <gtest/gtest.h>

#include <memory>

#include "catalog/normaliser.h"

namespace modiste {
namespace {

// A dress of one size.
std::unique_ptr<Catalog> catalog_of_a_dress() {
  auto catalog = std::make_unique<Catalog>(Vocabulary::standard());
  const Normaliser normaliser(Vocabulary::standard());
  Garment garment;
  garment.id = "D1";
  garment.title = "Dress";
  garment.department = "Women";
  garment.category = "Women/Dresses";
  garment.variants.push_back({"D1-M", "M", "Red", 20, {}, {}, 1});
  normaliser.normalise(garment);
  catalog->upsert({garment});
  return catalog;
}

Event sent_back_as(ReturnReason reason) {
  Event event;
  event.type = EventType::kReturn;
  event.garment_id = "D1";
  event.size = "M";
  event.reason = reason;
  return event;
}

TEST(Sizing, ASnapshotHoldsTheLatestOutcomesOfAGarmentOnly) {
  const auto catalog = catalog_of_a_dress();
  Sizing sizing(*catalog);
  const auto bytes_after = [&](int returns) {
    for (int i = 0; i < returns; ++i) sizing.learn(sent_back_as(ReturnReason::kTooSmall), TimePoint{});
    std::string saved;
    sizing.save(saved);
    return saved.size();
  };
  const size_t few = bytes_after(10), many = bytes_after(990);
  EXPECT_GT(many, few);
  EXPECT_EQ(bytes_after(2'000), many);
  std::string saved;
  sizing.save(saved);
  EXPECT_TRUE(Sizing(*catalog).load(saved).ok());
}

// The process of a shop that is open for years.
TEST(Sizing, MemoryHoldsTheLatestOutcomesOfAGarmentToo) {
  const auto catalog = catalog_of_a_dress();
  Sizing all(*catalog), cut(*catalog, 600);
  for (int i = 0; i < 3'000; ++i) {
    const auto reason = i % 7 == 0 ? ReturnReason::kTooSmall : ReturnReason::kTooLarge;
    all.learn(sent_back_as(reason), TimePoint{});
    cut.learn(sent_back_as(reason), TimePoint{});
  }
  EXPECT_EQ(all.outcome_count(), 3'000U);
  EXPECT_GE(cut.outcome_count(), 500U);
  EXPECT_LE(cut.outcome_count(), 1'000U);
  std::string saved_all, saved_cut;
  all.save(saved_all);
  cut.save(saved_cut);
  EXPECT_EQ(saved_cut, saved_all);
  cut.use(FitParameters(), 1);  // learns from what is left
  cut.learn(sent_back_as(ReturnReason::kTooSmall), TimePoint{});
  EXPECT_LE(cut.outcome_count(), 1'001U);
}

// A dress that runs true, sold in a large size: of eight buyers six keep it, one sends it back as too small,
// one as too large. Who buys a large size is large.
TEST(Sizing, AReturnIsJudgedByTheSizeThatTheShopperChose) {
  Catalog catalog{Vocabulary::standard()};
  const Normaliser normaliser(Vocabulary::standard());
  Garment garment;
  garment.id = "D1";
  garment.title = "Dress";
  garment.department = "Women";
  garment.category = "Women/Dresses";
  garment.currency = "EUR";
  for (const char* size : {"48", "50", "52"})
    garment.variants.push_back({std::string("D1-") + size, size, "Red", 20, {}, {}, 1});
  normaliser.normalise(garment);
  catalog.upsert({garment});
  Sizing sizing(catalog);
  TimePoint now{std::chrono::hours(1'000)};
  int ids = 0;
  const auto tell = [&](EventType type, const std::string& who, std::optional<ReturnReason> reason = {}) {
    Event event;
    event.event_id = std::to_string(++ids);
    event.type = type;
    event.shopper_id = who;
    event.garment_id = "D1";
    event.size = "50";
    event.reason = reason;
    sizing.learn(event, now);
  };
  for (int i = 0; i < 8; ++i) tell(EventType::kPurchase, std::to_string(i));
  tell(EventType::kReturn, "6", ReturnReason::kTooSmall);
  tell(EventType::kReturn, "7", ReturnReason::kTooLarge);
  now += std::chrono::days(31);
  tell(EventType::kPurchase, "later");
  FitProfile profile;
  Event own;
  own.type = EventType::kPurchase;
  own.garment_id = "D1";
  own.size = "50";
  sizing.fold(profile, own);
  const auto snapshot = catalog.snapshot();
  const auto advice = sizing.advise(*sizing.model(), profile, snapshot->item(0));
  ASSERT_TRUE(advice.has_value());
  EXPECT_EQ(advice->size, "50");
  EXPECT_NE(advice->reason, SizeReason::kRunsSmall);
  EXPECT_NE(advice->reason, SizeReason::kRunsSlightlySmall);
}

}  // namespace
}  // namespace modiste
