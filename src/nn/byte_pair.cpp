#include "nn/byte_pair.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/json.h"
#include "base/rng.h"
#include "nn/corrupt.h"
#include "nn/unicode_text.h"

namespace modiste {
namespace {

constexpr std::string_view kEndOfWord = "</w>";
constexpr int64_t kIdMax = 10'000'000;
constexpr size_t kBytesPerPairMax = 128;  // bounds the work for absurd texts
constexpr size_t kWordBytesMax = 1024;    // merging is quadratic in a word's length

// GPT-2's printable substitutes: bytes that print stay themselves, the others follow from U+0100 on.
std::array<std::string, 256> byte_symbols() {
  std::array<std::string, 256> out;
  UChar32 next = 256;
  for (int byte = 0; byte < 256; ++byte) {
    const bool prints = (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
    icu::UnicodeString(prints ? UChar32{byte} : next++).toUTF8String(out[static_cast<size_t>(byte)]);
  }
  return out;
}

enum class Kind : uint8_t { kSpace, kLetter, kNumber, kOther };

Kind kind_of(UChar32 c) {
  if (is_space(c)) return Kind::kSpace;
  const auto mask = U_GET_GC_MASK(c);
  if ((mask & U_GC_L_MASK) != 0) return Kind::kLetter;
  if ((mask & U_GC_N_MASK) != 0) return Kind::kNumber;
  return Kind::kOther;
}

icu::UnicodeString composed_lower_case(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* compose = icu::Normalizer2::getNFCInstance(status);
  CHECK(U_SUCCESS(status));
  const auto composed = compose->normalize(from_utf8(text), status);
  CHECK(U_SUCCESS(status));
  icu::UnicodeString out;
  for_each_character(composed, [&](UChar32 c) { append_lower_case(out, c); });
  return out;
}

// The length of an English contraction that starts at `begin`, else 0.
int32_t contraction_length(const icu::UnicodeString& text, int32_t begin) {
  static constexpr std::array<std::u16string_view, 7> kContractions{u"'s", u"'t",  u"'re", u"'ve",
                                                                    u"'m", u"'ll", u"'d"};
  for (const auto& word : kContractions) {
    const auto length = static_cast<int32_t>(word.size());
    if (text.compare(begin, length, word.data(), 0, length) == 0) return length;
  }
  return 0;
}

// Splits by 's|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+ from the left; stops when
// a visitor returns false.
template <class Visit>
void for_each_gpt2_word(const icu::UnicodeString& text, const Visit& visit) {
  for (int32_t begin = 0, end = 0; begin < text.length(); begin = end) {
    const Kind kind = kind_of(text.char32At(begin));
    end = begin + contraction_length(text, begin);
    if (end == begin) {
      do {
        end = text.moveIndex32(end, 1);
      } while (kind != Kind::kNumber && end < text.length() && kind_of(text.char32At(end)) == kind);
    }
    if (kind == Kind::kSpace) continue;
    std::string word;
    text.tempSubStringBetween(begin, end).toUTF8String(word);
    if (!visit(word)) return;
  }
}

using Vocabulary = std::unordered_map<std::string_view, int32_t>;

Result<Vocabulary> read_vocabulary(const json::value& root, size_t& size) {
  if (!root.is_object()) return corrupt("not an object", "vocab.json");
  Vocabulary out;
  for (const auto& [symbol, id] : root.get_object()) {
    if (!id.is_int64() || id.get_int64() < 0 || id.get_int64() >= kIdMax)
      return corrupt("id is not a count", std::string_view(symbol));
    out.emplace(symbol, static_cast<int32_t>(id.get_int64()));
    size = std::max(size, static_cast<size_t>(id.get_int64()) + 1);
  }
  return out;
}

Result<int32_t> id_of(const Vocabulary& vocabulary, std::string_view symbol) {
  const auto found = vocabulary.find(symbol);
  if (found == vocabulary.end()) return corrupt("vocabulary lacks a symbol", symbol);
  return found->second;
}

}  // namespace

size_t BytePair::PairHash::operator()(const std::pair<int32_t, int32_t>& pair) const {
  return mix64((static_cast<uint64_t>(pair.first) << 32U) | static_cast<uint32_t>(pair.second));
}

Result<BytePair> BytePair::parse(std::span<const std::byte> vocab_json,
                                 std::span<const std::byte> merges_txt) {
  auto root = parse_json({reinterpret_cast<const char*>(vocab_json.data()), vocab_json.size()});
  if (!root.ok()) return corrupt("not JSON: " + root.error().message(), "vocab.json");
  BytePair out;
  TRY_ASSIGN(const auto vocabulary, read_vocabulary(*root, out.vocabulary_size_));
  TRY_ASSIGN(out.begin_, id_of(vocabulary, "<|startoftext|>"));
  TRY_ASSIGN(out.end_, id_of(vocabulary, "<|endoftext|>"));
  for (const auto& symbol : byte_symbols()) {
    TRY_ASSIGN(out.byte_ids_.emplace_back(), id_of(vocabulary, symbol));
    TRY_ASSIGN(out.last_byte_ids_.emplace_back(), id_of(vocabulary, symbol + std::string(kEndOfWord)));
  }

  std::string_view rest(reinterpret_cast<const char*>(merges_txt.data()), merges_txt.size());
  for (size_t line = 1; !rest.empty(); ++line) {
    auto text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), text.size() + 1));
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.empty() || (line == 1 && text.starts_with("#version"))) continue;
    const auto space = text.find(' ');
    const auto where = fmt::format("merges.txt line {}", line);
    if (space == std::string_view::npos) return corrupt("a merge is not two symbols", where, "\"a b\"");
    const auto left = vocabulary.find(text.substr(0, space)), right = vocabulary.find(text.substr(space + 1));
    const auto both = std::string(text.substr(0, space)) + std::string(text.substr(space + 1));
    const auto merged = vocabulary.find(both);
    if (left == vocabulary.end() || right == vocabulary.end() || merged == vocabulary.end())
      return corrupt("a merge names a symbol that vocab.json lacks", where);
    out.merges_.try_emplace({left->second, right->second}, static_cast<uint32_t>(line), merged->second);
  }
  return out;
}

void BytePair::append_word(std::string_view word, std::vector<int64_t>& ids) const {
  word = word.substr(0, kWordBytesMax);
  std::vector<int32_t> symbols;
  for (const char c : word) symbols.push_back(byte_ids_[static_cast<unsigned char>(c)]);
  symbols.back() = last_byte_ids_[static_cast<unsigned char>(word.back())];
  while (symbols.size() > 1) {
    size_t best = symbols.size();
    Merge merge{.rank = UINT32_MAX, .result = 0};
    for (size_t i = 0; i + 1 < symbols.size(); ++i) {
      const auto found = merges_.find({symbols[i], symbols[i + 1]});
      if (found != merges_.end() && found->second.rank < merge.rank) best = i, merge = found->second;
    }
    if (best == symbols.size()) break;
    symbols[best] = merge.result;
    symbols.erase(symbols.begin() + static_cast<ptrdiff_t>(best) + 1);
  }
  ids.insert(ids.end(), symbols.begin(), symbols.end());
}

std::vector<int64_t> BytePair::encode(std::string_view text, size_t tokens_max) const {
  CHECK(tokens_max >= 2);
  std::vector<int64_t> ids{begin_};
  for_each_gpt2_word(composed_lower_case(text.substr(0, tokens_max * kBytesPerPairMax)),
                     [&](std::string_view word) {
                       append_word(word, ids);
                       return ids.size() < tokens_max;
                     });
  ids.resize(std::min(ids.size(), tokens_max - 1));
  ids.push_back(end_);
  return ids;
}

}  // namespace modiste
