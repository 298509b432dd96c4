#include "nn/safetensors.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "nn/test_files.h"

namespace modiste {
namespace {

using namespace nn_testing;

Bytes file_of(std::string_view header, size_t buffer_bytes) {
  Bytes file(8);
  const uint64_t length = header.size();
  std::memcpy(file.data(), &length, 8);
  const auto text = bytes_of(header);
  file.insert(file.end(), text.begin(), text.end());
  file.resize(file.size() + buffer_bytes);
  return file;
}

std::string refusal(std::string_view header, size_t buffer_bytes) {
  const auto file = file_of(header, buffer_bytes);
  const auto parsed = Safetensors::parse(file);
  if (parsed.ok()) return "accepted";
  EXPECT_EQ(parsed.error().code, Code::kCorrupt);
  return parsed.error().message();
}

Bytes small_file() {
  const Bytes a = bytes_of("aaaabbbbccccdddd"), b = bytes_of("eeff");
  const TensorViews tensors{{"weights", {Dtype::kF32, {2, 2}, a}}, {"bias", {Dtype::kBf16, {2}, b}}};
  return write_safetensors(tensors, {{"about", "a \"test\" é"}});
}

TEST(SafetensorsTest, ReadsBackWhatItWrote) {
  const auto file = small_file();
  const auto parsed = Safetensors::parse(file);
  ASSERT_TRUE(parsed.ok()) << parsed.error().message();
  EXPECT_EQ(parsed->metadata.at("about"), "a \"test\" é");
  ASSERT_EQ(parsed->tensors.size(), 2U);
  const auto& weights = parsed->tensors.find("weights")->second;
  EXPECT_EQ(weights.dtype, Dtype::kF32);
  EXPECT_EQ(weights.shape, (std::vector<int64_t>{2, 2}));
  EXPECT_EQ(Bytes(weights.bytes.begin(), weights.bytes.end()), bytes_of("aaaabbbbccccdddd"));
  EXPECT_EQ(parsed->tensors.find("bias")->second.dtype, Dtype::kBf16);
}

TEST(SafetensorsTest, AcceptsScalarsEmptyTensorsAndIntegers) {
  const auto file = file_of(R"({"scale": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]},
                               "none": {"dtype": "F16", "shape": [0, 7], "data_offsets": [4, 4]},
                               "ids": {"dtype": "I64", "shape": [1, 2], "data_offsets": [4, 20]}})",
                            20);
  const auto parsed = Safetensors::parse(file);
  ASSERT_TRUE(parsed.ok()) << parsed.error().message();
  EXPECT_EQ(parsed->tensors.find("ids")->second.dtype, Dtype::kOther);
}

TEST(SafetensorsTest, RefusesATornFileAtEveryLength) {
  const auto file = small_file();
  for (size_t length = 0; length < file.size(); ++length)
    EXPECT_FALSE(Safetensors::parse(std::span(file).first(length)).ok()) << length;
}

TEST(SafetensorsTest, RefusesWhatDoesNotAddUp) {
  EXPECT_EQ(refusal(R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}})", 4),
            "shape is larger than the file (a)");
  EXPECT_EQ(refusal(R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 8]}})", 8),
            "tensor has 8 bytes (a); expected 4 bytes for shape [1]");
  EXPECT_EQ(refusal(R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}})", 8),
            "tensors overlap or leave a gap at byte 0");
  EXPECT_EQ(refusal(R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
                        "b": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}})",
                    8),
            "tensors overlap or leave a gap at byte 4");
  EXPECT_EQ(refusal(R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}})", 6),
            "file has 6 bytes of tensors; expected 4 bytes");
  EXPECT_EQ(refusal(R"({"a": {"dtype": "F4", "shape": [1], "data_offsets": [0, 4]}})", 4),
            "dtype F4 is unknown (a); expected F32, F16 or BF16");
}

TEST(SafetensorsTest, RefusesHostileHeaders) {
  // The product of these sizes wraps around to 4 bytes in 64-bit arithmetic.
  EXPECT_EQ(
      refusal(R"({"a": {"dtype": "F32", "shape": [4294967297, 4294967295, 2], "data_offsets": [0, 4]}})", 4),
      "shape is larger than the file (a)");
  EXPECT_NE(refusal(R"({"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}})", 4), "accepted");
  EXPECT_NE(refusal(R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}})", 4), "accepted");
  EXPECT_NE(refusal(R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 1e300]}})", 4), "accepted");
  EXPECT_NE(refusal(R"({"a": 7})", 4), "accepted");
  EXPECT_NE(refusal("[]", 0), "accepted");
  EXPECT_NE(refusal("{", 0), "accepted");
  Bytes huge(16, std::byte{0xff});
  EXPECT_FALSE(Safetensors::parse(huge).ok());
}

RC_GTEST_PROP(SafetensorsTest, ADamagedByteNeverCrashes, (uint16_t at, uint8_t value)) {
  auto file = small_file();
  file[at % file.size()] = std::byte{value};
  const auto parsed = Safetensors::parse(file);
  if (!parsed.ok()) RC_ASSERT(parsed.error().code == Code::kCorrupt);
}

}  // namespace
}  // namespace modiste
