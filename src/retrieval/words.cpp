#include "retrieval/words.h"

#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/check.h"

namespace modiste {
namespace {

// They carry no meaning of their own in a garment's text or a shopper's wish.
constexpr std::array<std::string_view, 37> kStopWords{
    "a",   "an",   "and", "are", "as", "at",   "be",  "by",   "for",       "from", "has",    "i",    "in",
    "is",  "it",   "its", "me",  "my", "of",   "on",  "or",   "our",       "s",    "so",     "some", "that",
    "the", "this", "to",  "was", "we", "with", "you", "your", "something", "want", "looking"};

bool is_stop_word(std::string_view word) {
  return std::find(kStopWords.begin(), kStopWords.end(), word) != kStopWords.end();
}

// ICU's breakers and Snowball's stemmers hold the text they work on: one of each per thread.
icu::BreakIterator& word_breaker() {
  thread_local const std::unique_ptr<icu::BreakIterator> breaker = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    CHECK(U_SUCCESS(status));
    return made;
  }();
  return *breaker;
}

std::string stem(const std::string& word) {
  struct Delete {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
  };
  thread_local const std::unique_ptr<sb_stemmer, Delete> stemmer(sb_stemmer_new("english", "UTF_8"));
  CHECK(stemmer != nullptr);
  const auto* stemmed = sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                                        static_cast<int>(word.size()));
  if (stemmed == nullptr) return word;  // out of memory
  return {reinterpret_cast<const char*>(stemmed), static_cast<size_t>(sb_stemmer_length(stemmer.get()))};
}

// Decomposed, case-folded, without marks.
icu::UnicodeString fold(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* decompose = icu::Normalizer2::getNFDInstance(status);
  CHECK(U_SUCCESS(status));
  const auto raw = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  const auto decomposed = decompose->normalize(casefold->normalize(raw, status), status);
  if (U_FAILURE(status)) return {};  // out of memory
  icu::UnicodeString folded;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1))
    if (const UChar32 c = decomposed.char32At(i); u_charType(c) != U_NON_SPACING_MARK) folded.append(c);
  return folded;
}

bool ends_with(std::string_view word, std::string_view end) {
  return word.size() > end.size() && word.substr(word.size() - end.size()) == end;
}

// Harman's S-stemmer (1991), with the "es" of sibilants.
std::string singular(const std::string& word) {
  if (word.size() < 4 || ends_with(word, "ss") || ends_with(word, "us") || !ends_with(word, "s")) return word;
  if (ends_with(word, "ies") && word.size() > 4) return word.substr(0, word.size() - 3) + "y";
  for (const std::string_view sibilant : {"sses", "shes", "ches", "xes", "zes"})
    if (ends_with(word, sibilant)) return word.substr(0, word.size() - 2);
  return word.substr(0, word.size() - 1);
}

// What each word of the vocabulary means when it stands alone; nothing for one that only stands in phrases.
using Meanings = std::unordered_map<std::string, std::vector<TermId>>;

void note_meaning(std::string_view phrase, TermId term, Meanings& meanings) {
  const auto words = fold_words(phrase);
  for (const std::string& word : words) {
    auto& terms = meanings[word];
    if (words.size() == 1 && std::find(terms.begin(), terms.end(), term) == terms.end())
      terms.push_back(term);
  }
}

// Whether a plural may stand for its singular: each meaning of the singular is, or is above or below, one of
// the plural's. "dresses" covers "dress"; "shorts" does not cover "short", which is a length too.
bool covers(const std::vector<TermId>& plural, const std::vector<TermId>& singular,
            const Vocabulary& vocabulary) {
  if (plural.empty()) return true;
  return std::all_of(singular.begin(), singular.end(), [&](TermId one) {
    return std::any_of(plural.begin(), plural.end(),
                       [&](TermId many) { return vocabulary.is_a(one, many) || vocabulary.is_a(many, one); });
  });
}

}  // namespace

std::vector<std::string> fold_words(std::string_view text) {
  const icu::UnicodeString folded = fold(text);
  icu::BreakIterator& breaker = word_breaker();
  breaker.setText(folded);
  std::vector<std::string> words;
  int32_t begin = breaker.first();
  for (int32_t end = breaker.next(); end != icu::BreakIterator::DONE; begin = end, end = breaker.next()) {
    if (breaker.getRuleStatus() < UBRK_WORD_NUMBER) continue;  // spaces and punctuation
    folded.tempSubStringBetween(begin, end).toUTF8String(words.emplace_back());
    // "women's" is one word to ICU.
    for (const std::string_view possessive : {"'s", "\u2019s"})
      if (ends_with(words.back(), possessive)) words.back().resize(words.back().size() - possessive.size());
  }
  breaker.setText(icu::UnicodeString());  // it must not keep what is about to go
  return words;
}

WordForms::WordForms(const Vocabulary& vocabulary) {
  Meanings meanings;
  for (const Term& term : vocabulary.terms()) {
    note_meaning(term.name, term.id, meanings);
    for (const std::string& synonym : term.synonyms) note_meaning(synonym, term.id, meanings);
  }
  for (const auto& [word, terms] : meanings) {
    std::string form = singular(word);
    const auto other = meanings.find(form);
    if (other != meanings.end() && !covers(terms, other->second, vocabulary)) form = word;
    vocabulary_forms_.insert_or_assign(word, form);
    vocabulary_forms_.try_emplace(form, form);
  }
  for (const Term& term : vocabulary.terms()) {
    add_phrase(term.name, term.id);
    for (const std::string& synonym : term.synonyms) add_phrase(synonym, term.id);
  }
}

void WordForms::add_phrase(std::string_view text, TermId term) {
  std::string key;
  size_t count = 0;
  for (const std::string& word : fold_words(text)) {
    if (is_stop_word(word)) continue;
    if (count++ > 0) key += ' ';
    key += form(word);
  }
  if (count == 0) return;
  Phrase& phrase = phrases_[key];
  phrase.words = count;
  if (std::find(phrase.terms.begin(), phrase.terms.end(), term) == phrase.terms.end())
    phrase.terms.push_back(term);
  phrase_words_max_ = std::max(phrase_words_max_, count);
}

std::string WordForms::form(const std::string& word) const {
  if (const auto known = vocabulary_forms_.find(word); known != vocabulary_forms_.end()) return known->second;
  const std::string one = singular(word);
  if (const auto known = vocabulary_forms_.find(one); known != vocabulary_forms_.end()) return known->second;
  return stem(word);
}

const WordForms::Phrase* WordForms::phrase_at(const std::vector<std::string>& forms, size_t begin) const {
  const Phrase* longest = nullptr;
  std::string key;
  for (size_t end = begin; end < std::min(forms.size(), begin + phrase_words_max_); ++end) {
    if (end > begin) key += ' ';
    key += forms[end];
    if (const auto found = phrases_.find(key); found != phrases_.end()) longest = &found->second;
  }
  return longest;
}

std::vector<Word> WordForms::read(std::string_view text) const {
  std::vector<std::string> forms;
  for (const std::string& word : fold_words(text))
    if (!is_stop_word(word)) forms.push_back(form(word));
  std::vector<Word> words;
  words.reserve(forms.size());
  for (size_t i = 0; i < forms.size();) {
    const Phrase* phrase = phrase_at(forms, i);
    const size_t count = phrase == nullptr ? 1 : phrase->words;
    for (size_t end = i + count; i < end; ++i) words.push_back({forms[i], {}});
    if (phrase != nullptr) words.back().terms = phrase->terms;
  }
  return words;
}

}  // namespace modiste
