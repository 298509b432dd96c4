// What running text says of the garment itself: not of what it is worn with, washed like or softer than, not
// what it denies ("without leather"), and of an imitation not the original ("leather look").
//
// Data: the tables [prose] of vocabulary/words/CODE.toml, and the negations of [query]. Read in English and
// in the languages that the text may be in. Threads: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/phrase_index.h"

namespace modiste {

// Languages in which a text that weighs so may be: those with this share of the heaviest at least.
inline constexpr float kMayBeIn = 0.4F;

// The words of each sentence, up to where it turns to other things. Without the empty ones.
[[nodiscard]] std::vector<std::vector<std::string>> sentences_about_it(std::string_view text,
                                                                       const LanguageWeights& weights);

// Of the phrases of a facet that stand in these words, from the left: those that the garment is said to have.
// An imitated leather or fur becomes the vocabulary's term for that, another imitation is left out.
[[nodiscard]] std::vector<PhraseMatch> said_of_it(std::vector<PhraseMatch> found, Facet facet,
                                                  const std::vector<std::string>& words,
                                                  const LanguageWeights& weights,
                                                  const Vocabulary& vocabulary);

// Whether a phrase in a sentence names people's skin, as "pelle" does, and not the leather of that name:
// "morbido sulla pelle", but "in pelle".
[[nodiscard]] bool is_skin(const PhraseMatch& match, const std::vector<std::string>& words);

// Whether the word that was understood in one language is a small word of another, in which the text is as
// likely: "fur" is German "für", Portuguese "lã" is folded to Spanish "la".
[[nodiscard]] bool is_small_word(const std::string& word, LanguageId understood_in,
                                 const LanguageWeights& weights);

}  // namespace modiste
