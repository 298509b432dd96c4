// A shop that opens with another encoder than the one that made its vectors: two spaces are never compared.
#include <gtest/gtest.h>

#include "small_shop.h"

namespace modiste {
namespace {

class EncoderSwap : public testing::Test {
 protected:
  EncoderSwap() {
    auto shop = stores.open();
    EXPECT_TRUE(shop->catalog().upsert(make_garments(40)).ok());
    EXPECT_TRUE(shop->catalog().remove("G3").ok());
    send(*shop, make_event(EventType::kLike, "ada", "G3"));
    stores.encoder.texts_encoded = 0;
  }
  void swap_encoder() {
    stores.encoder.name = "words-2";
    stores.encoder.shift = 7;
  }
  [[nodiscard]] std::vector<StoredEmbedding> stored() const {
    std::vector<StoredEmbedding> all;
    EXPECT_TRUE(stores.store
                    .for_each_embedding([&](StoredEmbedding&& one) -> Result<Done> {
                      all.push_back(std::move(one));
                      return kOk;
                    })
                    .ok());
    return all;
  }

  SmallShop stores;
};

TEST_F(EncoderSwap, EmbedsEverythingAgainAlsoWhatIsNoLongerSold) {
  swap_encoder();
  auto swapped = stores.open();
  SmallShop fresh;
  fresh.encoder.name = "words-2";
  fresh.encoder.shift = 7;
  auto expected = fresh.open();
  ASSERT_TRUE(expected->catalog().upsert(make_garments(40)).ok());
  for (const auto& one : stored()) {
    EXPECT_EQ(one.encoder, "words-2") << one.garment_id;
    const auto vector = [&](Shop& shop) {
      return shop.catalog()
          .embeddings()
          .get(shop.catalog().view().slot_ever(one.garment_id, one.colour))
          ->vector;
    };
    EXPECT_EQ(vector(*swapped), vector(*expected)) << one.garment_id;
    EXPECT_NEAR(dot(one.vector, vector(*expected)), 1, 1e-4) << one.garment_id;
  }
  EXPECT_EQ(swapped->catalog().view().garment("G3"), nullptr) << "it stays removed";
  SimilarRequest similar;
  similar.garment_id = "G2";
  EXPECT_EQ(swapped->search().similar(similar)->items.front().garment_id,
            expected->search().similar(similar)->items.front().garment_id);
}

TEST_F(EncoderSwap, ProfilesHoldVectorsOfTheNewSpaceOnly) {
  swap_encoder();
  std::string after;
  stores.open()->write_profiles(after);
  std::string again;
  stores.open()->write_profiles(again);
  EXPECT_EQ(after, again) << "the fold saw the new vectors at the start that made them";
}

TEST_F(EncoderSwap, EmbedsNothingWhenTheEncoderIsTheSame) {
  (void)stores.open();
  EXPECT_EQ(stores.encoder.texts_encoded, 0);
  swap_encoder();
  (void)stores.open();
  EXPECT_GT(stores.encoder.texts_encoded, 0);
  stores.encoder.texts_encoded = 0;
  (void)stores.open();
  EXPECT_EQ(stores.encoder.texts_encoded, 0) << "once";
}

// As databases were before they kept the encoder.
TEST_F(EncoderSwap, AVectorWithoutAnEncoderIsKnownByTheHashOfItsInputs) {
  auto unnamed = stored();
  for (auto& one : unnamed) one.encoder.clear();
  ASSERT_TRUE(stores.store.put_embeddings(unnamed).ok());
  (void)stores.open();
  EXPECT_EQ(stores.encoder.texts_encoded, 0);
  swap_encoder();
  (void)stores.open();
  EXPECT_GE(stores.encoder.texts_encoded, 40);
}

}  // namespace
}  // namespace modiste
