#include "nn/wordpiece.h"

#include <unicode/normalizer2.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/json.h"
#include "nn/corrupt.h"
#include "nn/unicode_text.h"

namespace modiste {
namespace {

constexpr std::string_view kContinuation = "##";
// Beyond this no piece can fit into the tokens requested: bounds the work for absurd texts.
constexpr size_t kBytesPerPieceMax = 128;

bool is_dropped(UChar32 c) {
  if (c == 0 || c == 0xFFFD) return true;
  if (c == '\t' || c == '\n' || c == '\r') return false;
  const auto type = u_charType(c);
  return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_PRIVATE_USE_CHAR ||
         type == U_SURROGATE || type == U_UNASSIGNED;
}

// The Unicode blocks that BERT's authors call Chinese characters: each character becomes a word.
bool is_cjk(UChar32 c) {
  constexpr std::pair<UChar32, UChar32> kBlocks[] = {
      {0x4E00, 0x9FFF},   {0x3400, 0x4DBF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
      {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0xF900, 0xFAFF},   {0x2F800, 0x2FA1F}};
  return std::ranges::any_of(kBlocks,
                             [c](const auto& block) { return block.first <= c && c <= block.second; });
}

// All ASCII that is neither letter, digit, space nor control, symbols such as $ and ^ included.
bool is_punctuation(UChar32 c) {
  if ((c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126))
    return true;
  return u_ispunct(c);
}

// Cleaned, CJK spaced, decomposed without its marks, lower case: the order of BertNormalizer.
icu::UnicodeString bert_normalised(std::string_view text) {
  icu::UnicodeString cleaned;
  for_each_character(from_utf8(text), [&](UChar32 c) {
    if (is_dropped(c)) return;
    if (is_cjk(c))
      cleaned.append(u' ').append(c).append(u' ');
    else
      cleaned.append(is_space(c) ? UChar32{U' '} : c);
  });
  UErrorCode status = U_ZERO_ERROR;
  const auto* decompose = icu::Normalizer2::getNFDInstance(status);
  CHECK(U_SUCCESS(status));
  const auto decomposed = decompose->normalize(cleaned, status);
  CHECK(U_SUCCESS(status));
  icu::UnicodeString out;
  for_each_character(decomposed, [&](UChar32 c) {
    if (u_charType(c) != U_NON_SPACING_MARK) append_lower_case(out, c);
  });
  return out;
}

// Splits at spaces and around punctuation; stops when a visitor returns false.
template <class Visit>
void for_each_bert_word(const icu::UnicodeString& text, const Visit& visit) {
  std::string word;
  const auto flush = [&] {
    const bool more = word.empty() || visit(word);
    word.clear();
    return more;
  };
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const bool alone = is_punctuation(c);
    if ((alone || is_space(c)) && !flush()) return;
    if (is_space(c)) continue;
    icu::UnicodeString(c).toUTF8String(word);
    if (alone && !flush()) return;
  }
  flush();
}

// The end of the UTF-8 character that ends before `end`.
size_t previous_boundary(std::string_view word, size_t end) {
  do {
    --end;
  } while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U);
  return end;
}

size_t characters(std::string_view word) {
  return static_cast<size_t>(
      std::ranges::count_if(word, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Result<Done> check_kind(const json::object& root) {
  const auto type_of = [&](std::string_view part) -> std::string_view {
    const auto* value = root.if_contains(part);
    const auto* object = value != nullptr ? value->if_object() : nullptr;
    const auto* type = object != nullptr ? object->if_contains("type") : nullptr;
    return type != nullptr && type->is_string() ? std::string_view(type->get_string()) : std::string_view();
  };
  constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
      {"normalizer", "BertNormalizer"}, {"pre_tokenizer", "BertPreTokenizer"}, {"model", "WordPiece"}};
  for (const auto& [part, kind] : kKinds)
    if (type_of(part) != kind)
      return corrupt("tokenizer is of another kind: " + std::string(type_of(part)), part, std::string(kind));
  const auto* lower = root.at("normalizer").get_object().if_contains("lowercase");
  if (lower == nullptr || *lower != true)
    return corrupt("tokenizer keeps upper case", "normalizer", "lowercase: true");
  return kOk;
}

}  // namespace

Result<WordPiece> WordPiece::parse(std::span<const std::byte> tokenizer_json) {
  auto root = parse_json({reinterpret_cast<const char*>(tokenizer_json.data()), tokenizer_json.size()});
  if (!root.ok()) return corrupt("not JSON: " + root.error().message(), "tokenizer.json");
  if (!root->is_object()) return corrupt("not an object", "tokenizer.json");
  TRY(check_kind(root->get_object()));
  const auto* vocabulary = root->at("model").get_object().if_contains("vocab");
  if (vocabulary == nullptr || !vocabulary->is_object())
    return corrupt("tokenizer has no vocabulary", "model/vocab");

  WordPiece out;
  for (const auto& [piece, id] : vocabulary->get_object()) {
    if (!id.is_int64() || id.get_int64() < 0 || id.get_int64() >= 10'000'000)
      return corrupt("id is not a count", std::string_view(piece));
    out.pieces_.emplace(std::string_view(piece), id.get_int64());
    out.vocabulary_size_ = std::max(out.vocabulary_size_, static_cast<size_t>(id.get_int64()) + 1);
  }
  const std::pair<std::string_view, int64_t*> specials[] = {
      {"[UNK]", &out.unknown_}, {"[CLS]", &out.begin_}, {"[SEP]", &out.end_}};
  for (const auto& [name, id] : specials) {
    const auto found = out.pieces_.find(name);
    if (found == out.pieces_.end()) return corrupt("vocabulary lacks a special token", name);
    *id = found->second;
  }
  return out;
}

void WordPiece::append_word(std::string_view word, std::vector<int64_t>& ids) const {
  if (characters(word) > kWordCharactersMax) return ids.push_back(unknown_);
  const size_t ids_before = ids.size();
  std::string piece;
  for (size_t begin = 0; begin < word.size();) {
    size_t end = word.size();
    auto found = pieces_.end();
    for (; end > begin; end = previous_boundary(word, end)) {
      piece.assign(begin > 0 ? kContinuation : "").append(word.substr(begin, end - begin));
      found = pieces_.find(piece);
      if (found != pieces_.end()) break;
    }
    if (found == pieces_.end()) {  // one piece that fits nothing makes the whole word unknown
      ids.resize(ids_before);
      return ids.push_back(unknown_);
    }
    ids.push_back(found->second);
    begin = end;
  }
}

std::vector<int64_t> WordPiece::encode(std::string_view text, size_t tokens_max) const {
  CHECK(tokens_max >= 2);
  std::vector<int64_t> ids{begin_};
  for_each_bert_word(bert_normalised(text.substr(0, tokens_max * kBytesPerPieceMax)),
                     [&](std::string_view word) {
                       append_word(word, ids);
                       return ids.size() < tokens_max;
                     });
  ids.resize(std::min(ids.size(), tokens_max - 1));
  ids.push_back(end_);
  return ids;
}

}  // namespace modiste
