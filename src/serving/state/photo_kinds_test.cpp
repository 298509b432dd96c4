#include "serving/state/photo_kinds.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "catalog/normaliser.h"

namespace modiste {
namespace {

using namespace std::chrono_literals;

class PhotosOfAShop : public testing::Test {
 protected:
  // A garment of this category whose photo is the unit vector along this axis.
  void sell(const std::string& id, const std::string& category, size_t axis) {
    Garment garment;
    garment.id = id;
    garment.title = id;
    garment.category = category;
    Variant& variant = garment.variants.emplace_back();
    variant.sku = id;
    variant.price = 10;
    variant.stock = 1;
    normaliser.normalise(garment);
    catalog.upsert({garment});
    embeddings.put(catalog.slot(id, ""), {along(axis), {}, 1});
  }
  static Vector along(size_t axis) {
    Vector vector(4, 0.0F);
    vector[axis] = 1;
    return vector;
  }
  // The likeliest category of a photo along this axis; empty: none is known.
  [[nodiscard]] std::string shown(size_t axis, TimePoint at) const {
    const auto kinds = photos.shown_by(along(axis), at);
    const auto most = std::max_element(
        kinds.begin(), kinds.end(), [](const TermShare& a, const TermShare& b) { return a.share < b.share; });
    return most == kinds.end() ? "" : vocabulary.term(most->term).name;
  }

  // The category that the shop states of a garment.
  [[nodiscard]] std::string kind_of(const std::string& id) const {
    return vocabulary.term(catalog.snapshot()->facts(catalog.slot(id, "")).category).name;
  }

  const Vocabulary& vocabulary = Vocabulary::standard();
  const Normaliser normaliser{vocabulary};
  Catalog catalog{vocabulary};
  ItemEmbeddings embeddings;
  PhotoKinds photos{catalog, embeddings};
  const TimePoint now{24h * 365 * 50};
};

TEST_F(PhotosOfAShop, AreOfTheKindThatTheShopSaysOfSuchItems) {
  EXPECT_EQ(shown(0, now), "");
  for (int i = 0; i < 4; ++i) {
    sell("d" + std::to_string(i), "Dresses", 0);
    sell("j" + std::to_string(i), "Jeans", 1);
  }
  EXPECT_EQ(shown(0, now), kind_of("d0"));
  EXPECT_EQ(shown(1, now), kind_of("j0"));
}

TEST_F(PhotosOfAShop, AreLearnedAgainWhenAFifthMoreIsSoldOrADayLater) {
  for (int i = 0; i < 10; ++i) sell("d" + std::to_string(i), "Dresses", 0);
  EXPECT_EQ(shown(1, now), kind_of("d0")) << "the only kind";
  sell("j0", "Jeans", 1);
  EXPECT_EQ(shown(1, now + 23h), kind_of("d0"));
  EXPECT_EQ(shown(1, now + 24h), kind_of("j0")) << "a day later";
  for (int i = 0; i < 4; ++i) sell("s" + std::to_string(i), "Skirts", 2);
  EXPECT_EQ(shown(2, now + 24h), kind_of("s0")) << "four more than eleven";
}

}  // namespace
}  // namespace modiste
