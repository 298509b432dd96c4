// The languages that supplier words are understood in, and how each builds the name of a thing to wear.
//
// Data: words/CODE.toml, one file per language, compiled in. The words of English terms stand in
// vocabulary.toml. Immutable: any thread may read.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace modiste {

// Index into languages(). Stable within a vocabulary version only.
using LanguageId = uint8_t;
inline constexpr LanguageId kEnglish = 0;
inline constexpr size_t kLanguagesMax = 32;

struct LanguageWord {
  TermId term = 0;
  std::string phrase;  // as the file writes it
};

// What a word of a search says beside terms. The names are the keys of the table [query] in words/CODE.toml.
enum class QueryRole : uint8_t {
  kFiller,          // says nothing of the garment: "looking", "for", "nice"
  kNegation,        // what follows is not wanted: "without", "ohne"
  kNegationAfter,   // what stands before is not wanted: "なし", "olmayan"
  kNegationSuffix,  // the same as the end of a word: "lederfrei"
  kNegationPrefix,  // the same as the begin of a word: "非皮革", "ノンレザー"
  kEnding,          // hangs on a word and says nothing: "가죽이", "黑色的"
  kConjunction,     // joins what is wanted or not: "and", "or"
  kBelow,           // a price limit follows: "under", "bis"
  kBelowAfter,      // the price before is a limit: "or less", "以下"
  kAbove,
  kAboveAfter,
  kAround,       // a price follows that is meant roughly: "around", "etwa"
  kAroundAfter,  // the price before is: "くらい", "左右"
  kBetween,      // two prices follow: "between", "zwischen"
  kTo,           // stands between them: "and", "to"
  kSize,         // a size follows or stands before: "size", "サイズ"
  kUnit,         // the number before is not a price: "cm", "denier"
  kPlain,        // not a term in a search: "warm" is not "summer" there
  kCommon,       // no mistyped word, though neither catalog nor vocabulary may have it: "gift"
  kFor,          // before the person that it is for: "for", "für"
  kWhose,        // may stand between: "my", "the"
  kBut,          // ends what is refused: "but", "sondern"
  kAm,           // before the person who searches: "I am", "ich bin"
  kWarm,         // asks for what is worn in winter: "warm", "kuschelig"; not beside a word for weather
  kWeather,      // what else may be called warm: "weather", "evenings", "colours"
  kPlusSize,     // asks for sizes above the usual ones: "plus size", "große Größen"
  kBra,          // "40D" beside it is a bra's size; alone it may be the thickness of tights
  kStone,        // what jewellery is made of, elsewhere the name of a colour or pattern: "coral", "perle"
  kLong,         // the length of what is worn: "lange", "largo"
  kShort,        // "kurzer", "courte"
  kOver          // between a thing and what it is worn with, in languages that name the thing last: "over"
};
template <>
struct EnumNames<QueryRole> {
  static constexpr std::array<std::string_view, 31> kNames{"filler",
                                                           "negation",
                                                           "negation_after",
                                                           "negation_suffix",
                                                           "negation_prefix",
                                                           "ending",
                                                           "conjunction",
                                                           "below",
                                                           "below_after",
                                                           "above",
                                                           "above_after",
                                                           "around",
                                                           "around_after",
                                                           "between",
                                                           "to",
                                                           "size",
                                                           "unit",
                                                           "plain",
                                                           "common",
                                                           "for",
                                                           "whose",
                                                           "but",
                                                           "am",
                                                           "warm",
                                                           "weather",
                                                           "plus_size",
                                                           "bra",
                                                           "stone",
                                                           "long",
                                                           "short",
                                                           "over"};
};
inline constexpr size_t kQueryRoles = EnumNames<QueryRole>::kNames.size();

// What a word of running text says beside terms. The names are the keys of the table [prose] in
// words/CODE.toml.
enum class ProseRole : uint8_t {
  kImitates,       // the fabric that follows is imitated: "vegan", "Kunst-"
  kImitatesAfter,  // the fabric before is: "leather look", "Lederoptik"
  kAside,          // the rest of the sentence is about other things: "pair it", "softer than", "dust bag"
  kSkin,           // what a fabric is called, and the skin of people too: "pelle", "piel"
  kMadeOf          // before such a word: it is the fabric: "in", "vera"
};
template <>
struct EnumNames<ProseRole> {
  static constexpr std::array<std::string_view, 5> kNames{"imitates", "imitates_after", "aside", "skin",
                                                          "made_of"};
};
inline constexpr size_t kProseRoles = EnumNames<ProseRole>::kNames.size();

struct Language {
  std::string code;         // ISO 639-1
  bool head_first = false;  // "robe de soiree": the first noun names the thing; else the last, "Abendkleid"
  bool compounds = false;   // writes compounds as one word, named by their last part
  bool unspaced = false;    // writes words without spaces between them
  bool only_by_letters = false;  // its words without accents are words of others: its own letters must speak
  std::string stemmer;           // libstemmer's name; empty: words are compared as they are
  std::vector<std::string> currencies;      // of countries that speak it, as far as they tell languages apart
  std::vector<std::string> function_words;  // tell the language, mean nothing to wear; first: its "and"
  std::vector<std::string> after;           // what follows these words belongs to the thing: "with", "mit"
  std::vector<std::string> nothing;         // look or end like a thing to wear but mean another: "Handtuch"
  std::vector<std::string> no_fabric;       // name neither the fabric nor the pattern within: "lace-up"
  std::vector<std::string> contested;       // as likely meant as the English word of these letters: "robe"
  std::vector<std::string> filler;          // values that say nothing: "other", "sonstige"
  std::vector<std::string> generic;         // may follow a filler: "other structure"
  std::vector<std::string> articles;        // written as one with the word that follows; the first is "the"
  std::vector<LanguageWord> words;
  // Persons and the departments that they wear; without words of the role kFor in any place of a search.
  std::vector<LanguageWord> persons;
  std::array<std::vector<std::string>, kQueryRoles> query;  // by QueryRole, as the file writes them
  std::array<std::vector<std::string>, kProseRoles> prose;  // by ProseRole
};

// How much of a text speaks for each language; 0 where nothing does.
using LanguageWeights = std::array<float, kLanguagesMax>;
// For a word without a text around it: English where English knows the word, else whoever knows it.
inline constexpr LanguageWeights kNoLanguageKnown{0.2F};
// What English has before any word speaks, because shops everywhere use it; not for contested words.
inline constexpr float kEnglishAtFirst = 0.1F;

// The compiled-in languages, for the terms of Vocabulary::standard(). English is the first.
[[nodiscard]] const std::vector<Language>& languages();
// Of everything that is read from our data files: what was derived with other words must be derived again.
[[nodiscard]] uint64_t words_fingerprint();

}  // namespace modiste
