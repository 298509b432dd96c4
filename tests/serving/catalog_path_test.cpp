// The catalog path when the encoder fails, and when a garment changes while its photo is encoded.
#include <gtest/gtest.h>

#include "small_shop.h"
#include "storage/memory/memory_image_store.h"

namespace modiste {
namespace {

// Fails as often as it is told to, and calls out before it looks at photos.
class ToldEncoder final : public Encoder {
 public:
  [[nodiscard]] std::string id() const override { return words_.id(); }
  [[nodiscard]] size_t dimension() const override { return words_.dimension(); }
  Result<std::vector<Vector>> encode_texts(std::span<const std::string> texts) override {
    if (texts_fail-- > 0) return Error{Code::kUnavailable, "no weights for texts", "", ""};
    return words_.encode_texts(texts);
  }
  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage> images) override {
    if (!images.empty() && before_photos) std::exchange(before_photos, {})();
    if (photos_fail-- > 0) return Error{Code::kUnavailable, "no weights for photos", "", ""};
    return words_.encode_images(images);
  }

  int texts_fail = 0, photos_fail = 0;
  std::function<void()> before_photos;

 private:
  WordEncoder words_;
};

class CatalogPath : public testing::Test {
 protected:
  CatalogPath() { EXPECT_TRUE(shop_.load().ok()); }

  Upserted put(const Garment& garment) {
    const auto results = shop_.catalog().upsert({garment});
    EXPECT_TRUE(results.ok() && results->front().ok());
    return results.ok() && results->front().ok() ? *results->front() : Upserted();
  }
  std::shared_ptr<const ItemEmbedding> embedding() {
    return shop_.catalog().embeddings().get(shop_.catalog().view().slot("G0", "Red"));
  }
  static std::vector<std::byte> photo(uint8_t grey) {
    return encode_jpeg({16, 16, std::vector<uint8_t>(16 * 16 * 3, grey)}).value();
  }

  ManualClock clock_{TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 5 / 1))};
  MemoryEventLog log_;
  MemoryStore store_;
  MemoryImageStore images_;
  ToldEncoder encoder_;
  Shop shop_{{.clock = clock_,
              .log = log_,
              .garments = store_,
              .subjects = store_,
              .encoder = &encoder_,
              .images = &images_},
             Vocabulary::standard()};
};

TEST_F(CatalogPath, WhatTheEncoderFailedOnIsEncodedByTheNextImport) {
  encoder_.texts_fail = encoder_.photos_fail = 1;
  EXPECT_EQ(put(make_garment(0)).embedded, 0U);
  EXPECT_EQ(embedding(), nullptr);
  EXPECT_EQ(put(make_garment(0)).embedded, 1U);
  ASSERT_NE(embedding(), nullptr);
  EXPECT_FALSE(embedding()->vector.empty());
  EXPECT_EQ(put(make_garment(0)).embedded, 0U) << "it is known now";
}

TEST_F(CatalogPath, APhotoThatTheEncoderFailedOnIsReportedAndEncodedByTheNextImport) {
  Garment garment = make_garment(0);
  garment.images.push_back({images_.keep(photo(200)).value(), ""});
  encoder_.photos_fail = 1;
  const Upserted first = put(garment);
  ASSERT_EQ(first.photo_problems.size(), 1U);
  EXPECT_NE(first.photo_problems[0].find("no weights for photos"), std::string::npos);
  EXPECT_EQ(first.embedded, 1U) << "by its words";
  const Vector of_words = embedding()->vector;
  const Upserted second = put(garment);
  EXPECT_TRUE(second.photo_problems.empty());
  EXPECT_EQ(second.embedded, 1U);
  EXPECT_NE(embedding()->vector, of_words);
}

TEST_F(CatalogPath, WhatChangesWhileAPhotoIsEncodedStaysChanged) {
  put(make_garment(0));
  std::string other;
  encoder_.before_photos = [&] {
    EXPECT_TRUE(shop_.catalog().change_variant("G0-S", {.stock = 0, .price = {}, .list_price = {}}).ok());
    other = shop_.catalog().add_image("G0", "", photo(100)).value();
  };
  const auto name = shop_.catalog().add_image("G0", "", photo(200));
  ASSERT_TRUE(name.ok()) << name.error().message();
  const Garment now = shop_.catalog().garment("G0").value();
  EXPECT_EQ(now.variants[0].stock, 0);
  ASSERT_EQ(now.images.size(), 2U);
  EXPECT_EQ(now.images[0].url, other);
  EXPECT_EQ(now.images[1].url, *name);
  EXPECT_EQ(put(now).embedded, 0U) << "the vector is that of the first photo";
}

TEST_F(CatalogPath, APhotoOfAGarmentThatWasRemovedMeanwhileBringsNothingBack) {
  put(make_garment(0));
  encoder_.before_photos = [&] { EXPECT_TRUE(shop_.catalog().remove("G0").ok()); };
  EXPECT_EQ(shop_.catalog().add_image("G0", "", photo(200)).error().code, Code::kNotFound);
  EXPECT_FALSE(shop_.catalog().garment("G0").ok());
}

// What each of a batch came to: its id, or the garment that has its sku.
class CatalogSkus : public CatalogPath {
 protected:
  std::string put_all(std::vector<Garment> garments) {
    const auto results = shop_.catalog().upsert(std::move(garments));
    if (!results.ok()) return "none: " + results.error().message();
    std::string said;
    for (const auto& result : *results) {
      if (!said.empty()) said += ", ";
      said += result.ok() ? result->garment_id : result.error().what + result.error().where;
    }
    return said;
  }
  // Of the one colour and size that it has.
  static Garment with_sku(int number, const std::string& sku) {
    Garment garment = make_garment(number);
    garment.variants.resize(1);
    garment.variants[0].sku = sku;
    return garment;
  }
  std::string seller(const std::string& sku) {
    const auto found = shop_.catalog().view().garment_of_sku(sku);
    return found == nullptr ? "nobody" : found->id;
  }
};

TEST_F(CatalogSkus, OneThatAnotherGarmentHasCostsOnlyItsGarment) {
  put(with_sku(0, "a"));
  EXPECT_EQ(put_all({with_sku(1, "b"), with_sku(2, "a"), with_sku(3, "c")}),
            "G1, sku 'a' belongs to garment 'G0'/variants/0/sku, G3");
  EXPECT_EQ(seller("a"), "G0");
  EXPECT_EQ(seller("c"), "G3");
  EXPECT_FALSE(shop_.catalog().garment("G2").ok());
}

TEST_F(CatalogSkus, OfTwoInABatchTheFirstHasIt) {
  EXPECT_EQ(put_all({with_sku(0, "a"), with_sku(1, "a")}),
            "G0, sku 'a' belongs to garment 'G0'/variants/0/sku");
}

TEST_F(CatalogSkus, MoveFromOneGarmentOfABatchToAnother) {
  put(with_sku(0, "a"));
  put(with_sku(1, "b"));
  EXPECT_EQ(put_all({with_sku(0, "b"), with_sku(1, "a")}), "G0, G1");
  EXPECT_EQ(seller("a") + seller("b"), "G1G0");
}

TEST_F(CatalogSkus, ARefusedGarmentKeepsThoseThatItHas) {
  for (int i = 0; i < 3; ++i) put(with_sku(i, std::string(1, static_cast<char>('a' + i))));
  // G0 wants what G9 has, so it keeps "a", which G1 wants, so that keeps "b", which G2 wants.
  put(with_sku(9, "z"));
  EXPECT_EQ(put_all({with_sku(0, "z"), with_sku(1, "a"), with_sku(2, "b"), with_sku(3, "new")}),
            "sku 'z' belongs to garment 'G9'/variants/0/sku, sku 'a' belongs to garment 'G0'/variants/0/sku, "
            "sku 'b' belongs to garment 'G1'/variants/0/sku, G3");
  EXPECT_EQ(seller("a") + seller("b") + seller("c"), "G0G1G2");
}

TEST_F(CatalogSkus, WhatWasEncodedForARefusedGarmentIsNotKept) {
  put(make_garment(0));
  const Vector before = embedding()->vector;
  put(with_sku(1, "b"));
  Garment other = make_garment(0);
  other.title = "Leather jacket with studs";
  other.variants[0].sku = "b";
  EXPECT_EQ(put_all({other}), "sku 'b' belongs to garment 'G1'/variants/0/sku");
  EXPECT_EQ(embedding()->vector, before);
}

}  // namespace
}  // namespace modiste
