#include "vocabulary/phrase_index.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <initializer_list>

#include "vocabulary/words.h"

namespace modiste {
namespace {

// A compound's parts, in letters. Short heads ("hut") are believed once other words speak for the language.
constexpr size_t kFirstPartMin = 3, kHeadMin = 5, kHeadMinOfKnown = 3;
constexpr float kLanguageKnown = 1.5F;
constexpr float kStemsFrom = 0.5F;  // stems of a language are compared when the text has this much of it

std::vector<std::string> stems_of(const std::vector<std::string>& words, const std::string& stemmer) {
  std::vector<std::string> stems;
  stems.reserve(words.size());
  for (const auto& word : words) stems.push_back(stem(word, stemmer));
  return stems;
}

bool is_letter_start(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

size_t letters_in(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), is_letter_start));
}

// "Röcke" is also written "Roecke", "kåpe" "kaape".
std::string without_special_letters(std::string_view phrase) {
  static constexpr std::pair<std::string_view, std::string_view> kLetters[] = {
      {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"å", "aa"}, {"ø", "oe"}};
  std::string plain(phrase);
  for (const auto& [letter, written] : kLetters)
    for (size_t at = plain.find(letter); at != std::string::npos; at = plain.find(letter, at))
      plain.replace(at, letter.size(), written);
  return plain;
}

// "حقيبة يد" is also "حقيبة اليد", "الحقيبة", "والحقيبة". Nothing for languages that write articles apart.
std::vector<std::string> with_articles(const std::vector<std::string>& words,
                                       const std::vector<std::string>& articles) {
  std::vector<std::string> spellings;
  if (articles.empty() || words.empty()) return spellings;
  std::string rest, definite_rest;
  for (size_t i = 1; i < words.size(); ++i) {
    rest += " " + words[i];
    definite_rest += " " + articles.front() + words[i];
  }
  for (const auto& article : articles) {
    spellings.push_back(article + words.front() + rest);
    if (!rest.empty()) spellings.push_back(article + words.front() + definite_rest);
  }
  if (!rest.empty()) spellings.push_back(words.front() + definite_rest);
  return spellings;
}

// Letters by which a text speaks for a language, or for one of a few.
enum class Letters : uint8_t {
  kKana,
  kHan,
  kHangul,
  kCyrillic,
  kUkrainian,
  kRussian,
  kGreek,
  kArabic,
  kHebrew,
  kThai,
  kVietnamese
};
constexpr size_t kLetterKinds = 11;

bool is_vietnamese(UChar32 c) {
  return (c >= 0x1EA0 && c <= 0x1EF9) || c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0;
}

std::array<bool, kLetterKinds> letters_of(std::string_view text) {
  std::array<bool, kLetterKinds> found{};
  const auto see = [&](Letters letters) { found[static_cast<size_t>(letters)] = true; };
  for (int32_t at = 0, size = static_cast<int32_t>(text.size()); at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);  // NOLINT(bugprone-inc-dec-in-conditions): ICU's macro
    if (c < 0x80) continue;
    if (c >= 0x3040 && c <= 0x30FF) see(Letters::kKana);
    if (c >= 0x4E00 && c <= 0x9FFF) see(Letters::kHan);
    if (c >= 0xAC00 && c <= 0xD7A3) see(Letters::kHangul);
    if (c >= 0x400 && c <= 0x52F) see(Letters::kCyrillic);
    if (std::u32string_view(U"іїєґІЇЄҐ").find(static_cast<char32_t>(c)) != std::u32string_view::npos)
      see(Letters::kUkrainian);
    if (std::u32string_view(U"ыэъёЫЭЪЁ").find(static_cast<char32_t>(c)) != std::u32string_view::npos)
      see(Letters::kRussian);
    if (c >= 0x370 && c <= 0x3FF) see(Letters::kGreek);
    if (c >= 0x600 && c <= 0x6FF) see(Letters::kArabic);
    if (c >= 0x590 && c <= 0x5FF) see(Letters::kHebrew);
    if (c >= 0xE00 && c <= 0xE7F) see(Letters::kThai);
    if (is_vietnamese(c)) see(Letters::kVietnamese);
  }
  return found;
}

// How a noun stands at the begin of a compound: "Woll-" of Wolle, "Seiden-" of Seide, "Leders-".
std::vector<std::string> as_first_parts(const std::string& word) {
  std::vector<std::string> parts{word, word + "s"};
  if (word.ends_with('e') && letters_in(word) > 4) {
    parts.push_back(word + "n");
    parts.push_back(word.substr(0, word.size() - 1));
  }
  return parts;
}

// Of a compound such as Korean, whose syllables are letters here.
bool is_hangul(std::string_view text) { return !text.empty() && text[0] >= '\xEA' && text[0] <= '\xED'; }

}  // namespace

const Term* common_ancestor(const Vocabulary& vocabulary, const std::vector<const Term*>& terms) {
  if (terms.empty() || terms.front() == nullptr || terms.front()->facet != Facet::kCategory) return nullptr;
  for (const Term* at = terms.front(); at->parent; at = &vocabulary.term(*at->parent))
    if (std::all_of(terms.begin(), terms.end(),
                    [&](const Term* term) { return term != nullptr && vocabulary.is_a(term->id, at->id); }))
      return at;
  return nullptr;
}

PhraseIndex::PhraseIndex(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {
  languages_.resize(languages().size());
  add_english(vocabulary);
  for (size_t id = 0; id < languages_.size(); ++id) {
    add_language(vocabulary, static_cast<LanguageId>(id));
    if (languages()[id].only_by_letters) only_by_letters_ |= 1U << id;
  }
}

void PhraseIndex::add_english(const Vocabulary& vocabulary) {
  const auto add = [&](const Term& term, std::string_view phrase, bool is_name) {
    const Sense sense{&term, kEnglish, is_name, false, false, false};
    add_phrase(term.facet, words_of(phrase), sense);
    add_stem(term.facet, words_of(phrase), sense);
  };
  for (const auto& term : vocabulary.terms()) {
    add(term, term.name, true);
    for (const auto& synonym : term.synonyms) add(term, synonym, false);
  }
  for (const auto& term : vocabulary.terms()) {  // gives way to all the above
    const auto words = words_of(term.label);
    const auto& known = exact_[static_cast<size_t>(term.facet)];
    if (!known.contains(join_words(words, 0, words.size()))) add(term, term.label, false);
  }
}

void PhraseIndex::add_language(const Vocabulary& vocabulary, LanguageId id) {
  const Language& language = languages()[id];
  const auto add = [&](Facet facet, const Term* term, std::string_view phrase) {
    const auto words = words_of(phrase);
    if (words.empty()) return;
    const bool contested =
        std::find(language.contested.begin(), language.contested.end(), phrase) != language.contested.end();
    const Sense sense{term, id, false, id == kEnglish, false, contested};
    add_phrase(facet, words, sense);
    if (id != kEnglish) add_stem(facet, words, sense);
    add_parts(facet, words, sense);
  };
  const auto add_spellings = [&](Facet facet, const Term* term, const std::string& phrase) {
    add(facet, term, phrase);
    for (const auto& spelling : with_articles(words_of(phrase), language.articles))
      add(facet, term, spelling);
    if (!language.compounds) return;
    if (const std::string plain = without_special_letters(phrase); plain != phrase) add(facet, term, plain);
  };
  for (const auto& word : language.words) {
    const Term& term = vocabulary.term(word.term);
    add_spellings(term.facet, &term, word.phrase);
  }
  for (const auto& phrase : language.nothing) add_spellings(Facet::kCategory, nullptr, phrase);
  for (const auto& phrase : language.no_fabric)
    for (const Facet facet : {Facet::kFabric, Facet::kPattern}) add_spellings(facet, nullptr, phrase);
  for (const auto& phrase : language.function_words)
    for (const auto& word : words_of(phrase)) known_words_[word] |= 1U << id;
  add_filler(language);
}

void PhraseIndex::add_filler(const Language& language) {
  const auto joined = [](const std::string& phrase) {
    const auto words = words_of(phrase);
    return join_words(words, 0, words.size());
  };
  for (const auto& phrase : language.filler) filler_.insert(joined(phrase));
  for (const auto& phrase : language.generic) generic_.insert(joined(phrase));
}

void PhraseIndex::add_phrase(Facet facet, const std::vector<std::string>& words, const Sense& sense) {
  if (words.empty()) return;
  auto& longest = lengths_[static_cast<size_t>(facet)][words.front()];
  longest = std::max(longest, words.size());
  for (const auto& word : words) known_words_[word] |= 1U << sense.language;
  auto& senses = exact_[static_cast<size_t>(facet)][join_words(words, 0, words.size())];
  const bool known = std::any_of(senses.begin(), senses.end(), [&](const Sense& other) {
    return other.term == sense.term && other.language == sense.language;
  });
  if (!known) senses.push_back(sense);
}

// A stem of two terms means neither, unless one of them is an English name.
void PhraseIndex::add_stem(Facet facet, const std::vector<std::string>& words, Sense sense) {
  const auto& stemmer = languages()[sense.language].stemmer;
  if (stemmer.empty() || words.empty()) return;
  sense.stemmed = true;
  const auto stems = stems_of(words, stemmer);
  if (sense.language == kEnglish) english_stems_.insert(stems.begin(), stems.end());
  auto& longest = languages_[sense.language].stem_lengths[static_cast<size_t>(facet)][stems.front()];
  longest = std::max(longest, stems.size());
  auto& list = languages_[sense.language].stems[static_cast<size_t>(facet)];
  const auto [known, is_new] = list.try_emplace(join_words(stems, 0, stems.size()), sense);
  if (is_new || known->second.term == sense.term) return;
  if (sense.language != kEnglish)
    known->second.term = nullptr;
  else if (sense.is_name && !known->second.is_name)
    known->second = sense;
}

void PhraseIndex::add_parts(Facet facet, const std::vector<std::string>& words, const Sense& sense) {
  const Language& language = languages()[sense.language];
  PerLanguage& own = languages_[sense.language];
  if (language.compounds && words.size() == 1 && facet == Facet::kCategory &&
      letters_in(words[0]) >= (is_hangul(words[0]) ? 2 : kHeadMinOfKnown))
    own.heads.try_emplace(words[0], sense.term);
  if (language.compounds && words.size() == 1 && facet == Facet::kDepartment && letters_in(words[0]) >= 3)
    own.departments.try_emplace(words[0], sense.term);
  if (language.compounds && words.size() == 1 && facet == Facet::kFabric && letters_in(words[0]) >= 3)
    for (const auto& first : as_first_parts(words[0])) own.fabrics.try_emplace(first, sense.term);
  if (!language.unspaced) return;
  std::string piece;
  for (const auto& word : words) piece += word;
  own.piece_bytes_max = std::max(own.piece_bytes_max, piece.size());
  own.pieces[static_cast<size_t>(facet)].try_emplace(piece, sense.term);
}

PhraseMatch PhraseIndex::choose(const Senses& senses, const LanguageWeights& weights) const {
  PhraseMatch match;
  if (senses.empty()) return match;
  const bool all_secondary =
      std::all_of(senses.begin(), senses.end(), [](const Sense& s) { return s.is_secondary; });
  const auto may_lead = [&](const Sense& sense) { return all_secondary || !sense.is_secondary; };
  const bool contested =
      std::any_of(senses.begin(), senses.end(), [](const Sense& s) { return s.contested; });
  const auto weight_of = [&](const Sense& sense) {
    return weights[sense.language] - (contested && sense.language == kEnglish ? kEnglishAtFirst : 0);
  };
  float best = -1;
  for (const auto& sense : senses)
    if (may_lead(sense)) best = std::max(best, weight_of(sense));
  std::vector<const Term*> leading;
  for (const bool stemmed : {false, true}) {  // as written before stems
    for (const auto& sense : senses) {
      constexpr float kEqual = 1e-4F;
      if (sense.stemmed != stemmed || !may_lead(sense) || weight_of(sense) < best - kEqual) continue;
      if (std::find(leading.begin(), leading.end(), sense.term) != leading.end()) continue;
      if (leading.empty()) match.language = sense.language, match.stemmed = stemmed;
      leading.push_back(sense.term);
    }
    if (!leading.empty()) break;
  }
  match.term = leading.size() == 1 ? leading.front() : common_ancestor(vocabulary_, leading);
  if (match.term != nullptr) match.meanings.push_back({match.term, match.language, false});
  for (const auto& sense : senses) {
    const auto known = std::find_if(match.meanings.begin(), match.meanings.end(),
                                    [&](const auto& meaning) { return meaning.term == sense.term; });
    if (sense.term == nullptr) continue;
    if (known == match.meanings.end())
      match.meanings.push_back({sense.term, sense.language, sense.is_secondary});
    else if (weights[sense.language] > weights[known->language])
      known->language = sense.language;
  }
  return match;
}

PhraseIndex::Text PhraseIndex::text_of(const std::vector<std::string>& words,
                                       const LanguageWeights& weights) const {
  Text text{words, {}};
  for (size_t id = 0; id < languages_.size(); ++id) {
    const auto& stemmer = languages()[id].stemmer;
    if (!stemmer.empty() && (id == kEnglish || weights[id] >= kStemsFrom))
      text.stems.emplace_back(static_cast<LanguageId>(id), stems_of(words, stemmer));
  }
  return text;
}

size_t PhraseIndex::longest_at(Facet facet, const Text& text, size_t from) const {
  const auto f = static_cast<size_t>(facet);
  size_t longest = 1;
  const auto heed = [&](const Lengths& lengths, const std::string& word) {
    if (const auto known = lengths.find(word); known != lengths.end())
      longest = std::max(longest, known->second);
  };
  heed(lengths_[f], text.words[from]);
  for (const auto& [language, stems] : text.stems) heed(languages_[language].stem_lengths[f], stems[from]);
  return std::min(longest, text.words.size() - from);
}

PhraseIndex::Senses PhraseIndex::senses_at(Facet facet, const Text& text, size_t from, size_t count,
                                           const LanguageWeights& weights) const {
  const auto f = static_cast<size_t>(facet);
  Senses senses;
  if (const auto exact = exact_[f].find(join_words(text.words, from, count)); exact != exact_[f].end())
    for (const Sense& sense : exact->second)
      if (!languages()[sense.language].only_by_letters || weights[sense.language] > 0)
        senses.push_back(sense);
  for (const auto& [language, stems] : text.stems) {
    const auto& list = languages_[language].stems[f];
    const auto stemmed = list.find(join_words(stems, from, count));
    if (stemmed != list.end() && stemmed->second.term != nullptr) senses.push_back(stemmed->second);
  }
  if (senses.empty() && count == 1) add_compound_senses(facet, text.words[from], weights, senses);
  return senses;
}

// Whether a known thing to wear ends the word.
bool PhraseIndex::is_worn(const std::unordered_map<std::string, const Term*>& heads,
                          const std::string& word) {
  for (size_t at = 0; at < word.size(); ++at) {
    if (!is_letter_start(word[at])) continue;
    if (const auto found = heads.find(word.substr(at)); found != heads.end()) return found->second != nullptr;
  }
  return false;
}

// "Sommerkleid" ends in "Kleid"; "Damenschuhe" begins with "Damen", "Ledertasche" with "Leder".
void PhraseIndex::add_compound_senses(Facet facet, const std::string& word, const LanguageWeights& weights,
                                      Senses& senses) const {
  if (facet != Facet::kCategory && facet != Facet::kDepartment && facet != Facet::kFabric) return;
  // Only languages that the text may be in: a French "pyjashort" was not put together in German.
  constexpr float kShareMin = 0.4F;
  const float least = kShareMin * *std::max_element(weights.begin(), weights.end());
  for (size_t id = 0; id < languages_.size(); ++id) {
    if (!languages()[id].compounds || weights[id] <= 0 || weights[id] < least) continue;
    const size_t first_min = is_hangul(word) ? 1 : kFirstPartMin;
    const size_t head_min = is_hangul(word) ? 2 : weights[id] >= kLanguageKnown ? kHeadMinOfKnown : kHeadMin;
    const auto add = [&](const Term* term) {
      senses.push_back({term, static_cast<LanguageId>(id), false, false, false, false});
    };
    const auto& heads = languages_[id].heads;
    const auto& parts = facet == Facet::kCategory     ? heads
                        : facet == Facet::kDepartment ? languages_[id].departments
                                                      : languages_[id].fabrics;
    for (size_t step = 1; step < word.size(); ++step) {
      // The longest head from the left, the longest first part from the right.
      const size_t at = facet == Facet::kCategory ? step : word.size() - step;
      if (!is_letter_start(word[at])) continue;
      const std::string first = word.substr(0, at), head = word.substr(at);
      if (letters_in(first) < first_min || letters_in(head) < std::min<size_t>(head_min, 3)) continue;
      if (facet == Facet::kCategory && letters_in(head) < head_min) break;
      const auto found = parts.find(facet == Facet::kCategory ? head : first);
      if (found == parts.end()) continue;
      // "Lederpflege" is not of leather: only what is worn is made of its first part.
      if (facet == Facet::kFabric && !is_worn(heads, head)) continue;
      add(found->second);
      break;
    }
  }
}

// The phrases inside a run of letters without spaces, from the left. Short ones are believed only at its end:
// "black" (ブラック) begins with the letters of "bra" (ブラ).
std::vector<PhraseMatch> PhraseIndex::pieces_of(Facet facet, const std::string& word, size_t at,
                                                const LanguageWeights& weights) const {
  constexpr size_t kShortLetters = 2;
  std::vector<PhraseMatch> found;
  if (is_plain_ascii(word)) return found;
  for (size_t id = 0; id < languages_.size(); ++id) {
    if (!languages()[id].unspaced || weights[id] <= 0) continue;
    const auto& pieces = languages_[id].pieces[static_cast<size_t>(facet)];
    for (size_t from = 0; from < word.size(); ++from) {
      if (!is_letter_start(word[from])) continue;
      for (size_t bytes = std::min(languages_[id].piece_bytes_max, word.size() - from); bytes > 0; --bytes) {
        const auto piece = pieces.find(word.substr(from, bytes));
        if (piece == pieces.end()) continue;
        if (letters_in(piece->first) <= kShortLetters && from + bytes < word.size() &&
            facet == Facet::kCategory)
          continue;
        if (piece->second != nullptr)
          found.push_back({piece->second,
                           at,
                           1,
                           false,
                           static_cast<LanguageId>(id),
                           {{piece->second, static_cast<LanguageId>(id), false}}});
        from += bytes - 1;
        break;
      }
    }
    if (!found.empty()) break;
  }
  return found;
}

PhraseMatch PhraseIndex::find(Facet facet, const std::vector<std::string>& words,
                              const LanguageWeights& weights) const {
  if (words.empty()) return {};
  const Text text = text_of(words, weights);
  if (longest_at(facet, text, 0) < words.size()) return {};
  PhraseMatch match = choose(senses_at(facet, text, 0, words.size(), weights), weights);
  match.count = words.size();
  return match;
}

std::vector<PhraseMatch> PhraseIndex::find_inside(Facet facet, const std::vector<std::string>& words,
                                                  const LanguageWeights& weights) const {
  const Text text = text_of(words, weights);
  std::vector<PhraseMatch> matches;
  for (size_t from = 0; from < words.size();) {
    size_t taken = 0;
    for (size_t count = longest_at(facet, text, from); count > 0 && taken == 0; --count) {
      const Senses senses = senses_at(facet, text, from, count, weights);
      if (senses.empty()) continue;
      taken = count;
      PhraseMatch match = choose(senses, weights);
      match.from = from;
      match.count = count;
      if (!match.meanings.empty()) matches.push_back(std::move(match));
    }
    if (taken == 0)
      for (auto& piece : pieces_of(facet, words[from], from, weights)) matches.push_back(std::move(piece));
    from += std::max<size_t>(1, taken);
  }
  return matches;
}

uint32_t PhraseIndex::listed_by(const std::string& word) const {
  const auto known = known_words_.find(word);
  uint32_t speakers = known == known_words_.end() ? 0 : known->second;
  if (english_stems_.contains(stem(word))) speakers |= 1U << kEnglish;
  return speakers;
}

uint32_t PhraseIndex::compounded_by(const std::string& word) const {
  Senses senses;
  LanguageWeights any;
  any.fill(0.1F);  // heads long enough to be believed alone
  add_compound_senses(Facet::kCategory, word, any, senses);
  uint32_t speakers = 0;
  for (const auto& sense : senses) speakers |= 1U << sense.language;
  return speakers;
}

uint32_t PhraseIndex::speakers_of(const std::string& word) const {
  const uint32_t speakers = listed_by(word) & ~only_by_letters_;
  return speakers != 0 ? speakers : compounded_by(word);
}

void PhraseIndex::add_evidence(std::string_view text, float weight, uint32_t also,
                               LanguageWeights& weights) const {
  const auto vote = [&](uint32_t mask, float share) {
    if (mask == 0) return;
    for (size_t id = 0; id < languages_.size(); ++id)
      if ((mask >> id & 1U) != 0) weights[id] += weight * share / static_cast<float>(std::popcount(mask));
  };
  for (const auto& word : words_of(text)) {
    const uint32_t speakers = (listed_by(word) | also) & ~only_by_letters_;
    vote(speakers, letters_in(word) == 1 ? 0.5F : 1.0F);
    if (speakers == 0) vote(compounded_by(word), 0.8F);
  }
  add_evidence_of_letters(text, weight, weights);
}

void PhraseIndex::add_evidence_of_letters(std::string_view text, float weight,
                                          LanguageWeights& weights) const {
  if (is_plain_ascii(text)) return;
  constexpr float kScript = 3;
  const auto vote = [&](std::initializer_list<std::string_view> codes) {
    for (size_t id = 0; id < languages().size(); ++id)
      if (std::find(codes.begin(), codes.end(), languages()[id].code) != codes.end())
        weights[id] += weight * kScript / static_cast<float>(codes.size());
  };
  const auto found = letters_of(text);
  const auto has = [&](Letters letters) { return found[static_cast<size_t>(letters)]; };
  if (has(Letters::kKana)) vote({"ja"});
  if (has(Letters::kHan) && !has(Letters::kKana)) vote({"zh", "ja"});
  if (has(Letters::kHangul)) vote({"ko"});
  if (has(Letters::kUkrainian) && !has(Letters::kRussian))
    vote({"uk"});
  else if (has(Letters::kRussian))
    vote({"ru"});
  else if (has(Letters::kCyrillic))
    vote({"ru", "uk"});
  if (has(Letters::kGreek)) vote({"el"});
  if (has(Letters::kArabic)) vote({"ar"});
  if (has(Letters::kHebrew)) vote({"he"});
  if (has(Letters::kThai)) vote({"th"});
  if (has(Letters::kVietnamese)) vote({"vi"});
}

bool PhraseIndex::is_english(const std::vector<std::string>& words) const {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    const auto known = known_words_.find(word);
    return known != known_words_.end() && (known->second >> kEnglish & 1U) != 0;
  });
}

bool PhraseIndex::is_filler(const std::vector<std::string>& words) const {
  if (words.empty() || filler_.contains(join_words(words, 0, words.size()))) return true;
  if (!filler_.contains(words.front())) return false;
  return std::all_of(words.begin() + 1, words.end(),
                     [&](const std::string& word) { return generic_.contains(word); });
}

}  // namespace modiste
