#include "serving/state/item_embeddings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/rng.h"

namespace modiste {
namespace {

ItemEmbedding drawn(Rng& rng) {
  ItemEmbedding embedding{Vector(184), {"#a0b1c2", "#000000"}, rng.next()};
  for (float& x : embedding.vector) x = static_cast<float>(rng.normal());
  normalise(embedding.vector);
  return embedding;
}

TEST(ItemEmbeddings, KeepEachComponentToSixteenBits) {
  Rng rng(1);
  ItemEmbeddings embeddings;
  const ItemEmbedding put = drawn(rng);
  embeddings.put(7, put);
  const auto got = embeddings.get(7);
  ASSERT_NE(got, nullptr);
  EXPECT_EQ(got->palette, put.palette);
  EXPECT_EQ(got->source_hash, put.source_hash);
  ASSERT_EQ(got->vector.size(), put.vector.size());
  float most = 0;
  for (const float x : put.vector) most = std::max(most, std::abs(x));
  for (size_t i = 0; i < put.vector.size(); ++i)
    EXPECT_NEAR(got->vector[i], put.vector[i], most * std::exp2(-15.9F));
  EXPECT_NEAR(dot(got->vector, got->vector), 1, 1e-4);
}

TEST(ItemEmbeddings, VectorsAloneAreTheSame) {
  Rng rng(4);
  ItemEmbeddings embeddings;
  embeddings.put(0, drawn(rng));
  embeddings.put(2, drawn(rng));
  const std::vector<Slot> slots{2, 1, 0, 90};
  const ItemVectors vectors = embeddings.vectors(slots);
  ASSERT_EQ(vectors.size(), slots.size());
  for (size_t row = 0; row < slots.size(); ++row) {
    const auto whole = embeddings.get(slots[row]);
    EXPECT_TRUE(std::ranges::equal(vectors[row], whole == nullptr ? Vector() : whole->vector)) << row;
  }
  EXPECT_EQ(embeddings.vectors({}).size(), 0U);
  EXPECT_EQ(likeness(vectors[0], vectors[1]), 0) << "it has none";
}

TEST(ItemEmbeddings, PuttingWhatWasGotChangesNothing) {
  Rng rng(2);
  ItemEmbeddings embeddings;
  for (Slot slot = 0; slot < 200; ++slot) {
    embeddings.put(slot, drawn(rng));
    const auto once = embeddings.get(slot);
    embeddings.put(slot, *once);
    EXPECT_EQ(embeddings.get(slot)->vector, once->vector);
  }
}

TEST(ItemEmbeddings, AreOneForEachSlotAndNoneWhereNoneWasPut) {
  ItemEmbeddings embeddings;
  embeddings.put(2, {{}, {}, 9});  // neither photo nor text
  embeddings.put(0, {{0, 0}, {}, 8});
  EXPECT_EQ(embeddings.get(1), nullptr);
  EXPECT_EQ(embeddings.get(99), nullptr);
  const auto all = embeddings.get(std::array<Slot, 4>{2, 1, 0, 50});
  EXPECT_TRUE(all[0]->vector.empty());
  EXPECT_EQ(all[1], nullptr);
  EXPECT_EQ(all[2]->vector, (Vector{0, 0}));
  EXPECT_EQ(all[3], nullptr);
}

}  // namespace
}  // namespace modiste
