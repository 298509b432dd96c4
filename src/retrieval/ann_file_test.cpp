#include "retrieval/ann_file.h"

#include <gtest/gtest.h>

#include <cstring>

#include "base/rng.h"
#include "retrieval/ann_test_data.h"

namespace modiste {
namespace {

constexpr size_t kFileDimension = 24;

AnnOptions file_options() {
  return {.dimension = kFileDimension, .space = "minilm+resnet/3", .connectivity = 8};
}

std::vector<std::byte> saved(const AnnIndex& index) {
  std::vector<std::byte> file;
  const auto sink = [&](std::span<const std::byte> bytes) {
    file.insert(file.end(), bytes.begin(), bytes.end());
    return true;
  };
  EXPECT_TRUE(index.save(sink).ok());
  return file;
}

class AnnFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (Slot slot = 0; slot < 1200; ++slot) put(index_, slot);
    for (Slot slot = 0; slot < 200; slot += 3) {
      index_.remove(slot);
      naive_.remove(slot);
    }
  }
  void put(AnnIndex& index, Slot slot) {
    const Vector v = vectors_.draw(rng_);
    ASSERT_TRUE(index.put(slot, v).ok());
    naive_.put(slot, v);
  }
  static Result<std::unique_ptr<AnnIndex>> load(const std::vector<std::byte>& file,
                                                AnnOptions options = file_options()) {
    return AnnIndex::load({file, nullptr}, std::move(options));
  }

  Rng rng_{3};
  ClusteredVectors vectors_{kFileDimension, 20, 5};
  AnnIndex index_{file_options()};
  NaiveIndex naive_;
};

TEST_F(AnnFileTest, ComesBackAsItWas) {
  const auto file = saved(index_);
  auto loaded = load(file);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message();
  EXPECT_EQ((*loaded)->size(), index_.size());
  for (int i = 0; i < 50; ++i) {
    const Vector query = vectors_.draw(rng_);
    EXPECT_EQ(*(*loaded)->search({.vector = query}), *index_.search({.vector = query}));
  }
  EXPECT_EQ(saved(**loaded), file);
}

TEST_F(AnnFileTest, ChangesAfterLoadingLeaveTheFileAlone) {
  const auto file = saved(index_);
  const auto before = file;
  auto loaded = load(file);
  ASSERT_TRUE(loaded.ok());
  for (Slot slot = 900; slot < 2500; ++slot) put(**loaded, slot);
  EXPECT_TRUE((*loaded)->remove(1));
  naive_.remove(1);
  EXPECT_EQ((*loaded)->size(), naive_.size());
  EXPECT_GE(mean_recall(**loaded, naive_, vectors_, rng_, {}), 0.95);
  EXPECT_EQ(file, before);
}

TEST_F(AnnFileTest, KeepsTheMappingAsLongAsItNeedsIt) {
  auto file = std::make_shared<const std::vector<std::byte>>(saved(index_));
  auto loaded = AnnIndex::load({*file, file}, file_options());
  ASSERT_TRUE(loaded.ok());
  const std::weak_ptr<const void> watch = file;
  file.reset();
  EXPECT_FALSE(watch.expired());
  EXPECT_GE(mean_recall(**loaded, naive_, vectors_, rng_, {}), 0.95);
  loaded->reset();
  EXPECT_TRUE(watch.expired());
}

TEST_F(AnnFileTest, AnEmptyIndexIsAFileToo) {
  const AnnIndex empty(file_options());
  auto loaded = load(saved(empty));
  ASSERT_TRUE(loaded.ok()) << loaded.error().message();
  EXPECT_EQ((*loaded)->size(), 0);
  put(**loaded, 4);
  EXPECT_TRUE((*loaded)->contains(4));
}

TEST_F(AnnFileTest, RefusesAnotherSpaceDimensionOrShape) {
  const auto file = saved(index_);
  AnnOptions other = file_options();
  other.space = "clip";
  EXPECT_EQ(load(file, other).error().code, Code::kConflict);
  EXPECT_NE(load(file, other).error().message().find("minilm+resnet/3"), std::string::npos);
  other = file_options();
  other.dimension = 25;
  EXPECT_EQ(load(file, other).error().code, Code::kConflict);
  other = file_options();
  other.connectivity = 16;
  EXPECT_EQ(load(file, other).error().code, Code::kConflict);
}

TEST_F(AnnFileTest, RefusesATornFileWhereverItTore) {
  const auto file = saved(index_);
  for (size_t size : {size_t{0}, size_t{1}, size_t{100}, size_t{4096}, file.size() / 2, file.size() - 1}) {
    const std::vector<std::byte> torn(file.begin(), file.begin() + static_cast<ptrdiff_t>(size));
    const auto loaded = load(torn);
    ASSERT_FALSE(loaded.ok()) << size;
    EXPECT_EQ(loaded.error().code, Code::kCorrupt) << size;
  }
  auto longer = file;
  longer.resize(file.size() + 10);
  EXPECT_EQ(load(longer).error().code, Code::kCorrupt);
}

TEST_F(AnnFileTest, RefusesAFileWithAnyBitTurned) {
  const auto file = saved(index_);
  Rng rng(11);
  for (int i = 0; i < 200; ++i) {
    // Half of them in the graph and the footer, which are small beside the rows.
    const size_t at = i % 2 == 0 ? rng.below(file.size()) : file.size() - 1 - rng.below(100'000);
    if (at >= 240 && at < 4096) continue;  // padding after the header says nothing
    auto altered = file;
    altered[at] ^= std::byte{1} << rng.below(8);
    EXPECT_FALSE(load(altered).ok()) << at;
  }
}

TEST_F(AnnFileTest, SaysWhenTheDiskIsFull) {
  size_t room = 10'000;
  const auto sink = [&](std::span<const std::byte> bytes) {
    if (bytes.size() > room) return false;
    room -= bytes.size();
    return true;
  };
  EXPECT_EQ(index_.save(sink).error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace modiste
