#include "retrieval/word_forms.h"

#include <algorithm>
#include <array>

#include "vocabulary/words.h"

namespace modiste {
namespace {

// Words without a meaning of their own in a garment's text or a query.
constexpr std::array<std::string_view, 37> kStopWords{
    "a",   "an",   "and", "are", "as", "at",   "be",  "by",   "for",       "from", "has",    "i",    "in",
    "is",  "it",   "its", "me",  "my", "of",   "on",  "or",   "our",       "s",    "so",     "some", "that",
    "the", "this", "to",  "was", "we", "with", "you", "your", "something", "want", "looking"};

bool is_stop_word(const std::string& word) {
  return std::find(kStopWords.begin(), kStopWords.end(), word) != kStopWords.end();
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

std::vector<std::string> telling_words(std::string_view text) {
  auto words = words_of(text);
  std::erase_if(words, is_stop_word);
  return words;
}

// The meanings of each vocabulary word on its own; empty for a word that only occurs in phrases.
using Meanings = std::unordered_map<std::string, std::vector<TermId>>;

void note_meaning(std::string_view phrase, TermId term, Meanings& meanings) {
  const auto words = words_of(phrase);
  for (const std::string& word : words) {
    auto& terms = meanings[word];
    if (words.size() == 1 && std::find(terms.begin(), terms.end(), term) == terms.end())
      terms.push_back(term);
  }
}

// Whether a plural may be replaced by its singular: each meaning of the singular must be a meaning of the
// plural, or an ancestor or descendant of one. "dresses" covers "dress"; "shorts" does not cover "short",
// which is also a length.
bool covers(const std::vector<TermId>& plural, const std::vector<TermId>& singular,
            const Vocabulary& vocabulary) {
  if (plural.empty()) return true;
  return std::all_of(singular.begin(), singular.end(), [&](TermId one) {
    return std::any_of(plural.begin(), plural.end(),
                       [&](TermId many) { return vocabulary.is_a(one, many) || vocabulary.is_a(many, one); });
  });
}

}  // namespace

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
  std::vector<std::string> forms;
  for (const std::string& word : telling_words(text)) forms.push_back(form(word));
  if (forms.empty()) return;
  Phrase& phrase = phrases_[join_words(forms, 0, forms.size())];
  phrase.words = forms.size();
  if (std::find(phrase.terms.begin(), phrase.terms.end(), term) == phrase.terms.end())
    phrase.terms.push_back(term);
  phrase_words_max_ = std::max(phrase_words_max_, forms.size());
}

std::string WordForms::form(const std::string& word) const {
  if (const auto known = vocabulary_forms_.find(word); known != vocabulary_forms_.end()) return known->second;
  const std::string one = singular(word);
  if (const auto known = vocabulary_forms_.find(one); known != vocabulary_forms_.end()) return known->second;
  return stem(word);
}

const WordForms::Phrase* WordForms::phrase_at(const std::vector<Word>& words, size_t begin) const {
  const Phrase* longest = nullptr;
  std::string key;
  for (size_t end = begin; end < std::min(words.size(), begin + phrase_words_max_); ++end) {
    if (end > begin) key += ' ';
    key += words[end].form;
    if (const auto found = phrases_.find(key); found != phrases_.end()) longest = &found->second;
  }
  return longest;
}

std::vector<TermId> WordForms::terms(const std::string& form) const {
  const auto found = phrases_.find(form);
  return found == phrases_.end() ? std::vector<TermId>{} : found->second.terms;
}

std::vector<Word> WordForms::read(std::string_view text) const {
  std::vector<Word> words;
  for (const std::string& word : telling_words(text)) words.push_back({form(word), singular(word), {}});
  for (size_t i = 0; i < words.size();) {
    const Phrase* phrase = phrase_at(words, i);
    i += phrase == nullptr ? 1 : phrase->words;
    if (phrase != nullptr) words[i - 1].terms = phrase->terms;
  }
  return words;
}

}  // namespace modiste
