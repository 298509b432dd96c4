// Among garments that the shop's words call the same, the one of the nearer colour comes first.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "serving/answer/findings.h"
#include "serving/request/reason_rules.h"
#include "small_shop.h"
#include "storage/memory/memory_image_store.h"

namespace modiste {
namespace {

// All photos look alike; a photo's palette is chosen by its width.
class PaletteEncoder final : public Encoder {
 public:
  [[nodiscard]] std::string id() const override { return "palette-1"; }
  [[nodiscard]] size_t dimension() const override { return words_.dimension(); }
  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override {
    return words_.encode_texts(texts);
  }
  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override {
    auto seen = words_.encode_images(images);
    for (size_t i = 0; i < images.size(); ++i)
      (*seen)[i].palette = {images[i].width < 20 ? "#8c1420" : "#ff6a6a"};
    return seen;
  }

 private:
  WordEncoder words_;
};

TEST(Similar, TheNearerShadeOfOneColourComesFirst) {
  SmallShop stores;
  PaletteEncoder encoder;
  MemoryImageStore images;
  Shop shop(ShopPorts{stores.clock, stores.log, stores.store, stores.store, &encoder, &images},
            Vocabulary::standard());
  ASSERT_TRUE(shop.load().ok());
  // Dark, pale, dark, pale, ... red dresses, alike in every word.
  std::vector<Garment> garments;
  for (int i = 0; i < 12; i += 2) {
    Garment garment = make_garment(i);
    for (auto& variant : garment.variants) variant.price = 90;
    const std::string svg = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"/>)", i % 4 == 0 ? 16 : 24);
    const auto* bytes = reinterpret_cast<const std::byte*>(svg.data());
    garment.images = {{images.keep({bytes, svg.size()}).value(), "Red"}};
    garments.push_back(std::move(garment));
  }
  ASSERT_TRUE(shop.catalog().upsert(garments).ok());
  const auto first_two = [&](const std::string& garment) {
    SimilarRequest request;
    request.garment_id = garment;
    request.count = 2;
    std::vector<std::string> ids;
    const auto answer = shop.search().similar(request);
    EXPECT_TRUE(answer.ok());
    for (const auto& item : answer->items) ids.push_back(item.garment_id);
    std::sort(ids.begin(), ids.end());
    return ids;
  };
  EXPECT_EQ(first_two("G0"), (std::vector<std::string>{"G4", "G8"})) << "dark ones";
  EXPECT_EQ(first_two("G2"), (std::vector<std::string>{"G10", "G6"})) << "pale ones";
}

bool compares(std::string_view one, std::string_view other) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  ItemFacts a, b;
  a.category = vocabulary.find(Facet::kCategory, one)->id;
  b.category = vocabulary.find(Facet::kCategory, other)->id;
  return comparable(a, b, vocabulary) && comparable(b, a, vocabulary);
}

// A fleece jacket is worn under a coat and a rain jacket is not, but a shopper compares them.
TEST(Similar, LayersOfOneFamilyAreCompared) {
  EXPECT_TRUE(compares("fleece-jacket", "rain-jacket"));
  EXPECT_TRUE(compares("track-jacket", "jacket"));
  EXPECT_TRUE(compares("cardigan", "sweater"));
  EXPECT_TRUE(compares("cardigan", "turtleneck"));
  EXPECT_FALSE(compares("cardigan", "t-shirt"));
  EXPECT_FALSE(compares("blazer", "coat"));
  EXPECT_FALSE(compares("cardigan", "rain-jacket"));
  EXPECT_FALSE(compares("slippers", "sneakers"));
}

TEST(Similar, AccessoriesAreComparedWithTheirKind) {
  EXPECT_FALSE(compares("watch", "belt"));
  EXPECT_FALSE(compares("scarf", "watch"));
  EXPECT_TRUE(compares("watch", "watch"));
  EXPECT_TRUE(compares("sneakers", "sandals"));
}

// The reasons of an answer are about items that the catalog may have lost meanwhile.
TEST(Similar, WhatIsRemovedDuringTheSearchStaysInItsAnswer) {
  SmallShop stores;
  const auto shop = stores.open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(4)).ok());
  const ShopState& state = shop->lookbook().shop();
  RequestState request = make_request_state({}, state, stores.store, stores.clock.now());
  request.count = 4;
  const Slot kept = state.catalog.slot("G0", ""), lost = state.catalog.slot("G2", "");
  Findings<1> found(std::array{Comparison{"words", 1}});
  found.at(request.catalog->facts(kept)).values[0] = 0.5F;
  found.at(request.catalog->facts(lost)).values[0] = 1;
  ASSERT_TRUE(shop->catalog().remove("G2").ok());
  const Answer answer = found.answer(request, state);
  ASSERT_EQ(answer.items.size(), 2U);
  EXPECT_EQ(answer.items[0].garment_id, "G2");
  EXPECT_EQ(found.shown(), (std::vector<Slot>{lost, kept}));
}

}  // namespace
}  // namespace modiste
