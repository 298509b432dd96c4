#include "nn/clip.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "base/json.h"
#include "nn/clip_config.h"
#include "nn/clip_image.h"
#include "nn/test_files.h"
#include "nn/threads.h"

namespace modiste {
namespace {

using namespace nn_testing;

using Files = std::map<std::string, Bytes, std::less<>>;

Files checkpoint(const std::string& name) {
  Files out;
  for (const auto* file : {"config.json", "model.safetensors", "vocab.json", "merges.txt"})
    out[file] = read_file(source_path("tests/data/nn/" + name + "/" + file)).value();
  return out;
}

// The same as photo() in tools/reference/clip_tiny.py.
std::vector<uint8_t> synthetic_photo(int width, int height) {
  std::vector<uint8_t> out;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int check = (x / 5 + y / 5) % 2 == 0 ? 220 : 35;
      for (const int value : {x * 7 + y * 3, x * y, check}) out.push_back(static_cast<uint8_t>(value % 256));
    }
  }
  return out;
}

std::vector<std::string> texts() {
  std::string long_text;
  for (int i = 0; i < 60; ++i) long_text += "red ";
  return {"a red dress", "", "Running shoes, size 42!", long_text};
}

struct Photos {
  std::vector<std::vector<uint8_t>> pixels;
  std::vector<RgbView> views;

  Photos() {
    constexpr std::array<std::pair<int, int>, 5> kSizes{{{32, 32}, {57, 40}, {20, 91}, {8, 8}, {300, 301}}};
    for (const auto& [width, height] : kSizes) pixels.push_back(synthetic_photo(width, height));
    for (size_t i = 0; i < pixels.size(); ++i)
      views.push_back({kSizes[i].first, kSizes[i].second, pixels[i]});
  }
};

class ClipTest : public testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() { set_nn_threads(2); }
};

TEST_P(ClipTest, TextsAgreeWithTransformers) {
  const auto files = checkpoint(GetParam());
  const auto clip = Clip::load(files_in(files));
  ASSERT_TRUE(clip.ok()) << clip.error().message();
  const auto expected = golden(GetParam() + "/expected.safetensors", "texts");
  ASSERT_EQ(expected.size(), texts().size() * clip->dimension());
  const auto near = compare(clip->embed_texts(texts()), expected, clip->dimension());
  EXPECT_LT(near.worst_absolute, 1e-5);
  EXPECT_GT(near.worst_cosine, 0.99999);
}

TEST_P(ClipTest, ImagesOfAnySizeAgreeWithTransformersAndPillow) {
  const auto files = checkpoint(GetParam());
  const auto clip = Clip::load(files_in(files));
  ASSERT_TRUE(clip.ok()) << clip.error().message();
  const Photos photos;
  const auto expected = golden(GetParam() + "/expected.safetensors", "images");
  ASSERT_EQ(expected.size(), photos.views.size() * clip->dimension());
  const auto near = compare(clip->embed_images(photos.views), expected, clip->dimension());
  // Pillow's fixed-point filter may round a byte the other way: 1/255 of one pixel.
  EXPECT_LT(near.worst_absolute, 1e-3);
  EXPECT_GT(near.worst_cosine, 0.99999);
  EXPECT_NEAR(clip->logit_scale(), 14.285, 1e-2);
}

TEST_P(ClipTest, PixelsAgreeWithPillow) {
  const auto clip = Clip::load(files_in(checkpoint(GetParam())));
  ASSERT_TRUE(clip.ok());
  const auto expected = golden(GetParam() + "/expected.safetensors", "pixels");
  const Photos photos;
  const auto got = clip_pixels(photos.views[1], clip->image_side());
  ASSERT_EQ(got.size(), expected.size());
  size_t different = 0;
  for (size_t i = 0; i < expected.size(); ++i) {
    const float gap = std::abs(got[i] - expected[i]);
    EXPECT_LT(gap, 1.01F / 255 / 0.26F);
    different += gap > 1e-4F;
  }
  EXPECT_LE(different, expected.size() / 10);  // these regular photos are full of exact halves
}

INSTANTIATE_TEST_SUITE_P(Checkpoints, ClipTest, testing::Values("clip_tiny_legacy", "clip_tiny_current"),
                         [](const auto& of) { return of.param; });

TEST(ClipImageTest, AnExtremeStripIsCutBeforeItIsResized) {
  const auto pixels = synthetic_photo(1, 20'000);
  const auto got = clip_pixels({1, 20'000, pixels}, 32);
  EXPECT_EQ(got.size(), 3 * 32 * 32);
}

class ClipRefusalTest : public testing::Test {
 protected:
  std::string refusal() const {
    const auto clip = Clip::load(files_in(files_));
    return clip.ok() ? std::string("accepted") : clip.error().message();
  }

  void set_config(std::string_view tower, std::string_view field, json::value value) {
    const auto& bytes = files_["config.json"];
    auto root = parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()}).value();
    root.at(tower).as_object()[field] = std::move(value);
    files_["config.json"] = bytes_of(json::serialize(root));
  }

  template <class Edit>
  void edit_tensors(const Edit& edit) {
    const Bytes whole = files_["model.safetensors"];
    auto parsed = Safetensors::parse(whole).value();
    edit(parsed.tensors);
    files_["model.safetensors"] = write_safetensors(parsed.tensors, {});
  }

  Files files_ = checkpoint("clip_tiny_legacy");
};

TEST_F(ClipRefusalTest, NamesTheTensorThatIsAbsent) {
  edit_tensors([](TensorViews& tensors) { tensors.erase("text_model.final_layer_norm.bias"); });
  EXPECT_EQ(refusal(),
            "tensor is absent (text_model.final_layer_norm.bias); expected a float tensor of shape [24]");
}

TEST_F(ClipRefusalTest, NamesTheShapeFoundAndTheOneExpected) {
  edit_tensors([](TensorViews& tensors) {
    tensors.find("visual_projection.weight")->second.shape = {32, 20};
  });
  EXPECT_EQ(
      refusal(),
      "tensor has shape [32, 20] (visual_projection.weight); expected a float tensor of shape [20, 32]");
}

TEST_F(ClipRefusalTest, AnAbsurdWidthCostsNothing) {
  set_config("vision_config", "hidden_size", 8192);
  set_config("vision_config", "num_hidden_layers", 128);
  EXPECT_EQ(refusal(),
            "tensor has shape [32] (vision_model.embeddings.class_embedding); expected a float tensor of "
            "shape [8192]");
}

TEST_F(ClipRefusalTest, NamesTheFieldOfTheConfig) {
  set_config("text_config", "hidden_act", "relu");
  EXPECT_EQ(refusal(), "field is not one of CLIP's (text_config/hidden_act); expected quick_gelu or gelu");
  set_config("text_config", "hidden_act", "gelu");
  set_config("text_config", "num_attention_heads", 5);
  EXPECT_EQ(
      refusal(),
      "field is not one of CLIP's (text_config/num_attention_heads); expected a divisor of hidden_size, 24");
}

TEST_F(ClipRefusalTest, TheVocabularyMustFitTheModel) {
  set_config("text_config", "vocab_size", 300);
  EXPECT_EQ(refusal(), "vocabulary has ids up to 520 (vocab.json); expected ids below vocab_size, 300");
  set_config("text_config", "vocab_size", 521);
  set_config("text_config", "eos_token_id", 7);
  EXPECT_EQ(refusal(),
            "eos_token_id is 7 (text_config/eos_token_id); expected 520, the id of <|endoftext|>, or 2");
}

TEST_F(ClipRefusalTest, EveryFileIsNeeded) {
  for (const auto* name : {"config.json", "model.safetensors", "vocab.json", "merges.txt"}) {
    auto without = files_;
    without.erase(name);
    const auto clip = Clip::load(files_in(without));
    ASSERT_FALSE(clip.ok()) << name;
    EXPECT_EQ(clip.error().code, Code::kNotFound);
  }
}

TEST_F(ClipRefusalTest, TornOrForeignFiles) {
  files_["model.safetensors"].resize(files_["model.safetensors"].size() / 2);
  EXPECT_NE(refusal(), "accepted");
  files_["config.json"] = bytes_of(R"({"model_type": "bert"})");
  EXPECT_EQ(refusal(), "model is of another architecture: \"bert\" (config.json/model_type); expected clip");
}

TEST(ClipConfigTest, WhatIsLeftOutMeansBasePatch32AndTheDictOverrides) {
  const auto config = ClipConfig::parse(bytes_of(
      R"({"text_config": {"hidden_size": 512},
          "text_config_dict": {"hidden_size": 768, "num_attention_heads": 12},
          "vision_config": null, "projection_dim": 768})"));
  ASSERT_TRUE(config.ok()) << config.error().message();
  EXPECT_EQ(config->text.hidden_size, 768);
  EXPECT_EQ(config->text.num_hidden_layers, 12);
  EXPECT_EQ(config->vision.hidden_size, 768);
  EXPECT_EQ(config->vision.num_hidden_layers, 12);
  EXPECT_EQ(config->projection_dim, 768);
  EXPECT_EQ(config->vocab_size, 49'408);
  EXPECT_TRUE(config->text.quick_gelu);
}

}  // namespace
}  // namespace modiste
