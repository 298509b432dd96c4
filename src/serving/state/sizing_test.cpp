#include "serving/state/sizing.h"

#include <gtest/gtest.h>

#include "catalog/normaliser.h"

namespace modiste {
namespace {

TEST(Sizing, ASnapshotHoldsTheLatestOutcomesOfAGarmentOnly) {
  Catalog catalog{Vocabulary::standard()};
  const Normaliser normaliser(Vocabulary::standard());
  Garment garment;
  garment.id = "D1";
  garment.title = "Dress";
  garment.department = "Women";
  garment.category = "Women/Dresses";
  garment.variants.push_back({"D1-M", "M", "Red", 20, {}, {}, 1});
  normaliser.normalise(garment);
  catalog.upsert({garment});
  Sizing sizing(catalog);
  const auto bytes_after = [&](int returns) {
    for (int i = 0; i < returns; ++i) {
      Event event;
      event.type = EventType::kReturn;
      event.garment_id = "D1";
      event.size = "M";
      event.reason = ReturnReason::kTooSmall;
      sizing.learn(event, TimePoint{});
    }
    std::string saved;
    sizing.save(saved);
    return saved.size();
  };
  const size_t few = bytes_after(10), many = bytes_after(990);
  EXPECT_GT(many, few);
  EXPECT_EQ(bytes_after(2'000), many);
  std::string saved;
  sizing.save(saved);
  EXPECT_TRUE(Sizing(catalog).load(saved).ok());
}

}  // namespace
}  // namespace modiste
