#include "retrieval/word_forms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace modiste {
namespace {

std::vector<std::string> forms(std::string_view text) {
  static const WordForms kForms(Vocabulary::standard());
  std::vector<std::string> out;
  for (const Word& word : kForms.read(text)) out.push_back(word.form);
  return out;
}

bool names(std::string_view text, Facet facet, std::string_view term_name) {
  static const WordForms kForms(Vocabulary::standard());
  const Term* term = Vocabulary::standard().find(facet, term_name);
  if (term == nullptr) return false;
  for (const Word& word : kForms.read(text))
    if (std::find(word.terms.begin(), word.terms.end(), term->id) != word.terms.end()) return true;
  return false;
}

using Words = std::vector<std::string>;

TEST(WordForms, SurvivesMalformedText) {
  EXPECT_EQ(forms("red\xff"
                  "zorbak")
                .size(),
            2);
  EXPECT_TRUE(forms(std::string(10'000, '\xe2')).empty());
  EXPECT_TRUE(forms("").empty());
  EXPECT_TRUE(forms(" \t\n--- ").empty());
}

TEST(WordForms, FoldsCaseAccentsAndPossessives) {
  EXPECT_EQ(forms("Crêpe ZORBAK"), forms("crepe zorbak"));
  EXPECT_EQ(forms("women's"), forms("Women"));
}

TEST(WordForms, StemsWhatTheVocabularyDoesNotKnow) {
  EXPECT_EQ(forms("walking walked walks"), (Words{"walk", "walk", "walk"}));
  EXPECT_EQ(forms("something for the rain"), (Words{"rain"}));
}

TEST(WordForms, VocabularyWordsAreOnlyMadeSingular) {
  EXPECT_EQ(forms("leggings"), forms("legging"));
  EXPECT_NE(forms("leggings"), forms("leg"));
  EXPECT_EQ(forms("Dresses"), forms("dress"));
  EXPECT_EQ(forms("jackets"), forms("jacket"));
}

TEST(WordForms, FindsTheVocabularysPhrases) {
  EXPECT_TRUE(names("a plain t-shirt", Facet::kCategory, "t-shirt"));
  EXPECT_TRUE(names("T Shirts", Facet::kCategory, "t-shirt"));
  EXPECT_TRUE(names("tees", Facet::kCategory, "t-shirt"));
  EXPECT_FALSE(names("dress shirt", Facet::kCategory, "t-shirt"));
}

TEST(WordForms, ThreadsDoNotShareStemmers) {
  const Words expected = forms("Walking shoes for rainy mornings");
  std::vector<std::jthread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) wrong += forms("Walking shoes for rainy mornings") != expected;
    });
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace modiste
