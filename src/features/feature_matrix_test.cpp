#include "features/feature_matrix.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

struct Matrix : testing::Test {
  Matrix() {
    Garment garment;
    garment.id = "G";
    garment.title = "Shirt";
    for (const char* colour : {"Red", "Blue"})
      garment.variants.push_back(
          {std::string("G-") + colour, "M", colour, 40, {}, {}, colour[0] == 'R' ? 1 : 0});
    std::vector<Garment> garments;
    garments.push_back(std::move(garment));
    slots = catalog.upsert(std::move(garments)).front();
    snapshot = catalog.snapshot();
    matrix = FeatureMatrix(slots);
  }
  [[nodiscard]] RequestFacts facts() const {
    return {{}, *snapshot, catalog.vocabulary(), style, shopper, {}, {}, {}, {}, context};
  }

  Catalog catalog{Vocabulary::standard()};
  std::shared_ptr<const CatalogSnapshot> snapshot;
  std::vector<Slot> slots;
  StyleOptions style;
  ShopperState shopper;
  std::optional<Context> context;
  FeatureMatrix matrix;
};

TEST_F(Matrix, ComputesTheColumnsThatARankerReadsByTheirDefinitions) {
  constexpr std::array<std::string_view, 2> kRead{"content", "stock_share"};
  matrix.set("content", {0.25F, 0.75F});
  matrix.compute(kRead, facts());
  EXPECT_FALSE(matrix.has("visual"));
  EXPECT_FLOAT_EQ(matrix.column("content")[1], 0.75F);
  for (size_t row = 0; row < matrix.rows(); ++row)
    EXPECT_FLOAT_EQ(matrix.column("stock_share")[row], snapshot->facts(slots[row]).in_stock ? 1.0F : 0.0F);
}

TEST_F(Matrix, LogsARowAsServingComputedIt) {
  matrix.set("content", {0.25F, 0.75F});
  const auto logged = matrix.logged_row(1, facts());
  ASSERT_EQ(logged.size(), 1 + streaming_features().size());
  EXPECT_EQ(logged[0], static_cast<float>(feature_set()));
  for (size_t i = 0; i < streaming_features().size(); ++i) {
    if (streaming_features()[i].name == "content") {
      EXPECT_FLOAT_EQ(logged[1 + i], 0.75F);
    } else if (streaming_features()[i].name == "visual") {
      EXPECT_EQ(logged[1 + i], kFeatureUnknown);
    }
  }
}

}  // namespace
}  // namespace modiste
